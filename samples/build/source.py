"""The texts of the samples, read from YAML into frozen values.

One YAML file holds one deck or one written document in one language. Only what every builder needs is
typed here; what a slide or a block holds is left to the builder of its kind.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias, cast

import yaml

Body: TypeAlias = Mapping[str, object]
"""One slide of a deck or one block of a written document, as its YAML mapping."""

Format: TypeAlias = Literal["pptx", "odp", "docx", "odt", "pdf"]

OFFICE_FORMATS: Mapping[str, Format] = {"slides": "pptx", "blocks": "docx"}
"""The format each kind of body is written in before LibreOffice turns it into others."""

CREATOR = "Konferenzarchiv (Beispiel)"
"""Author of every sample, in the file's properties and in the record."""


@dataclass(frozen=True, slots=True)
class Source:
    """One work: where its files go, what is said of it, and its slides or blocks."""

    name: str
    path: str
    """Path of the work's first file, relative to the conference folder, NFC."""
    renditions: tuple[str, ...]
    decomposed: bool
    """Whether the file's name is written to disk in NFD, as macOS does."""
    language: str
    title: str
    subject: str
    keywords: tuple[str, ...]
    kind: str
    date: str
    rights: str
    mark: str
    """The sentence on the first page that says that this is an example."""
    footer: str
    accent: str
    translation_of: str | None
    creators: tuple[str, ...]
    body_kind: str
    body: tuple[Body, ...]

    @property
    def paths(self) -> tuple[str, ...]:
        """All files of this work, the first one first."""
        return (self.path, *self.renditions)


def load(path: Path) -> Source:
    """Read one YAML file of `samples/source/`.

    Raises:
        ValueError: a required field is missing or the body is empty.
    """
    fields = cast(Body, yaml.safe_load(path.read_text(encoding="utf-8")))
    body_kind = "slides" if "slides" in fields else "blocks"
    try:
        return Source(
            name=path.stem,
            path=str(fields["path"]),
            renditions=texts(fields, "renditions"),
            decomposed=bool(fields.get("decomposed", False)),
            language=str(fields["language"]),
            title=str(fields["title"]),
            subject=str(fields["subject"]),
            keywords=texts(fields, "keywords"),
            kind=str(fields["kind"]),
            date=str(fields["date"]),
            rights=str(fields["rights"]),
            mark=str(fields["mark"]),
            footer=str(fields["footer"]),
            accent=str(fields.get("accent", "teal")),
            translation_of=cast("str | None", fields.get("translation_of")),
            creators=(CREATOR,),
            body_kind=body_kind,
            body=tuple(bodies(fields, body_kind)),
        )
    except KeyError as exc:
        raise ValueError(f"{path}: the field {exc.args[0]} is missing") from exc


def text(body: Body, field: str) -> str:
    """The text of a field, one line, or "" where the field is absent."""
    return " ".join(str(body.get(field, "")).split())


def texts(body: Body, field: str) -> tuple[str, ...]:
    """The list of texts of a field, empty where the field is absent."""
    return tuple(" ".join(str(item).split()) for item in cast("list[object]", body.get(field, [])))


def bodies(body: Body, field: str) -> tuple[Body, ...]:
    """The list of mappings of a field, empty where the field is absent."""
    return tuple(cast("list[Body]", body.get(field, [])))


def rows(body: Body, field: str) -> tuple[tuple[str, ...], ...]:
    """The rows of a table, each a tuple of cells."""
    return tuple(tuple(str(cell) for cell in row) for row in cast("list[list[object]]", body.get(field, [])))
