from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from archive.access import Audience, may_read
from archive.model import Access, Document, Kind, State
from archive.repository import Archive
from ingest.candidate import Candidate, Description
from ingest.crawl import Wishes, crawl
from ingest.errors import ManifestError, TableError, UsageError
from ingest.manifest import ManifestRow, Trouble, read_manifest
from ingest.manifest_paths import match
from ingest.outcome import Outcome, Status

HandIn = Callable[..., dict[str, Outcome]]
TEXT = "Fernwärme für Krasnodar und seine Partnerstädte in Deutschland. " * 20


def rows(text: str) -> tuple[ManifestRow, ...]:
    return read_manifest(text.encode(), "manifest.csv").rows


def make(root: Path, *paths: str, manifest: str = "") -> None:
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(f"{path} {TEXT}")
    if manifest:
        (root / "manifest.csv").write_text(manifest)


def found(root: Path, wishes: Wishes = Wishes(), manifest: Path | None = None) -> dict[str, Candidate]:  # noqa: B008
    return {each.path: each for each in crawl([root], wishes, manifest=manifest).candidates}


@pytest.mark.parametrize(
    "text",
    [
        (
            "path,conference,panel,title,creators,kind,language,date,rights,access,translation_of\n"
            "a.pdf,k,p,T,A B; C D,presentation,de,2017-06-28,CC BY,staff,b.pdf\n"
        ),
        (
            "Titel;PFAD;Art;Sprache;Datum;Rechte;Zugang;Übersetzung von;Referenten;Konferenz;Panel\n"
            "T;a.pdf;Vortrag;Deutsch;28.06.2017;CC BY;intern;b.pdf;A B|C D;k;p\n"
        ),
        (
            "путь\tконференция\tпанель\tназвание\tавторы\tтип\tязык\tдата\tправа\tдоступ\tперевод с\n"
            "a.pdf\tk\tp\tT\tA B;C D\tдоклад\tнемецкий\t28.06.2017\tCC BY\tзакрытый\tb.pdf\n"
        ),
    ],
)
def test_columns_are_known_in_three_languages_and_any_order(text: str) -> None:
    assert rows(text) == (
        ManifestRow(
            place="manifest.csv, line 2",
            path="a.pdf",
            conference="k",
            panel="p",
            title="T",
            creators=("A B", "C D"),
            kind=Kind.PRESENTATION,
            languages=("de",),
            date=dt.date(2017, 6, 28),
            rights="CC BY",
            access=Access.STAFF,
            translation_of="b.pdf",
        ),
    )


def test_unknown_columns_are_named() -> None:
    manifest = read_manifest(b"path,Foo,title,Seiten\na.pdf,1,T,9\n", "manifest.csv")
    assert manifest.unknown_columns == ("Foo", "Seiten")
    assert manifest.rows[0].title == "T"


def test_title_above_the_columns_is_passed_over() -> None:
    assert [row.path for row in rows("Unsere Konferenz\n\nPfad,Titel\na.pdf,T\n")] == ["a.pdf"]


@pytest.mark.parametrize(
    ("cell", "access", "until"),
    [
        ("public", Access.PUBLIC, None),
        ("Öffentlich", Access.PUBLIC, None),
        ("2031-05-01", Access.EMBARGOED, dt.date(2031, 5, 1)),
        ("ab 1.5.2031", Access.EMBARGOED, dt.date(2031, 5, 1)),
        ("", None, None),
    ],
)
def test_access_is_a_word_or_the_day_it_ends(cell: str, access: Access | None, until: dt.date | None) -> None:
    (row,) = rows(f"path,access\na.pdf,{cell}\n")
    assert (row.access, row.embargoed_until, row.problems) == (access, until, ())


@pytest.mark.parametrize(
    ("column", "cell", "trouble"),
    [
        ("kind", "dance", Trouble.KIND),
        ("language", "Klingonisch", Trouble.LANGUAGE),
        ("date", "2017-13-01", Trouble.DATE),
        ("date", "06/28/2017", Trouble.DATE),
        ("access", "publik", Trouble.ACCESS),
        ("title", "x" * 1001, Trouble.TOO_LONG),
    ],
)
def test_mistake_is_told_with_file_row_column_and_what_to_do(
    column: str, cell: str, trouble: Trouble
) -> None:
    good, bad = rows(f"path,{column.upper()}\na.pdf,\nb.pdf,{cell}\n")
    assert good.problems == ()
    (problem,) = bad.problems
    assert problem.trouble is trouble
    assert str(problem).startswith(f"manifest.csv, line 3, column {column.upper()}: ")
    assert "rite" in str(problem)


def test_languages_the_archive_is_not_made_for_are_other() -> None:
    (row,) = rows("path,language\na.pdf,de + zh-CN / RU\n")
    assert row.languages == ("de", "other", "ru")


