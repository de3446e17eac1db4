from __future__ import annotations

import os
import shutil
import unicodedata
from pathlib import Path

import pytest

from archive.model import Kind
from ingest.candidate import Candidate
from ingest.crawl import Wishes, crawl
from ingest.errors import UsageError
from ingest.walk import walk


def make(root: Path, *paths: str) -> None:
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(b"x")


def by_path(root: Path, wishes: Wishes = Wishes()) -> dict[str, Candidate]:  # noqa: B008
    return {candidate.path: candidate for candidate in crawl([root], wishes).candidates}


def test_folders_name_conference_and_panel(tmp_path: Path) -> None:
    make(tmp_path, "2017 Krasnodar/Panel 1/a.pdf", "2017 Krasnodar/b.pdf", "2019 Düren/Panel 1/sub/c.pdf")
    found = by_path(tmp_path)
    assert found["2017 Krasnodar/Panel 1/a.pdf"].description.panel == "2017-krasnodar/panel-1"
    assert found["2017 Krasnodar/b.pdf"].description.conference == "2017-krasnodar"
    assert found["2017 Krasnodar/b.pdf"].description.panel is None
    assert found["2019 Düren/Panel 1/sub/c.pdf"].description.panel == "2019-dueren/panel-1"


def test_folder_of_panels_is_itself_the_conference(tmp_path: Path) -> None:
    root = tmp_path / "2017 Krasnodar"
    make(root, "Panel 1/a.pdf", "b.pdf")
    found = by_path(root)
    assert {candidate.description.conference for candidate in found.values()} == {"2017-krasnodar"}
    assert found["Panel 1/a.pdf"].description.panel == "2017-krasnodar/panel-1"
    (conference,) = crawl([root], Wishes()).conferences
    assert conference.title == {"und": "2017 Krasnodar"}
    assert [panel.title for panel in conference.panels] == [{"und": "Panel 1"}]


def test_command_line_counts_before_folders(tmp_path: Path) -> None:
    make(tmp_path, "A/B/a.pdf", "A/b.pdf", "c.pdf")
    found = by_path(tmp_path, Wishes(conference="corpus", kind=Kind.PAPER))
    assert {candidate.description.conference for candidate in found.values()} == {"corpus"}
    assert found["A/B/a.pdf"].description.panel == "corpus/a"
    assert found["c.pdf"].description.panel is None
    assert found["c.pdf"].description.kind is Kind.PAPER
    found = by_path(tmp_path, Wishes(conference="corpus", panel="P 1"))
    assert {candidate.description.panel for candidate in found.values()} == {"corpus/p-1"}


def test_conference_file_counts_before_folders(tmp_path: Path) -> None:
    make(tmp_path, "K/panel eins/a.pdf", "K/programm/p.pdf", "other/x/y.pdf")
    (tmp_path / "K/conference.yaml").write_text(
        "id: k-2017\ntitle: K\nexample: true\npanels:\n  - {id: p1, folder: panel eins, title: P}\n"
        "documents:\n  - {path: panel eins/a.pdf, title: T, translation_of: programm/p.pdf}\n"
    )
    found = by_path(tmp_path)
    described = found["K/panel eins/a.pdf"].description
    assert (described.conference, described.panel, described.title) == ("k-2017", "k-2017/p1", "T")
    assert described.translation_of == "K/programm/p.pdf"
    assert described.example
    assert found["K/programm/p.pdf"].description.panel is None
    assert found["other/x/y.pdf"].description.conference == "other"
    assert "describes the conference" in found["K/conference.yaml"].skip


def test_translations_come_after_their_originals(tmp_path: Path) -> None:
    make(tmp_path, "a.pdf", "b.pdf")
    (tmp_path / "conference.yaml").write_text(
        "title: K\ndocuments:\n  - {path: a.pdf, translation_of: b.pdf}\n"
    )
    assert [candidate.path for candidate in crawl([tmp_path], Wishes()).candidates][-1] == "a.pdf"


