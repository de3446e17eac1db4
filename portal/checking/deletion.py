"""Drafts that are deleted for good: who else counts on one, and what of a batch is gone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from archive.staff_log import Step
from ingest.drafts import Desk, Entry
from portal.markup import DOT, NOTHING, Markup, tag, together
from portal.reader import Reader

_FILES_LISTED = 200


def others_words(others: Sequence[str], reader: Reader) -> str:
    """Say whose uploads lose a file with a draft; empty where it is nobody's business else."""
    if not others:
        return ""
    message = reader.texts.ngettext(
        "{names} handed this in as well: that upload loses the file too, and will say so.",
        "{names} handed this in as well: their uploads lose the file too, and will say so.",
        len(others),
    )
    return message.format(names=", ".join(others))


def deleted(desk: Desk, steps: Mapping[str, Step], reader: Reader) -> Markup:
    """List the files of a batch that were deleted. `steps`: document -> the step that did it."""
    gone = desk.deleted
    if not gone:
        return NOTHING
    heading = reader.texts.ngettext(
        "{n} file was deleted for good", "{n} files were deleted for good", len(gone)
    )
    items = together(
        _deleted(entry, steps.get(entry.document or ""), reader) for entry in gone[:_FILES_LISTED]
    )
    return tag("section", tag("h2", heading), tag("ul", items, css="known"), css="special")


def _deleted(entry: Entry, step: Step | None, reader: Reader) -> Markup:
    facts = [tag("span", step.person), tag("span", reader.texts.moment(step.at))] if step else []
    return tag("li", tag("span", entry.path, css="path", dir="auto"), together(facts, DOT))
