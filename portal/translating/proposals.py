"""What there is to decide about translations: pairs that were found, and what was decided last.

Only documents that the public may read are shown: the archive looks at no others.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from archive.model import Document
from archive.records import JsonValue
from archive.refused_pairs import Refusal, RefusedPairs
from archive.repository import Archive
from archive.staff_log import StaffLog, Step
from index.finder import Finder, Found
from index.pairs import Likeness
from index.translated import readable
from portal.steps import can_be_taken_back

STEPS_LOOKED_AT = 300
"""Among so many of the last corrections those of translations are sought."""

STEPS_SHOWN = 20


class Part(StrEnum):
    """A part of the page."""

    SURE = "sure"
    UNSURE = "unsure"
    DECIDED = "decided"


@dataclass(frozen=True, slots=True)
class Proposal:
    """Two documents that may be translations of one another. `older` came into the archive first."""

    likeness: Likeness
    older: Document
    newer: Document

    @property
    def key(self) -> str:
        """Return what stands for the pair in keys of buttons."""
        return f"{self.older.id}-{self.newer.id}"


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything the page is about. `is_due`: there is something at which the archive has yet to look."""

    found: Found
    is_due: bool
    proposals: Mapping[Part, tuple[Proposal, ...]]
    refused: tuple[tuple[Refusal, Document, Document], ...]
    accepted: tuple[Step, ...]


def overview(archive: Archive, today: dt.date) -> Overview:
    """Look at what was found and decided."""
    finder = Finder(archive, lambda: today)
    found, likenesses = finder.found(), finder.likenesses()
    refusals = RefusedPairs(archive.catalogue.engine).entries()
    there = readable(
        archive,
        (*(name for each in likenesses for name in each.documents), *_named(refusals)),
        today,
    )
    works = _works(archive.translation_relations())
    proposals = [
        _proposal(each, there)
        for each in likenesses
        if each.documents <= there.keys()
        and works.get(each.source, each.source) != works.get(each.target, each.target)
    ]
    return Overview(
        found,
        finder.is_due(),
        {
            part: tuple(each for each in proposals if each.likeness.is_sure is is_sure)
            for part, is_sure in ((Part.SURE, True), (Part.UNSURE, False))
        },
        tuple(
            (each, there[each.one], there[each.other])
            for each in refusals
            if each.one in there and each.other in there
        ),
        _accepted(archive),
    )


def _named(refusals: Iterable[Refusal]) -> list[str]:
    return [name for each in refusals for name in (each.one, each.other)]


def _proposal(likeness: Likeness, there: Mapping[str, Document]) -> Proposal:
    documents = there[likeness.source], there[likeness.target]
    return Proposal(likeness, *sorted(documents, key=lambda each: (each.created_at, each.id)))


def _works(relations: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return for each document that is a translation, or has one, a name that all of its work share."""
    above: dict[str, str] = {}

    def top(name: str) -> str:
        while name in above:
            name = above[name]
        return name

    names: set[str] = set()
    for pair in relations:
        names.update(pair)
        one, other = (top(each) for each in pair)
        if one != other:
            above[one] = other
    return {name: top(name) for name in names}


def _accepted(archive: Archive) -> tuple[Step, ...]:
    """Return the last steps that said of documents what they are translations of, and nothing else."""
    steps = StaffLog(archive.catalogue.engine).steps(actions=("edit",), limit=STEPS_LOOKED_AT)
    found = (
        step
        for step in steps
        if can_be_taken_back(step)
        if all({*fields} == {"translation_of"} for fields in step.differences.values())
        if any(_adds(*fields["translation_of"]) for fields in step.differences.values())
    )
    return tuple(found)[:STEPS_SHOWN]


def _adds(before: JsonValue, after: JsonValue) -> bool:
    return isinstance(before, list) and isinstance(after, list) and len(after) > len(before)
