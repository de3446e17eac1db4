"""Words of entries, counted as pairs of keys."""

from __future__ import annotations

import pytest

from index import dictionary_pairs
from index.dictd import DictdError
from index.dictionary_pairs import HALF, PairCollector, Vocabulary
from index.dictionary_terms import Entry

FUNCTION_WORDS = {"of", "the", "и"}


def key_of(word: str, language: str) -> str:
    return "" if word in FUNCTION_WORDS else word.lower()


def counted(*entries: Entry, turned: bool = False) -> dict[tuple[str, str], float]:
    """Return what `counts` says, in words: of the first language, of the second."""
    left, right = Vocabulary("de", key_of), Vocabulary("en", key_of)
    collector = PairCollector(left, right)
    collector.add(entries, turned=turned)
    codes, counts = collector.pairs().counts()
    return {
        (left.keys[code >> HALF], right.keys[code & (1 << HALF) - 1]): pytest.approx(count)
        for code, count in zip(codes.tolist(), counts.tolist(), strict=True)
    }


def test_what_is_said_first_counts_most() -> None:
    assert counted(Entry(("Geist",), (("mind", "spirit"), ("ghost",)))) == {
        ("geist", "mind"): 1,
        ("geist", "spirit"): 1 / 2,
        ("geist", "ghost"): 1 / 2,
    }


def test_what_two_entries_say_counts_twice() -> None:
    entry = Entry(("Haus",), (("house",),))
    assert counted(entry, Entry(("Haus",), (("home", "house"),))) == {
        ("haus", "house"): 1.5,
        ("haus", "home"): 1,
    }


def test_the_words_of_a_phrase_share_what_it_counts() -> None:
    assert counted(Entry(("Fernwärme",), (("district heating",),))) == {
        ("fernwärme", "district"): 1 / 2,
        ("fernwärme", "heating"): 1 / 2,
    }


def test_function_words_are_no_part_of_a_phrase() -> None:
    assert counted(Entry(("Würfel",), (("the cube of",),))) == {("würfel", "cube"): 1}


def test_phrases_confirm_what_single_words_say_and_add_nothing() -> None:
    single = Entry(("Vertrag",), (("treaty", "contract"),))
    phrase = Entry(("befristeter Vertrag",), (("fixed contract",),))
    assert counted(single, phrase) == {("vertrag", "treaty"): 1, ("vertrag", "contract"): 1}


def test_long_terms_are_left_out() -> None:
    assert counted(Entry(("Haus",), (("one two three four", "house"),))) == {("haus", "house"): 1 / 2}


def test_a_dictionary_of_the_other_direction_is_turned() -> None:
    entry = Entry(("house", "home"), (("Haus", "das kleine Heim"),))
    assert counted(entry, turned=True) == {("haus", "house"): 1, ("haus", "home"): 1}


def test_turned_pairs_read_phrases_the_other_way() -> None:
    collector = PairCollector(Vocabulary("de", key_of), Vocabulary("en", key_of))
    collector.add([Entry(("Fernwärme",), (("district heating", "heat"),))])
    codes, counts = collector.pairs().turned().counts()
    assert (codes & (1 << HALF) - 1).tolist() == [0]
    assert counts.tolist() == [pytest.approx(1 / 2)]


def test_entries_that_say_something_are_counted() -> None:
    collector = PairCollector(Vocabulary("de", key_of), Vocabulary("en", key_of))
    collector.add([Entry(("Haus",), (("house",),)), Entry(("von",), (("of",),))])
    assert collector.taken == 1


def test_a_dictionary_without_end_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dictionary_pairs, "MAX_PAIRS", 10)
    collector = PairCollector(Vocabulary("de", key_of), Vocabulary("en", key_of))
    with pytest.raises(DictdError, match="more words than can be used"):
        collector.add(Entry((f"Wort{number}",), (("word",),)) for number in range(1000))
    assert len(collector.pairs().counts()[0]) == 11
