"""The inside of a paragraph of OpenDocument: its text, what is anchored in it, what is hidden in it.

Source: OASIS OpenDocument 1.3 part 3, 6 (paragraph elements), 7 (fields), 6.1.3 (white space).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from ingest.extractors.odf.names import DRAW, OFFICE, TABLE, TEXT
from ingest.extractors.odf.styles import OdfStyles

LEFT_OUT = frozenset(
    (
        f"{TEXT}tracked-changes",
        f"{TEXT}note-citation",
        f"{TEXT}footnote-citation",
        f"{TEXT}endnote-citation",
        f"{TEXT}page-number",
        f"{TEXT}page-continuation",
        f"{TEXT}sheet-name",
        f"{TEXT}script",
        f"{TEXT}index-title-template",
        f"{OFFICE}forms",
        f"{OFFICE}scripts",
        f"{OFFICE}binary-data",
        f"{OFFICE}event-listeners",
        f"{TABLE}table-template",
        f"{TABLE}tracked-changes",
        f"{TABLE}table-source",
        f"{DRAW}glue-point",
    )
)
"""Elements whose content is no text of the document."""

NOTES = (f"{TEXT}note", f"{TEXT}footnote", f"{TEXT}endnote")
LISTS = (f"{TEXT}list", f"{TEXT}ordered-list", f"{TEXT}unordered-list")
_BLOCKS = frozenset((f"{TEXT}p", f"{TEXT}h", f"{TEXT}section", *LISTS))
"""What has no place in a paragraph, and stands there in files that are not as they should be."""

_SPACE = re.compile(r"[ \t\r\n]+")
_FIELDS_THAT_HIDE = (f"{TEXT}hidden-paragraph", f"{TEXT}hidden-text")


@dataclass(slots=True)
class Inline:
    """What a paragraph holds: shown text, elements with paragraphs of their own, texts that are hidden.

    `hides`: all of the paragraph is hidden. `number`: the file has its number as it was shown.
    """

    text: str = ""
    anchored: list[etree._Element] = field(default_factory=list)
    unseen: list[str] = field(default_factory=list)
    breaks_page: bool = False
    hides: bool = False
    number: str = ""


def inline(paragraph: etree._Element, styles: OdfStyles) -> Inline:
    """Take a paragraph apart."""
    found = Inline()
    found.text = "".join(_pieces(paragraph, styles, found)).strip(" ")
    return found


def _pieces(element: etree._Element, styles: OdfStyles, found: Inline) -> Iterator[str]:
    yield _SPACE.sub(" ", element.text or "")
    for child in element:
        tag = child.tag
        if tag == f"{TEXT}s":
            yield " "
        elif tag in (f"{TEXT}tab", f"{TEXT}tab-stop"):
            yield "\t"
        elif tag == f"{TEXT}line-break":
            yield "\n"
        elif tag == f"{TEXT}soft-page-break":
            found.breaks_page = True
        elif tag in _BLOCKS:
            found.anchored.append(child)
            yield " "
        elif not isinstance(tag, str) or tag in LEFT_OUT:
            pass
        elif _is_anchored(tag):
            found.anchored.append(child)
        elif tag == f"{TEXT}number":
            found.number = "".join(_pieces(child, styles, found)).strip()
        elif tag == f"{TEXT}ruby-text":
            yield f" ({''.join(_pieces(child, styles, found)).strip()}) "
        elif tag in _FIELDS_THAT_HIDE:
            yield from _field_that_hides(child, styles, found)
        elif _is_hidden(child, styles):
            found.unseen.append("".join(_pieces(child, styles, found)).strip())
        else:
            yield from _pieces(child, styles, found)
        yield _SPACE.sub(" ", child.tail or "")


def _is_anchored(tag: str) -> bool:
    is_note = tag in NOTES or tag == f"{OFFICE}annotation"
    return is_note or (tag.startswith((DRAW, TABLE)) and tag != f"{DRAW}a")


def _is_hidden(element: etree._Element, styles: OdfStyles) -> bool:
    if element.get(f"{TEXT}display") == "none":
        return True
    return styles.is_hidden(element.get(f"{TEXT}style-name", ""))


def _field_that_hides(element: etree._Element, styles: OdfStyles, found: Inline) -> Iterator[str]:
    hides = element.get(f"{TEXT}is-hidden") == "true"
    text = "".join(_pieces(element, styles, found))
    if element.tag == f"{TEXT}hidden-paragraph":
        found.hides |= hides
        yield text
    elif hides:
        found.unseen.append(element.get(f"{TEXT}string-value", "") or text)
    else:
        yield text or element.get(f"{TEXT}string-value", "")
