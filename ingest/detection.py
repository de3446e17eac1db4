"""Find out what a file is: title, creators, languages, kind, panel, date, and what in the archive is like it.

What the depositor said counts before what was found. Each answer comes with its reason, for staff to check;
nothing here changes the archive.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from archive.contacts import count_contacts
from archive.errors import NotFoundError
from archive.model import Conference
from archive.repository import Archive
from ingest.conference_words import other_conference
from ingest.dates import Dated, choose_date, dates_in, dates_in_name
from ingest.intake import Ticket
from ingest.kinds import tell_kind
from ingest.likeness import find_original, find_similar
from ingest.panels import panel_of
from ingest.proposals import Field, Proposal, Reason
from ingest.work import Work

_FIRST_PAGES = 2
_FIRST_CHARACTERS = 4000
_FEW_CREATORS = 8
_CREATOR_CHARACTERS = 80

_ONE = (
    r"referent(?:in)?|autor(?:in)?|vortragende[rn]?|verfasser(?:in)?|author|speaker|presenter|докладчик|автор"
)
_MANY = r"referent(?:inn)?en|autor(?:inn)?en|authors|speakers|presenters|докладчики|авторы"
_LABELLED = re.compile(
    rf"^\W*(?:(?P<many>{_MANY})|(?:{_ONE})|presented by)\s*[:–—-]\s*(?P<names>\S.*)$",
    re.IGNORECASE | re.MULTILINE,
)
_BETWEEN = re.compile(r"\s*(?:;|&|\||\bund\b|\band\b|\bи\b)\s*")
_LATER = re.compile(r"\s*,\s*")


def propose(archive: Archive, ticket: Ticket, work: Work) -> dict[Field, Proposal]:
    """Propose a value for every field of a file's record, and say what is like it."""
    conference = _conference(archive, ticket.description.conference)
    text = first_text(work)
    found = {
        Field.TITLE: _title(ticket, work),
        Field.CREATORS: _creators(ticket, work, text),
        Field.LANGUAGES: _languages(ticket, work),
        Field.CONFERENCE: _of_conference(archive, ticket, conference, text),
        Field.KIND: _kind(ticket, work),
        Field.PANEL: panel_of(archive, ticket, conference, text),
    }
    found[Field.DATE] = _date(ticket, work, text, conference, found[Field.PANEL])
    if original := find_original(archive, ticket, work):
        found[Field.TRANSLATION_OF] = original
    if similar := find_similar(archive, ticket, work):
        found[Field.SIMILAR] = similar
    return found


def told_by_file(archive: Archive, ticket: Ticket, work: Work) -> tuple[tuple[str, ...], dt.date | None]:
    """Return creators and date as a file itself tells them, for a document that nobody looks at first."""
    text = first_text(work)
    conference = _conference(archive, ticket.description.conference)
    creators = _creators(ticket, work, text).value
    dated = None if ticket.description.date is not None else _dated(ticket, work, text, conference)
    return (
        tuple(map(str, creators)) if isinstance(creators, list) else (),
        ticket.description.date if dated is None else dated[1].date,
    )


def first_text(work: Work) -> str:
    """Return the beginning of a file's text, where it says what it is; what is hidden says nothing."""
    shown = [page.text for page in work.pages if not page.hidden]
    return "\n".join(shown[:_FIRST_PAGES])[:_FIRST_CHARACTERS]


def _conference(archive: Archive, identifier: str) -> Conference:
    try:
        return archive.conference(identifier)
    except NotFoundError:
        return Conference(identifier, {"und": identifier})


def _title(ticket: Ticket, work: Work) -> Proposal:
    if ticket.description.title:
        return Proposal(ticket.description.title, Reason.GIVEN)
    if not work.found_title:
        return Proposal(work.title, Reason.FILE_NAME, {"text": PurePosixPath(ticket.path).name})
    shown = {_folded(page.title) for page in work.pages[:3]}
    reason = Reason.FIRST_PAGE if _folded(work.found_title) in shown else Reason.PROPERTIES
    return Proposal(work.found_title, reason)