def test_name_in_nfd_fits_the_conference_file_in_nfc(tmp_path: Path) -> None:
    make(tmp_path, unicodedata.normalize("NFD", "Bürger/Lösung.pdf"))
    (tmp_path / "conference.yaml").write_text(
        "title: K\npanels:\n  - {id: b, folder: Bürger, title: P}\n"
        "documents:\n  - {path: Bürger/Lösung.pdf, title: T}\n"
    )
    (candidate,) = [c for c in crawl([tmp_path], Wishes()).candidates if not c.skip]
    assert candidate.description.title == "T"
    assert candidate.description.panel is not None
    assert candidate.path == unicodedata.normalize("NFD", "Bürger/Lösung.pdf")


def test_scenery_of_a_saved_page_is_skipped_and_documents_in_it_are_taken(tmp_path: Path) -> None:
    make(tmp_path, "k/seite.html", "k/seite_files/a.css", "k/seite_files/b/c.png", "k/seite_files/a.pdf")
    make(tmp_path, "k/Fotos_files/bild.png")
    found = by_path(tmp_path / "k")
    skipped = {path for path, candidate in found.items() if candidate.skip}
    assert skipped == {"seite_files/a.css", "seite_files/b/c.png"}


def test_links_and_system_files_are_skipped_with_a_reason(tmp_path: Path) -> None:
    make(tmp_path, "p/a.pdf", "p/Thumbs.db", "p/~$a.docx", "outside/secret.pdf")
    (tmp_path / "p/link.pdf").symlink_to(tmp_path / "outside/secret.pdf")
    (tmp_path / "p/loop").symlink_to(tmp_path)
    os.mkfifo(tmp_path / "p/pipe")
    found = by_path(tmp_path / "p")
    assert not found["a.pdf"].skip
    for name in ("Thumbs.db", "~$a.docx", "link.pdf", "loop", "pipe"):
        assert found[name].skip
    assert not any(path.startswith("loop/") for path in found)


def test_single_file_needs_a_conference(tmp_path: Path) -> None:
    make(tmp_path, "a.pdf")
    with pytest.raises(UsageError, match="--conference"):
        crawl([tmp_path / "a.pdf"], Wishes())
    (candidate,) = crawl([tmp_path / "a.pdf"], Wishes(conference="x")).candidates
    assert (candidate.path, candidate.description.conference) == ("a.pdf", "x")


def test_missing_path_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="nothing-here"):
        crawl([tmp_path / "nothing-here"], Wishes())


def test_file_named_twice_is_one_candidate(tmp_path: Path) -> None:
    make(tmp_path, "A/p/a.pdf", "A/b.pdf")
    (tmp_path / "link").symlink_to(tmp_path / "A")
    paths = [tmp_path / "A/p", tmp_path / "A", tmp_path / "A/p/../b.pdf", tmp_path / "link"]
    found = crawl(paths, Wishes())
    assert sorted(candidate.path for candidate in found.candidates) == ["b.pdf", "p/a.pdf"]
    assert [conference.id for conference in found.conferences] == ["a"]


def test_link_as_path_is_followed(tmp_path: Path) -> None:
    make(tmp_path, "A/a.pdf")
    (tmp_path / "link.pdf").symlink_to(tmp_path / "A/a.pdf")
    (tmp_path / "link").symlink_to(tmp_path / "A")
    (candidate,) = crawl([tmp_path / "link.pdf"], Wishes(conference="k")).candidates
    assert (candidate.path, candidate.skip) == ("a.pdf", "")
    (candidate,) = crawl([tmp_path / "link"], Wishes()).candidates
    assert candidate.description.conference == "a"


