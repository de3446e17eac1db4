"""Concepts with labels in several languages, and how they stand to one another.

A thesaurus as it is asked for the concepts of a label. Where it comes from is the business of `skos.py`; what
it says of words and their translations, of `thesaurus_words.py`.

Source: SKOS Simple Knowledge Organization System Reference (W3C, 2009), sections 5 and 8.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TypeAlias

from index.text import tokens

LANGUAGES = ("de", "ru", "en")
"""Of labels; those of other languages are counted where files are read."""

MAX_LABEL_CHARS = 200
"""What is longer is no label."""

Labels: TypeAlias = tuple[Mapping[str, str], Mapping[str, tuple[str, ...]]]
"""The preferred label of each language, and its alternatives."""


@dataclass(frozen=True, slots=True)
class Concept:
    """One notion, with the labels it goes by.

    `preferred` has at most one label a language, `alternatives` every other, in the order in which they are
    written. `broader`, `narrower` and `related` are URIs of concepts of the same thesaurus, sorted.
    """

    uri: str
    preferred: Mapping[str, str]
    alternatives: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    broader: tuple[str, ...] = ()
    narrower: tuple[str, ...] = ()
    related: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for name in ("preferred", "alternatives"):
            object.__setattr__(self, name, MappingProxyType(dict(getattr(self, name))))

    def labels(self, language: str) -> tuple[str, ...]:
        """Return the labels in a language, the preferred one first, if it has one."""
        preferred = self.preferred.get(language)
        return (() if preferred is None else (preferred,)) + self.alternatives.get(language, ())

    def all_labels(self) -> Iterator[tuple[str, str]]:
        """Yield every label with its language."""
        for language in dict.fromkeys((*self.preferred, *self.alternatives)):
            for label in self.labels(language):
                yield label, language


@dataclass(frozen=True, slots=True)
class Thesaurus:
    """Concepts by their URI, and the URIs of concepts by the key of a label, which `thesaurus_of` makes.

    `ignored_labels` counts, by language ("" for none), the labels that were left out: those of languages that
    are none of the archive's, and what is no label; `ignored_relations`, what leads to no concept.
    """

    concepts: Mapping[str, Concept]
    uris: Mapping[str, tuple[str, ...]]
    ignored_labels: Mapping[str, int] = field(default_factory=dict)
    ignored_relations: int = 0

    def __post_init__(self) -> None:
        for name in ("concepts", "uris", "ignored_labels"):
            object.__setattr__(self, name, MappingProxyType(dict(getattr(self, name))))

    def with_label(self, label: str) -> tuple[Concept, ...]:
        """Return the concepts that go by a label, in whatever language, case and spelling of ß and ё."""
        return tuple(self.concepts[uri] for uri in self.uris.get(label_key(label), ()))

    def labels(self) -> Iterator[tuple[str, str, Concept]]:
        """Yield every label with its language and concept, concept by concept."""
        for concept in self.concepts.values():
            for label, language in concept.all_labels():
                yield label, language, concept


def thesaurus_of(
    concepts: Iterable[Concept], ignored_labels: Mapping[str, int], ignored_relations: int
) -> Thesaurus:
    """Make a thesaurus, its concepts sorted by URI."""
    by_uri = {concept.uri: concept for concept in sorted(concepts, key=lambda one: one.uri)}
    uris: dict[str, dict[str, None]] = {}
    for concept in by_uri.values():
        for label, _ in concept.all_labels():
            uris.setdefault(label_key(label), {})[concept.uri] = None
    return Thesaurus(
        by_uri, {key: tuple(found) for key, found in uris.items()}, ignored_labels, ignored_relations
    )


def related_concepts(
    labels: Mapping[str, Labels], broader: Iterable[tuple[str, str]], related: Iterable[tuple[str, str]]
) -> Iterator[Concept]:
    """Make concepts of their labels and of pairs of their URIs; what leads out of them is left out.

    Args:
        broader: a concept, and what is broader; `narrower` follows.
        related: said once, or by both.
    """
    upward = {pair for pair in broader if pair[0] != pair[1] and labels.keys() >= {*pair}}
    sideward = {pair for pair in related if pair[0] != pair[1] and labels.keys() >= {*pair}}
    above = _targets(upward)
    below = _targets((other, one) for one, other in upward)
    beside = _targets({pair[::-1] for pair in sideward} | sideward)
    for uri, (preferred, alternatives) in labels.items():
        yield Concept(
            uri, preferred, alternatives, above.get(uri, ()), below.get(uri, ()), beside.get(uri, ())
        )


def _targets(pairs: Iterable[tuple[str, str]]) -> Mapping[str, tuple[str, ...]]:
    found = defaultdict(list)
    for one, other in sorted(pairs):
        found[one].append(other)
    return {one: tuple(others) for one, others in found.items()}


def label_key(label: str) -> str:
    """Return the form under which spellings of a label meet: its words folded, "" where it has none."""
    return " ".join(token.folded for token in tokens(label))
