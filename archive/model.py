"""What is described: conferences with their panels, documents with their versions, files and pages.

Plain values without behaviour of their own; how they are stored and found is the business of other files.
Texts that exist in several languages are `Translations`: a mapping from an ISO 639-1 code to the text.

Source: names follow Dublin Core (dublincore.org/specifications/dublin-core/dcmi-terms) where it has one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

Translations: TypeAlias = Mapping[str, str]
"""A text by language: {"de": "Stadt", "ru": "Город"}. May be empty."""


class Kind(StrEnum):
    """What sort of work a document is."""

    PRESENTATION = "presentation"
    PROGRAMME = "programme"
    PAPER = "paper"
    MINUTES = "minutes"
    OTHER = "other"


class State(StrEnum):
    """Where a document stands between arrival and farewell."""

    DRAFT = "draft"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class Access(StrEnum):
    """Who may read a published document."""

    PUBLIC = "public"
    STAFF = "staff"
    EMBARGOED = "embargoed"


class Sensitive(StrEnum):
    """What a file may hold that is not to be published unasked: unseen by the audience, or personal."""

    NOTES = "notes"
    COMMENTS = "comments"
    HIDDEN = "hidden"
    CHANGES = "changes"
    CONTACTS = "contacts"


@dataclass(frozen=True, slots=True)
class Agent:
    """A person or body, with its name by language and its web address if it has one."""

    name: Translations
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A web page worth visiting."""

    label: Translations
    url: str


@dataclass(frozen=True, slots=True)
class Panel:
    """One session of a conference.

    `id` is `CONFERENCE/panel`; `folder` is where its files lie when handed in; `working_group` is what it
    is part of.
    """

    id: str
    title: Translations
    working_group: Translations = field(default_factory=dict)
    description: Translations = field(default_factory=dict)
    day: dt.date | None = None
    time: str | None = None
    room: str | None = None
    coordinators: tuple[Agent, ...] = ()
    moderators: tuple[Agent, ...] = ()
    folder: str | None = None


@dataclass(frozen=True, slots=True)
class Conference:
    """One conference.

    `number` is its place in the series; `example` marks one that was made to try the portal with.
    """

    id: str
    title: Translations
    series: Translations = field(default_factory=dict)
    number: int | None = None
    start: dt.date | None = None
    end: dt.date | None = None
    place: Translations = field(default_factory=dict)
    motto: Translations = field(default_factory=dict)
    description: Translations = field(default_factory=dict)
    organisers: tuple[Agent, ...] = ()
    partners: tuple[Agent, ...] = ()
    links: tuple[Link, ...] = ()
    panels: tuple[Panel, ...] = ()
    example: bool = False


@dataclass(frozen=True, slots=True)
class File:
    """One original as received.

    `name` is safe to show, store and put in a URL, and unique in its version. `path` is what the depositor
    called it, relative to the folder handed in. `page_count` is None while nothing could be read.
    `sensitive` says what was found in it that staff should decide about; `withheld` what they kept to
    themselves when a newer version came, which stays so whatever they decide about that.
    """

    name: str
    path: str
    media_type: str
    size_bytes: int
    sha512: str
    page_count: int | None = None
    sensitive: tuple[Sensitive, ...] = ()
    withheld: tuple[Sensitive, ...] = ()


@dataclass(frozen=True, slots=True)
class Version:
    """What people see and cite under one number, from 1. Files: the one of most use first."""

    number: int
    created_at: dt.datetime
    files: tuple[File, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """One work, in every version and format.

    `languages` begins with the one that has most text; `reason` says why the document is held or withdrawn.
    `withheld` is what staff keep to themselves of what its files hold; None: as the archive is set. A draft
    may be meant to become a new version of the document it `replaces`, or another format of `format_of`.
    """

    id: str
    title: str
    conference: str
    kind: Kind
    state: State
    versions: tuple[Version, ...]
    created_at: dt.datetime
    updated_at: dt.datetime
    panel: str | None = None
    creators: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    date: dt.date | None = None
    rights: str = ""
    access: Access = Access.PUBLIC
    embargoed_until: dt.date | None = None
    reason: str = ""
    translation_of: tuple[str, ...] = ()
    part_of: tuple[str, ...] = ()
    replaces: str = ""
    format_of: str = ""
    withheld: tuple[Sensitive, ...] | None = None
    withdrawn_at: dt.datetime | None = None
    example: bool = False

    @property
    def current(self) -> Version:
        """The newest version."""
        return self.versions[-1]


@dataclass(frozen=True, slots=True)
class Page:
    """One page or slide as read, from the first file of the current version.

    `notes`, and pages that are `hidden`, were not shown to the audience. `languages` are ISO 639-1 codes, or
    "other" for one the archive is not set up for, that with most text first; none where there is no text to
    tell by. `label` is what the page is called in print, where that is not its number: "iv".
    """

    number: int
    text: str
    title: str = ""
    notes: str = ""
    languages: tuple[str, ...] = ()
    hidden: bool = False
    label: str = ""

    @property
    def language(self) -> str:
        """The language with most text; "" where there is none to tell by."""
        return self.languages[0] if self.languages else ""


@dataclass(frozen=True, slots=True)
class Change:
    """One entry of the change feed: a document to look at again. `sequence` grows by one, without gaps."""

    sequence: int
    document: str
