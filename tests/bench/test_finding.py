from __future__ import annotations

from bench.support.finding import find
from bench.support.passages import Passage
from ingest.extraction import PageText


def missing(passages: list[Passage], *pages: PageText) -> dict[str, tuple[str, ...]]:
    return {loss.passage.part: loss.missing for loss in find(passages, pages).losses}


def test_words_that_are_read_are_found_wherever_lines_end() -> None:
    found = find(
        [Passage("a", "Die Städte sparen"), Passage("b", "Wärme")], [PageText(1, "Wärme\nDie Städte\nsparen")]
    )
    assert (found.words, found.lost, found.losses) == (4, 0, ())


def test_missing_words_are_named_with_their_part() -> None:
    passages = [Passage("a", "Die Städte sparen"), Passage("b", "Wärme und Licht")]
    assert missing(passages, PageText(1, "Die Städte sparen Wärme")) == {"b": ("und", "Licht")}


def test_a_word_read_twice_on_one_page_makes_up_for_none_on_another() -> None:
    passages = [Passage("a", "Wärme", 1), Passage("b", "Wärme", 2)]
    assert missing(passages, PageText(1, "Wärme Wärme"), PageText(2, "Licht")) == {"b": ("Wärme",)}


def test_a_word_is_taken_once() -> None:
    passages = [Passage("a", "Wärme und Licht"), Passage("b", "Wärme")]
    assert missing(passages, PageText(1, "Wärme und Licht")) == {"b": ("Wärme",)}


def test_notes_are_looked_for_in_notes_alone() -> None:
    passage = Passage("a", "geheim", 1, in_notes=True)
    assert missing([passage], PageText(1, "geheim")) == {"a": ("geheim",)}
    assert missing([passage], PageText(1, "", notes="geheim")) == {}


def test_words_divided_otherwise_are_found_but_parts_of_words_are_not() -> None:
    assert missing([Passage("a", "xy2")], PageText(1, "x y 2")) == {}
    assert missing([Passage("a", "x y")], PageText(1, "xy")) == {}
    assert missing([Passage("a", "gie")], PageText(1, "Energie")) == {"a": ("gie",)}


def test_words_run_together_with_those_of_another_passage_are_lost() -> None:
    passages = [Passage("a", "Titel"), Passage("b", "Untertitel")]
    assert missing(passages, PageText(1, "TitelUntertitel")) == {"a": ("Titel",), "b": ("Untertitel",)}


def test_a_passage_of_a_page_that_was_not_read_is_lost() -> None:
    assert missing([Passage("a", "Wärme", 3)], PageText(1, "Wärme")) == {"a": ("Wärme",)}


def test_formulas_are_found_however_they_are_written_but_not_in_the_words_of_others() -> None:
    formula = Passage("a", "2 x i 2", 1, is_formula=True)
    assert missing([formula], PageText(1, "2x_i^2")) == {}
    assert missing([formula, Passage("b", "x i", 1)], PageText(1, "x i; 2^2")) == {"a": ("x", "i")}
