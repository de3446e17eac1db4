"""What became of a file handed in: one value each, one line each."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """What became of a file."""

    DEPOSITED = "deposited"
    UNCHANGED = "unchanged"
    REPLACED = "replaced"
    HELD = "held"
    SKIPPED = "skipped"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file handed in. `languages`: most text first; `error`: why, and what to do."""

    path: str
    status: Status
    document: str | None = None
    pages: int = 0
    characters: int = 0
    languages: tuple[str, ...] = ()
    error: str = ""

    def to_json(self) -> dict[str, object]:
        """Write the outcome as the line that `ingest --json` prints."""
        return {
            "path": self.path,
            "status": self.status.value,
            "document": self.document,
            "pages": self.pages,
            "characters": self.characters,
            "language": self.languages[0] if self.languages else None,
            "languages": list(self.languages),
            "error": self.error or None,
        }