def _creators(ticket: Ticket, work: Work, text: str) -> Proposal:
    if ticket.description.creators:
        return Proposal(list(ticket.description.creators), Reason.GIVEN)
    if found := _LABELLED.search(text):
        names = list(_names(found))
        if 0 < len(names) <= _FEW_CREATORS:
            return Proposal(names, Reason.FIRST_PAGE, {"text": " ".join(found[0].split())[:200]})
    reason = Reason.PROPERTIES if work.creators else Reason.NONE
    return Proposal(list(work.creators), reason)


def _names(found: re.Match[str]) -> Iterator[str]:
    """Yield the people named after a label; after a label for one, a comma leads on to where they work."""
    for part in _BETWEEN.split(found["names"]):
        names = _LATER.split(part) if found["many"] else _LATER.split(part)[:1]
        for name in names:
            name = name.strip(" .")
            is_name = name[:1].isupper() and " " in name and len(name) <= _CREATOR_CHARACTERS
            if is_name and not count_contacts(name):
                yield name


def _languages(ticket: Ticket, work: Work) -> Proposal:
    if ticket.description.languages:
        return Proposal(list(ticket.description.languages), Reason.GIVEN)
    shares = work.passport.get("languages")
    if not work.languages or not shares:
        return Proposal(list(work.languages), Reason.NONE)
    return Proposal(list(work.languages), Reason.COUNTED, {"shares": shares})


def _of_conference(archive: Archive, ticket: Ticket, conference: Conference, text: str) -> Proposal:
    """Keep the conference that was chosen, with a warning where the file speaks of another."""
    name = PurePosixPath(ticket.path).name.replace("_", " ")
    other = other_conference(archive.conferences(), conference, f"{name}\n{text}")
    if other is None:
        return Proposal(conference.id, Reason.GIVEN)
    warning = {"because": Reason.CONFERENCE_DATES.value, "other_conference": other.id, "text": other.text}
    return Proposal(conference.id, Reason.GIVEN, warning)


def _kind(ticket: Ticket, work: Work) -> Proposal:
    if ticket.description.kind is not None:
        return Proposal(ticket.description.kind.value, Reason.GIVEN)
    told = tell_kind(ticket.path, ticket.media_type, work.pages)
    if told.words:
        where = Reason.FIRST_PAGE if told.on_page else Reason.FILE_NAME
        return Proposal(told.kind.value, Reason.WORDS, {"words": list(told.words), "where": where.value})
    return Proposal(
        told.kind.value, Reason.FORMAT, {"media_type": ticket.media_type, "pages": len(work.pages)}
    )


def _date(ticket: Ticket, work: Work, text: str, conference: Conference, panel: Proposal) -> Proposal:
    if ticket.description.date is not None:
        return Proposal(ticket.description.date.isoformat(), Reason.GIVEN)
    if found := _dated(ticket, work, text, conference):
        reason, chosen = found
        return Proposal(chosen.date.isoformat(), reason, {"text": chosen.text})
    day = next((each.day for each in conference.panels if each.id == panel.value), None)
    if day is not None:
        return Proposal(day.isoformat(), Reason.PANEL_DAY)
    if conference.start is not None and conference.end in (None, conference.start):
        return Proposal(conference.start.isoformat(), Reason.CONFERENCE_DATES)
    return Proposal(None, Reason.NONE)


def _dated(ticket: Ticket, work: Work, text: str, conference: Conference) -> tuple[Reason, Dated] | None:
    """Find the date of a file in its name, on its first page, in its properties, in its folder's name."""
    today = dt.datetime.now(dt.UTC).date()
    path = PurePosixPath(ticket.path)
    for reason, dated in (
        (Reason.FILE_NAME, dates_in_name(path.stem)),
        (Reason.FIRST_PAGE, dates_in(text)),
        (Reason.PROPERTIES, () if work.date is None else (Dated(work.date, work.date.isoformat()),)),
        (Reason.FOLDER, dates_in_name(path.parent.name)),
    ):
        if chosen := choose_date(dated, conference.start, conference.end, today):
            return reason, chosen
    return None


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
