"""A thesaurus asked for the translations of single words, as `translation.py` asks.

Labels of several words are no translations of a word; who looks for them asks the thesaurus itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from index.lexical import keys_of
from index.text import surfaces
from index.thesaurus import Concept, Thesaurus

PREFERRED, ALTERNATIVE = 1.0, 0.5
"""What a concept's labels count against one another."""


class ThesaurusWords:
    """Translations of keys by the concepts that go by them. Threads may share it."""

    def __init__(self, thesaurus: Thesaurus) -> None:
        self._labels: defaultdict[tuple[str, str], list[Mapping[str, Mapping[str, float]]]] = defaultdict(
            list
        )
        for concept in thesaurus.concepts.values():
            of_concept = _words(concept)
            for language, words in of_concept.items():
                for key in words:
                    self._labels[language, key].append(of_concept)

    def translations(self, key: str, source: str, target: str) -> Mapping[str, float]:
        """Return translations of a key, with shares that are 1 in all; none where no concept goes by it."""
        weights: defaultdict[str, float] = defaultdict(float)
        for concept in self._labels.get((source, key), ()):
            for other, weight in concept.get(target, {}).items():
                weights[other] += weight
        total = sum(weights.values())
        return {other: weight / total for other, weight in sorted(weights.items())}

    def via(self, key: str, source: str, target: str) -> str:
        """Return nothing: concepts lead from each language to all others."""
        return ""


def _words(concept: Concept) -> dict[str, dict[str, float]]:
    """Return the labels of one word in each language, as keys, with what they count."""
    found: dict[str, dict[str, float]] = {}
    for language, key, weight in _labels(concept):
        of_language = found.setdefault(language, {})
        of_language[key] = max(weight, of_language.get(key, 0.0))
    return found


def _labels(concept: Concept) -> Iterator[tuple[str, str, float]]:
    for language in sorted({*concept.preferred, *concept.alternatives}):
        for label in concept.labels(language):
            words = surfaces(label)
            if len(words) == 1 and (keys := keys_of(words, language)):
                weight = PREFERRED if label == concept.preferred.get(language) else ALTERNATIVE
                yield language, keys[0], weight
