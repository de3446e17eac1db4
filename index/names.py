"""What a name of a query may be in the other script, as keys; ordinary words are left to dictionaries.

„Most“ is no мост and „Dom“ no дом: a reading that is an ordinary word in its language is refused where the
word as typed is one, too. What the word list knows as a name comes first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from index import compounds
from index.function_words import WITHOUT_CONTENT
from index.keys import dictionary_forms, without_marks
from index.lemmas import lemma, lemmas, noun
from index.stems import STEM, stem
from index.text import clean, fold, is_cyrillic
from index.transliteration import to_cyrillic, to_latin

MIN_LETTERS = 3
"""Shorter words are alike by chance."""

LONG_NAME = 10
"""A longer German word that has parts is an ordinary one, but Hoffmann is not."""

MOST_NAMES, MOST_READINGS = 4, 32
"""So many readings in Cyrillic that are known names, which come first, and so many in all."""

MOST_WRITTEN = 2
"""So many of them are looked for as other tables write them."""


_SURNAMES = frozenset(("шредер", "фишер", "бекер", "вальтер", "губер", "кайзер", "бах", "кант"))
"""German ones that the list of Russian words has as words."""


class Reading(NamedTuple):
    """A word in the other script as it is shown, and the keys it is looked for under."""

    form: str
    keys: tuple[str, ...]


def in_other_script(surface: str) -> Iterator[Reading]:
    """Yield what a word may be in the other script, the likeliest first."""
    folded = fold(surface)
    if len(folded) < MIN_LETTERS or not folded.isalpha() or folded in WITHOUT_CONTENT:
        return
    if is_cyrillic(folded):
        yield from _latin(clean(surface).lower(), folded)
        return
    others: dict[str, Reading] = {}
    for word in _as_typed_and_bare(folded):
        found = [*_cyrillic(word)]
        yield from found
        others |= {each.form: each for each in _otherwise(found, word)}
    yield from others.values()


def _otherwise(readings: Sequence[Reading], typed: str) -> Iterator[Reading]:
    """Yield how a Russian name is written in Latin letters by other tables: Wolgograd for Volgograd."""
    likely = [each for each in readings if _is_name(each.form, "ru")]
    if not dictionary_forms(typed):
        likely += [each for each in readings if lemma(each.form, "ru") is not None] or readings
    for reading in likely[:MOST_WRITTEN]:
        for form in to_latin(reading.form, also_german=False):
            bare = without_marks(fold(form))
            is_word = _is_ordinary_latin(form) or (noun(form) and not _is_name(reading.form, "ru"))
            if bare != without_marks(typed) and not is_word:
                yield Reading(form, (bare, STEM + bare))


def _latin(small: str, folded: str) -> Iterator[Reading]:
    forms = [form.lower() for form in dictionary_forms(folded)] or [stem(folded)]
    seen = set()
    for word in filter(None, dict.fromkeys((*forms, small))):
        is_ordinary = _is_ordinary_russian(fold(word)) and fold(word) not in _SURNAMES
        may_be_name = _is_name(word, "ru")
        for form in to_latin(word, also_german=not is_ordinary):
            is_word = is_ordinary and (lemmas(form, "de") or lemmas(form, "en"))
            if form not in seen and (not is_word or (may_be_name and _is_name(form, "en"))):
                bare = without_marks(fold(form))
                yield Reading(form, (bare, STEM + bare))
            seen.add(form)


def _cyrillic(word: str) -> Iterator[Reading]:
    if len(word) > LONG_NAME and compounds.parts(word):
        return
    readings = to_cyrillic(word)
    names = [reading for reading in readings if _is_name(reading, "ru")][:MOST_NAMES]
    chosen = [*dict.fromkeys((*names, *readings))][:MOST_READINGS]
    if _is_name(word, "en"):
        is_word = _is_ordinary_latin(word)
        chosen = [each for each in names or chosen if not (is_word and _is_ordinary_russian(each))]
    elif _is_ordinary_latin(word):
        chosen = [name for name in names if not _is_ordinary_russian(name)]
    elif noun(word) is not None:
        chosen = [each for each in chosen if lemma(each, "ru") != each or each in _SURNAMES]
    for reading in chosen:
        forms = (fold(form) for form in dictionary_forms(reading) if not form.islower())
        yield Reading(reading, tuple(dict.fromkeys((reading, *_stems(reading), *forms))))


def _stems(reading: str) -> Iterator[str]:
    yield STEM + reading
    if found := stem(reading):
        yield STEM + found


def _as_typed_and_bare(folded: str) -> dict[str, None]:
    """Return a Latin word, and its stem where it is a form of an unknown one: Wolgograds."""
    return dict.fromkeys(word for word in (folded, "" if dictionary_forms(folded) else stem(folded)) if word)


def _is_name(small: str, language: str) -> bool:
    """Tell whether a list has a word with a capital; German has all its nouns so."""
    form = lemma(small.capitalize(), language)
    return form is not None and (form[:1].isupper() or language == "ru")


def _is_ordinary_russian(folded: str) -> bool:
    form = lemma(folded, "ru")
    if form is None or form == folded:
        return form is not None
    return form.islower() and lemma(folded.capitalize(), "ru") is None


def _is_ordinary_latin(folded: str) -> bool:
    return folded in (lemma(folded, "de"), lemma(folded, "en"))
