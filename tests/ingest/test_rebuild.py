"""Everything but the storage root deleted, and made again."""

from __future__ import annotations

import random
from contextlib import closing
from pathlib import Path

from archive.model import State
from archive.repository import Archive
from archive.settings import Settings
from archive.translation_decisions import TranslationDecisions
from bench.command import portal
from bench.rebuilding import answers, keep_only_storage, queries, records
from bench.support.history import archive_with_history
from index.indexer import Indexer
from index.teaching import Teacher

SAMPLES = Path(__file__).parent.parent.parent / "samples" / "2017-krasnodar"


def test_rebuild_gives_the_same_identifiers_records_and_answers(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with closing(archive_with_history(SAMPLES, tmp_path, random.Random(2017))) as archive:
        states = {document.state for document in archive.documents(state=None)}
        versions = max(len(document.versions) for document in archive.documents(state=None))
        with closing(Indexer(archive)) as indexer:
            indexer.catch_up()
        with closing(Teacher(archive)) as teacher:
            teacher.teach()
    assert (states, versions) == (set(State), 2)
    asked = queries(home, 20, seed=2017)
    before, kept = answers(home, asked), records(home)
    assert sum(bool(found.hits) for found in before.values()) >= 15
    keep_only_storage(home)
    assert portal(home, "rebuild").code == 0
    assert records(home) == kept
    assert answers(home, asked) == before
    assert portal(home, "verify").code == 0


def test_rebuild_keeps_the_text_of_what_it_cannot_read_and_says_so(tmp_path: Path) -> None:
    home = tmp_path / "home"
    portal(home, "ingest", str(SAMPLES))
    kept = records(home)
    refused = _refuse_a_pair(home)
    damaged = next(path for path in (home / "storage").rglob("*.odp"))
    damaged.write_bytes(b"no longer a presentation")
    done = portal(home, "rebuild")
    assert done.code == 1
    assert "1 published documents could not be read again" in done.errors
    assert records(home) == kept
    with closing(Archive.open(Settings.from_env({"ARCHIVE_HOME": str(home)}))) as archive:
        assert archive.refused_translations() == {refused}


def _refuse_a_pair(home: Path) -> frozenset[str]:
    with closing(Archive.open(Settings.from_env({"ARCHIVE_HOME": str(home)}))) as archive:
        one, other, *_ = (document.id for document in archive.documents())
        TranslationDecisions(archive, "anna").refuse(one, other)
    return frozenset((one, other))


def test_lost_catalogue_is_not_filled_a_second_time(tmp_path: Path) -> None:
    home = tmp_path / "home"
    portal(home, "ingest", str(SAMPLES))
    keep_only_storage(home)
    refused = portal(home, "samples")
    assert refused.code != 0
    assert "rebuild" in refused.errors
    assert portal(home, "rebuild").code == 0
    assert portal(home, "verify").code == 0


def test_files_that_waited_are_kept_where_the_catalogue_is_lost(tmp_path: Path) -> None:
    home = tmp_path / "home"
    portal(home, "ingest", str(SAMPLES))
    keep_only_storage(home)
    (home / "received").mkdir()
    (home / "received" / "waits").write_bytes(b"bytes that only the catalogue could name")
    done = portal(home, "rebuild")
    assert done.code == 0
    assert f"does not name: 1. They are kept in {home / 'unclaimed'}" in done.errors
    portal(home, "ingest", str(SAMPLES))  # sweeps what nobody needs
    assert list((home / "received").iterdir()) == []
    assert (home / "unclaimed" / "waits").read_bytes() == b"bytes that only the catalogue could name"
