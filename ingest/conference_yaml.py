"""Read conference.yaml: a conference, its panels, and what its files do not say themselves.

docs/conference-yaml.md lists the fields. An error names the file, the line and what to write instead. Texts
by language are maps (`{de: …, ru: …, en: …}`) or one text, which then counts for no language in particular
("und").
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import yaml

from archive.identifiers import make_panel_id, slug
from archive.model import Agent, Conference, Kind, Link, Panel
from ingest.yaml_fields import Field

FILE_NAME = "conference.yaml"

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class FileNote:
    """What conference.yaml says of one file. `path` is relative to the conference's folder, in NFC."""

    path: str
    title: str = ""
    creators: tuple[str, ...] = ()
    kind: Kind | None = None
    date: dt.date | None = None
    rights: str = ""
    translation_of: str = ""


@dataclass(frozen=True, slots=True)
class ConferenceFile:
    """A conference.yaml, read. `files` by path."""

    conference: Conference
    files: Mapping[str, FileNote]


def read_conference_file(path: Path, identifier: str | None = None) -> ConferenceFile:
    """Read a conference.yaml. Its conference gets `identifier` where one is given.

    Raises:
        ConferenceFileError: it is no YAML, or a field is unknown, missing or has a value that cannot be used.
    """
    return _conference_file(Field.root(path), path.parent, identifier)


def _conference_file(root: Field, folder: Path, wished: str | None) -> ConferenceFile:
    fields = root.fields(
        "id series number title motto description start end place example organisers partners links"
        " panels documents"
    )
    name = unicodedata.normalize("NFC", folder.resolve().name)
    identifier = wished or (fields["id"].conference_id() if "id" in fields else slug(name))
    conference = Conference(
        id=identifier,
        title=fields["title"].translations() if "title" in fields else {"und": name},
        series=_get(fields, "series", Field.translations, {}),
        number=_get(fields, "number", Field.number, None),
        start=_get(fields, "start", Field.day, None),
        end=_get(fields, "end", Field.day, None),
        place=_get(fields, "place", Field.translations, {}),
        motto=_get(fields, "motto", Field.translations, {}),
        description=_get(fields, "description", Field.translations, {}),
        organisers=_agents(fields, "organisers"),
        partners=_agents(fields, "partners"),
        links=tuple(_link(item) for item in _items(fields, "links")),
        panels=tuple(_panel(item, identifier) for item in _items(fields, "panels")),
        example=_get(fields, "example", Field.truth, False),
    )
    if conference.start and conference.end and conference.end < conference.start:
        raise fields["end"].error("The conference ends before it starts.", "Swap start and end.")
    notes = [_file_note(item) for item in _items(fields, "documents")]
    return ConferenceFile(conference, {note.path: note for note in notes})


def _panel(item: Field, conference: str) -> Panel:
    fields = item.fields(
        "id folder title working_group description day time room coordinators moderators", required="title"
    )
    title = fields["title"].translations()
    own = fields["id"].text() if "id" in fields else next(iter(title.values()))
    return Panel(
        id=make_panel_id(conference, own),
        folder=unicodedata.normalize("NFC", _get(fields, "folder", Field.text, own)).strip("/"),
        title=title,
        working_group=_get(fields, "working_group", Field.translations, {}),
        description=_get(fields, "description", Field.translations, {}),
        day=_get(fields, "day", Field.day, None),
        time=_get(fields, "time", Field.text, None),
        room=_get(fields, "room", Field.text, None),
        coordinators=_agents(fields, "coordinators"),
        moderators=_agents(fields, "moderators"),
    )


def _link(item: Field) -> Link:
    fields = item.fields("label url", required="label url")
    return Link(fields["label"].translations(), fields["url"].url())


def _agents(fields: Mapping[str, Field], key: str) -> tuple[Agent, ...]:
    return tuple(_agent(item) for item in _items(fields, key))


def _agent(item: Field) -> Agent:
    if isinstance(item.node, yaml.ScalarNode):
        return Agent({"und": item.text()})
    fields = item.fields("name url", required="name")
    return Agent(fields["name"].translations(), _get(fields, "url", Field.url, None))


def _file_note(item: Field) -> FileNote:
    fields = item.fields("path title creators kind date rights translation_of", required="path")
    return FileNote(
        path=fields["path"].path_text(),
        title=_get(fields, "title", Field.text, ""),
        creators=tuple(creator.text() for creator in _items(fields, "creators")),
        kind=_get(fields, "kind", Field.kind, None),
        date=_get(fields, "date", Field.day, None),
        rights=_get(fields, "rights", Field.text, ""),
        translation_of=_get(fields, "translation_of", Field.path_text, ""),
    )


def _get(fields: Mapping[str, Field], key: str, read: Callable[[Field], T], default: T) -> T:
    return read(fields[key]) if key in fields else default


def _items(fields: Mapping[str, Field], key: str) -> tuple[Field, ...]:
    return fields[key].items() if key in fields else ()
