"""Dictionary forms of German, Russian and English words, from the word lists of simplemma.

Plain look-up only. What simplemma offers beyond it guesses by cutting words up, and would make
„Städtepartnerkonferenzen“ a form of „Konferenz“, where it is a word of its own that contains one.

Source: simplemma, github.com/adbar/simplemma (word lists from Wiktionary, Universal Dependencies and others).
"""

from __future__ import annotations

import re
from functools import lru_cache

from index.english import SECOND_FORMS
from index.word_lists import SIMPLEMMA, word_list

WORD_LISTS = f"simplemma {SIMPLEMMA}"
"""What the dictionary forms come from."""

_VERB_OF_PARTICIPLE = {
    "de": re.compile(r"[a-zäöüß]+(?:d|t|en) [a-zäöüß]+n"),
    "ru": re.compile(r"[а-яё]+(?:щий|вший|шедший|нный|тый|мый|щийся|вшийся) [а-яё]+(?:ть|ти|чь)(?:ся|сь)?"),
}
"""A participle, which the lists have as an adjective, and the verb that they give it in turn."""


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
    if language == "en":
        found.append(SECOND_FORMS.get(small))
    if language == "de":
        for spelling in _other_spellings(small):
            found += form_of(spelling), form_of(spelling.capitalize())
    forms = dict.fromkeys(filter(None, found))
    return (*forms, *(verb for form in forms if (verb := _verb_of(form, language)) and verb not in forms))


def _verb_of(form: str, language: str) -> str:
    """Return „gewinnen“ of „gewonnen“, which „gewonnene“ is a form of; "" of what is no participle."""
    pattern = _VERB_OF_PARTICIPLE.get(language)
    verb = word_list(language).get(form) if pattern is not None else None
    return verb if verb and verb != form and pattern and pattern.fullmatch(f"{form} {verb}") else ""


def _other_spellings(small: str) -> list[str]:
    """Return what a German word without umlauts, or without ß, may stand for."""
    with_umlauts = small.replace("ae", "ä").replace("oe", "ö").replace("ue", "ü")
    return [spelling for spelling in (with_umlauts, small.replace("ss", "ß")) if spelling != small]