def test_files_of_two_paths_that_would_be_one_are_refused(tmp_path: Path) -> None:
    make(tmp_path, "B/x/programm.txt", "B/y/programm.txt", "B/x/Thumbs.db", "B/y/Thumbs.db")
    paths = [tmp_path / "B/x", tmp_path / "B/y"]
    with pytest.raises(UsageError) as caught:
        crawl(paths, Wishes(conference="k"))
    for part in ("B/x/programm.txt and ", "B/y/programm.txt would", f"folder {tmp_path / 'B'} that"):
        assert part in str(caught.value)
    assert len(crawl([tmp_path / "B"], Wishes(conference="k")).candidates) == 4
    assert len(crawl(paths, Wishes()).candidates) == 4


def test_twins_in_unicode_form_are_numbered_the_same_way_each_time(tmp_path: Path) -> None:
    composed, decomposed = "L\u00f6sung.pdf", "Lo\u0308sung.pdf"
    make(tmp_path, composed, decomposed, "L\u00f6sung (2).pdf", "p\u00e4/a.pdf", "pa\u0308/a.pdf")
    found = {candidate.source.name: candidate.path for candidate in crawl([tmp_path], Wishes()).candidates}
    assert found[decomposed] == decomposed
    assert found[composed] == "L\u00f6sung (3).pdf"
    assert found["L\u00f6sung (2).pdf"] == "L\u00f6sung (2).pdf"
    again = crawl([tmp_path], Wishes()).candidates
    assert {candidate.source.name: candidate.path for candidate in again} == found
    assert {candidate.path for candidate in again} >= {"pa\u0308/a.pdf", "p\u00e4/a (2).pdf"}


def test_folders_of_one_conference_put_their_panels_together(tmp_path: Path) -> None:
    make(tmp_path, "D/Stadt A/P1/a.pdf", "D/stadt-a/P2/b.pdf", "x/P3/c.pdf")
    (conference,) = crawl([tmp_path / "D"], Wishes()).conferences
    assert [panel.id for panel in conference.panels] == ["stadt-a/p1", "stadt-a/p2"]
    paths = [tmp_path / "D/Stadt A", tmp_path / "x"]
    (conference,) = crawl(paths, Wishes(conference="k")).conferences
    assert {panel.id for panel in conference.panels} == {"k/p1", "k/p3"}


def test_conference_file_leads_where_a_folder_has_the_same_conference(tmp_path: Path) -> None:
    make(tmp_path, "A/K/P1/a.pdf", "b/k/P2/b.pdf")
    (tmp_path / "b/k/conference.yaml").write_text("title: Die Konferenz\n")
    found = crawl([tmp_path / "A/K", tmp_path / "b/k"], Wishes())
    (conference,) = found.conferences
    assert conference.title == {"und": "Die Konferenz"}
    assert {panel.id for panel in conference.panels} == {"k/p1", "k/p2"}
    assert found.described == {"k"}


@pytest.mark.parametrize(("panels", "panel"), [("", "k/vortraege"), ("panels: [{id: p1, title: P}]\n", None)])
def test_folders_are_panels_unless_the_conference_file_lists_them(
    tmp_path: Path, panels: str, panel: str | None
) -> None:
    make(tmp_path, "Vorträge/a.pdf", "Vorträge/b.pdf")
    documents = "documents: [{path: Vorträge/b.pdf, title: T}]\n"
    (tmp_path / "conference.yaml").write_text("id: k\n" + panels + documents)
    found = by_path(tmp_path)
    assert found["Vorträge/a.pdf"].description.panel == panel
    assert found["Vorträge/b.pdf"].description.panel == panel


@pytest.mark.parametrize(
    "wishes",
    [
        Wishes(conference="a", panel="b/c"),
        Wishes(conference="a", panel="a/b/c"),
        Wishes(conference="a", panel="a/"),
        Wishes(conference="a", panel=""),
        Wishes(conference="", panel="b"),
        Wishes(conference=" "),
        Wishes(panel="/b"),
    ],
)
def test_wish_that_makes_no_sense_is_refused(tmp_path: Path, wishes: Wishes) -> None:
    make(tmp_path, "a.pdf")
    with pytest.raises(UsageError, match=r"--(conference|panel)"):
        crawl([tmp_path], wishes)


