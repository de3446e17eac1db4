"""What every engine finds by a clause, and how it scores it."""

from __future__ import annotations

import pytest

from index.engine import (
    All,
    Any,
    Apart,
    Best,
    Boost,
    Clause,
    Engine,
    Everything,
    Group,
    Not,
    Phrase,
    Range,
    Request,
    Term,
)
from tests.index.engines import ENERGIE, STADT, WASSER, ids, matches


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
        (Group((Apart(((STADT,), (ENERGIE,))),)), "d1 d2"),
        (Group((Apart(((STADT,), (ENERGIE, Term("title", "energie")))),)), "d1 d2 d4"),
        (Group((Apart(((STADT,), (Term("keys", "nirgends"),))), WASSER)), "d3 d4"),
        (Group((Apart(()),)), ""),
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
    unlikely = ENERGIE._replace(share=0.2)
    assert matches(engine, Group((STADT, unlikely), least_share=0.5)) == matches(engine, STADT)
    assert matches(engine, Group((unlikely,), least_share=0.5)) == set()
    both = Request(Group((STADT, unlikely), least_share=0.5))
    scores = {found.document: found.score for found in engine.search(both).found}
    alone = {found.document: found.score for found in engine.search(Request(STADT)).found}
    assert scores["d1"] > alone["d1"]


def test_a_small_share_makes_a_word_hardly_more_frequent(engine: Engine) -> None:
    def best(share: float) -> float:
        both = Group((WASSER, STADT._replace(share=share)))
        return max(found.score for found in engine.search(Request(both)).found if found.document == "d3")

    assert best(0.1) > best(1.0)


def test_what_is_said_in_several_words_counts_as_one_that_is_as_frequent_as_the_rarest(
    engine: Engine,
) -> None:
    def scores(*terms: Term | Apart) -> list[tuple[str, float]]:
        found = engine.search(Request(Group(terms))).found
        return [(each.document, pytest.approx(each.score)) for each in found]

    assert scores(Apart(((STADT,), (STADT,)))) == scores(STADT)
    assert scores(Apart(((STADT,), (ENERGIE,)), 0.5)) == scores(ENERGIE._replace(boost=0.5))
    both = scores(WASSER, Apart(((STADT,), (ENERGIE,)), 0.5, 0.5))
    assert both == scores(WASSER, ENERGIE._replace(boost=0.5, share=0.5))


def test_what_is_said_in_several_words_is_enough_however_small_its_share(engine: Engine) -> None:
    apart = Apart(((STADT,), (ENERGIE,)), share=0.1)
    assert matches(engine, Group((apart,), least_share=0.5)) == {"d1", "d2"}


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
