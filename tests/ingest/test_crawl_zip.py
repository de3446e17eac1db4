from __future__ import annotations

import shutil
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeAlias

import pytest

from archive.model import State
from archive.repository import Archive
from ingest import unpacking as unpacking_module
from ingest import zip_content
from ingest.candidate import Candidate
from ingest.crawl import Crawl, Wishes, crawl
from ingest.errors import UsageError
from ingest.outcome import Outcome, Status
from ingest.unpacking import ENCRYPTED as PASSWORD
from ingest.unpacking import TOO_LARGE, Unpacking
from ingest.worker import Worker
from tests.ingest.drafting import OTHER, SLIDES, write_deck
from tests.ingest.zipped import ENCRYPTED, UTF8, Raw, raw_zip, write_zip, zip_bytes

CrawlIt: TypeAlias = Callable[..., Crawl]
Ingest: TypeAlias = Callable[..., dict[str, Outcome]]


@pytest.fixture
def crawl_it(tmp_path: Path) -> Iterator[CrawlIt]:
    with Unpacking(tmp_path / "home") as unpacking:

        def crawl_it(*paths: Path, wishes: Wishes = Wishes(), **options: Path) -> Crawl:  # noqa: B008
            return crawl(paths, wishes, tmp_path / "home", unpacking=unpacking, **options)

        yield crawl_it


@pytest.fixture
def ingest(worker: Worker, tmp_path: Path) -> Ingest:
    def ingest(*paths: Path, wishes: Wishes = Wishes()) -> dict[str, Outcome]:  # noqa: B008
        with Unpacking(tmp_path / "home") as unpacking:
            found = crawl(paths, wishes, tmp_path / "home", unpacking=unpacking)
            outcomes = list(map(found.remarked, worker.ingest(found)))
        assert len({outcome.path for outcome in outcomes}) == len(outcomes)
        return {outcome.path: outcome for outcome in outcomes}

    return ingest


def taken(found: Crawl) -> dict[str, Candidate]:
    return {candidate.path: candidate for candidate in found.candidates if candidate.is_taken}


def panels(found: Crawl) -> dict[str, str | None]:
    return {path: candidate.description.panel for path, candidate in taken(found).items()}


TREE = {"Panel 1/a.txt": "eins", "Panel 2/b.txt": "zwei", "c.txt": "drei"}


@pytest.mark.parametrize("around", ["", "2017 Krasnodar/"])
def test_a_zip_handed_in_is_the_folder_it_would_be_unpacked_into(
    crawl_it: CrawlIt, tmp_path: Path, around: str
) -> None:
    name = "irgendwas.zip" if around else "2017 Krasnodar.zip"
    path = write_zip(tmp_path / name, {around + each: content for each, content in TREE.items()})
    found = crawl_it(path)
    assert panels(found) == {
        "Panel 1/a.txt": "2017-krasnodar/panel-1",
        "Panel 2/b.txt": "2017-krasnodar/panel-2",
        "c.txt": None,
    }
    (conference,) = found.conferences
    assert conference.title == {"und": "2017 Krasnodar"}
    (file,) = [candidate for candidate in found.candidates if not candidate.is_taken]
    assert (file.path, file.skip) == (name, "Files taken out of the zip: 3.")


def test_a_zip_of_conferences_is_a_folder_of_conferences(crawl_it: CrawlIt, tmp_path: Path) -> None:
    members = {"2017 Krasnodar/Panel 1/a.txt": "a", "2019 Düren/Panel 1/b.txt": "b"}
    found = taken(crawl_it(write_zip(tmp_path / "alle.zip", members)))
    assert {path: candidate.description.panel for path, candidate in found.items()} == {
        "2017 Krasnodar/Panel 1/a.txt": "2017-krasnodar/panel-1",
        "2019 Düren/Panel 1/b.txt": "2019-dueren/panel-1",
    }


@pytest.mark.parametrize("around", ["", "Panel 1/", "Vorträge Endfassung/"])
def test_a_zip_in_a_folder_is_a_folder_of_its_name(crawl_it: CrawlIt, tmp_path: Path, around: str) -> None:
    write_zip(tmp_path / "K/Panel 1.zip", {around + "a.txt": "a", around + "b.txt": "b"})
    write_zip(tmp_path / "K/Panel 2.ZIP", {"c.txt": "c"})
    (tmp_path / "K/d.txt").write_text("d")
    assert panels(crawl_it(tmp_path / "K")) == {
        "d.txt": None,
        "Panel 1/a.txt": "k/panel-1",
        "Panel 1/b.txt": "k/panel-1",
        "Panel 2/c.txt": "k/panel-2",
    }


