"""What a key is in the other languages, from all that is known: learned, dictionaries, thesaurus, cognates.

Each counts as sightings do: what dictionaries say as much as two of them, so that they lead where the archive
has seen little and follow where it has seen much. What a search does with the probabilities is said in
`expansion.py`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Protocol

from index.cognates import cognates
from index.lexical import parts_of
from index.lexicon import DOUBT, Lexicon

MOST, LEAST_PROBABILITY = 10, 0.02
"""So many translations into a language are given, and none that is less likely."""

DICTIONARY, THESAURUS, COGNATE, PARTS = 2.0, 2.0, 0.5, 2.0
"""As many sightings each of them counts; parts of a German compound together."""


class Words(Protocol):
    """What knows translations of keys: dictionaries, a thesaurus."""

    def translations(self, key: str, source: str, target: str) -> Mapping[str, float]:
        """Return translations of a key, with shares that are 1 in all; none where it is not known."""
        ...

    def via(self, key: str, source: str, target: str) -> str:
        """Return the third language if only that leads from a key to its translations, else nothing."""
        ...

    def phrases(self, keys: tuple[str, ...], source: str, target: str) -> Mapping[tuple[str, ...], float]:
        """Return the keys of phrases that say the same as some keys, with how likely each is."""
        ...

    def written(self, keys: tuple[str, ...], language: str) -> str:
        """Return a phrase of some keys as it is written, nothing where that is not known."""
        ...


class Origin(StrEnum):
    """Where a translation is from."""

    LEARNED = "learned"
    DICTIONARY = "dictionary"
    THESAURUS = "thesaurus"
    COGNATE = "cognate"
    PART = "part"


@dataclass(frozen=True, slots=True)
class Source:
    """Why something is a translation.

    `count`: how often it was seen, or counts as seen; `part`: the part of a German compound that it
    translates.
    """

    origin: Origin
    count: float
    part: str = ""


@dataclass(frozen=True, slots=True)
class Translation:
    """A translation of a key, what tells most for it first.

    `via` is the language through which it was found, where nothing leads there directly.
    """

    key: str
    language: str
    probability: float
    sources: tuple[Source, ...]
    via: str = ""


Evidence = tuple[float, Mapping[str, tuple[Source, ...]]]
"""As how many sightings it counts, and what it says of each translation; of what says nothing, 0."""


class Translator:
    """Translates keys between the languages of an archive. Threads may share it."""

    def __init__(
        self,
        languages: Sequence[str],
        lexicon: Lexicon | None = None,
        dictionaries: Words | None = None,
        thesaurus: Words | None = None,
        *,
        with_cognates: bool = True,
    ) -> None:
        """`with_cognates`: words of the lexicon that look alike count, too."""
        self._languages = tuple(languages)
        self._lexicon = lexicon
        self._with_cognates = with_cognates
        self._words = (
            (Origin.DICTIONARY, DICTIONARY, dictionaries),
            (Origin.THESAURUS, THESAURUS, thesaurus),
        )
        self._remembered = lru_cache(maxsize=1 << 14)(self._find)
        self._direct = lru_cache(maxsize=1 << 14)(self._find_direct)

    def translations(self, key: str, source: str) -> tuple[Translation, ...]:
        """Return what a key of a language is in all others, language by language, likeliest first."""
        return tuple(
            found
            for target in self._languages
            if target != source
            for found in self.between(key, source, target)
        )

    def between(self, key: str, source: str, target: str) -> tuple[Translation, ...]:
        """Return what a key of one language is in another, likeliest first."""
        return self._remembered(key, source, target)

    def direct(self, key: str, source: str, target: str) -> tuple[Translation, ...]:
        """Return what a key is in another language where something leads there directly, likeliest first."""
        return self._direct(key, source, target)

    def phrases(
        self, keys: tuple[str, ...], source: str, target: str
    ) -> Iterator[tuple[Origin, tuple[str, ...], float]]:
        """Yield what dictionaries and thesaurus say of some keys together, with how likely each is."""
        for origin, _, words in self._words:
            if words is not None:
                for heads, chance in words.phrases(keys, source, target).items():
                    yield origin, heads, chance

    def doubt_of_dictionaries(self, keys: tuple[str, ...], source: str, target: str) -> float:
        """Return how much what dictionaries say of some keys is to be doubted, from 0 to 1.

        The more, the oftener the archive saw all of the keys translated.
        """
        lexicon = self._lexicon
        seen = min(lexicon.total(key, source, target) for key in keys) if lexicon is not None else 0.0
        return 1 - DICTIONARY / (DICTIONARY + DOUBT + seen)

    def written(self, keys: tuple[str, ...], language: str) -> str:
        """Return a phrase as it is written, where that is known of its keys, else nothing."""
        found = (words.written(keys, language) for _, _, words in self._words if words is not None)
        return next(filter(None, found), "")

    @property
    def languages(self) -> tuple[str, ...]:
        """Those between which it translates."""
        return self._languages

    def _find(self, key: str, source: str, target: str) -> tuple[Translation, ...]:
        return (
            self._direct(key, source, target)
            or self._through(key, source, target)
            or _mixed(target, [self._of_parts(key, source, target)])
        )

    def _find_direct(self, key: str, source: str, target: str) -> tuple[Translation, ...]:
        """Mix what is known of the whole word, if anything is, with what is known of its parts."""
        found = [*self._of_whole(key, source, target)]
        if not any(said for _, said in found):
            return ()
        return _mixed(target, [*found, self._of_parts(key, source, target)])

    def _of_whole(self, key: str, source: str, target: str) -> Iterator[Evidence]:
        if self._lexicon is not None:
            yield (
                self._lexicon.total(key, source, target),
                {
                    learned.key: (Source(Origin.LEARNED, learned.count),)
                    for learned in self._lexicon.translations(key, source, target)
                },
            )
        for origin, weight, words in self._words:
            shares = words.translations(key, source, target) if words is not None else {}
            if words is not None and shares and not words.via(key, source, target):
                yield _told(origin, weight, shares)
        if self._lexicon is not None and self._with_cognates:
            yield _told(Origin.COGNATE, COGNATE, cognates(key, source, target, self._lexicon))

    def _of_parts(self, key: str, source: str, target: str) -> Evidence:
        """Translate a German compound part by part; each counts as one of several."""
        parts = parts_of(key) if source == "de" else ()
        said: defaultdict[str, list[Source]] = defaultdict(list)
        for part in parts:
            for found in self._direct(part, source, target):
                said[found.key].append(Source(Origin.PART, PARTS * found.probability / len(parts), part))
        return PARTS if said else 0.0, {other: tuple(sources) for other, sources in said.items()}

    def _through(self, key: str, source: str, target: str) -> tuple[Translation, ...]:
        """Go by way of another language: first into it, then on; the chances of several ways add up."""
        steps = (
            (first.probability * second.probability, first, second)
            for between in self._languages
            if between not in (source, target)
            for first in self._direct(key, source, between)
            for second in self._direct(first.key, between, target)
        )
        best: dict[str, tuple[Translation, Translation]] = {}
        chances: dict[str, float] = {}
        for chance, first, second in sorted(steps, key=lambda step: (-step[0], step[2].key)):
            best.setdefault(second.key, (first, second))
            chances[second.key] = min(1.0, chances.get(second.key, 0.0) + chance)
        return tuple(
            Translation(other, target, chances[other], (*first.sources, *second.sources), first.language)
            for other in _likeliest(chances)
            for first, second in (best[other],)
        )


def _told(origin: Origin, weight: float, shares: Mapping[str, float]) -> Evidence:
    return (
        weight if shares else 0.0,
        {other: (Source(origin, weight * share),) for other, share in shares.items()},
    )


def _mixed(target: str, evidence: Iterable[Evidence]) -> tuple[Translation, ...]:
    """Return what speaks for each translation, as a share of all sightings and some doubt."""
    sources: defaultdict[str, list[Source]] = defaultdict(list)
    total = DOUBT
    for weight, said in evidence:
        total += weight
        for other, found in said.items():
            sources[other].extend(found)
    chances = {other: sum(each.count for each in found) / total for other, found in sources.items()}
    return tuple(
        Translation(
            other, target, chances[other], tuple(sorted(sources[other], key=lambda each: -each.count))
        )
        for other in _likeliest(chances)
    )


def _likeliest(chances: Mapping[str, float]) -> list[str]:
    likely = sorted((-chance, key) for key, chance in chances.items() if chance >= LEAST_PROBABILITY)
    return [key for _, key in likely[:MOST]]
