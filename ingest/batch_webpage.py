"""A saved web page among the drafts of a batch: what it says of the conference and of the other drafts.

Found by its links: a page whose links mean files of its batch; where there is none, one that tells of a
conference all the same. Everything it says is a proposal; staff choose what of it is taken, and each taking
is a step that can be undone.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from archive.conference_editing import ConferenceEditing
from archive.editing import Editing, Progress
from archive.errors import ArchiveError
from archive.model import Conference, Document, Translations
from archive.records import JsonValue
from archive.repository import Archive
from archive.staff_log import Step
from ingest.drafts import Desk, Draft, Drafts
from ingest.errors import WebPageError
from ingest.homes import with_panels
from ingest.saved_page import conference_of_page, panel_of, panels_of
from ingest.webpage import Download, PageRecord, read_page
from ingest.webpage_source import MAX_BYTES, MAX_SAVED_BYTES, TooLargePageError

T = TypeVar("T")

_MEDIA_TYPES = ("text/html", "application/xhtml+xml", "multipart/related")
_MOST_PAGES = 20
"""Pages of one batch that are looked at."""


class PageField(StrEnum):
    """What a page may say of its conference."""

    TITLE = "title"
    NUMBER = "number"
    DAYS = "days"
    PLACE = "place"
    MOTTO = "motto"
    DESCRIPTION = "description"
    ORGANISERS = "organisers"
    LINKS = "links"


@dataclass(frozen=True, slots=True)
class Linked:
    """A link of the page, and the draft whose file it means; None: it is not in the batch."""

    download: Download
    draft: Draft | None


@dataclass(frozen=True, slots=True)
class PageProposal:
    """What a page says. `document`: the draft that it is itself.

    `fields`: what it tells of; `open`: what of that its conference says nothing of yet.
    """

    document: Document
    page: PageRecord
    conference: Conference
    found: Conference
    fields: tuple[PageField, ...]
    open: frozenset[PageField]
    links: tuple[Linked, ...]


def proposal(archive: Archive, batch: str) -> PageProposal | None:
    """Find the saved page of a batch; None where there is none."""
    return page_of(archive, Drafts(archive).of_batch(batch))


def page_of(archive: Archive, desk: Desk) -> PageProposal | None:
    """Find the page whose links mean most of the files of a batch.

    Where no page links to any, the first counts that tells title and days; a page that is the only one needs
    a title and anything else that a conference has.
    """
    by_path = {entry.path: draft for draft in desk.drafts for entry in draft.entries}
    pages = [path for path, draft in by_path.items() if _is_page(draft.document)]
    best: tuple[int, PageRecord, str, Draft] | None = None
    for path in pages[:_MOST_PAGES]:
        draft = by_path[path]
        folder = path.rpartition("/")[0]
        prefix = f"{folder}/" if folder else ""
        others = tuple(other.removeprefix(prefix) for other in by_path if other != path)
        page = _page(archive, draft.document, others)
        if page is None or not (page.found or _tells_of_conference(page, alone=len(pages) == 1)):
            continue
        if best is None or len(page.found) > best[0]:
            best = (len(page.found), page, prefix, draft)
    if best is None:
        return None
    _, page, prefix, draft = best
    conference = archive.conference(draft.document.conference)
    found = conference_of_page(page, conference.id)
    links = tuple(
        Linked(each, by_path.get(prefix + each.path) or by_path.get(each.path) if each.path else None)
        for each in page.downloads
    )
    fields = tuple(name for name in PageField if said(found, page, name))
    missing = frozenset(name for name in fields if not said_already(conference, page, name))
    return PageProposal(draft.document, page, conference, found, fields, missing, links)


def too_large(archive: Archive, desk: Desk) -> tuple[str, ...]:
    """List the pages of a batch, by their paths, that are too large to be looked at."""
    pages = [draft.document for draft in desk.drafts if _is_page(draft.document)][:_MOST_PAGES]
    return tuple(page.current.files[0].path for page in pages if _is_too_large(archive, page))


def _tells_of_conference(page: PageRecord, *, alone: bool) -> bool:
    if not page.title or page.start is not None:
        return bool(page.title)
    return alone and bool(page.downloads or page.place or page.motto or page.organisers or page.number)


def said(found: Conference, page: PageRecord, name: PageField) -> bool:
    """Tell whether the page says something of a field."""
    if name is PageField.TITLE:
        return bool(page.title)
    if name is PageField.NUMBER:
        return found.number is not None
    return bool(found.start) if name is PageField.DAYS else bool(getattr(found, name.value))


def said_already(conference: Conference, page: PageRecord, name: PageField) -> bool:
    """Tell whether the conference says something of a field; of texts, in the language of the page."""
    if name is PageField.NUMBER:
        return conference.number is not None
    if name is PageField.DAYS:
        return conference.start is not None and not _adds_last_day(conference, page)
    value = getattr(conference, name.value)
    return bool(value.get(page.language or "und")) if isinstance(value, Mapping) else bool(value)


def _adds_last_day(conference: Conference, page: PageRecord) -> bool:
    """Tell whether the page knows the last day of a conference of which the first is known."""
    return conference.end is None and conference.start == page.start and page.end not in (None, page.start)


def describe(archive: Archive, seen: PageProposal, fields: Collection[PageField], person: str) -> Step:
    """Take fields of the page over into its conference.

    Raises:
        ArchiveError: somebody else changed the same meanwhile, or the archive cannot be written now.
    """
    now, found = seen.conference, seen.found
    changed = replace(
        now,
        title=_merged(now.title, found.title, PageField.TITLE in fields),
        number=found.number if PageField.NUMBER in fields else now.number,
        start=found.start if PageField.DAYS in fields else now.start,
        end=found.end if PageField.DAYS in fields else now.end,
        place=_merged(now.place, found.place, PageField.PLACE in fields),
        motto=_merged(now.motto, found.motto, PageField.MOTTO in fields),
        description=_merged(now.description, found.description, PageField.DESCRIPTION in fields),
        organisers=_joined(now.organisers, found.organisers, PageField.ORGANISERS in fields),
        links=_joined(now.links, found.links, PageField.LINKS in fields),
    )
    return ConferenceEditing(archive, person).save(now, changed)


def title_drafts(
    archive: Archive, batch: str, seen: PageProposal, person: str, progress: Progress | None = None
) -> Step:
    """Give the drafts the titles, kinds and panels under which the page lists them. Raises ArchiveError."""
    now = archive.conference(seen.conference.id)
    changed = with_panels(now, panels_of(seen.page, now.id))
    if changed != now:
        ConferenceEditing(archive, person).save(now, changed)
    values = {
        linked.draft.id: new
        for linked in seen.links
        if linked.draft and (new := draft_values(linked, now.id))
    }
    return Editing(archive, person, batch=batch).edit(values, progress)


def draft_values(linked: Linked, conference: str) -> dict[str, JsonValue]:
    """Return what the page changes of a draft."""
    if linked.draft is None:
        return {}
    download, document = linked.download, linked.draft.document
    values: dict[str, JsonValue] = {}
    if download.title and download.title != document.title:
        values["title"] = download.title
    if download.kind and download.kind is not document.kind:
        values["kind"] = download.kind.value
    panel = panel_of(download, conference)
    if panel and panel != document.panel and document.conference == conference:
        values["panel"] = panel
    return values


def _is_page(document: Document) -> bool:
    return document.current.files[0].media_type in _MEDIA_TYPES


def _page(archive: Archive, document: Document, others: tuple[str, ...]) -> PageRecord | None:
    try:
        return _opened(archive, document, others)
    except (ArchiveError, WebPageError, OSError):
        return None


def _is_too_large(archive: Archive, document: Document) -> bool:
    if document.current.files[0].size_bytes <= MAX_BYTES:
        return False
    try:
        _opened(archive, document, ())
    except TooLargePageError:
        return True
    except (ArchiveError, WebPageError, OSError):
        return False
    return False


def _opened(archive: Archive, document: Document, others: tuple[str, ...]) -> PageRecord:
    """Read a draft as a page. Raises ArchiveError, WebPageError, OSError."""
    file = document.current.files[0]
    if file.size_bytes > MAX_SAVED_BYTES:
        raise TooLargePageError
    path = archive.original(document.id, document.current.number, file.name)
    return _read(path, file.sha512, others)


@lru_cache(maxsize=32)
def _read(path: Path, sha512: str, others: tuple[str, ...]) -> PageRecord:
    """Read a page once; its digest is part of what it is remembered by."""
    with path.open("rb") as stream:
        return read_page(stream.read(MAX_SAVED_BYTES + 1), others)


def _merged(now: Translations, found: Translations, wanted: bool) -> Translations:
    return {**now, **found} if wanted else now


def _joined(now: tuple[T, ...], found: tuple[T, ...], wanted: bool) -> tuple[T, ...]:
    return (*now, *(each for each in found if each not in now)) if wanted else now