def test_conference_yaml_and_manifest_in_a_zip_describe_its_files(crawl_it: CrawlIt, tmp_path: Path) -> None:
    yaml = "id: k-2017\ntitle: Die Konferenz\npanels: [{id: p1, folder: Panel 1, title: Energie}]\n"
    yaml += "documents: [{path: Panel 1/a.txt, rights: CC0, translation_of: c.txt}]\n"
    manifest = "path,title\nPanel 1/a.txt,Fernwärme\nfehlt.txt,Nicht da\n"
    inner = zip_bytes({"a.txt": "eins"})
    members = {"K/Panel 1.zip": inner, "K/c.txt": "c", "K/conference.yaml": yaml, "K/manifest.csv": manifest}
    found = crawl_it(write_zip(tmp_path / "K.zip", members))
    described = taken(found)["Panel 1/a.txt"].description
    assert (described.conference, described.panel, described.title) == ("k-2017", "k-2017/p1", "Fernwärme")
    assert (described.rights, described.translation_of) == ("CC0", "c.txt")
    assert found.described == {"k-2017"}
    assert list(found.manifests.values()) == ["manifest.csv"]
    told = {candidate.path: candidate.skip or candidate.problem for candidate in found.candidates}
    assert "There is no file" in told["fehlt.txt"]
    assert "was read" in told["conference.yaml"]
    assert "was read" in told["manifest.csv"]


def test_a_manifest_beside_zips_names_files_in_them(crawl_it: CrawlIt, tmp_path: Path) -> None:
    write_zip(tmp_path / "K/Panel 1.zip", {"a.txt": "a", "b.txt": "b"})
    (tmp_path / "K/manifest.csv").write_text("path,title\nPanel 1/a.txt,Erster\nb.txt,Zweiter\n")
    found = crawl_it(tmp_path / "K")
    assert {path: each.description.title for path, each in taken(found).items()} == {
        "Panel 1/a.txt": "Erster",
        "Panel 1/b.txt": "Zweiter",
    }
    write_zip(tmp_path / "L.zip", {"Panel 1/a.txt": "a", "b.txt": "b"})
    (tmp_path / "liste.csv").write_text("path,title\nL/Panel 1/a.txt,Erster\n")
    found = crawl_it(tmp_path / "L.zip", manifest=tmp_path / "liste.csv")
    assert taken(found)["Panel 1/a.txt"].description.title == "Erster"


def test_a_mistake_in_a_zipped_conference_yaml_is_told_with_its_place(
    crawl_it: CrawlIt, tmp_path: Path
) -> None:
    path = write_zip(tmp_path / "K.zip", {"conference.yaml": "titel: K\n", "a.txt": "a"})
    with pytest.raises(Exception, match=r"K/conference\.yaml, line 1"):
        crawl_it(path)


def test_a_folder_and_a_zip_of_one_name_lose_nothing(crawl_it: CrawlIt, tmp_path: Path) -> None:
    (tmp_path / "K/Panel 1").mkdir(parents=True)
    (tmp_path / "K/Panel 1/a.txt").write_text("im Ordner")
    write_zip(tmp_path / "K/Panel 1.zip", {"a.txt": "im Zip", "b.txt": "b"})
    found = taken(crawl_it(tmp_path / "K"))
    assert {path: candidate.source.read_text() for path, candidate in found.items()} == {
        "Panel 1/a.txt": "im Ordner",
        "Panel 1/a (2).txt": "im Zip",
        "Panel 1/b.txt": "b",
    }
    assert {candidate.description.panel for candidate in found.values()} == {"k/panel-1"}


def test_a_zip_named_beside_its_folder_is_taken_once(crawl_it: CrawlIt, tmp_path: Path) -> None:
    write_zip(tmp_path / "K/Panel 1.zip", {"a.txt": "a"})
    found = crawl_it(tmp_path / "K/Panel 1.zip", tmp_path / "K")
    assert list(taken(found)) == ["Panel 1/a.txt"]


