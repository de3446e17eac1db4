"""Indexes that are damaged, cannot be written, or whose writer was killed: said, built anew, nothing lost."""

from __future__ import annotations

import multiprocessing
import os
import pkgutil
import shutil
import signal
from typing import Any

import pytest

from archive.access import Audience
from index import live
from index.audiences import index_folder
from index.errors import SearchIndexError
from index.indexer import Indexer
from index.query import Query
from index.search import Search
from tests.index.asking import found

pytestmark = pytest.mark.every_engine

FILES = {
    "whoosh": {"content": "*.seg", "contents": "*.toc"},
    "tantivy": {"content": "*.term", "contents": "meta.json"},
}
READS = {"whoosh": "postings.Lists.postings", "tantivy": "tantivy_reading.TantivySnapshot.respond"}
COMMITS = {
    "whoosh": {"before": "whoosh.WhooshEngine._announce", "after": "whoosh.WhooshEngine.write"},
    "tantivy": {"before": "tantivy_part.state_document", "after": "tantivy.TantivyEngine.write"},
}
"""Of each engine: files that hold an index and list them, what reads, what comes before a commit, what ends
with one."""


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # Whoosh leaves files open
@pytest.mark.parametrize("damage", ["remove", "content", "contents", "pointer"])
def test_a_damaged_index_is_built_anew(archive: Any, indexer: Indexer, engine_name: str, damage: str) -> None:
    archive.put("a", "Stadt")
    indexer.catch_up()
    folder = index_folder(archive, Audience.PUBLIC)
    (built,) = folder.glob("index-*")
    match damage:
        case "remove":
            shutil.rmtree(built)
        case "pointer":
            (folder / "live.json").write_text("{")
        case "content" | "contents":
            files = [*built.rglob(FILES[engine_name][damage])]
            assert files
            for path in files:
                path.write_bytes(b"not what it was")
    search = Search(archive)
    assert search.ask(Query("Stadt")).message_code == "no_index"
    Indexer(archive).catch_up()
    assert found(search, "Stadt") == {"a"}


def test_damage_found_by_a_search_is_mended(
    archive: Any, indexer: Indexer, search: Search, engine_name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive.put("a", "Stadt")
    indexer.catch_up()

    def corrupt(*_: object) -> None:
        raise ValueError

    with monkeypatch.context() as damaged:
        damaged.setattr(f"index.engines.{READS[engine_name]}", corrupt)
        assert search.ask(Query("Stadt")).message_code == "no_index"
    (before,) = index_folder(archive, Audience.PUBLIC).glob("index-*")
    Indexer(archive).catch_up()
    assert not before.exists()
    assert found(search, "Stadt") == {"a"}


@pytest.mark.parametrize("step", ["before", "after", "swap"])
def test_an_indexer_killed_at_any_step_loses_nothing(
    archive: Any,
    indexer: Indexer,
    search: Search,
    engine_name: str,
    step: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    archive.put("a", "Stadt")
    indexer.catch_up()
    archive.put("b", "Stadt")

    def die(*_: object) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    def killed() -> None:
        fresh = Indexer(archive)
        if step == "swap":
            monkeypatch.setattr(live.LiveIndex, "swap", die)
            fresh.rebuild()
        else:
            place = f"index.engines.{COMMITS[engine_name][step]}"
            write = pkgutil.resolve_name(place)
            monkeypatch.setattr(place, die if step == "before" else lambda *args: die(write(*args)))
            fresh.catch_up()

    process = multiprocessing.get_context("fork").Process(target=killed)
    process.start()
    process.join(60)
    assert process.exitcode == -signal.SIGKILL
    assert found(search, "Stadt") == ({"a", "b"} if step == "after" else {"a"})
    assert indexer.catch_up() == 2
    assert found(search, "Stadt") == {"a", "b"}


def test_index_that_cannot_be_written_says_what_to_do(archive: Any, indexer: Indexer) -> None:
    archive.put("a", "Stadt")
    index_folder(archive, Audience.PUBLIC).parent.mkdir(parents=True, exist_ok=True)
    index_folder(archive, Audience.PUBLIC).write_text("in the way")
    for attempt in (indexer.catch_up, indexer.rebuild):
        with pytest.raises(SearchIndexError, match=r"documents are kept.*python -m portal reindex"):
            attempt()
    index_folder(archive, Audience.PUBLIC).unlink()
    assert indexer.catch_up() == 1
