"""The ways to say a word of a query without translating it, each with what it counts and why it is the same.

What a word of a document is filed under is said in `keys.py`; this is the other half, and costs no room.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from itertools import islice
from typing import TypeAlias

from index.compounds import main_parts
from index.english import spelled_otherwise
from index.keys import dictionary_forms, part_keys, query_keys, spellings, stem_keys, without_marks
from index.layout import typed_otherwise
from index.lemmas import lemma, lemmas
from index.names import in_other_script
from index.runs import ORDINAL, is_roman
from index.stems import stem
from index.text import clean, fold, is_cyrillic, twin
from index.tree import APART, Reason, Way

FORM_WEIGHT = 0.9
"""What a dictionary form or another spelling counts against the word as typed."""

FIGURE_WEIGHT = 0.15
"""What bare figures count for Roman letters: too little to have the word, even where it is asked alone, since
they may be a count."""

STEM_WEIGHT = 0.8
"""What a form counts that no dictionary has."""

OTHER_SCRIPT_WEIGHT = 0.8
"""What a name in the other script counts, and what the keys of another keyboard stand for."""

PART_WEIGHT = 0.5
"""What a compound with the word in it counts against the word itself."""

OPEN_WEIGHT = 0.3
"""What the parts of a compound count that stand apart: „Entwicklung der Stadt“ for „Stadtentwicklung“."""


MIN_TOWN_LETTERS = 4
"""A shorter word is called after its people by chance."""

MOST_READINGS = 6
"""So many readings of a name in the other script are looked for."""

_ALIKE_WHEN_SMALL = frozenset("aceopxyасеорху0123456789")

Occurs: TypeAlias = Callable[[Collection[str]], bool]
"""Tells whether there is a document with one of some keys."""


def everything_occurs(keys: Collection[str]) -> bool:
    """Say yes, where no index is asked."""
    return True


def own_ways(
    surface: str,
    languages: tuple[str, ...],
    number: int = 0,
    occurs: Occurs = everything_occurs,
    *,
    names: bool = True,
) -> Iterator[Way]:
    """Yield the ways to say a word, those that surely are the same first, each key once.

    Args:
        number: what it is as a number of order, 0 for none.
        names: also in the other script.
    """
    seen = {fold(surface)}
    own = (*_ways(surface, languages, number), *_of_people(surface, occurs))
    for way in (*own, *_misread(surface, occurs, names)):
        fresh = tuple(key for key in way.slots[0] if key not in seen)
        if len(way.slots) > 1:
            yield way
        elif fresh:
            yield way if fresh == way.slots[0] else replace(way, slots=(fresh,))
            seen.update(fresh)


def _ways(surface: str, languages: tuple[str, ...], number: int) -> Iterator[Way]:
    folded = fold(surface)
    if number:
        yield one(f"{ORDINAL}{number}", FORM_WEIGHT, Reason.SPELLING, f"{number}.")
        if is_roman(surface):
            yield one(str(number), FIGURE_WEIGHT, Reason.SPELLING, str(number))
    for form in dictionary_forms(surface) or dictionary_forms(surface.capitalize()):
        yield one(fold(form), FORM_WEIGHT, Reason.FORM, form)
    english = (other for word in (folded, *lemmas(folded, "en")) for other in spelled_otherwise(word))
    for spelling in (*spellings(folded), *english, *_twins(surface, folded)):
        yield one(spelling, FORM_WEIGHT, Reason.SPELLING, spelling)
    yield from _by_stem(surface, folded)
    for key in part_keys(surface):
        yield one(key, PART_WEIGHT, Reason.COMPOUND, f"…{key[1:]}")
    parts = main_parts(clean(surface)) if "de" in languages else ()
    if len(parts) > 1:
        yield Way(tuple(map(query_keys, parts)), OPEN_WEIGHT, Reason.COMPOUND, APART.join(parts))


def _of_people(surface: str, occurs: Occurs) -> Iterator[Way]:
    """Yield what is called after a town, and the town itself: Krasnodarer, Krasnodar."""
    folded = fold(surface)
    if is_cyrillic(folded) or not folded.isalpha():
        return
    people = folded + ("r" if folded.endswith("e") else "er")
    towns = (folded.removesuffix("er"), folded.removesuffix("r")) if folded.endswith("er") else ()
    found = [people] if _is_town(folded, people) else []
    found += [town for town in towns if _is_town(town, folded)]
    for word in found:
        if len(word) > MIN_TOWN_LETTERS and occurs((word,)):
            yield one(word, STEM_WEIGHT, Reason.FORM, word.capitalize())


def _is_town(town: str, people: str) -> bool:
    """Tell whether English writes a word with a capital, too, or neither it nor its people is in a list."""
    english = lemma(town.capitalize(), "en")
    known = english or dictionary_forms(town) or dictionary_forms(people)
    return english is not None and english[:1].isupper() if known else True


def _misread(surface: str, occurs: Occurs, names: bool) -> Iterator[Way]:
    """Yield what a word is on another keyboard, else in the other script, as far as that occurs."""
    found = [word for word in typed_otherwise(surface) if occurs(query_keys(word))]
    for word in found:
        yield Way((query_keys(word),), OTHER_SCRIPT_WEIGHT, Reason.LAYOUT, word)
    readings = [*in_other_script(surface)] if names and not found else []
    if not occurs([key for each in readings for key in each.keys]):
        return
    for reading in islice((each for each in readings if occurs(each.keys)), MOST_READINGS):
        yield Way((reading.keys,), OTHER_SCRIPT_WEIGHT, Reason.SCRIPT, reading.form)


def one(key: str, weight: float, reason: Reason, form: str, language: str = "") -> Way:
    """Return a way in one word with one key."""
    return Way(((key,),), weight, reason, form, language)


def _by_stem(surface: str, folded: str) -> Iterator[Way]:
    """Yield the forms that no dictionary has; of a word that none has, also what may be its base form."""
    for key in stem_keys(surface):
        yield one(key, STEM_WEIGHT, Reason.FORM, f"{key[1:]}…")
    if folded.isalpha() and not dictionary_forms(surface) and (base := stem(folded)):
        yield one(base, STEM_WEIGHT, Reason.FORM, base)
        if (plain := without_marks(base)) != base and not is_cyrillic(base):
            yield one(plain, STEM_WEIGHT, Reason.FORM, plain)


def _twins(surface: str, folded: str) -> Iterator[str]:
    """Yield a word as it looks in letters of the other script, unless both are words."""
    found = twin(folded)
    if not found or not (surface.isupper() or _ALIKE_WHEN_SMALL.issuperset(folded)):
        return
    if len(found) == 1 or not found.isalpha() or not (_is_known(found) and _is_known(folded)):
        yield found


def _is_known(folded: str) -> bool:
    return any(lemmas(folded, language) for language in (("ru",) if is_cyrillic(folded) else ("de", "en")))
