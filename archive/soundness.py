"""Whether what a change sets in a record makes sense in this archive: its place, relations and embargo.

Only what is set anew is looked at. What an older record says stays as it is, whatever has become of it.
"""

from __future__ import annotations

from collections.abc import Iterable

from archive.contents import Contents
from archive.errors import EditError, NotFoundError
from archive.model import Access, Document

GOES_INTO = ("replaces", "format_of")
"""Fields that say into which document a draft goes; of those, a circle may go through both."""


def faults(archive: Contents, before: Document, after: Document) -> dict[str, EditError]:
    """Say of each field that a change sets, and that cannot be so, why. Other writers are kept out."""
    found = _relations(archive, before, after)
    place = (after.conference, after.panel)
    if place != (before.conference, before.panel) and (fault := _place(archive, before, after)) is not None:
        found |= {"conference": fault, "panel": fault}
    embargo = (after.access, after.embargoed_until)
    if embargo == (Access.EMBARGOED, None) and embargo != (before.access, before.embargoed_until):
        fault = EditError("An embargo needs the day from which on everybody may read the document.")
        found |= {"access": fault, "embargoed_until": fault}
    return found


def _place(archive: Contents, before: Document, after: Document) -> EditError | None:
    try:
        panels = {panel.id for panel in archive.conference(after.conference).panels}
    except NotFoundError:
        if after.panel is None and after.conference == before.conference:
            return None
        return EditError(f"There is no conference {after.conference} any more. Choose another.")
    if after.panel is None or after.panel in panels:
        return None
    return EditError(f"The panel {after.panel} is not one of the conference {after.conference}.")


def _relations(archive: Contents, before: Document, after: Document) -> dict[str, EditError]:
    found: dict[str, EditError] = {}
    for name in ("translation_of", "part_of", *GOES_INTO):
        for target in set(_targets(after, name)) - set(_targets(before, name)):
            fields = GOES_INTO if name in GOES_INTO else (name,)
            if (fault := _relation(archive, after, target, fields)) is not None:
                found[name] = fault
    return found


def _relation(archive: Contents, document: Document, target: str, fields: Iterable[str]) -> EditError | None:
    if target == document.id:
        return EditError("A document cannot be a version, a format, a translation or a part of itself.")
    known = archive.documents_by_id([target])
    if not known:
        return EditError(f"There is no document {target} any more. Choose another, or none.")
    seen: set[str] = set()
    while known:
        if document.id in known:
            return EditError("The two documents would belong to one another in a circle. Choose another.")
        seen |= set(known)
        further = {other for each in known.values() for name in fields for other in _targets(each, name)}
        known = archive.documents_by_id(sorted(further - seen))
    return None


def _targets(document: Document, name: str) -> tuple[str, ...]:
    value: str | tuple[str, ...] = getattr(document, name)
    return value if isinstance(value, tuple) else (value,) if value else ()
