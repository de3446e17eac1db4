"""The extraction report of a file: what was read, what was not, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Literal, Self, TypeAlias

from archive.records import Json
from ingest import wire
from ingest.extraction import Extraction

Light: TypeAlias = Literal["green", "amber", "red"]
"""Green: all was read. Amber: something was not, or was repaired, or pages have no text. Red: no text."""

_LIGHTS: dict[str, Light] = {"green": "green", "amber": "amber", "red": "red"}


@dataclass(frozen=True, slots=True)
class Passport:
    """What reading one file gave.

    `pages_without_text` and `hidden` are page numbers; `notes` counts the pages with speaker's notes or
    comments; `counts`, `skipped`, `repairs` and `for_ocr` are the extractor's own; `languages` are shares
    of the letters, the largest first; `seconds` is the time in the reader.
    """

    media_type: str
    light: Light
    pages: int = 0
    characters: int = 0
    pages_without_text: tuple[int, ...] = ()
    notes: int = 0
    hidden: tuple[int, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    skipped: tuple[str, ...] = ()
    repairs: tuple[str, ...] = ()
    for_ocr: tuple[int, ...] = ()
    languages: Mapping[str, float] = field(default_factory=dict)
    tool: str = ""
    seconds: float = 0.0

    @classmethod
    def of(
        cls,
        extraction: Extraction,
        media_type: str,
        seconds: float,
        languages: Mapping[str, float] | None = None,
    ) -> Self:
        """Report on what was read, and on the languages found in it."""
        pages = extraction.pages
        without_text = tuple(page.number for page in pages if not page.text.strip())
        return cls(
            media_type,
            _light(extraction, without_text),
            pages=len(pages),
            characters=sum(len(page.text) for page in pages),
            pages_without_text=without_text,
            notes=sum(1 for page in pages if page.notes.strip()),
            hidden=tuple(page.number for page in pages if page.hidden),
            counts=dict(extraction.counts),
            skipped=extraction.skipped,
            repairs=extraction.repairs,
            for_ocr=extraction.for_ocr,
            languages={code: round(share, 2) for code, share in (languages or {}).items()},
            tool=extraction.tool,
            seconds=round(seconds, 3),
        )

    def to_json(self) -> Json:
        """Return plain values, as kept with the record of a file."""
        return {
            each.name: list(value) if isinstance(value := getattr(self, each.name), tuple) else value
            for each in fields(self)
        }

    @classmethod
    def from_json(cls, record: Json) -> Self:
        """Take what `to_json` gave.

        Raises:
            ValueError: a value is missing or of another type.
        """
        light = _LIGHTS.get(wire.text(record, "light"))
        if light is None:
            raise ValueError(f"{wire.text(record, 'light')} is no light")
        counts, languages = wire.child(record, "counts"), wire.child(record, "languages")
        return cls(
            wire.text(record, "media_type"),
            light,
            pages=wire.integer(record, "pages"),
            characters=wire.integer(record, "characters"),
            pages_without_text=wire.integers(record, "pages_without_text"),
            notes=wire.integer(record, "notes"),
            hidden=wire.integers(record, "hidden"),
            counts={name: wire.integer(counts, name) for name in counts},
            skipped=wire.texts(record, "skipped"),
            repairs=wire.texts(record, "repairs"),
            for_ocr=wire.integers(record, "for_ocr"),
            languages={code: wire.number(languages, code) for code in languages},
            tool=wire.text(record, "tool"),
            seconds=wire.number(record, "seconds"),
        )


def _light(extraction: Extraction, without_text: tuple[int, ...]) -> Light:
    if len(without_text) == len(extraction.pages):
        return "red"
    is_whole = not (without_text or extraction.skipped or extraction.repairs or extraction.for_ocr)
    return "green" if is_whole else "amber"