def test_formula_in_a_workbook_is_a_mistake_of_its_row(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    for cells in (["path", "title"], ["a.txt", "=1+1"], ["b.txt", "T"]):
        book.active.append(cells)
    make(tmp_path / "K", "a.txt", "b.txt")
    book.save(tmp_path / "K/manifest.xlsx")
    files = found(tmp_path / "K")
    assert "manifest.xlsx, row 2, column title" in files["a.txt"].description.problem
    assert files["a.txt"].description.hold
    assert files["b.txt"].description == Description("k", title="T")


@pytest.mark.parametrize(("content", "words"), [(b"a,b\n1,2\n", "Name it path"), (b"", "Name it path")])
def test_table_without_paths_is_refused(content: bytes, words: str) -> None:
    with pytest.raises(ManifestError, match=words):
        read_manifest(content, "manifest.csv")


def test_column_that_is_there_twice_is_refused() -> None:
    with pytest.raises(ManifestError, match="two columns title"):
        read_manifest(b"path,title,Titel\n", "manifest.csv")


FILES = ("Bürger/Lösung.pdf", "Bürger/a.pdf", "Ä/A.pdf", "Ä/a.pdf", "Тепло/Доклад.PPTX")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Bürger/Lösung.pdf", FILES[0]),
        (unicodedata.normalize("NFD", "Bürger/Lösung.pdf"), FILES[0]),
        ("bürger\\LÖSUNG.PDF", FILES[0]),
        ("./Bürger/Lösung.pdf", FILES[0]),
        ("lösung.pdf", FILES[0]),
        ("Ä/a.pdf", FILES[3]),
        ("тепло/доклад.pptx", FILES[4]),
    ],
)
def test_path_means_a_file_however_it_is_written(written: str, meant: str) -> None:
    for form in ("NFC", "NFD"):
        paths = [unicodedata.normalize(form, path) for path in FILES]
        matched = match(read_manifest(f'path\n"{written}"\n'.encode(), "m"), paths)
        assert list(matched.rows) == [unicodedata.normalize(form, meant)]
        assert len(matched.without) == len(FILES) - 1


@pytest.mark.parametrize(
    ("written", "trouble"),
    [("ä/A.PDF", Trouble.MANY_FILES), ("a.pdf", Trouble.MANY_FILES), ("c.pdf", Trouble.NO_FILE)],
)
def test_row_that_means_no_file_or_several_is_told(written: str, trouble: Trouble) -> None:
    matched = match(read_manifest(f"path\n{written}\n".encode(), "m"), FILES)
    assert matched.rows == {}
    assert matched.lost[0].problems[-1].trouble is trouble
    assert written in str(matched.lost[0].problems[-1])


def test_manifest_counts_before_conference_file_and_folders(tmp_path: Path) -> None:
    make(
        tmp_path / "K",
        "P1/a.txt",
        "P1/b.txt",
        "P1/c.txt",
        manifest="path,conference,panel,title,kind\nP1/a.txt,,Zwei,M,paper\nP1/b.txt,Andere Tagung,,,\n",
    )
    (tmp_path / "K/conference.yaml").write_text(
        "id: k\ntitle: K\npanels: [{id: p1, folder: P1, title: Eins}, {id: p2, title: Zwei}]\n"
        "documents:\n  - {path: P1/a.txt, title: Y, kind: other, rights: R}\n"
    )
    files = found(tmp_path / "K")
    assert files["P1/a.txt"].description == Description(
        "k", panel="k/p2", title="M", kind=Kind.PAPER, rights="R"
    )
    assert files["P1/b.txt"].description == Description("andere-tagung", panel="andere-tagung/p1")
    assert files["P1/c.txt"].description.panel == "k/p1"
    wished = found(tmp_path / "K", Wishes(conference="z", panel="q", kind=Kind.MINUTES))["P1/a.txt"]
    assert wished.description == Description("z", panel="z/q", title="M", kind=Kind.MINUTES, rights="R")


def test_original_of_a_translation_is_found_and_goes_first(tmp_path: Path) -> None:
    make(tmp_path, "a.txt", "b.txt", manifest="path,translation_of\nA.TXT,B.txt\nb.txt,\n")
    files = found(tmp_path)
    assert files["a.txt"].description.translation_of == "b.txt"
    assert [path for path in files if path != "manifest.csv"] == ["b.txt", "a.txt"]


def test_named_manifest_counts_and_its_paths_begin_where_it_lies(tmp_path: Path) -> None:
    make(tmp_path / "in/K", "a.txt", manifest="path,title\na.txt,own\n")
    (tmp_path / "list.csv").write_text("path,title\nin/K/a.txt,named\n")
    files = found(tmp_path / "in/K", manifest=tmp_path / "list.csv")
    assert files["a.txt"].description.title == "named"
    assert "not used" in files["manifest.csv"].skip
    with pytest.raises(UsageError, match=r"no manifest .*nothing\.csv"):
        found(tmp_path / "in/K", manifest=tmp_path / "nothing.csv")