def test_what_only_makes_a_page_look_is_left_out_of_a_zip_too(crawl_it: CrawlIt, tmp_path: Path) -> None:
    members = {
        "seite.html": "<html>",
        "seite_files/a.css": "x",
        "seite_files/a.pdf": "%PDF-",
        "Thumbs.db": "x",
    }
    found = crawl_it(write_zip(tmp_path / "K.zip", members))
    assert set(taken(found)) == {"seite.html", "seite_files/a.pdf"}


def test_a_zip_that_is_not_unpacked_needs_a_conference_and_says_why(
    crawl_it: CrawlIt, tmp_path: Path
) -> None:
    (tmp_path / "K.zip").write_bytes(raw_zip(Raw(b"a.txt", flags=ENCRYPTED)))
    with pytest.raises(UsageError, match=r"--conference.*password"):
        crawl_it(tmp_path / "K.zip")
    found = crawl_it(tmp_path / "K.zip", wishes=Wishes("k"))
    assert taken(found)["K.zip"].description.problem == PASSWORD


def test_what_export_wrote_is_not_read_out_of_a_zip(crawl_it: CrawlIt, tmp_path: Path) -> None:
    path = write_zip(tmp_path / "K.zip", {"K/bagit.txt": "", "K/data/conference.json": "{}", "K/a.txt": ""})
    with pytest.raises(UsageError, match="Unpack it"):
        crawl_it(path)


# To the end


def text(about: str) -> str:
    return f"{about}: Fernwärme für Krasnodar und seine Partnerstädte in Deutschland. " * 20


def test_files_of_zips_become_documents_and_the_folder_is_known_afterwards(
    ingest: Ingest, archive: Archive, tmp_path: Path
) -> None:
    deck, other = write_deck(tmp_path / "x.pptx", SLIDES), write_deck(tmp_path / "y.pptx", OTHER)
    inner = zip_bytes({"x.pptx": deck.read_bytes(), "info.txt": text("Info")})
    outer = {"Panel 1.zip": inner, "Panel 2/y.zip": other.read_bytes(), "c.txt": text("C")}
    zipped = write_zip(tmp_path / "2017 Krasnodar.zip", {f"2017 Krasnodar/{k}": v for k, v in outer.items()})
    outcomes = ingest(zipped)
    statuses = {path: outcome.status for path, outcome in outcomes.items()}
    assert statuses == {
        "2017 Krasnodar.zip": Status.SKIPPED,
        "Panel 1.zip": Status.SKIPPED,
        "Panel 1/x.pptx": Status.DEPOSITED,
        "Panel 1/info.txt": Status.DEPOSITED,
        "Panel 2/y.zip": Status.DEPOSITED,
        "c.txt": Status.DEPOSITED,
    }
    document = archive.document(str(outcomes["Panel 1/x.pptx"].document))
    assert (document.conference, document.panel) == ("2017-krasnodar", "2017-krasnodar/panel-1")
    assert document.current.files[0].path == "Panel 1/x.pptx"
    shutil.unpack_archive(zipped, tmp_path / "folder")
    folder = tmp_path / "folder/2017 Krasnodar"
    assert {each.status for each in ingest(folder).values()} == {Status.UNCHANGED, Status.SKIPPED}
    shutil.unpack_archive(folder / "Panel 1.zip", folder / "Panel 1")
    (folder / "Panel 1.zip").unlink()
    assert {each.status for each in ingest(folder).values()} == {Status.UNCHANGED}
    assert len(archive.documents()) == 4
    assert not list((tmp_path / "home/unpacked").iterdir())


def test_a_zip_that_is_not_unpacked_is_held_as_it_is_with_the_reason(
    ingest: Ingest, archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unpacking_module, "SMALL_BYTES", 1000)
    folder = tmp_path / "K"
    bomb = zip_bytes({"a.bin": bytes(2_000_000)})
    write_zip(folder / "bombe.zip", {"innen.zip": bomb})
    (folder / "geheim.zip").write_bytes(raw_zip(Raw(b"a.txt", flags=ENCRYPTED)))
    (folder / "halb.zip").write_bytes(zip_bytes({"a.txt": "a" * 100})[:-20])
    (folder / "a.txt").write_text(text("A"))
    outcomes = ingest(folder)
    assert {path: outcome.status for path, outcome in outcomes.items()} == {
        "bombe.zip": Status.HELD,
        "geheim.zip": Status.HELD,
        "halb.zip": Status.HELD,
        "a.txt": Status.DEPOSITED,
    }
    assert (outcomes["bombe.zip"].error, outcomes["geheim.zip"].error) == (TOO_LARGE, PASSWORD)
    held = archive.document(str(outcomes["geheim.zip"].document))
    assert (held.state, held.reason) == (State.DRAFT, PASSWORD)
    original = archive.original(held.id, 1, held.current.files[0].name)
    assert original.read_bytes() == (folder / "geheim.zip").read_bytes()
    write_zip(folder / "geheim.zip", {"a.txt": text("B")})
    assert ingest(folder)["geheim/a.txt"].status is Status.DEPOSITED


