"""`conference.yaml`: the hand-written head, and what the sources say of each file."""

from __future__ import annotations

import unicodedata
from datetime import date
from pathlib import Path

import yaml

from samples.build.source import CREATOR, Source

_EXTRA = "documents.yaml"
"""Records of the files that have no source of their own kind: the glossary and the damaged file."""


def write_conference(texts: Path, sources: list[Source], target: Path) -> None:
    """Write the conference's head as it stands, then one entry for each file, renditions too."""
    head = (texts / "conference.yaml").read_text(encoding="utf-8")
    entries = [_entry(source, path) for source in sources for path in source.paths]
    entries += [
        {**extra, "creators": [CREATOR]} for extra in yaml.safe_load((texts / _EXTRA).read_text("utf-8"))
    ]
    entries.sort(key=lambda entry: str(entry["path"]))
    listed = yaml.safe_dump({"documents": entries}, allow_unicode=True, sort_keys=False, width=110)
    target.write_text(f"{head.rstrip()}\n\n{listed}", encoding="utf-8")


def _entry(source: Source, path: str) -> dict[str, object]:
    entry: dict[str, object] = {
        "path": unicodedata.normalize("NFC", path),
        "title": source.title,
        "creators": list(source.creators),
        "kind": source.kind,
        "date": date.fromisoformat(source.date),
        "rights": source.rights,
    }
    if source.translation_of:
        entry["translation_of"] = source.translation_of
    return entry
