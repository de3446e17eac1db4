"""A thesaurus asked by keys: for translations of single words, as `translation.py` asks, and for concepts.

A label of several words is no translation of a word; it leads to its concept, by all of its keys in order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from index.lexical import keys_of
from index.text import surfaces
from index.thesaurus import Concept, Thesaurus

PREFERRED, ALTERNATIVE = 1.0, 0.5
"""What a concept's labels count against one another."""


class ThesaurusWords:
    """Concepts by the keys of their labels, and what these are in other languages. Threads may share it.

    `longest` is the number of words of the longest label.
    """

    def __init__(self, thesaurus: Thesaurus) -> None:
        self._labels: defaultdict[tuple[str, str], list[Mapping[str, Mapping[str, float]]]] = defaultdict(
            list
        )
        self._concepts: defaultdict[tuple[str, tuple[str, ...]], dict[str, Concept]] = defaultdict(dict)
        self._written: dict[tuple[str, tuple[str, ...]], str] = {}
        self.longest = 0
        for concept in thesaurus.concepts.values():
            of_concept = self._add(concept)
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

    def phrases(self, keys: tuple[str, ...], source: str, target: str) -> Mapping[tuple[str, ...], float]:
        """Return the labels of the concepts that go by some keys, by their keys, with how sure they are.

        Those of one word for one word are left out, which `translations` gives.
        """
        found: dict[tuple[str, ...], float] = {}
        concepts = self.concepts_of(keys, source)
        for concept in concepts:
            for label in concept.labels(target):
                heads = tuple(key for word in surfaces(label) for key in keys_of([word], target)[:1])
                if len(heads) + len(keys) > 2 and heads:
                    sure = PREFERRED if label == concept.preferred.get(target) else ALTERNATIVE
                    found[heads] = max(found.get(heads, 0.0), sure / len(concepts))
        return found

    def written(self, keys: tuple[str, ...], language: str) -> str:
        """Return the label of some keys, nothing where there is none."""
        return self._written.get((language, keys), "")

    def via(self, key: str, source: str, target: str) -> str:
        """Return nothing: concepts lead from each language to all others."""
        return ""

    def concepts_of(self, keys: tuple[str, ...], language: str) -> tuple[Concept, ...]:
        """Return the concepts that go by a label with these keys, as `lexical.keys_of` makes them.

        The keys of parts of German compounds may be among them or not.
        """
        return tuple(self._concepts.get((language, keys), {}).values())

    def _add(self, concept: Concept) -> dict[str, dict[str, float]]:
        """Note the keys of a concept; return those of labels of one word, by language, with their weights."""
        found: dict[str, dict[str, float]] = {}
        for label, language in concept.all_labels():
            words = surfaces(label)
            of_words = [keys for word in words if (keys := keys_of([word], language))]
            self.longest = max(self.longest, len(words))
            if not of_words:
                continue
            heads = tuple(keys[0] for keys in of_words)
            self._written.setdefault((language, heads), label)
            for keys in (heads, tuple(key for each in of_words for key in each)):
                self._concepts[language, keys][concept.uri] = concept
            if len(words) == 1:
                weight = PREFERRED if label == concept.preferred.get(language) else ALTERNATIVE
                of_language = found.setdefault(language, {})
                of_language[heads[0]] = max(weight, of_language.get(heads[0], 0.0))
        return found
