"""A file about to be handed in, and what is known of it before anything is read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from archive.model import Access, Kind


@dataclass(frozen=True, slots=True)
class Description:
    """What command line, manifest, conference.yaml or folders say of a file; empty: nothing.

    `translation_of` is the path of another file of the same conference. `hold`: staff look at it before it
    is published; `problem` says why, where something is wrong with what was said.
    """

    conference: str
    panel: str | None = None
    kind: Kind | None = None
    title: str = ""
    creators: tuple[str, ...] = ()
    date: dt.date | None = None
    rights: str = ""
    translation_of: str = ""
    example: bool = False
    hold: bool = False
    languages: tuple[str, ...] = ()
    access: Access | None = None
    embargoed_until: dt.date | None = None
    problem: str = ""

    def to_json(self) -> dict[str, object]:
        """Write the description as it is kept with a file that waits."""
        return {
            "conference": self.conference,
            "panel": self.panel,
            "kind": self.kind and self.kind.value,
            "title": self.title,
            "creators": list(self.creators),
            "date": self.date and self.date.isoformat(),
            "rights": self.rights,
            "translation_of": self.translation_of,
            "example": self.example,
            "hold": self.hold,
            "languages": list(self.languages),
            "access": self.access and self.access.value,
            "embargoed_until": self.embargoed_until and self.embargoed_until.isoformat(),
            "problem": self.problem,
        }

    @classmethod
    def from_json(cls, record: Mapping[str, object]) -> Description:
        """Read a description, such as an earlier program wrote it. The inverse of `to_json`."""
        kind, date, panel = record["kind"], record["date"], record["panel"]
        access, until = record.get("access"), record.get("embargoed_until")
        return cls(
            conference=str(record["conference"]),
            panel=None if panel is None else str(panel),
            kind=None if kind is None else Kind(str(kind)),
            title=str(record["title"]),
            creators=_texts(record["creators"]),
            date=None if date is None else dt.date.fromisoformat(str(date)),
            rights=str(record["rights"]),
            translation_of=str(record["translation_of"]),
            example=record["example"] is True,
            hold=record.get("hold") is True,
            languages=_texts(record.get("languages")),
            access=None if access is None else Access(str(access)),
            embargoed_until=None if until is None else dt.date.fromisoformat(str(until)),
            problem=str(record.get("problem", "")),
        )


def _texts(value: object) -> tuple[str, ...]:
    return tuple(str(each) for each in value) if isinstance(value, list) else ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """One file handed in: where its bytes lie, and what it is called in the archive.

    `path` is relative to the folder handed in, with / between its parts; `seen_at` is where people see the
    file, where its bytes lie elsewhere. `skip` says why the file is not taken, on purpose, and `problem` why
    it cannot be taken, which is a failure (of a folder: nothing below it can be); both empty: it is taken.
    `doubt` says why staff have to look at it: a zip that is kept as it is. `out_of`: the zip it was in.
    """

    source: Path
    path: str
    description: Description = field(default_factory=lambda: Description(conference=""))
    skip: str = ""
    problem: str = ""
    doubt: str = ""
    seen_at: Path | None = None
    out_of: Path | None = None

    @property
    def place(self) -> Path:
        """Where people see the file. Its name and its folders say what it is; nothing is opened there."""
        return self.seen_at or self.source

    @property
    def is_taken(self) -> bool:
        """Tell whether nothing speaks against taking it."""
        return not self.skip and not self.problem