@pytest.mark.parametrize(
    "wishes", [Wishes("Stadt A", "stadt-a/B"), Wishes("stadt-a", "B"), Wishes(None, "stadt-a/B")]
)
def test_panel_may_name_its_conference(tmp_path: Path, wishes: Wishes) -> None:
    make(tmp_path, "a.pdf")
    assert by_path(tmp_path, wishes)["a.pdf"].description.panel == "stadt-a/b"


def test_files_that_are_not_taken_have_no_say_in_what_is_a_conference(tmp_path: Path) -> None:
    root = tmp_path / "K"
    make(root, "P/a.pdf", "P/.AppleDouble/a.pdf", ".git/x/y/config", "__MACOSX/P/a.pdf", "P/deep/Thumbs.db")
    (root / ".git/conference.yaml").write_text("title: X\n")
    found = crawl([root], Wishes())
    assert [candidate.path for candidate in found.candidates if not candidate.skip] == ["P/a.pdf"]
    assert [conference.id for conference in found.conferences] == ["k"]
    (conference,) = found.conferences
    assert [panel.id for panel in conference.panels] == ["k/p"]


def test_only_the_topmost_conference_file_counts_beside_a_named_conference(tmp_path: Path) -> None:
    make(tmp_path, "sub/a.pdf")
    (tmp_path / "conference.yaml").write_text("id: x\ntitle: Die Konferenz\n")
    (tmp_path / "sub/conference.yaml").write_text("id: y\ntitle: Y\n")
    found = crawl([tmp_path], Wishes(conference="k"))
    reasons = {candidate.path: candidate.skip for candidate in found.candidates}
    assert "was read" in reasons["conference.yaml"]
    assert "not used" in reasons["sub/conference.yaml"]
    (conference,) = found.conferences
    assert (conference.id, conference.title) == ("k", {"und": "Die Konferenz"})


def test_conference_file_alone_describes_its_conference(tmp_path: Path) -> None:
    (tmp_path / "conference.yaml").write_text("id: k\n")
    assert crawl([tmp_path], Wishes()).described == {"k"}


@pytest.mark.parametrize("odd", ["pipe", "link", "folder"])
def test_conference_file_has_to_be_an_ordinary_file(tmp_path: Path, odd: str) -> None:
    make(tmp_path, "K/a.pdf")
    path = tmp_path / "K/conference.yaml"
    (tmp_path / "other.yaml").write_text("id: other\n")
    if odd == "pipe":
        os.mkfifo(path)
    elif odd == "link":
        path.symlink_to(tmp_path / "other.yaml")
    else:
        path.mkdir()
    found = crawl([tmp_path / "K"], Wishes())
    assert [conference.id for conference in found.conferences] == ["k"]
    assert not found.described


@pytest.mark.parametrize("other", ["a.pdf", "z.pdf"])
def test_folder_that_cannot_be_read_is_told(tmp_path: Path, other: str) -> None:
    make(tmp_path, "sub/b.pdf", other, "zz.pdf")
    found = walk(tmp_path)
    assert next(found).path == other
    shutil.rmtree(tmp_path / "sub")
    problems = [candidate for candidate in found if candidate.problem]
    assert [(candidate.path, candidate.skip) for candidate in problems] == [("sub", "")]


def test_archive_is_not_handed_in(tmp_path: Path) -> None:
    home = tmp_path / "in/home"
    make(tmp_path, "in/a.pdf", "in/home/storage/x.pdf")
    found = {candidate.path: candidate for candidate in crawl([tmp_path / "in"], Wishes(), home).candidates}
    assert set(found) == {"a.pdf", "home"}
    assert "archive" in found["home"].skip
    for path in (home, home / "storage", home / "storage/x.pdf"):
        with pytest.raises(UsageError, match="archive"):
            crawl([path], Wishes(conference="k"), home)
