"""What an Office package says about itself: its title and who made it. Damage is told as of any other part.

Not read: when it was made and saved, which is no date of the work, who saved it last, subject, keywords.

Source: ISO/IEC 29500-2, 8 (core properties).
"""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from ingest.extractors.parts import Parts

_USUAL_PLACE = "docProps/core.xml"
_ROOT = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}coreProperties"
_DC = "{http://purl.org/dc/elements/1.1/}"


@dataclass(frozen=True, slots=True)
class CoreProperties:
    """Title and creators as they stand, each "" where there is none."""

    title: str = ""
    creators: str = ""


def core_properties(parts: Parts) -> CoreProperties:
    """Read the part that the package names, else the one that stands where programs put it."""
    for name in (*parts.related("", "core-properties"), _USUAL_PLACE):
        root = parts.root(name)
        if root is not None:
            return _read(name, root, parts)
    return CoreProperties()


def _read(name: str, root: etree._Element, parts: Parts) -> CoreProperties:
    if root.tag != _ROOT:
        parts.skipped.append(f"{name} is damaged.")
        return CoreProperties()
    return CoreProperties(*(root.findtext(f"{_DC}{each}") or "" for each in ("title", "creator")))
