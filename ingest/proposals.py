"""What was found out of a file handed in, field by field, and why: what staff see beside each value.

Kept with the file's entry in the intake as `{field: {"value", "reason", "details"}}`. Values are as in the
JSON of a record; a reason is a code, which the portal says in the reader's language.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Self, TypeAlias

from archive.records import Json, JsonValue
from ingest import wire


class Field(StrEnum):
    """What is proposed. `same_bytes` and `similar` are no fields of a record: they name documents."""

    TITLE = "title"
    CREATORS = "creators"
    LANGUAGES = "languages"
    CONFERENCE = "conference"
    PANEL = "panel"
    KIND = "kind"
    DATE = "date"
    TRANSLATION_OF = "translation_of"
    REPLACES = "replaces"
    FORMAT_OF = "format_of"
    SAME_BYTES = "same_bytes"
    SIMILAR = "similar"


class Reason(StrEnum):
    """Why something is proposed; in brackets what `details` may say."""

    GIVEN = "given"
    """The depositor said so: command line, manifest or upload form."""

    PROPERTIES = "properties"
    """The file's own properties say so."""

    FIRST_PAGE = "first_page"
    """It stands on the first pages (text: as it stands there)."""

    FILE_NAME = "file_name"
    """The file's name says so (text: that part of it)."""

    FOLDER = "folder"
    """The folder that the file lay in says so (folder; text: a date in its name)."""

    WORDS = "words"
    """Words of file name or first page tell (words)."""

    FORMAT = "format"
    """The format and shape of the file tell (media_type, pages)."""

    COUNTED = "counted"
    """It was counted over all pages (shares: language -> share of the letters)."""

    TITLE_IN_TEXT = "title_in_text"
    """The title of the panel stands in the file's name or on its first pages (text: that title)."""

    SIBLINGS = "siblings"
    """Other files of the same folder went there (files: how many)."""

    PANEL_DAY = "panel_day"
    """It is the day of the panel."""

    CONFERENCE_DATES = "conference_dates"
    """It follows from number, place or days of a conference (other_conference, text: what speaks of it)."""

    SAME_PATH = "same_path"
    """A file of this name was in this folder of this conference before (title)."""

    SAME_TEXT = "same_text"
    """The text is nearly the same (share: of the words, from 0 to 1; title)."""

    SAME_BYTES = "same_bytes"
    """The file is the same to the last bit (path, title, conference)."""

    NONE = "none"
    """Nothing tells; the value is empty or a guess."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A value for one field, and why. `details` are as `Reason` says, all of them plain JSON."""

    value: JsonValue
    reason: Reason
    details: Mapping[str, JsonValue] = field(default_factory=dict)

    def to_json(self) -> Json:
        """Return plain values, as kept with a file's entry."""
        return {"value": self.value, "reason": self.reason.value, "details": dict(self.details)}

    @classmethod
    def from_json(cls, record: Json) -> Self:
        """Take what `to_json` gave.

        Raises:
            ValueError: a value is missing or of another type, or the reason is none of ours.
        """
        return cls(record.get("value"), Reason(wire.text(record, "reason")), wire.child(record, "details"))


Proposals: TypeAlias = Mapping[Field, Proposal]
"""What is proposed for a file; a field of which nothing is known is missing."""


def proposals_to_json(proposals: Proposals) -> Json:
    """Write all proposals of a file as its entry keeps them."""
    return {name.value: proposal.to_json() for name, proposal in proposals.items()}


def proposals_from_json(record: Json | None) -> dict[Field, Proposal]:
    """Read the proposals of a file's entry; None, of a file not read yet, gives none.

    Raises:
        ValueError: what is there was not written by `proposals_to_json`.
    """
    return {Field(name): Proposal.from_json(wire.child(record or {}, name)) for name in record or {}}
