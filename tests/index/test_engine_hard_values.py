"""Values, tokens and requests that no archive is likely to have: no engine may lose or mix them up."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from index.engine import Clause, Engine, Entry, Everything, Group, Phrase, Range, Request, Term, Together
from tests.index.engines import ENGINES, SCHEMA, STADT, WASSER, entry, ids, matches

LONE, LAST, HUGE = "\ud800", "\U0010ffff", 10**30


def _hard(name: str, kind: tuple[str, ...], sort: str) -> Entry:
    return Entry(name, name, {"keys": "schwer \0\1 a\0b"}, {"kind": kind}, {"name": sort})


HARD = (
    _hard("h\0b", ("",), "n\0m"),
    _hard("h", ("", "\0", "k l"), "n"),
    _hard("h\n", ("k\0l", "k\0l"), "n\0\0"),
    _hard("h\1", (), "n\1"),
    _hard("h0", (LAST,), f"{LAST}x{LAST}"),
    _hard("hx", ("x" * 60_000,), LAST),
    _hard("hy", (), "x" * 60_000),
    _hard("hz", (), ""),
)


def _merge(engine: Engine, gone: str) -> None:
    engine.write([], [gone], 9)
    while (put_in_place := engine.merge([gone])) is not None:
        put_in_place()


def _answers(engine: Engine) -> list[object]:
    every = Term("keys", "schwer")
    return [
        engine.search(Request(every, facets=("kind",), sort=sort)) for sort in ("", "name", "-name", "date")
    ]


def test_hard_values_are_kept_sorted_and_told_apart(engine: Engine) -> None:
    engine.write(HARD, (), 5)
    every = Term("keys", "schwer")
    assert ids(engine, every) == [each.id for each in sorted(HARD, key=lambda each: each.id)]
    values = [(each.sorts["name"], each.id) for each in HARD if each.sorts["name"]]
    assert ids(engine, every, sort="name") == [name for _, name in sorted(values)] + ["hz"]
    assert ids(engine, every, sort="-name") == [name for _, name in sorted(values, reverse=True)] + ["hz"]
    assert matches(engine, Term("keys", "a\0b")) == matches(engine, every)
    for value in {value for each in HARD for value in each.keywords["kind"]}:
        having = {each.id for each in HARD if value in each.keywords["kind"]}
        assert matches(engine, Term("kind", value)) == having
        assert set(ids(engine, Everything(), filters={"kind": (value,)})) == having
    before = _answers(engine)
    _merge(engine, "d1")
    engine.refresh()
    after = _answers(engine)
    assert [each.facets for each in after] == [each.facets for each in before]  # type: ignore[attr-defined]
    assert [[found.id for found in each.found] for each in after] == [  # type: ignore[attr-defined]
        [found.id for found in each.found]
        for each in before  # type: ignore[attr-defined]
    ]
    engine.write([], ["h"], 10)
    assert "h" not in matches(engine, every)
    assert "h\0b" in matches(engine, every)


@pytest.mark.parametrize("space", ["\t", "\n", "\x0b", "\x1f", "\x85", "\u00a0", "\u2003", "  "])
def test_any_white_space_separates_tokens(engine: Engine, space: str) -> None:
    engine.write([Entry("w", "w", {"text": f"{space}eins{space}zwei{space}", "keys": "eins"})], (), 5)
    assert engine.vocabulary("text", Term("keys", "eins")) == {"eins": 1, "zwei": 1}
    assert matches(engine, Phrase("text", ("eins", "zwei"))) == {"w"}
    assert matches(engine, Phrase("text", ("zwei", "eins"), slop=1)) == {"w"}
    assert engine.search(Request(Term("text", "zwei"))).found[0].score > 0
    assert matches(engine, Term("text", f"eins{space}zwei")) == set()
    assert matches(engine, Term("text", "")) == set()


def test_long_tokens_are_found(engine: Engine) -> None:
    token = "日" * 20_000
    engine.write([entry("w", f"vor {token} nach")], (), 5)
    for clause in (Term("text", token), Phrase("text", ("vor", token, "nach"))):
        assert engine.search(Request(clause)).found[0].score > 0


@pytest.mark.parametrize(
    "clause",
    [
        Term("keys", LONE),
        Term("kind", LONE),
        Term("nowhere", LONE),
        Phrase("text", ("stadt", LONE)),
        Phrase("text", ("stadt", LONE), slop=3),
        Group((Term("keys", LONE), Term("title", f"a{LONE}"))),
        Term("keys", "x" * 100_000),
        Term("kind", "x" * 100_000),
        Phrase("text", ("stadt",) * 500),
        Phrase("text", ("stadt",) * 500, slop=500),
        Range("year", HUGE, None),
        Range("year", None, -HUGE),
        Group((STADT._replace(boost=0.0),)),
    ],
)
def test_nothing_has_what_cannot_stand_anywhere(engine: Engine, clause: Clause) -> None:
    assert matches(engine, clause) == set()


def test_filters_and_orders_that_nothing_has_are_no_damage(engine: Engine) -> None:
    assert set(ids(engine, STADT, filters={"kind": (LONE, "talk")})) == {"d1", "d2"}
    assert ids(engine, STADT, filters={"nowhere": ("talk",)}) == []
    assert ids(engine, STADT, sort="nowhere") == ids(engine, STADT, sort="-nowhere") == ["d1", "d2", "d4"]
    assert matches(engine, Phrase("text", ("stadt", "energie"), slop=1, apart=LONE)) == {"d1", "d2"}


def test_a_number_with_very_many_digits_is_none(engine: Engine) -> None:
    engine.write([entry("w", year="9" * 5000), entry("x", year="0002005")], (), 5)
    assert matches(engine, Range("year", 2000, HUGE)) == {"d1", "d2", "d3", "x"}


def test_a_term_without_weight_counts_for_nothing(engine: Engine) -> None:
    without = engine.search(Request(WASSER))
    assert engine.search(Request(Group((STADT._replace(boost=0.0), WASSER)))) == without


@pytest.mark.parametrize("sort", ["", "name"])
@pytest.mark.parametrize("clause", [STADT, Everything()])
def test_pages_far_behind_the_last_are_empty(engine: Engine, clause: Clause, sort: str) -> None:
    total = len(matches(engine, clause))
    for offset in (total, 1000, 10**12, HUGE):
        response = engine.search(Request(clause, sort=sort, offset=offset, facets=("kind",)))
        assert (response.total, response.found) == (total, ())
        assert response.facets["kind"]
    for limit in (10**12, HUGE):
        assert len(ids(engine, clause, sort=sort, limit=limit)) == total
        assert len(ids(engine, clause, sort=sort, limit=limit, offset=total - 1)) == 1


@pytest.mark.parametrize("most", [0, 1, 7, 1000, HUGE])
def test_words_together_may_count_for_however_few(engine: Engine, most: int) -> None:
    engine.write([entry(f"t{number:03}", "stadt energie") for number in range(30)], (), 5)
    together = Together((Group((STADT,)),), ("text",), (), "¶", 0.5, most)
    every = ids(engine, STADT, together=together, limit=100)
    pages = [ids(engine, STADT, together=together, offset=offset, limit=4) for offset in range(0, 40, 4)]
    assert [name for page in pages for name in page] == every
    assert len({*every}) == 33


@pytest.mark.parametrize("together", [None, Together((Group((STADT,)),), ("text",), (), "¶", 0.5, 100)])
def test_pages_of_any_size_agree_where_hundreds_score_alike(
    engine_kind: str, tmp_path: Path, together: Together | None
) -> None:
    engine = ENGINES[engine_kind][0](tmp_path / "alike", SCHEMA)
    names = [f"{number * 7919 % 350:03}" for number in range(350)]
    for commit, begin in enumerate(range(0, 350, 50), 1):
        engine.write([entry(name, "stadt") for name in names[begin : begin + 50]], (), commit)
    for limit in (30, 70, 100, 150, 400):
        pages = [ids(engine, STADT, together=together, offset=at, limit=limit) for at in range(0, 350, limit)]
        assert [name for page in pages for name in page] == sorted(names)
    engine.close()


def test_tokens_near_each_other_are_found_in_however_many_entries(engine: Engine) -> None:
    texts = ("eins x zwei eins", "zwei eins", "eins x x zwei", "eins zwei")
    engine.write([entry(f"n{number:04}", texts[number % 4]) for number in range(2400)], (), 5)
    phrase = Phrase("text", ("eins", "eins", "zwei"), slop=1)
    assert engine.search(Request(phrase)).total == 600
    assert engine.search(Request(replace(phrase, apart="x"))).total == 0
    assert engine.search(Request(Phrase("text", ("eins", "zwei"), slop=1, apart="x"))).total == 1800


def test_all_values_of_a_facet_are_counted_however_many(engine: Engine) -> None:
    kinds = {f"v{number}": (f"v{number}", "x") for number in range(6000)}
    engine.write(
        [Entry(name, name, {"keys": "viele"}, {"kind": kind}) for name, kind in kinds.items()], (), 5
    )
    engine.write([], [*kinds][::3], 6)
    counted = engine.search(Request(Term("keys", "viele"), facets=("kind",), limit=0)).facets["kind"]
    assert len(counted) == 4001
    assert (counted["x"], counted["v1"], counted.get("v3")) == (4000, 1, None)
