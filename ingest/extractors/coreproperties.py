"""What an Office package says about itself: its title and who made it. Damage is told as of any other part.

The part is taken from the package as any other, and read by python-docx, whose model of it is that of all
three formats. Not read: when it was made and saved, which is no date of the work, who saved it last, subject,
keywords.

Source: ISO/IEC 29500-2, 8 (core properties).
"""

from __future__ import annotations

from dataclasses import dataclass

from docx.opc.coreprops import CoreProperties as Properties
from docx.oxml.coreprops import CT_CoreProperties
from docx.oxml.parser import element_class_lookup
from lxml import etree

from ingest.extractors.parts import Parts

_USUAL_PLACE = "docProps/core.xml"

_PARSER = etree.XMLParser(recover=True, resolve_entities=False, no_network=True)
"""Makes python-docx's elements, of what could be read of a damaged part, too."""

_PARSER.set_element_class_lookup(element_class_lookup)


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
    element = etree.fromstring(etree.tostring(root), _PARSER)
    if not isinstance(element, CT_CoreProperties):
        parts.skipped.append(f"{name} is damaged.")
        return CoreProperties()
    properties = Properties(element)
    return CoreProperties(properties.title, properties.author)
