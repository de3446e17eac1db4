"""The record of a document as Dublin Core elements, and those as XML and back.

Only what all fifteen elements can say is said; the whole of a record is its JSON.

Source: DCMI, Dublin Core Metadata Element Set 1.1; Open Archives Initiative, oai_dc 2.0 (the XML).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lxml import etree

from archive.errors import ArchiveError
from archive.model import Conference, Document, Kind, Translations
from archive.objects import document_object

DC, OAI_DC = "http://purl.org/dc/elements/1.1/", "http://www.openarchives.org/OAI/2.0/oai_dc/"
XML = "http://www.w3.org/XML/1998/namespace"

NAMES = (
    "title",
    "creator",
    "subject",
    "description",
    "publisher",
    "contributor",
    "date",
    "type",
    "format",
    "identifier",
    "source",
    "language",
    "relation",
    "coverage",
    "rights",
)
"""The elements, in the order in which they are written."""

TYPES: Mapping[Kind, str] = {
    Kind.PRESENTATION: "presentation",
    Kind.PROGRAMME: "programme",
    Kind.PAPER: "paper",
    Kind.MINUTES: "minutes",
    Kind.OTHER: "text",
}

_UNWRITABLE = {code: None for code in range(32) if code not in (9, 10, 13)} | {0xFFFE: None, 0xFFFF: None}
"""Characters that XML 1.0 does not have."""


@dataclass(frozen=True, slots=True)
class Element:
    """One value of one element; `language` is an ISO 639-1 code, empty where the value has none."""

    name: str
    value: str
    language: str = ""


class DublinCoreError(ArchiveError):
    """What should be Dublin Core in XML is none."""


def to_dublin_core(document: Document, conference: Conference | None) -> tuple[Element, ...]:
    """Say in Dublin Core what a document is, in the order of `NAMES`."""
    main = document.languages[0] if document.languages and document.languages[0] != "other" else ""
    panel = (
        next((each for each in conference.panels if each.id == document.panel), None) if conference else None
    )
    found = [Element("title", document.title, main)]
    found += [Element("creator", name) for name in document.creators]
    if panel is not None:
        found += _said("subject", panel.title)
    if conference is not None:
        for agent in conference.organisers:
            found += _said("publisher", agent.name)
        found += _said("relation", conference.title)
        found += _said("coverage", conference.place)
    if document.date is not None:
        found.append(Element("date", document.date.isoformat()))
    found.append(Element("type", TYPES[document.kind]))
    found += [Element("format", each) for each in dict.fromkeys(f.media_type for f in document.current.files)]
    found.append(Element("identifier", document_object(document.id)))
    found += [Element("source", file.path) for file in document.current.files]
    found += [Element("language", code) for code in document.languages if code != "other"]
    related = (*document.translation_of, *document.part_of)
    found += [Element("relation", document_object(other)) for other in related]
    if document.rights:
        found.append(Element("rights", document.rights))
    return tuple(sorted(found, key=lambda element: NAMES.index(element.name)))


def to_xml(elements: Iterable[Element]) -> bytes:
    """Write elements as an oai_dc record in UTF-8, without what XML cannot hold."""
    root = etree.Element(f"{{{OAI_DC}}}dc", nsmap={"oai_dc": OAI_DC, "dc": DC})
    for element in elements:
        attributes = {f"{{{XML}}}lang": element.language} if element.language else {}
        child = etree.SubElement(root, f"{{{DC}}}{element.name}", attributes)
        child.text = element.value.translate(_UNWRITABLE).encode("utf-8", "replace").decode()
    return bytes(etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True))


def from_xml(content: bytes) -> tuple[Element, ...]:
    """Read elements from an oai_dc record. Raises DublinCoreError."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as exc:
        raise DublinCoreError(f"This is no XML that can be read: {exc}.") from exc
    if root.tag != f"{{{OAI_DC}}}dc":
        raise DublinCoreError(f"The root is {root.tag!r} and not oai_dc:dc.")
    found = []
    for child in root:
        name = str(child.tag).removeprefix(f"{{{DC}}}")
        if name not in NAMES or not str(child.tag).startswith(f"{{{DC}}}"):
            raise DublinCoreError(f"{child.tag!r} is no element of Dublin Core.")
        found.append(Element(name, child.text or "", child.get(f"{{{XML}}}lang", "")))
    return tuple(found)


def _said(name: str, texts: Translations) -> list[Element]:
    return [
        Element(name, text, "" if language == "und" else language) for language, text in texts.items() if text
    ]
