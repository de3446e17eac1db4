"""What a concept of the project's own thesaurus has to be, before it is saved.

One preferred label in each language, and no label twice within a language, so that a word leads to one
concept; what loaded files say is not looked at.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from archive.errors import EditError
from index.thesaurus import LANGUAGES, MAX_LABEL_CHARS, Concept, Thesaurus, label_key

MAX_LABELS = 50
"""Of a concept in a language."""


class Kind(StrEnum):
    """What can be wrong with a concept."""

    PREFERRED = "preferred"
    """It has no preferred label in a language."""

    LABEL = "label"
    """A label has no letters, or too many."""

    MANY = "many"
    """There are too many labels in a language."""

    TWICE = "twice"
    """It has a label twice in a language."""

    TAKEN = "taken"
    """Another concept has the label."""

    CIRCLE = "circle"
    """A broader concept of it is below it."""

    GONE = "gone"
    """A concept that it names is not there."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: with which label, in which language, because of which other concept."""

    kind: Kind
    language: str = ""
    label: str = ""
    other: str = ""


class ConceptError(EditError):
    """A concept cannot be saved."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        said = ", ".join(
            " ".join(filter(None, (each.kind, each.language, each.label, each.other))) for each in problems
        )
        super().__init__(f"The concept cannot be saved: {said}.")
        self.problems = problems


def cleaned(concept: Concept) -> Concept:
    """Return a concept as it is written: without empty labels, spaces that say nothing, and repeated URIs."""
    return replace(
        concept,
        preferred={
            language: label
            for language, text in concept.preferred.items()
            if (label := " ".join(text.split()))
        },
        alternatives={
            language: found
            for language, labels in sorted(concept.alternatives.items())
            if (found := tuple(label for text in labels if (label := " ".join(text.split()))))
        },
        broader=tuple(sorted({*concept.broader})),
        narrower=(),
        related=tuple(sorted({*concept.related})),
    )


def refuse_unsound(thesaurus: Thesaurus, before: Concept | None, concept: Concept) -> None:
    """Refuse a concept, `cleaned`, that cannot be saved.

    Args:
        thesaurus: what it is to be in, as it is now.
        before: the concept as it was; the labels that it had are not looked at again.

    Raises:
        ConceptError: something is wrong; it says all that is.
    """
    problems = (
        *(problem for language in LANGUAGES for problem in _labels(thesaurus, before, concept, language)),
        *_relations(thesaurus, concept),
    )
    if problems:
        raise ConceptError(problems)


def _labels(
    thesaurus: Thesaurus, before: Concept | None, concept: Concept, language: str
) -> Iterator[Problem]:
    if language not in concept.preferred:
        yield Problem(Kind.PREFERRED, language)
    labels = concept.labels(language)
    if len(labels) > MAX_LABELS:
        yield Problem(Kind.MANY, language)
        return
    had = before.labels(language) if before is not None else ()
    for position, label in enumerate(labels):
        if label in labels[:position]:
            yield Problem(Kind.TWICE, language, label)
        elif len(label) > MAX_LABEL_CHARS or not label_key(label):
            yield Problem(Kind.LABEL, language, label)
        elif label not in had:
            for other in thesaurus.with_label(label):
                if other.uri != concept.uri and _has(other, label, language):
                    yield Problem(Kind.TAKEN, language, label, other.uri)


def _has(concept: Concept, label: str, language: str) -> bool:
    return label_key(label) in map(label_key, concept.labels(language))


def _relations(thesaurus: Thesaurus, concept: Concept) -> Iterator[Problem]:
    for uri in (*concept.broader, *concept.related):
        if uri not in thesaurus.concepts and uri != concept.uri:
            yield Problem(Kind.GONE, other=uri)
    if concept.uri in concept.related:
        yield Problem(Kind.CIRCLE, other=concept.uri)
    for uri in concept.broader:
        if _is_below(thesaurus, uri, concept.uri):
            yield Problem(Kind.CIRCLE, other=uri)


def _is_below(thesaurus: Thesaurus, uri: str, other: str) -> bool:
    """Tell whether a concept is another, or below it."""
    seen: set[str] = set()
    waiting = [uri]
    while waiting:
        one = waiting.pop()
        if one == other:
            return True
        if one not in seen and one in thesaurus.concepts:
            waiting += thesaurus.concepts[one].broader
        seen.add(one)
    return False
