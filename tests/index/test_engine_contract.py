"""What every engine has to do, whichever it is; what clauses find is in `test_engine_clauses.py`."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from index.engine import Any, Clause, Engine, Entry, Everything, Phrase, Request, Term
from tests.index.engines import ENERGIE, ENGINES, ENTRIES, SCHEMA, STADT, WASSER, entry, ids, matches


def test_filters_of_one_field_add_and_of_two_fields_narrow(engine: Engine) -> None:
    assert set(ids(engine, STADT, filters={"kind": ("talk", "minutes")})) == {"d1", "d2", "d4"}
    assert set(ids(engine, STADT, filters={"kind": ("talk", "minutes"), "year": ("2010",)})) == {"d2"}
    assert set(ids(engine, STADT, filters={"kind": ("nothing",)})) == set()
    assert set(ids(engine, STADT, filters={"kind": ()})) == {"d1", "d2", "d4"}


def test_facets_ignore_their_own_filter_and_obey_the_others(engine: Engine) -> None:
    request = Request(STADT, filters={"kind": ("paper",)}, facets=("kind", "year"))
    response = engine.search(request)
    assert response.total == 1
    assert response.facets == {"kind": {"talk": 2, "paper": 1, "minutes": 1}, "year": {"2010": 1}}


def test_sorted_by_a_field_with_empty_values_last(engine: Engine) -> None:
    assert ids(engine, Everything(), sort="date") == ["d1", "d2", "d3", "d4"]
    assert ids(engine, Everything(), sort="-date") == ["d3", "d2", "d1", "d4"]
    assert ids(engine, Everything(), sort="name") == ["d2", "d1", "d3", "d4"]
    assert ids(engine, Everything(), sort="-name") == ["d3", "d4", "d1", "d2"]


@pytest.mark.parametrize("sort", ["", "name", "-date"])
def test_pages_neither_miss_nor_double(engine: Engine, sort: str) -> None:
    engine.write([entry(f"e{number:02}", "stadt", name="c") for number in range(30)], (), 5)
    pages = [ids(engine, STADT, sort=sort, offset=offset, limit=4) for offset in range(0, 40, 4)]
    together = [name for page in pages for name in page]
    assert len(together) == len(set(together)) == engine.search(Request(STADT)).total == 33
    assert ids(engine, STADT, sort=sort, limit=100) == together


@pytest.mark.parametrize("sort", ["", "name"])
@pytest.mark.parametrize("clause", [STADT, Everything()])
def test_far_behind_all_entries_there_is_nothing(engine: Engine, clause: Clause, sort: str) -> None:
    for far in (10**4, 10**12, 10**40):
        response = engine.search(Request(clause, sort=sort, offset=far, limit=far))
        assert (response.total > 0, response.found) == (True, ())
        assert len(engine.search(Request(clause, sort=sort, limit=far)).found) == response.total


def test_a_limit_of_zero_counts(engine: Engine) -> None:
    response = engine.search(Request(STADT, limit=0))
    assert (response.total, response.found) == (3, ())


def test_an_empty_index_answers(engine_kind: str, tmp_path: Path) -> None:
    engine = ENGINES[engine_kind][0](tmp_path, SCHEMA)
    response = engine.search(Request(Any((STADT, Phrase("text", ("a", "b")))), facets=("kind",), sort="date"))
    assert (response.total, response.found, response.facets) == (0, (), {"kind": {}})
    assert engine.sequence() == 0
    engine.close()


def test_the_vocabulary_counts_the_entries_that_match_and_forgets_what_was_deleted(engine: Engine) -> None:
    assert engine.vocabulary("text", Everything()) == {"energie": 2, "der": 3, "stadt": 3, "wasser": 2}
    assert engine.vocabulary("text", Term("kind", "minutes")) == {"wasser": 1, "der": 1, "stadt": 1}
    assert engine.vocabulary("nowhere", Everything()) == {}
    before = engine.commit()
    engine.write([entry("d5", "wasser gas")], ("d1", "d2"), 5)
    assert engine.commit() != before
    expected = {"wasser": 3, "der": 1, "stadt": 1, "gas": 1}
    assert engine.vocabulary("text", Everything()) == expected
    while (put_in_place := engine.merge()) is not None:
        put_in_place()
    assert engine.vocabulary("text", Everything()) == expected


def test_what_is_stored_comes_with_what_is_found(engine_kind: str, tmp_path: Path) -> None:
    make, open_again = ENGINES[engine_kind]
    kept = {"d1": b"one\n\0\xff", "d2": b"", "d3": bytes(100_000), "d4": b"four", "d5": b"five"}

    def stored(engine: Engine) -> dict[str, bytes]:
        return {found.id: found.stored for found in engine.search(Request()).found}

    engine = make(tmp_path, SCHEMA)
    for number, name in enumerate(kept, 1):
        engine.write([replace(entry(name, "stadt"), stored=kept[name])], (), number)
    assert stored(engine) == kept
    engine.write([replace(entry("d4", "stadt"), stored=b"other")], ("d4", "d5"), 6)
    expected = {**kept, "d4": b"other"}
    del expected["d5"]
    assert stored(engine) == expected
    put_in_place = engine.merge(("d5",))
    assert put_in_place is not None
    put_in_place()
    assert stored(engine) == expected
    engine.close()
    again = open_again(tmp_path, SCHEMA)
    assert stored(again) == expected
    again.close()
    assert not any(b"five" in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())


def test_all_entries_of_a_document_are_replaced(engine: Engine) -> None:
    engine.write([entry("d1", "neu", "/a"), entry("d1", "neu", "/b")], ["d1"], 5)
    assert matches(engine, Term("keys", "neu")) == {"d1/a", "d1/b"}
    engine.write([entry("d1", "neuer")], ["d1", "unknown"], 6)
    assert matches(engine, Term("keys", "neu")) == set()
    assert matches(engine, Term("keys", "neuer")) == {"d1"}
    engine.write([], ["d1"], 7)
    assert matches(engine, Everything()) == {"d2", "d3", "d4"}


def test_what_is_added_to_a_document_stays_beside_what_it_has(engine: Engine) -> None:
    engine.write([entry("a", "neu", "/0"), *(entry(f"m{n}", "viele") for n in range(250))], (), 5)
    for number in range(1, 24):
        additions = [entry("a", "neu", f"/{number}")] if number in (8, 9) else []
        engine.write([*additions, entry(f"n{number}", "wort")], (), 5 + number)
        assert engine.search(Request(Term("keys", "wort"))).total == number
    assert matches(engine, Term("keys", "neu")) == {"a/0", "a/8", "a/9"}
    assert engine.search(Request(Term("keys", "viele"))).total == 250


def test_scores_forget_what_was_deleted(engine: Engine, engine_kind: str, tmp_path: Path) -> None:
    engine.write([entry(f"x{number}", "wasser wasser", kind="secret") for number in range(30)], (), 5)
    engine.write([], [f"x{number}" for number in range(30)], 6)
    fresh = ENGINES[engine_kind][0](tmp_path / "fresh", SCHEMA)
    fresh.write(ENTRIES, (), 4)
    request = Request(Any((WASSER, STADT)), facets=("kind",))
    assert engine.search(request) == fresh.search(request)
    fresh.close()


def test_the_order_of_writing_makes_no_difference(engine: Engine, engine_kind: str, tmp_path: Path) -> None:
    other = ENGINES[engine_kind][0](tmp_path / "other", SCHEMA)
    for sequence, one in enumerate(reversed(ENTRIES), 1):
        other.write([one], [one.document], sequence)
    request = Request(Any((WASSER, STADT, ENERGIE)), facets=("kind", "year"))
    assert other.search(request) == engine.search(request)
    other.close()


def test_many_small_commits_stay_findable(engine: Engine) -> None:
    for number in range(40):
        engine.write([entry(f"n{number:02}", "viele stadt", kind="talk")], [f"n{number - 1:02}"], 5 + number)
    assert matches(engine, Term("keys", "viele")) == {"n39"}
    assert engine.search(Request(STADT, facets=("kind",))).facets["kind"]["talk"] == 3
    assert engine.sequence() == 44


def test_the_sequence_is_that_of_the_last_commit(engine: Engine, engine_kind: str, tmp_path: Path) -> None:
    assert engine.sequence() == 4
    engine.write([], (), 9)
    assert engine.sequence() == 9
    again = ENGINES[engine_kind][1](tmp_path, SCHEMA)
    assert again.sequence() == 9
    assert matches(again, STADT) == {"d1", "d2", "d4"}
    again.close()


class _FullDiskError(Exception):
    pass


def _failing() -> Iterator[Entry]:
    yield entry("d9", "stadt")
    raise _FullDiskError


def test_a_failed_commit_changes_nothing_and_leaves_no_lock(engine: Engine) -> None:
    with pytest.raises(_FullDiskError):
        engine.write(_failing(), ["d1"], 5)
    assert matches(engine, STADT) == {"d1", "d2", "d4"}
    assert engine.sequence() == 4
    engine.write([entry("d9", "stadt")], ["d1"], 5)
    assert matches(engine, STADT) == {"d2", "d4", "d9"}
    assert engine.sequence() == 5


def test_another_reader_sees_a_commit_after_refresh(engine: Engine, engine_kind: str, tmp_path: Path) -> None:
    other = ENGINES[engine_kind][1](tmp_path, SCHEMA)
    engine.write([entry("d9", "stadt")], ["d1"], 5)
    assert matches(other, STADT) == {"d1", "d2", "d4"}
    assert other.sequence() == 5
    other.refresh()
    assert matches(other, STADT) == {"d2", "d4", "d9"}
    other.close()


def test_threads_search_while_another_writes(engine: Engine) -> None:
    engine.write([entry(f"s{number}", "stadt wort" + str(number)) for number in range(200)], (), 5)
    stop = threading.Event()

    def ask(at: int) -> set[int]:
        totals = set()
        while not stop.is_set():
            response = engine.search(Request(Any((STADT, Term("keys", f"wort{at}"))), facets=("kind",)))
            totals.add(response.total)
            assert len(ids(engine, Phrase("text", ("stadt", f"wort{at}")))) == 1
        return totals

    with ThreadPoolExecutor(4) as pool:
        asked = [pool.submit(ask, at) for at in range(4)]
        for sequence in range(6, 16):
            engine.write([entry(f"t{sequence}", "stadt")], (), sequence)
        stop.set()
        totals = set.union(*(future.result() for future in asked))
    assert totals <= set(range(203, 214))


def _write_until_killed(engine: Engine) -> None:
    def endless() -> Iterator[Entry]:
        yield entry("d9", "stadt")
        os.kill(os.getpid(), signal.SIGKILL)

    engine.write(endless(), ["d1"], 5)


def test_a_writer_killed_in_the_middle_leaves_the_old_index(engine: Engine) -> None:
    writer = multiprocessing.get_context("fork").Process(target=_write_until_killed, args=(engine,))
    writer.start()
    writer.join(60)
    assert writer.exitcode == -signal.SIGKILL
    engine.refresh()
    assert matches(engine, STADT) == {"d1", "d2", "d4"}
    assert engine.sequence() == 4
    engine.write([entry("d9", "stadt")], ["d1"], 5)
    assert matches(engine, STADT) == {"d2", "d4", "d9"}
