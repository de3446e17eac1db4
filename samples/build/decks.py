"""A deck of slides from its source, as PPTX."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from samples.build.packages import MADE_AT, fix_package
from samples.build.slides import add_slide
from samples.build.source import CREATOR, Source
from samples.build.style import ACCENTS, LOCALES
from samples.build.template import new_presentation


def write_deck(source: Source, target: Path) -> None:
    """Write the deck as PPTX; the same source gives the same bytes."""
    presentation = new_presentation(source)
    for body in source.body:
        add_slide(presentation, {"mark": source.mark, **body}, ACCENTS[source.accent], source.language)
    describe_properties(presentation.core_properties, source)
    presentation.save(str(target))
    fix_package(target)


def describe_properties(properties: object, source: Source) -> None:
    """Fill the core properties of an Office document; PDF and OpenDocument inherit them."""
    values: dict[str, str | int | datetime] = {
        "title": source.title,
        "subject": source.subject,
        "author": CREATOR,
        "keywords": ", ".join(source.keywords),
        "comments": source.rights,
        "category": "Beispiel",
        "language": LOCALES[source.language],
        "last_modified_by": CREATOR,
        "created": MADE_AT,
        "modified": MADE_AT,
        "revision": 1,
    }
    for name, value in values.items():
        setattr(properties, name, value)
