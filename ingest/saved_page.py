"""A saved web page and the files beside it -> a conference, and candidates that staff look at."""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from archive.identifiers import SLUG_LENGTH, make_panel_id, slug
from archive.model import Agent, Conference, Kind, Link, Panel
from archive.names import printable_path
from ingest.candidate import Candidate, Description
from ingest.crawl import Crawl, told_apart
from ingest.errors import UsageError, WebPageError
from ingest.homes import identifier_of, with_panels
from ingest.unpacking import Unpacking
from ingest.walk import walk
from ingest.webpage import Download, PageRecord, read_page
from ingest.webpage_source import MAX_SAVED_BYTES
from ingest.zip_walk import with_zips

MAX_FILES = 5000
"""Files beside a page beyond this are not looked at."""


def crawl_page(
    path: Path, conference: str | None, home: Path | None = None, unpacking: Unpacking | None = None
) -> Crawl:
    """Look at a saved page and the files that it links to.

    Args:
        conference: its conference; None: one is made of the year and the place, or the title.
        unpacking: unpacks the zips that the page links to, as `crawl` has it.

    Raises:
        UsageError: there is no such page.
        WebPageError: it cannot be read, or tells of no conference.
    """
    try:
        source = path.resolve(strict=True)
        with source.open("rb") as stream:
            content = stream.read(MAX_SAVED_BYTES + 1)
    except (OSError, RuntimeError):
        raise UsageError(f"There is no saved page {path}. Name its HTML file.") from None
    candidates = itertools.islice(walk(source.parent, home), MAX_FILES)
    beside = {each.path: each for each in candidates if each.is_taken}
    page = read_page(content, tuple(beside))
    if not page.title and conference is None:
        raise WebPageError(f"{path} has no title. Name the conference with --conference.")
    identifier = identifier_of(conference) if conference else identifier_for(page)
    made = conference_of_page(page, identifier)
    own = Description(identifier, kind=Kind.OTHER, title=page.title, hold=True)
    found = [Candidate(source, source.name, own)]
    for download in page.downloads:
        if download.path:
            description = Description(
                identifier, panel_of(download, identifier), download.kind, download.title, hold=True
            )
            found.append(replace(beside[download.path], description=description))
        else:
            found.append(Candidate(source, printable_path(download.name), problem=_missing(download)))
    files = told_apart(list(_with_zips(found, unpacking)), {})
    return Crawl((made,), frozenset(), tuple(files))


def _with_zips(found: Sequence[Candidate], unpacking: Unpacking | None) -> Iterator[Candidate]:
    """Yield the files, and those of zips as the page describes the zip; its title is that of none of them."""
    said = {candidate.source: candidate.description for candidate in found if candidate.is_taken}
    for candidate in with_zips(found, unpacking):
        description = candidate.description
        if candidate.out_of is not None:
            description = replace(said[candidate.out_of], title="")
        yield replace(candidate, description=replace(description, problem=candidate.doubt))


def _missing(download: Download) -> str:
    return f"The page links to it, and it is not beside the page. Save it there: {download.address}"


def identifier_for(page: PageRecord) -> str:
    """Make the identifier of a conference of which a page tells: 2017-krasnodar."""
    words = slug(page.place or page.title)[: SLUG_LENGTH - len("2017-")].strip("-")
    return f"{page.start.year}-{words}" if page.start else words


def conference_of_page(page: PageRecord, identifier: str) -> Conference:
    """Describe the conference as the page does, with the panels under which it lists its downloads."""
    language = page.language or "und"

    def text(value: str) -> dict[str, str]:
        return {language: unicodedata.normalize("NFC", value)} if value else {}

    conference = Conference(
        id=identifier,
        title=text(page.title) or {"und": identifier},
        number=page.number,
        start=page.start,
        end=page.end,
        place=text(page.place),
        motto=text(page.motto),
        description=text(page.description),
        organisers=tuple(Agent(text(name)) for name in page.organisers),
        links=tuple(Link(text(link.label), link.address) for link in page.links),
    )
    return with_panels(conference, panels_of(page, identifier))


def panels_of(page: PageRecord, conference: str) -> tuple[Panel, ...]:
    """Return the panels under whose headings the page lists its downloads, each once."""
    named = {panel_of(each, conference): each.panel for each in page.downloads if each.panel}
    language = page.language or "und"
    return tuple(Panel(own, {language: title}) for own, title in named.items() if own)


def panel_of(download: Download, conference: str) -> str | None:
    """Return the identifier of the panel of a download."""
    return make_panel_id(conference, download.panel) if download.panel else None
