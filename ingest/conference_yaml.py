"""Read conference.yaml: a conference, its panels, and what its files do not say themselves.

docs/conference-yaml.md lists the fields. An error names the file, the line and what to write instead. Texts
by language are maps (`{de: …, ru: …, en: …}`) or one text, which then counts for no language in particular
("und").
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import yaml

from archive.identifiers import make_panel_id, slug
from archive.model import Agent, Conference, Kind, Link, Panel
from archive.names import printable_path
from ingest.walk import walk
from ingest.yaml_fields import Field

FILE_NAME = "conference.yaml"

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class FileNote:
    """What conference.yaml says of one file. Paths are relative to its folder, printable and in NFC."""

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


def read_conference_file(
    path: Path,
    identifier: str | None = None,
    *,
    place: Path | None = None,
    there: Collection[str] | None = None,
    all_there: bool = True,
) -> ConferenceFile:
    """Read a conference.yaml. Its conference gets `identifier` where one is given.

    Args:
        place: where people see it, where its bytes lie elsewhere.
        there: the files that are handed in with it, as FileNote has their paths; None: those of its folder.
        all_there: every file that it names has to be there.

    Raises:
        ConferenceFileError: it is no YAML, a field is unknown, missing or has a value that cannot be used,
            something is listed twice, or a file that it names is not there.
    """
    folder = (place or path).parent
    root = Field.root(path, place)
    if all_there and there is None:
        there = _files_below(folder)
    return _conference_file(root, folder, identifier, there if all_there else None)


def _conference_file(
    root: Field, folder: Path, wished: str | None, there: Collection[str] | None
) -> ConferenceFile:
    fields = root.fields(
        "id series number title motto description start end place example organisers partners links"
        " panels documents"
    )
    name = unicodedata.normalize("NFC", printable_path(folder.resolve().name))
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
        panels=_panels(_items(fields, "panels"), identifier),
        example=_get(fields, "example", Field.truth, False),
    )
    if conference.start and conference.end and conference.end < conference.start:
        raise fields["end"].error("The conference ends before it starts.", "Swap start and end.")
    return ConferenceFile(conference, _file_notes(_items(fields, "documents"), there))


def _panels(items: Sequence[Field], conference: str) -> tuple[Panel, ...]:
    panels: list[Panel] = []
    for item in items:
        panel = _panel(item, conference)
        if any(panel.id == other.id for other in panels):
            raise item.error(f"There are two panels {panel.id}.", "Give each an `id` of its own.")
        if any(panel.folder == other.folder for other in panels):
            raise item.error(
                f"Two panels have the folder {panel.folder}.", "Give each a `folder` of its own."
            )
        panels.append(panel)
    return tuple(panels)


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


def _file_notes(items: Sequence[Field], there: Collection[str] | None) -> dict[str, FileNote]:
    notes: dict[str, FileNote] = {}
    for item in items:
        note = _file_note(item, there)
        if note.path in notes:
            raise item.error(f"{note.path} is listed twice.", "Leave one of them.")
        notes[note.path] = note
    return notes


def _files_below(folder: Path) -> frozenset[str]:
    """Return the paths of the files that are taken, as FileNote has them."""
    return frozenset(
        unicodedata.normalize("NFC", printable_path(candidate.path))
        for candidate in walk(folder)
        if candidate.is_taken
    )


def _file_note(item: Field, there: Collection[str] | None) -> FileNote:
    fields = item.fields("path title creators kind date rights translation_of", required="path")
    for key in ("path", "translation_of"):
        if there is not None and key in fields and fields[key].path_text() not in there:
            raise fields[key].error(
                f"There is no file {fields[key].path_text()} to be handed in.",
                "Write its path from the folder of conference.yaml, with / between its parts.",
            )
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
