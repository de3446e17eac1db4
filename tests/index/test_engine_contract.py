"""What every engine has to do, whichever it is."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from index.engine import (
    All,
    Any,
    Best,
    Boost,
    Clause,
    Engine,
    Entry,
    Everything,
    Group,
    Not,
    Phrase,
    Range,
    Request,
    Schema,
    Term,
)
from index.engines.whoosh import WhooshEngine

SCHEMA = Schema(
    positions=("text",), bags=("keys", "title"), keywords=("kind", "year"), sorts=("date", "name")
)

ENGINES: dict[str, tuple[Callable[[Path, Schema], Engine], Callable[[Path, Schema], Engine]]] = {
    "whoosh": (WhooshEngine.create, WhooshEngine),
}
"""How to make and how to open each engine."""


def entry(document: str, text: str = "", part: str = "", title: str = "", **values: str) -> Entry:
    return Entry(
        id=document + part,
        document=document,
        tokens={"text": text, "keys": text, "title": title},
        keywords={name: tuple(values[name].split()) for name in SCHEMA.keywords if name in values},
        sorts={name: values[name] for name in SCHEMA.sorts if name in values},
    )


ENTRIES = (
    entry("d1", "energie der stadt", kind="talk", year="2005", date="2005-01-01", name="b"),
    entry("d2", "stadt der energie stadt", kind="talk paper", year="2010", date="2010-01-01", name="a"),
    entry("d3", "wasser", kind="paper", year="2017", date="2017-01-01", name="c"),
    entry("d4", "wasser der stadt", title="energie", kind="minutes", name="c"),
)


@pytest.fixture(params=ENGINES)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def engine(kind: str, tmp_path: Path) -> Iterator[Engine]:
    engine = ENGINES[kind][0](tmp_path, SCHEMA)
    engine.write(ENTRIES, (), 4)
    yield engine
    engine.close()


def ids(engine: Engine, clause: Clause, **options: object) -> list[str]:
    response = engine.search(Request(clause, **options))  # type: ignore[arg-type]
    assert response.total >= len(response.found)
    return [found.id for found in response.found]


def matches(engine: Engine, clause: Clause) -> set[str]:
    return set(ids(engine, clause))


STADT, ENERGIE, WASSER = Term("keys", "stadt"), Term("keys", "energie"), Term("keys", "wasser")


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        (STADT, "d1 d2 d4"),
        (Term("keys", "nirgends"), ""),
        (Term("nowhere", "stadt"), ""),
        (All((STADT, ENERGIE)), "d1 d2"),
        (Any((STADT, WASSER)), "d1 d2 d3 d4"),
        (All((STADT, Not(ENERGIE))), "d4"),
        (Not(STADT), "d3"),
        (Not(Everything()), ""),
        (Everything(), "d1 d2 d3 d4"),
        (All(()), "d1 d2 d3 d4"),
        (Any(()), ""),
        (Any((Not(Any(())), STADT)), "d1 d2 d3 d4"),
        (Best((STADT, WASSER)), "d1 d2 d3 d4"),
        (Best(()), ""),
        (Boost(All((STADT, ENERGIE)), 0.5), "d1 d2"),
        (Group((ENERGIE, Term("title", "energie"))), "d1 d2 d4"),
        (Group(()), ""),
        (Phrase("text", ("energie", "der", "stadt")), "d1"),
        (Phrase("text", ("der", "stadt")), "d1 d4"),
        (Phrase("text", ("energie", "stadt")), "d2"),
        (Phrase("text", ("stadt", "stadt")), ""),
        (Phrase("text", ("stadt",)), "d1 d2 d4"),
        (Phrase("text", ("stadt", "nirgends")), ""),
        (Phrase("keys", ("der", "stadt")), ""),
        (Phrase("text", ("stadt", "energie"), slop=1), "d1 d2"),
        (Phrase("text", ("energie", "stadt"), slop=1), "d1 d2"),
        (Phrase("text", ("stadt", "stadt"), slop=1), ""),
        (Phrase("text", ("stadt", "stadt"), slop=2), "d2"),
        (Phrase("text", ("stadt", "energie"), slop=1, apart="der"), "d2"),
        (Phrase("text", ("stadt", "nirgends"), slop=9), ""),
        (Term("kind", "paper"), "d2 d3"),
        (Term("kind", "pap"), ""),
        (Range("year", 2005, 2010), "d1 d2"),
        (Range("year", None, 2009), "d1"),
        (Range("year", 2006, None), "d2 d3"),
        (Range("year"), "d1 d2 d3"),
        (Range("kind", 1, 3000), ""),
    ],
)
def test_a_clause_matches(engine: Engine, clause: Clause, expected: str) -> None:
    assert matches(engine, clause) == set(expected.split())


def test_more_occurrences_score_higher(engine: Engine) -> None:
    assert ids(engine, STADT)[0] == "d2"


def test_a_boost_weighs_a_field(engine: Engine) -> None:
    both = (ENERGIE, Term("title", "energie", 50.0))
    assert ids(engine, Group(both))[0] == "d4"


def test_a_group_counts_as_one_word(engine: Engine) -> None:
    once = engine.search(Request(Group((WASSER,)))).found
    twice = engine.search(Request(Group((WASSER, Term("text", "wasser"))))).found
    apart = engine.search(Request(Any((WASSER, Term("text", "wasser"))))).found
    assert once[0].score < twice[0].score < apart[0].score


def test_a_share_that_is_too_small_adds_to_a_score_but_does_not_match(engine: Engine) -> None:
    unlikely = replace(ENERGIE, share=0.2)
    assert matches(engine, Group((STADT, unlikely), least_share=0.5)) == matches(engine, STADT)
    assert matches(engine, Group((unlikely,), least_share=0.5)) == set()
    both = Request(Group((STADT, unlikely), least_share=0.5))
    scores = {found.document: found.score for found in engine.search(both).found}
    alone = {found.document: found.score for found in engine.search(Request(STADT)).found}
    assert scores["d1"] > alone["d1"]


def test_a_small_share_makes_a_word_hardly_more_frequent(engine: Engine) -> None:
    def best(share: float) -> float:
        both = Group((WASSER, replace(STADT, share=share)))
        return max(found.score for found in engine.search(Request(both)).found if found.document == "d3")

    assert best(0.1) > best(1.0)


def test_the_best_of_several_counts_and_a_boost_multiplies(engine: Engine) -> None:
    def scores(clause: Clause) -> dict[str, float]:
        return {found.document: found.score for found in engine.search(Request(clause)).found}

    stadt, energie = scores(STADT), scores(ENERGIE)
    best = scores(Best((STADT, Boost(ENERGIE, 3.0))))
    assert best == pytest.approx(
        {name: max(stadt.get(name, 0), 3 * energie.get(name, 0)) for name in stadt | energie}
    )


def test_what_is_not_scored_has_no_score(engine: Engine) -> None:
    for clause in (Everything(), Not(WASSER), Term("kind", "talk"), Range("year", 2000, 2020)):
        assert {found.score for found in engine.search(Request(clause)).found} == {0.0}


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


def test_a_limit_of_zero_counts(engine: Engine) -> None:
    response = engine.search(Request(STADT, limit=0))
    assert (response.total, response.found) == (3, ())


def test_an_empty_index_answers(kind: str, tmp_path: Path) -> None:
    engine = ENGINES[kind][0](tmp_path, SCHEMA)
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


def test_all_entries_of_a_document_are_replaced(engine: Engine) -> None:
    engine.write([entry("d1", "neu", "/a"), entry("d1", "neu", "/b")], ["d1"], 5)
    assert matches(engine, Term("keys", "neu")) == {"d1/a", "d1/b"}
    engine.write([entry("d1", "neuer")], ["d1", "unknown"], 6)
    assert matches(engine, Term("keys", "neu")) == set()
    assert matches(engine, Term("keys", "neuer")) == {"d1"}
    engine.write([], ["d1"], 7)
    assert matches(engine, Everything()) == {"d2", "d3", "d4"}


def test_scores_forget_what_was_deleted(engine: Engine, kind: str, tmp_path: Path) -> None:
    engine.write([entry(f"x{number}", "wasser wasser", kind="secret") for number in range(30)], (), 5)
    engine.write([], [f"x{number}" for number in range(30)], 6)
    fresh = ENGINES[kind][0](tmp_path / "fresh", SCHEMA)
    fresh.write(ENTRIES, (), 4)
    request = Request(Any((WASSER, STADT)), facets=("kind",))
    assert engine.search(request) == fresh.search(request)
    fresh.close()


def test_the_order_of_writing_makes_no_difference(engine: Engine, kind: str, tmp_path: Path) -> None:
    other = ENGINES[kind][0](tmp_path / "other", SCHEMA)
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


def test_the_sequence_is_that_of_the_last_commit(engine: Engine, kind: str, tmp_path: Path) -> None:
    assert engine.sequence() == 4
    engine.write([], (), 9)
    assert engine.sequence() == 9
    again = ENGINES[kind][1](tmp_path, SCHEMA)
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


def test_another_reader_sees_a_commit_after_refresh(engine: Engine, kind: str, tmp_path: Path) -> None:
    other = ENGINES[kind][1](tmp_path, SCHEMA)
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
