"""How a document stands that not everybody may read: told to staff above it, with the way to its record."""

from __future__ import annotations

from archive.access import Audience, may_read
from archive.model import Access, Document, State
from portal.markup import NOTHING, Markup, tag, together
from portal.reader import Reader


def state_notice(document: Document, reader: Reader) -> Markup:
    """Tell staff how a document stands and lead to its record; empty for everybody else."""
    if reader.audience is not Audience.STAFF:
        return NOTHING
    name = reader.texts.gettext("Open the record")
    record = tag("a", name, href=reader.links.record(document.id), data_id="to-record")
    state = standing(document, reader)
    reason = document.reason.strip()
    parts = (
        tag("strong", state) if state else NOTHING,
        tag("span", reason, dir="auto") if state and reason else NOTHING,
        record,
    )
    return tag("p", together(parts, " "), css="standing" if state else "standing open")


def standing_badge(document: Document, reader: Reader) -> Markup:
    """Mark what only staff see; empty for what the public may read."""
    if may_read(document, Audience.PUBLIC, reader.today):
        return NOTHING
    _ = reader.texts.gettext
    names = {State.DRAFT: _("Draft"), State.WITHDRAWN: _("Withdrawn")}
    name = names.get(document.state) or _("Staff only")
    return tag("span", name, css="unpublic", title=standing(document, reader))


def standing(document: Document, reader: Reader) -> str:
    """Say why the public may not read a document; empty where it may."""
    _ = reader.texts.gettext
    if document.state is State.DRAFT:
        return _("Draft: only staff see this document.")
    if document.state is State.WITHDRAWN:
        if document.withdrawn_at is None:
            return _("Withdrawn: only staff see this document.")
        day = reader.texts.date(document.withdrawn_at.date())
        return _("Withdrawn on {day}: only staff see this document.").format(day=day)
    if document.access is Access.STAFF:
        return _("For staff: nobody else sees this document.")
    until = document.embargoed_until
    if document.access is Access.EMBARGOED and (until is None or until > reader.today):
        if until is None:
            return _("Embargoed without a date: only staff see this document.")
        return _("Embargoed until {day}: until then only staff see this document.").format(
            day=reader.texts.date(until)
        )
    return ""
