from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from archive.holdings import Format, Held, count_holdings
from archive.model import Document, File, Kind, State, Version
from archive.repository import Archive
from archive.settings import Settings
from archive.verification_log import FILE, Verified, last_verified, note_verified

pytestmark = pytest.mark.databases

NOW = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)


def document(identifier: str, state: State, *sizes: int, reason: str = "", language: str = "de") -> Document:
    """A document with a version for each size, all in one format."""
    versions = tuple(
        Version(number, NOW, (File("a.txt", "a.txt", "text/plain", size, f"{identifier}{number}", 1),))
        for number, size in enumerate(sizes, 1)
    )
    return Document(
        identifier, "T", "c", Kind.PAPER, state, versions, NOW, NOW, languages=(language,), reason=reason
    )


def test_everything_is_counted_with_all_versions_and_drafts_by_reason(tmp_path: Path) -> None:
    archive = Archive.open(Settings.from_env({"ARCHIVE_HOME": str(tmp_path / "home")}))
    for each in (
        document("aaaaaaaaaa", State.PUBLISHED, 10, 20),
        document("bbbbbbbbbb", State.PUBLISHED, 5, language="ru"),
        document("cccccccccc", State.DRAFT, 1, reason="encrypted"),
        document("dddddddddd", State.DRAFT, 1),
        document("eeeeeeeeee", State.WITHDRAWN, 1, reason="asked for"),
    ):
        archive.catalogue.put_document(each)
    found = count_holdings(archive.catalogue.engine)
    archive.close()
    assert found.all == Held(published=2, drafts=2, withdrawn=1, files=6, size_bytes=38)
    assert found.conferences == {"c": found.all}
    assert found.languages == {"de": 1, "ru": 1}
    assert found.formats == {"text/plain": Format(6, 38)}
    assert found.drafts == {"encrypted": 1, "": 1}


def test_an_empty_archive_holds_nothing(tmp_path: Path) -> None:
    archive = Archive.open(Settings.from_env({"ARCHIVE_HOME": str(tmp_path / "home")}))
    found = count_holdings(archive.catalogue.engine)
    archive.close()
    assert (found.all, dict(found.conferences), dict(found.drafts)) == (Held(), {}, {})


def test_the_last_verification_is_remembered(tmp_path: Path) -> None:
    assert last_verified(tmp_path) is None
    note_verified(tmp_path, Verified(NOW, 2, 3.5))
    assert last_verified(tmp_path) == Verified(NOW, 2, 3.5)
    (tmp_path / FILE).write_text("[]")
    assert last_verified(tmp_path) is None


def test_a_home_that_cannot_be_written_stops_no_verification(tmp_path: Path) -> None:
    note_verified(tmp_path / "missing" / "home", Verified(NOW, 0, 1.0))
