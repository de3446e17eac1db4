"""What a search tells of itself when it is asked to: the tree, every term, what was left out, the scores."""

from __future__ import annotations

from typing import Any

import pytest

from index.expansion import Expander
from index.indexer import Indexer
from index.query import Query, Sort, Wishes
from index.search import Search
from index.syntax import PATTERNS, WILDCARD, parse
from index.trace import SoughtTerm, Trace, sought_words
from index.tree import And, Fielded, Node, Not, Phrase, Reason, Sought, Way, Word
from tests.index.asking import asked


@pytest.fixture
def filled(archive: Any, indexer: Indexer, search: Search) -> Search:
    archive.put("a", "Fernwärme für Krasnodar", "Netze", title="Wärme")
    archive.put("b", "Fernwärme und Netze", "Krasnodar ist weit", title="Netze")
    archive.put("c", "Netze der Stadtwerke", title="Stadtwerke")
    indexer.catch_up()
    return search


def traced(search: Search, text: str, **values: Any) -> Trace:
    found = search.ask(Query(text, **values), explain=True).trace
    assert found is not None
    return found


def test_nothing_is_told_unless_it_is_asked_for(filled: Search) -> None:
    assert filled.ask(Query("Netze")).trace is None


def test_the_query_is_told_as_it_was_parsed(filled: Search) -> None:
    told = traced(filled, 'title:Netze -"weite Reise" UND die')
    assert told.parsed == And(
        (Fielded("title", Word("Netze")), And((Not(Phrase("weite Reise")), Word("die"))))
    )
    assert traced(filled, "").parsed is None


def test_every_term_of_a_word_has_its_reason_and_weight() -> None:
    way = Way((("сеть",),), 0.71, Reason.TRANSLATION, "сеть", "ru", ("learned", "dictionary"), "en")
    rare = Way((("невод",),), 0.1, Reason.TRANSLATION, "невод", "ru", ("dictionary",))
    apart = Way((("netz",), ("werk", "werke")), 0.1, Reason.COMPOUND, "Netz + Werk")
    (word,) = sought_words(Sought("Netz", "netz", (rare, way, apart)))
    assert (word.word, word.field, word.is_excluded, word.cut) == ("Netz", "", False, False)
    assert word.terms == (
        SoughtTerm("Netz", (("netz",),)),
        SoughtTerm("сеть", (("сеть",),), "translation", 0.71, True, "ru", ("learned", "dictionary"), "en"),
        SoughtTerm("невод", (("невод",),), "translation", 0.1, False, "ru", ("dictionary",)),
        SoughtTerm("Netz + Werk", (("netz",), ("werk", "werke")), "compound", 0.1, True),
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("title:Netz", [("Netz", "title", False)]),
        ("Netz -Netz", [("Netz", "", False), ("Netz", "", True)]),
        ("NOT NOT Netz", [("Netz", "", False)]),
        ("kind:Vortrag^2 Wind", [("Vortrag", "kind", False), ("Wind", "", False)]),
        ("Ost-West", [("OstWest", "", False), ("Ost", "", False), ("West", "", False)]),
    ],
)
def test_every_word_says_where_it_is_asked_for(text: str, told: list[tuple[str, str, bool]]) -> None:
    assert [(each.word, each.field, each.is_excluded) for each in sought_words(asked(text))] == told


def test_values_of_fields_are_told_as_they_are_meant() -> None:
    (word,) = sought_words(asked("Art:Vortrag"))
    assert word.terms == (SoughtTerm("Vortrag", (("presentation",),)),)
    (word,) = sought_words(Phrase("Städte und Gemeinden"))
    assert word.terms == (SoughtTerm("Städte und Gemeinden", (("städte",), ("und",), ("gemeinden",))),)


@pytest.mark.parametrize(
    ("text", "left_out"),
    [
        ("die Netze", ("die",)),
        ("Netze OR (die Stadt)", ("die",)),
        ("Netze -(die Stadt)^2", ("die",)),
        ("title:(die Netze)", ("die",)),
        ("die der", ()),
        ('"die Netze"', ()),
    ],
)
def test_words_without_content_are_told(text: str, left_out: tuple[str, ...]) -> None:
    node = parse(text).node
    assert Expander().without_content(node, Wishes()) == left_out
    assert Expander().without_content(node, Wishes(exact=True)) == ()


def test_what_was_left_out_or_cut_is_told(filled: Search) -> None:
    told = traced(filled, "n* " + " ".join(f"ab{number}*" for number in range(9)))
    assert told.notices == (WILDCARD, PATTERNS)
    assert not any(word.cut for word in told.words)


def test_filters_are_told_of_the_language_also_as_typed(filled: Search) -> None:
    told = traced(filled, "Netze Sprache:Deutsch", kind=("presentation",), sort=Sort.TITLE)
    assert told.filters == {"language": ("de",), "kind": ("presentation",)}
    assert told.query.sort is Sort.TITLE


@pytest.mark.parametrize(
    "text",
    ["Netze", "Fernwärme Krasnodar", "Fernwärme Netze^3 -Reise", "title:Netze Krasnodar", "Fern* Quanten"],
)
def test_parts_add_up_to_the_score(filled: Search, text: str) -> None:
    page = filled.ask(Query(text), explain=True)
    assert page.trace is not None
    assert page.hits
    for hit in page.hits:
        parts = page.trace.scores[hit.document.id]
        assert sum(add for _, add in parts.words) + parts.passage == pytest.approx(hit.score, abs=1e-4)
        assert all(add >= 0 for _, add in parts.words)


def test_words_in_one_passage_are_told_apart_from_the_words(filled: Search) -> None:
    scores = traced(filled, "Fernwärme Krasnodar").scores
    assert [word for word, _ in scores["a"].words] == ["Fernwärme", "Krasnodar"]
    assert scores["a"].passage > scores["b"].passage > 0
    assert traced(filled, "Fernwärme Krasnodar", sort=Sort.TITLE).scores["a"].passage == pytest.approx(0)


def test_of_a_hit_with_some_of_the_words_the_missing_one_adds_nothing(filled: Search) -> None:
    page = filled.ask(Query("Stadtwerke Krasnodar"), explain=True)
    (some,) = (hit for hit in page.hits if hit.document.id == "c")
    assert some.match == "some"
    assert page.trace is not None
    (first, second) = page.trace.scores["c"].words
    assert first[1] > 0
    assert second == ("Krasnodar", 0.0)


def test_where_there_is_no_index_the_rest_is_told(search: Search) -> None:
    told = traced(search, "Netze")
    assert (told.parsed, told.scores) == (Word("Netze"), {})
    assert [word.word for word in told.words] == ["Netze"]
    assert [notice.code for notice in told.notices] == ["no_index"]


def test_a_translation_says_where_it_is_known_from(filled: Search) -> None:
    (word,) = traced(filled, "Fernwärme").words
    sources = {term.form: term.sources for term in word.terms if term.reason == "translation"}
    assert sources["district heating"] == ("thesaurus",)
    assert not any(term.sources for term in word.terms if term.reason != "translation")


def test_each_word_is_told_once() -> None:
    node: Node = And((Word("a"), Word("a")))
    assert len(sought_words(node)) == 1
