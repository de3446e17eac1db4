"""Words of which only the spelling is told, words near each other, and weights: what they find, from whom."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.model import Access, Page
from index.engines.postings import Gathering
from index.expansion import MOST_SPELT
from index.indexer import Indexer
from index.matching import Matcher
from index.query import Query, Wishes
from index.search import CUT, Search
from index.tree import Phrase
from index.words import Words
from tests.index.conftest import MemoryArchive


@pytest.fixture
def filled(archive: MemoryArchive, indexer: Indexer, search: Search) -> Search:
    archive.put("works", "Stadtwerke und Stadtrat", title="Kraftwerke am Müllerhof")
    archive.put("town", "Die Stadt Krasnodar spart Energie", "Weit weg: Netze")
    archive.put("water", "Wasserwerk", Page(2, "Muller und Miller", languages=("de",)))
    archive.put("secret", "Stadtgeheimnis Krasnodra", access=Access.STAFF)
    indexer.catch_up()
    return search


def found(search: Search, text: str, **wishes: bool) -> list[str]:
    page = search.ask(Query(text, wishes=Wishes(**wishes)))  # type: ignore[arg-type]
    return sorted(hit.document.id for hit in page.hits if hit.match == "all")


@pytest.mark.parametrize("exact", [False, True])
@pytest.mark.parametrize(
    ("text", "documents"),
    [
        ("Stadtw*", ["works"]),
        ("stadt*", ["town", "works"]),
        ("*WERK*", ["water", "works"]),
        ("*werk", ["water"]),
        ("M?ller", ["water"]),
        ("Müll*", ["works"]),
        ("title:*werke", ["works"]),
        ("title:stadt*", []),
        ("Stadt* -*rat", ["town"]),
        ("nirgends*", []),
        ("Krasnodr~1", ["town"]),
        ("Krasnodor~", ["town"]),
        ("Krasnodrxy~1", []),
        ("Weit-weg~1", ["town"]),
        ('"Energie Krasnodar"~1', ["town"]),
        ('"Energie Krasnodar"', []),
        ('"Energie Stadt"~1', []),
        ('"Energie Netze"~9', []),
        ("Stadt^3 Energie", ["town"]),
    ],
)
def test_what_is_found(filled: Search, text: str, documents: list[str], exact: bool) -> None:
    assert found(filled, text, exact=exact) == documents


def test_what_stands_there_is_marked_and_told(filled: Search) -> None:
    (hit,) = filled.ask(Query("Stadtw*")).hits
    snippet = hit.pages[0].snippet
    assert [snippet.text[start:end] for start, end in snippet.marks] == ["Stadtwerke"]
    (said,) = hit.why.words
    assert (said.word, said.sayings[0].reason, said.sayings[0].surfaces) == (
        "Stadtw*",
        "wildcard",
        ("Stadtwerke",),
    )
    (near,) = filled.ask(Query('"Energie Krasnodar"~1')).hits
    marked = near.pages[0].snippet
    assert [marked.text[start:end] for start, end in marked.marks] == ["Krasnodar", "Energie"]


def test_only_words_of_what_may_be_read_fit(filled: Search) -> None:
    page = filled.ask(Query("Stadtg* Krasnodra~1"))
    forms = {other.form for word in page.expanded for other in word.alternatives}
    assert "stadtgeheimnis" not in forms
    assert "krasnodar" in forms


def test_a_weight_changes_the_order(archive: MemoryArchive, indexer: Indexer, search: Search) -> None:
    archive.put("first", "Netz Netz Netz Rohr")
    archive.put("second", "Netz Rohr Rohr Rohr")
    indexer.catch_up()

    def order(text: str) -> list[str]:
        return [hit.document.id for hit in search.ask(Query(text)).hits]

    assert order("Netz^9 Rohr") == ["first", "second"]
    assert order("Netz Rohr^9") == ["second", "first"]


def test_where_too_many_words_fit_it_is_said(
    archive: MemoryArchive, indexer: Indexer, search: Search
) -> None:
    names = [f"ab{chr(97 + number // 26)}{chr(97 + number % 26)}" for number in range(MOST_SPELT + 1)]
    archive.put("many", " ".join(names))
    archive.put("few", "abaa")
    indexer.catch_up()
    assert search.ask(Query("ab*")).message == CUT.text
    assert search.ask(Query("aba*")).message == ""


TOKENS = st.lists(st.sampled_from("abcd"), min_size=1, max_size=14)


def naively(text: Sequence[str], phrase: Sequence[str], slop: int) -> bool:
    """Look at every run of so many tokens whether it has all of the phrase."""
    length = len(phrase) + slop
    runs = (list(text[at : at + length]) for at in range(len(text)))
    return any(all(run.count(token) >= phrase.count(token) for token in phrase) for run in runs)


@given(TOKENS, st.lists(st.sampled_from("abcd"), min_size=1, max_size=4), st.integers(1, 5))
def test_near_is_the_same_to_the_index_and_to_what_marks(
    text: list[str], phrase: list[str], slop: int
) -> None:
    gathered = Gathering(places=True)
    gathered.add(7, text)
    entries, _ = gathered.lists().near(phrase, slop, "")
    expected = naively(text, phrase, slop)
    assert (entries.tolist() == [7]) is expected
    assert bool(Matcher(Phrase(" ".join(phrase), slop)).find(" ".join(text))) is expected


def test_words_fit_and_are_near() -> None:
    words = Words({"stadt": 3, "städte": 5, "stadtrat": 1, "rat": 2, "7.0.5": 1, "x": 9})
    assert words.fitting("st*", 9) == ["städte", "stadt", "stadtrat"]
    assert words.fitting("st*", 1) == ["städte"]
    assert words.fitting("*rat", 9) == ["rat", "stadtrat"]
    assert words.fitting("7.?.5", 9) == ["7.0.5"]
    assert words.near("stadt", 2, 9) == [("stadt", 0), ("städte", 2)]
    assert words.near("rta", 1, 9) == [("rat", 1)]