def test_members_that_cannot_be_taken_fail_and_the_others_are_there(ingest: Ingest, tmp_path: Path) -> None:
    content = text("Gut").encode()
    zipped = raw_zip(
        Raw(b"gut.txt", content),
        Raw(b"doppelt.txt", content + b"1"),
        Raw(b"doppelt.txt", content + b"2"),
        Raw(b"kaputt.txt", crc=7),
        Raw(b"../../draussen.txt"),
        Raw(b"link.txt", b"/etc/passwd", mode=0o120777),
    )
    (tmp_path / "K.zip").write_bytes(zipped)
    outcomes = ingest(tmp_path / "K.zip")
    assert {path: outcome.status for path, outcome in outcomes.items()} == {
        "K.zip": Status.SKIPPED,
        "gut.txt": Status.DEPOSITED,
        "doppelt.txt": Status.DEPOSITED,
        "doppelt (2).txt": Status.DEPOSITED,
        "kaputt.txt": Status.FAILED,
        "../../draussen.txt": Status.FAILED,
        "link.txt": Status.SKIPPED,
    }
    assert outcomes["kaputt.txt"].error == zip_content.DAMAGED
    told = "Files taken out of the zip: 3. Could not be taken out: 2 (../../draussen.txt, kaputt.txt)."
    assert outcomes["K.zip"].error == f"{told} Left out: 1."
    assert not list(tmp_path.parent.rglob("draussen*"))


NAMES = {
    "Umlaut ä.txt": "Umlaut ä.txt",
    unicodedata.normalize("NFD", "Zerlegt ö.txt"): "Zerlegt ö.txt",
    "Доклад о тепле.txt": "Доклад о тепле.txt",
    "lang " + "ä" * 122 + ".txt": None,
    "CON": "_CON",
    "AUX.txt": "_AUX.txt",
    "Punkt am Ende. ": "Punkt am Ende",
    "back\udcffslash.txt": "back%ffslash.txt",
    'a:b*c?"<>|.txt': "a_b_c_____.txt",
}
"""Names in a folder, and what the file is called that people download."""


@pytest.mark.parametrize("as_zip", [False, True])
def test_any_name_goes_in_and_comes_out(
    ingest: Ingest, archive: Archive, tmp_path: Path, as_zip: bool
) -> None:
    contents = {name: text(f"Datei {number}").encode() for number, name in enumerate(NAMES)}
    if as_zip:
        path = tmp_path / "K.zip"
        raw = [Raw(n.encode("utf-8", "surrogateescape"), c, flags=UTF8) for n, c in contents.items()]
        path.write_bytes(
            raw_zip(
                *raw,
                Raw(("Панель " * 40 + "/" + "ё" * 300 + ".txt").encode(), text("L").encode(), flags=UTF8),
            )
        )
    else:
        path = tmp_path / "K"
        path.mkdir()
        for name, content in contents.items():
            (path / name).write_bytes(content)
    outcomes = ingest(path)
    assert {each.status for each in outcomes.values()} <= {Status.DEPOSITED, Status.SKIPPED}
    by_path = {each.current.files[0].path: each for each in archive.documents()}
    assert len(by_path) == len(NAMES) + as_zip
    for name, content in contents.items():
        shown = name.replace("\udcff", "\\xff")
        file = by_path[shown].current.files[0]
        assert outcomes[shown].status is Status.DEPOSITED
        assert archive.original(by_path[shown].id, 1, file.name).read_bytes() == content
        assert NAMES[name] is None or file.name == NAMES[name]
        assert len(file.name.encode()) <= 255
    assert {each.status for each in ingest(path).values()} <= {Status.UNCHANGED, Status.SKIPPED}
