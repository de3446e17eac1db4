"""What staff made of the thesaurus, as the storage root keeps it: edits of concepts, and SKOS files loaded.

A concept is its JSON here; what it means, and what an edit does to the thesaurus that comes with the program,
is known where thesauri are read.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import cast

from archive.records import Json, JsonValue

THESAURUS_FORMAT = "konferenzarchiv thesaurus 1"

EDIT, ADD, REMOVE, TAKE_BACK = "concept-edited", "concept-added", "concept-removed", "concept-taken-back"
LOAD, UNLOAD = "thesaurus-loaded", "thesaurus-unloaded"
ACTIONS = (EDIT, ADD, REMOVE, TAKE_BACK, LOAD, UNLOAD)
"""What is done to it, as the staff log names it, and the versions of its object."""


@dataclass(frozen=True, slots=True)
class ConceptEdit:
    """What was made of one concept. `before`: as the program had it then; None: it had none. `after`: as it
    was to be; None: it was taken out."""

    before: Json | None
    after: Json | None


@dataclass(frozen=True, slots=True)
class ThesaurusFile:
    """A SKOS file as it was received. `path` is where it lies in the object."""

    name: str
    path: str
    media_type: str
    size_bytes: int
    sha512: str
    received_at: dt.datetime
    by: str
    concepts: int


@dataclass(frozen=True, slots=True)
class ThesaurusRecord:
    """Edits by the URI of the concept, and files in the order in which they were loaded."""

    edits: Mapping[str, ConceptEdit] = field(default_factory=dict)
    files: tuple[ThesaurusFile, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "edits", MappingProxyType(dict(self.edits)))


def thesaurus_to_json(record: ThesaurusRecord) -> Json:
    """Write the record."""
    return {
        "format": THESAURUS_FORMAT,
        "edits": {
            uri: {"before": edit.before, "after": edit.after} for uri, edit in sorted(record.edits.items())
        },
        "files": [
            {
                "name": file.name,
                "path": file.path,
                "media_type": file.media_type,
                "size_bytes": file.size_bytes,
                "sha512": file.sha512,
                "received_at": file.received_at.isoformat(),
                "by": file.by,
                "concepts": file.concepts,
            }
            for file in record.files
        ],
    }


def thesaurus_from_json(record: Json) -> ThesaurusRecord:
    """Read the record. The inverse of `thesaurus_to_json`."""
    return ThesaurusRecord(
        edits={
            uri: ConceptEdit(cast("Json | None", edit["before"]), cast("Json | None", edit["after"]))
            for uri, edit in cast("Mapping[str, Json]", record["edits"]).items()
        },
        files=tuple(_file(file) for file in cast("list[Json]", record["files"])),
    )


def _file(file: Json) -> ThesaurusFile:
    return ThesaurusFile(
        name=str(file["name"]),
        path=str(file["path"]),
        media_type=str(file["media_type"]),
        size_bytes=_number(file["size_bytes"]),
        sha512=str(file["sha512"]),
        received_at=dt.datetime.fromisoformat(str(file["received_at"])),
        by=str(file["by"]),
        concepts=_number(file["concepts"]),
    )


def _number(value: JsonValue) -> int:
    return int(cast(int, value))
