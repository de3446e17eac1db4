"""Documents and conferences as JSON, the form in which the storage root keeps them, and back.

Every value is written out, so that a record can be read without this program. `format` names the version of
this form; a value that an earlier program did not write is read as its default.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from typing import TypeAlias, cast

from archive.errors import DamagedStorageError, StorageError
from archive.model import (
    Access,
    Agent,
    Conference,
    Document,
    File,
    Kind,
    Link,
    Panel,
    Sensitive,
    State,
    Version,
)

Json: TypeAlias = Mapping[str, "JsonValue"]
JsonValue: TypeAlias = "str | int | float | bool | Sequence[JsonValue] | Json | None"

DOCUMENT_FORMAT = "konferenzarchiv document 1"
CONFERENCE_FORMAT = "konferenzarchiv conference 1"


def dump(record: Json) -> bytes:
    """Write a record as UTF-8 text, keys in the order given, one value a line."""
    return json.dumps(record, ensure_ascii=False, indent=1).encode("utf-8") + b"\n"


def load(content: bytes, expected_format: str) -> Json:
    """Read a record. Raises DamagedStorageError, or StorageError where it has another format."""
    try:
        record = json.loads(content)
    except ValueError as exc:
        raise DamagedStorageError(f"A record is not JSON: {exc}. Run verify to see what is damaged.") from exc
    if not isinstance(record, dict):
        raise DamagedStorageError("A record is JSON and no record. Run verify to see what is damaged.")
    if record.get("format") != expected_format:
        raise StorageError(
            f"A record is not of the format {expected_format!r}; a newer program may have made it."
        )
    return record


def document_to_json(document: Document) -> Json:
    """Write a document with all its versions."""
    return {
        "format": DOCUMENT_FORMAT,
        "id": document.id,
        "title": document.title,
        "creators": list(document.creators),
        "kind": document.kind.value,
        "languages": list(document.languages),
        "conference": document.conference,
        "panel": document.panel,
        "date": _day_to_text(document.date),
        "rights": document.rights,
        "state": document.state.value,
        "reason": document.reason,
        "access": document.access.value,
        "embargoed_until": _day_to_text(document.embargoed_until),
        "translation_of": list(document.translation_of),
        "part_of": list(document.part_of),
        "replaces": document.replaces,
        "format_of": document.format_of,
        "withheld": None if document.withheld is None else [each.value for each in document.withheld],
        "withdrawn_at": _moment_to_text(document.withdrawn_at),
        "example": document.example,
        "created_at": document.created_at.isoformat(),
        "updated_at": document.updated_at.isoformat(),
        "versions": [_version_to_json(version) for version in document.versions],
    }


def document_from_json(record: Json) -> Document:
    """Read a document. The inverse of `document_to_json`."""
    return Document(
        id=_text(record, "id"),
        title=_text(record, "title"),
        creators=_texts(record, "creators"),
        kind=Kind(_text(record, "kind")),
        languages=_texts(record, "languages"),
        conference=_text(record, "conference"),
        panel=_optional(record, "panel"),
        date=_day_from_text(record, "date"),
        rights=_text(record, "rights"),
        state=State(_text(record, "state")),
        reason=_text(record, "reason"),
        access=Access(_text(record, "access")),
        embargoed_until=_day_from_text(record, "embargoed_until"),
        translation_of=_texts(record, "translation_of"),
        part_of=_texts(record, "part_of"),
        replaces=str(record.get("replaces", "")),
        format_of=str(record.get("format_of", "")),
        withheld=None if record.get("withheld") is None else _sensitive(record, "withheld"),
        withdrawn_at=_moment_from_text(record, "withdrawn_at"),
        example=record["example"] is True,
        created_at=dt.datetime.fromisoformat(_text(record, "created_at")),
        updated_at=dt.datetime.fromisoformat(_text(record, "updated_at")),
        versions=tuple(_version_from_json(version) for version in _records(record, "versions")),
    )


def _version_to_json(version: Version) -> Json:
    return {
        "number": version.number,
        "created_at": version.created_at.isoformat(),
        "note": version.note,
        "files": [
            {
                "name": file.name,
                "path": file.path,
                "media_type": file.media_type,
                "size_bytes": file.size_bytes,
                "sha512": file.sha512,
                "page_count": file.page_count,
                "sensitive": [each.value for each in file.sensitive],
                "withheld": [each.value for each in file.withheld],
            }
            for file in version.files
        ],
    }


def _version_from_json(record: Json) -> Version:
    return Version(
        number=_integer(record, "number"),
        created_at=dt.datetime.fromisoformat(_text(record, "created_at")),
        note=_text(record, "note"),
        files=tuple(
            File(
                name=_text(file, "name"),
                path=_text(file, "path"),
                media_type=_text(file, "media_type"),
                size_bytes=_integer(file, "size_bytes"),
                sha512=_text(file, "sha512"),
                page_count=None if file["page_count"] is None else _integer(file, "page_count"),
                sensitive=_sensitive(file, "sensitive"),
                withheld=_sensitive(file, "withheld"),
            )
            for file in _records(record, "files")
        ),
    )


def conference_to_json(conference: Conference) -> Json:
    """Write a conference with its panels."""
    return {
        "format": CONFERENCE_FORMAT,
        "id": conference.id,
        "title": dict(conference.title),
        "series": dict(conference.series),
        "number": conference.number,
        "start": _day_to_text(conference.start),
        "end": _day_to_text(conference.end),
        "place": dict(conference.place),
        "motto": dict(conference.motto),
        "description": dict(conference.description),
        "organisers": _agents_to_json(conference.organisers),
        "partners": _agents_to_json(conference.partners),
        "links": [{"label": dict(link.label), "url": link.url} for link in conference.links],
        "example": conference.example,
        "panels": [_panel_to_json(panel) for panel in conference.panels],
    }


def conference_from_json(record: Json) -> Conference:
    """Read a conference. The inverse of `conference_to_json`."""
    return Conference(
        id=_text(record, "id"),
        title=_translations(record, "title"),
        series=_translations(record, "series"),
        number=None if record["number"] is None else _integer(record, "number"),
        start=_day_from_text(record, "start"),
        end=_day_from_text(record, "end"),
        place=_translations(record, "place"),
        motto=_translations(record, "motto"),
        description=_translations(record, "description"),
        organisers=_agents_from_json(record, "organisers"),
        partners=_agents_from_json(record, "partners"),
        links=tuple(
            Link(_translations(link, "label"), _text(link, "url")) for link in _records(record, "links")
        ),
        example=record["example"] is True,
        panels=tuple(_panel_from_json(panel) for panel in _records(record, "panels")),
    )


def _panel_to_json(panel: Panel) -> Json:
    return {
        "id": panel.id,
        "folder": panel.folder,
        "title": dict(panel.title),
        "working_group": dict(panel.working_group),
        "description": dict(panel.description),
        "day": _day_to_text(panel.day),
        "time": panel.time,
        "room": panel.room,
        "coordinators": _agents_to_json(panel.coordinators),
        "moderators": _agents_to_json(panel.moderators),
    }


def _panel_from_json(record: Json) -> Panel:
    return Panel(
        id=_text(record, "id"),
        folder=_optional(record, "folder"),
        title=_translations(record, "title"),
        working_group=_translations(record, "working_group"),
        description=_translations(record, "description"),
        day=_day_from_text(record, "day"),
        time=_optional(record, "time"),
        room=_optional(record, "room"),
        coordinators=_agents_from_json(record, "coordinators"),
        moderators=_agents_from_json(record, "moderators"),
    )


def _agents_to_json(agents: Sequence[Agent]) -> Sequence[Json]:
    return [{"name": dict(agent.name), "url": agent.url} for agent in agents]


def _agents_from_json(record: Json, key: str) -> tuple[Agent, ...]:
    return tuple(
        Agent(_translations(agent, "name"), _optional(agent, "url")) for agent in _records(record, key)
    )


def _day_to_text(day: dt.date | None) -> str | None:
    return None if day is None else day.isoformat()


def _day_from_text(record: Json, key: str) -> dt.date | None:
    text = _optional(record, key)
    return None if text is None else dt.date.fromisoformat(text)


def _moment_to_text(moment: dt.datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def _moment_from_text(record: Json, key: str) -> dt.datetime | None:
    text = record.get(key)
    return None if text is None else dt.datetime.fromisoformat(str(text))


def _sensitive(record: Json, key: str) -> tuple[Sensitive, ...]:
    return tuple(Sensitive(str(each)) for each in cast(Sequence[JsonValue], record.get(key, ())))


def _text(record: Json, key: str) -> str:
    return str(record[key])


def _optional(record: Json, key: str) -> str | None:
    value = record[key]
    return None if value is None else str(value)


def _integer(record: Json, key: str) -> int:
    return int(cast(int, record[key]))


def _texts(record: Json, key: str) -> tuple[str, ...]:
    return tuple(str(value) for value in cast(Sequence[JsonValue], record[key]))


def _translations(record: Json, key: str) -> dict[str, str]:
    return {language: str(text) for language, text in cast(Json, record[key]).items()}


def _records(record: Json, key: str) -> Sequence[Json]:
    return cast(Sequence[Json], record[key])
