"""What SKOS files state, taken as a parser finds it, and the thesaurus that follows from it.

Source: SKOS Simple Knowledge Organization System Reference (W3C, 2009), sections 3, 5 and 8.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Self

from rdflib import RDF, SKOS, Graph, Literal, URIRef
from rdflib.term import Node

from index.thesaurus import LANGUAGES, MAX_LABEL_CHARS, Labels, Thesaurus, related_concepts, thesaurus_of

_CONCEPT, _PREFERRED, _ALTERNATIVE = SKOS.Concept, SKOS.prefLabel, SKOS.altLabel
_BROADER, _NARROWER, _RELATED = SKOS.broader, SKOS.narrower, SKOS.related


class Statements(Graph):
    """Takes what a parser finds, and keeps of it what makes a thesaurus; as a graph it stays empty."""

    def __init__(self) -> None:
        super().__init__(bind_namespaces="none")
        self._concepts: set[str] = set()
        self._labels: defaultdict[str, _Ranks] = defaultdict(_Ranks)
        self._broader: set[tuple[str, str]] = set()
        self._related: set[tuple[str, str]] = set()
        self._ignored: Counter[str] = Counter()

    def add(self, triple: tuple[Node, Node, Node]) -> Self:
        """Take one statement."""
        subject, predicate, value = triple
        if isinstance(subject, URIRef):
            if isinstance(value, Literal):
                if predicate in (_PREFERRED, _ALTERNATIVE):
                    self._add_label(str(subject), value, preferred=predicate == _PREFERRED)
            elif isinstance(value, URIRef):
                self._add_relation(str(subject), predicate, str(value))
        return self

    def bind(self, *_: object, **__: object) -> None:
        """Forget a prefix; keeping them takes rdflib long where there are many."""

    def thesaurus(self) -> Thesaurus:
        """Return the concepts that have a label, and what relates them."""
        labels = {uri: self._labels[uri].sorted() for uri in self._concepts & self._labels.keys()}
        concepts = tuple(related_concepts(labels, self._broader, self._related))
        kept = sum(len(concept.broader) for concept in concepts)
        kept += sum(len(concept.related) for concept in concepts) // 2
        return thesaurus_of(concepts, self._ignored, len(self._broader) + len(self._related) - kept)

    def _add_label(self, uri: str, literal: Literal, *, preferred: bool) -> None:
        label = " ".join(literal.split())
        tag = (literal.language or "").lower()
        language = tag.partition("-")[0]
        if language in LANGUAGES and len(label) <= MAX_LABEL_CHARS and any(map(str.isalnum, label)):
            self._labels[uri].add(label, language, preferred=preferred, exactly=tag == language)
        else:
            self._ignored[language] += 1

    def _add_relation(self, uri: str, predicate: Node, other: str) -> None:
        if predicate == RDF.type and other == str(_CONCEPT):
            self._concepts.add(uri)
        elif predicate == _BROADER:
            self._broader.add((uri, other))
        elif predicate == _NARROWER:
            self._broader.add((other, uri))
        elif predicate == _RELATED:
            self._related.add((min(uri, other), max(uri, other)))


class _Ranks:
    """The labels of a concept by language, in three ranks: preferred, preferred of a country, alternative."""

    def __init__(self) -> None:
        self._ranks: dict[str, tuple[list[str], list[str], list[str]]] = {}

    def add(self, label: str, language: str, *, preferred: bool, exactly: bool) -> None:
        ranks = self._ranks.setdefault(language, ([], [], []))
        ranks[0 if preferred and exactly else 1 if preferred else 2].append(label)

    def sorted(self) -> Labels:
        """Return the preferred label and the others of each language; one is preferred, even of several."""
        preferred: dict[str, str] = {}
        alternatives: dict[str, tuple[str, ...]] = {}
        for language in sorted(self._ranks):
            first, second, others = self._ranks[language]
            labels = dict.fromkeys([*first, *second])
            label = next(iter(labels), None)
            if label is not None:
                preferred[language] = label
            rest = tuple(other for other in dict.fromkeys([*labels, *others]) if other != label)
            if rest:
                alternatives[language] = rest
        return preferred, alternatives
