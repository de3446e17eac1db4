"""What a query asks of the engine."""

from __future__ import annotations

from dataclasses import replace

import pytest

from index import engine as ask
from index.clauses import LEAST_SHARE, LEAST_SHARE_ALONE, relax, split_languages, to_clause
from index.tree import And, Fielded, Node, Not, Or, Reason, Sought, Way, Word
from tests.index.asking import asked

A, B = Word("a"), Word("b")
RU = Fielded("language", Word("ru"))


def less_surely(word: str) -> ask.Group:
    clause = to_clause(asked(word))
    assert isinstance(clause, ask.Group)
    return replace(clause, least_share=0.0)


def test_a_word_looks_for_its_keys_everywhere_and_counts_once() -> None:
    clause = to_clause(asked("Städte"))
    assert isinstance(clause, ask.Group)
    assert {(term.field, term.token) for term in clause.terms if isinstance(term, ask.Term)} >= {
        ("keys", "städte"),
        ("keys", "stadt"),
        ("text", "städte"),
        ("title_keys", "stadt"),
        ("creator_keys", "staedte"),
    }


def test_what_says_a_word_is_made_once_a_query() -> None:
    node = asked("Städte Partner")
    required, some = to_clause(node), relax(node)
    assert isinstance(required, ask.All)
    assert isinstance(some, ask.All)
    assert isinstance(some.clauses[0], ask.Any)
    for one, other in zip(required.clauses, some.clauses[0].clauses, strict=True):
        assert isinstance(one, ask.Group)
        assert isinstance(other, ask.Group)
        assert one.least_share > other.least_share
        assert one.terms is other.terms


def test_the_word_as_typed_weighs_most() -> None:
    clause = to_clause(asked("Städte"))
    assert isinstance(clause, ask.Group)
    boosts = {term.token: term.boost for term in clause.terms if term.field == "keys"}  # type: ignore[union-attr]
    assert boosts["städte"] > boosts["stadt"]


def test_a_word_in_a_field_is_asked_there_only() -> None:
    clause = to_clause(asked("panel:Jugend"))
    assert isinstance(clause, ask.Group)
    assert {term.field for term in clause.terms} == {"panel_keys"}


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("", ask.Everything()),
        ("kind:Vortrag", ask.Term("kind", "presentation")),
        ("kind:minutes", ask.Term("kind", "minutes")),
        ("year:2017", ask.Term("year", "2017")),
        ("year:[2005 TO *]", ask.Range("year", 2005, None)),
        ("NOT language:Russisch", ask.Not(ask.Term("languages", "ru"))),
        ("NOT kind:x", ask.Not(ask.Term("kind", "x"))),
    ],
)
def test_other_fields_are_whole_values(text: str, clause: ask.Clause) -> None:
    assert to_clause(asked(text)) == clause


def test_a_phrase_in_a_field_without_order_asks_for_its_words() -> None:
    clause = to_clause(asked('conference:"Aachen 2023"'))
    assert clause == ask.All((ask.Term("conference_keys", "aachen"), ask.Term("conference_keys", "2023")))


@pytest.mark.parametrize(
    ("node", "languages", "rest"),
    [
        (None, (), None),
        (A, (), A),
        (RU, ("ru",), None),
        (And((RU, A)), ("ru",), A),
        (And((A, RU, B)), ("ru",), And((A, B))),
        (Or((RU, A)), (), Or((RU, A))),
        (Not(RU), (), Not(RU)),
    ],
)
def test_a_required_language_is_a_filter(
    node: Node | None, languages: tuple[str, ...], rest: Node | None
) -> None:
    assert split_languages(node) == (languages, rest)


def test_fields_and_exclusions_stay_required() -> None:
    clause = relax(asked("r q -c year:2017"))
    assert clause == ask.All(
        (
            ask.Any((less_surely("r"), less_surely("q"))),
            ask.Not(replace(less_surely("c"), least_share=LEAST_SHARE)),
            ask.Term("year", "2017"),
        )
    )


@pytest.mark.parametrize("text", ["", "a", "a OR b", "a -b", "a year:2017", '"a b"'])
def test_where_there_is_one_thing_to_find_nothing_is_relaxed(text: str) -> None:
    assert relax(asked(text)) is None


def test_what_only_may_mean_a_word_adds_to_it_and_is_a_second_choice() -> None:
    unlikely = Way((("тепло",),), LEAST_SHARE_ALONE / 2, Reason.TRANSLATION, "тепло", "ru")
    word = Sought("Wärme", "wärme", (unlikely,))
    first, second = to_clause(word), relax(word)
    assert isinstance(first, ask.Group)
    assert first.least_share == LEAST_SHARE_ALONE
    assert ask.Term("keys", "тепло", unlikely.weight, unlikely.weight) in first.terms
    assert second == ask.All((ask.Any((replace(first, least_share=0.0),)),))


def test_what_says_a_word_in_several_is_one_more_way_in_its_group() -> None:
    way = Way((("district",), ("heat", "heating")), 0.6, Reason.TRANSLATION, "district heating", "en")
    clause = to_clause(Fielded("title", Sought("Fernwärme", "fernwärme", (way,))))
    assert isinstance(clause, ask.Group)
    district, *heating = (ask.Term("title_keys", key) for key in ("district", "heat", "heating"))
    assert ask.Apart(((district,), tuple(heating)), 0.6, 0.6) in clause.terms


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("wärme", LEAST_SHARE_ALONE),
        ("wärme -netz", LEAST_SHARE_ALONE),
        ("wärme year:2017", LEAST_SHARE_ALONE),
        ("wärme netz", LEAST_SHARE),
        ("wärme title:netz", LEAST_SHARE),
    ],
)
def test_the_only_word_is_had_by_what_is_less_sure_and_none_is_lost_between_all_and_some(
    text: str, share: float
) -> None:
    between = Way((("тепло",),), share * 0.9, Reason.TRANSLATION, "тепло", "ru")
    word = Sought("wärme", "wärme", (between,))
    node = asked(text)
    items = node.items if isinstance(node, And) else (node,)
    changed = And((word, *items[1:]))
    (first, *_) = clause.clauses if isinstance(clause := to_clause(changed), ask.All) else (clause,)
    assert isinstance(first, ask.Group)
    assert first.least_share == share
    assert relax(changed) is not None


def test_a_hyphen_joins_words_that_may_be_missing_one_by_one() -> None:
    words = less_surely("ab"), less_surely("a"), less_surely("b")
    assert relax(asked("a-b")) == ask.All((ask.Any(words),))
