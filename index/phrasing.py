"""How another language says a word in several words, or several words as one thing.

„Fernwärme“ is `district heating`, „возобновляемые источники энергии“ is `renewable energy`. Dictionaries and
thesaurus say so of a whole; where they lead to the third language only, and of German compounds that neither
has, it is put together of what is known of each word.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from index.compounds import main_parts
from index.text import fold
from index.translation import Origin, Translation, Translator

MOST, LEAST_PROBABILITY = 3, 0.2
"""So many phrases of a language are given, and none that is less likely."""

MOST_CHOICES, LEAST_CHOICE = 2, 0.15
"""What is put together has so many choices in a place, none less likely."""

SURE = 0.6
"""Where each word has a translation that is so likely, only a thesaurus is asked for more."""

MOST_WORDS = 4
"""Longer phrases are looked for word by word only."""


@dataclass(frozen=True, slots=True)
class Phrasing:
    """What says the same in another language: for each place, keys of which one has to be there."""

    places: tuple[tuple[str, ...], ...]
    language: str
    probability: float
    origin: Origin
    via: str = ""


def phrasings(keys: tuple[str, ...], source: str, translator: Translator) -> Iterator[Phrasing]:
    """Yield how other languages say keys that belong together, likeliest first in each.

    Args:
        keys: of one word, or of the words of a phrase.
    """
    for target in translator.languages:
        if target == source:
            continue
        found = _said(keys, source, target, translator)
        if not found and len(keys) > 1:
            continue
        single = [translator.between(key, source, target) for key in keys]
        if all(some and some[0].probability >= SURE for some in single):
            found = [each for each in found if each.origin is Origin.THESAURUS]
        elif not found:
            found = _through(keys, source, target, translator) or _of_parts(
                keys[0], source, target, translator
            )
        doubt = translator.doubt_of_dictionaries(keys, source, target)
        found = [
            replace(each, probability=each.probability * (1 - doubt))
            for each in found
            if _says_more(each, single)
        ]
        likely = sorted(found, key=lambda each: (-each.probability, each.places))
        yield from [each for each in likely if each.probability >= LEAST_PROBABILITY][:MOST]


def _says_more(found: Phrasing, single: Sequence[Sequence[Translation]]) -> bool:
    """Tell whether it is more than what the words are by themselves.

    „Straßenbaum“ is nothing beside „Baum“ for `tree`, nor is „Wand“ beside „наружная стена“.

    Args:
        single: what each word is by itself.
    """
    heads = [choices[0] for choices in found.places]
    if len(single) == 1:
        return not any(each.key in heads for each in single[0] if each.probability >= SURE)
    known = {each.key for some in single for each in some}
    return len(heads) >= len(single) or not known.issuperset(heads)


def _said(keys: tuple[str, ...], source: str, target: str, translator: Translator) -> list[Phrasing]:
    best: dict[tuple[str, ...], Phrasing] = {}
    for origin, heads, chance in translator.phrases(keys, source, target):
        if len(heads) <= MOST_WORDS and (heads not in best or best[heads].probability < chance):
            best[heads] = Phrasing(tuple((head,) for head in heads), target, chance, origin)
    return [*best.values()]


def _through(keys: tuple[str, ...], source: str, target: str, translator: Translator) -> list[Phrasing]:
    """Go by way of a phrase of the third language, as a whole or word by word."""
    found = []
    for third in translator.languages:
        for first in _said(keys, source, third, translator) if third not in (source, target) else ():
            heads = tuple(choices[0] for choices in first.places)
            whole = [(each.places, each.probability) for each in _said(heads, third, target, translator)]
            found += [
                Phrasing(places, target, first.probability * likely, first.origin, third)
                for places, likely in whole or _word_by_word(heads, third, target, translator)
            ]
    return found


def _of_parts(key: str, source: str, target: str, translator: Translator) -> list[Phrasing]:
    """Put a German compound together that nothing leads on from."""
    if source != "de" or translator.direct(key, source, target):
        return []
    parts = tuple(map(fold, main_parts(key.capitalize())))
    return [
        Phrasing(places, target, likely, Origin.PART)
        for places, likely in (_word_by_word(parts, source, target, translator) if parts else ())
    ]


def _word_by_word(
    keys: tuple[str, ...], source: str, target: str, translator: Translator
) -> list[tuple[tuple[tuple[str, ...], ...], float]]:
    """Return a choice of keys for each key, and how likely the whole is; nothing where one has none."""
    choices = [
        [each for each in translator.direct(key, source, target) if each.probability >= LEAST_CHOICE]
        for key in keys
    ]
    if not all(choices):
        return []
    likely = min(min(1.0, sum(each.probability for each in some)) for some in choices)
    return [(tuple(tuple(each.key for each in some[:MOST_CHOICES]) for some in choices), likely)]
