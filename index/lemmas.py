"""Dictionary forms of German, Russian and English words, from the word lists of simplemma.

Plain look-up only. What simplemma offers beyond it guesses by cutting words up, and would make
„Städtepartnerkonferenzen“ a form of „Konferenz“, where it is a word of its own that contains one.

Source: simplemma, github.com/adbar/simplemma (word lists from Wiktionary, Universal Dependencies and others).
"""

from __future__ import annotations

from functools import lru_cache

from index.word_lists import SIMPLEMMA, word_list

WORD_LISTS = f"simplemma {SIMPLEMMA}"
"""What the dictionary forms come from."""


def lemma(word: str, language: str) -> str | None:
    """Return the dictionary form of a word written exactly so, None where the list does not have it."""
    return word_list(language).get(word)


def lemmas(word: str, language: str) -> tuple[str, ...]:
    """Return every dictionary form a word may have, whatever its case, none if the list does not know it.

    Read small and capitalised, since German „reisen“ and „Reisen“ are two words; German also with the
    umlauts and ß that „Staedte“ and „Strasse“ stand for.
    """
    return _lemmas(word.lower(), language)


def noun(word: str) -> str | None:
    """Return the dictionary form of a German noun given in any case, None if there is no such noun."""
    return lemma(word.capitalize(), "de")


@lru_cache(maxsize=1 << 17)
def _lemmas(small: str, language: str) -> tuple[str, ...]:
    form_of = word_list(language).get
    found = [form_of(small), form_of(small.capitalize())]
    if language == "de":
        for spelling in _other_spellings(small):
            found += form_of(spelling), form_of(spelling.capitalize())
    return tuple(dict.fromkeys(filter(None, found)))


def _other_spellings(small: str) -> list[str]:
    """Return what a German word without umlauts, or without ß, may stand for."""
    with_umlauts = small.replace("ae", "ä").replace("oe", "ö").replace("ue", "ü")
    return [spelling for spelling in (with_umlauts, small.replace("ss", "ß")) if spelling != small]
