"""What a reader is told was searched besides the words."""

from __future__ import annotations

from typing import Any

from index.expanded import expansions
from index.indexer import Indexer
from index.query import Query, Wishes
from index.results import Alternative, Expansion
from index.search import Search
from index.tree import And, Not, Reason, Sought, Way
from tests.index.asking import asked


def way(key: str, weight: float, form: str) -> Way:
    return Way(((key,),), weight, Reason.TRANSLATION, form, "ru")


def test_each_form_is_told_once_with_its_greatest_weight_and_the_weightiest_first() -> None:
    word = Sought(
        "Netz", "netz", (way("+сеть", 0.2, "сеть"), way("сети", 0.3, "сети"), way("сеть", 0.4, "сеть"))
    )
    told = (Alternative("сеть", "translation", "ru", 0.4), Alternative("сети", "translation", "ru", 0.3))
    assert expansions(word) == (Expansion("Netz", told),)


def test_a_word_is_told_once_and_one_that_is_excluded_not_at_all() -> None:
    word, other = (
        Sought("Netz", "netz", (way("сеть", 0.4, "сеть"),)),
        Sought("Haus", "haus", (way("дом", 1, "дом"),)),
    )
    assert [each.word for each in expansions(And((word, word, Not(other))))] == ["Netz"]


def test_what_is_meant_exactly_is_looked_for_in_no_other_way() -> None:
    assert expansions(asked("Städte", exact=True)) == ()
    assert expansions(asked('"Städte"')) == ()
    assert expansions(None) == ()


def test_a_form_left_out_is_neither_told_nor_found(archive: Any, indexer: Indexer, search: Search) -> None:
    archive.put("joined", "Die Partnerstadt")
    archive.put("plain", "Die Stadt")
    indexer.catch_up()
    page = search.ask(Query("Stadt"))
    assert {hit.document.id for hit in page.hits} == {"joined", "plain"}
    assert "…stadt" in {other.form for word in page.expanded for other in word.alternatives}
    without = search.ask(Query("Stadt", wishes=Wishes(without=("…Stadt",))))
    assert [hit.document.id for hit in without.hits] == ["plain"]
    assert "…stadt" not in {other.form for word in without.expanded for other in word.alternatives}
