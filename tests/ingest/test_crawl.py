from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import pytest

from archive.model import Kind
from ingest.candidate import Candidate
from ingest.crawl import Wishes, crawl
from ingest.errors import UsageError


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


def test_links_and_system_files_are_skipped_with_a_reason(tmp_path: Path) -> None:
    make(tmp_path, "p/a.pdf", "p/Thumbs.db", "p/~$a.docx", "outside/secret.pdf")
    (tmp_path / "p/link.pdf").symlink_to(tmp_path / "outside/secret.pdf")
    (tmp_path / "p/loop").symlink_to(tmp_path)
    os.mkfifo(tmp_path / "p/pipe")
    found = by_path(tmp_path / "p")
    assert not found["a.pdf"].skip
    for name in ("Thumbs.db", "~$a.docx", "link.pdf", "pipe"):
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