def test_two_manifests_in_a_folder_are_refused(tmp_path: Path) -> None:
    make(tmp_path, "a.txt", manifest="path\na.txt\n")
    (tmp_path / "Manifest.XLSX").write_bytes(b"")
    with pytest.raises(UsageError, match="--manifest"):
        crawl([tmp_path], Wishes())


def test_manifest_that_cannot_be_read_stops_before_anything_is_taken(tmp_path: Path) -> None:
    make(tmp_path, "a.txt", manifest="name,title\na.txt,T\n")
    with pytest.raises(TableError, match=r"manifest\.csv"):
        crawl([tmp_path], Wishes())


def test_wrong_row_holds_its_file_and_no_other(tmp_path: Path, hand_in: HandIn, archive: Archive) -> None:
    folder = tmp_path / "in"
    make(
        folder,
        "a.txt",
        "b.txt",
        "c.txt",
        manifest="path,access,language,extra\na.txt,publik,,\nb.txt,,ru,\nnone.txt,,,\n",
    )
    outcomes = hand_in(folder)
    assert outcomes["a.txt"].status is Status.HELD
    assert "line 2, column access: publik is no access" in outcomes["a.txt"].error
    assert (outcomes["b.txt"].status, outcomes["b.txt"].languages) == (Status.DEPOSITED, ("ru",))
    assert outcomes["c.txt"].status is Status.DEPOSITED
    assert outcomes["none.txt"].status is Status.FAILED
    assert "no file none.txt" in outcomes["none.txt"].error
    assert outcomes["manifest.csv"].status is Status.SKIPPED
    assert "extra" in outcomes["manifest.csv"].error
    crawled = crawl([folder], Wishes())
    assert crawled.notes == {"c.txt": "manifest.csv has no row of it."}
    assert crawled.remarked(outcomes["c.txt"]).error == "manifest.csv has no row of it."
    (held,) = archive.documents(state=State.DRAFT)
    assert "publik" in held.reason


def test_corrected_manifest_lets_the_file_out(tmp_path: Path, hand_in: HandIn, archive: Archive) -> None:
    make(tmp_path / "in", "a.txt", manifest="path,access,title\na.txt,publik,\n")
    hand_in(tmp_path / "in")
    make(tmp_path / "in", manifest="path,access,title\na.txt,staff,T\n")
    assert hand_in(tmp_path / "in")["a.txt"].status is Status.DEPOSITED
    (document,) = archive.documents()
    assert (document.access, document.title, document.reason) == (Access.STAFF, "T", "")


def readable(archive: Archive, day: dt.date) -> set[str]:
    def may(document: Document) -> bool:
        return may_read(document, Audience.PUBLIC, day)

    return {document.current.files[0].path for document in archive.documents() if may(document)}


def test_access_counts_from_the_first_moment(tmp_path: Path, hand_in: HandIn, archive: Archive) -> None:
    make(
        tmp_path / "in",
        "open.txt",
        "staff.txt",
        "later.txt",
        manifest="path,access\nopen.txt,public\nstaff.txt,staff\nlater.txt,2031-05-01\n",
    )
    hand_in(tmp_path / "in")
    assert readable(archive, dt.date(2031, 4, 30)) == {"open.txt"}
    assert readable(archive, dt.date(2031, 5, 1)) == {"open.txt", "later.txt"}


def test_format_for_staff_does_not_join_a_public_document(
    tmp_path: Path, hand_in: HandIn, archive: Archive
) -> None:
    make(tmp_path / "in", "a.txt")
    hand_in(tmp_path / "in")
    (tmp_path / "in/a.html").write_text(f"<html><body><p>a.txt {TEXT}</p></body></html>")
    make(tmp_path / "in", manifest="path,access\na.html,staff\na.txt,\n")
    hand_in(tmp_path / "in")
    assert {(d.current.files[0].path, d.access) for d in archive.documents()} == {
        ("a.txt", Access.PUBLIC),
        ("a.html", Access.STAFF),
    }


def test_description_survives_a_round_trip_and_reads_what_was_written_before() -> None:
    said = Description(
        "k",
        languages=("de", "ru"),
        access=Access.EMBARGOED,
        embargoed_until=dt.date(2031, 5, 1),
        problem="P",
        hold=True,
    )
    assert Description.from_json(said.to_json()) == said
    before = {
        name: value
        for name, value in Description("k").to_json().items()
        if name not in ("languages", "access", "embargoed_until", "problem", "hold")
    }
    assert Description.from_json(before) == Description("k")
