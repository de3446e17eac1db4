"""What styles of OpenDocument say about text: where pages break, what is hidden, how large it is.

Source: OASIS OpenDocument 1.3 part 3, 16.2 (style:style), 17 (properties), 20.223 (text:display).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from lxml import etree

from ingest.extractors.odf.names import FO, PRESENTATION, STYLE, TABLE, TEXT

_DEEPEST = 20
"""No style is looked for further up than this."""

_PROPERTIES = f"{STYLE}properties"
"""Holds all properties in OpenOffice.org 1.x."""

_POINTS = re.compile(r"([\d.]{1,9})pt")


@dataclass(frozen=True, slots=True)
class PageBreak:
    """Where a style breaks the page."""

    before: bool
    after: bool


@dataclass(frozen=True, slots=True)
class _Style:
    parent: str
    page_break: PageBreak | None
    hidden: bool | None
    points: float | None
    list_style: str


class OdfStyles:
    """The styles of a document, by name; what one does not say, the one it is made from says."""

    def __init__(self, roots: Iterable[etree._Element]) -> None:
        self._elements = {
            style.get(f"{STYLE}name", ""): style for root in roots for style in root.iter(f"{STYLE}style")
        }
        self._styles: dict[str, _Style] = {}

    def page_break(self, name: str) -> PageBreak | None:
        """Return where a style of paragraphs or tables breaks the page."""
        return next((style.page_break for style in self._line(name) if style.page_break), None)

    def is_hidden(self, name: str) -> bool:
        """Say whether text, a slide or a sheet of this style is hidden."""
        return next((style.hidden for style in self._line(name) if style.hidden is not None), False)

    def points(self, name: str) -> float:
        """Return the size of letters; 0 where no style says it."""
        return next((style.points for style in self._line(name) if style.points is not None), 0.0)

    def list_style(self, name: str) -> str:
        """Return the name of the list style that a paragraph style brings along; "" for none."""
        return next((style.list_style for style in self._line(name) if style.list_style), "")

    def _line(self, name: str) -> Iterable[_Style]:
        for _ in range(_DEEPEST):
            if name not in self._elements:
                return
            if name not in self._styles:
                self._styles[name] = _read(self._elements[name])
            style = self._styles[name]
            yield style
            name = style.parent


def _read(style: etree._Element) -> _Style:
    values: dict[str, str] = {}
    for properties in style:
        tag = properties.tag
        if tag == _PROPERTIES or (isinstance(tag, str) and tag.endswith("-properties")):
            for name, value in properties.attrib.items():
                values.setdefault(str(name), str(value))
    before = values.get(f"{FO}break-before") == "page"
    after = values.get(f"{FO}break-after") == "page"
    page_break = None
    if before or after or style.get(f"{STYLE}master-page-name"):
        page_break = PageBreak(before or not after, after)
    elif values.get(f"{FO}break-before") == "auto":
        page_break = PageBreak(False, False)
    hidden = None
    if (display := values.get(f"{TEXT}display")) is not None:
        hidden = display == "none"
    if values.get(f"{PRESENTATION}visibility") == "hidden" or values.get(f"{TABLE}display") == "false":
        hidden = True
    size = _POINTS.fullmatch(values.get(f"{FO}font-size", ""))
    try:
        points = float(size[1]) if size else None
    except ValueError:
        points = None
    return _Style(
        style.get(f"{STYLE}parent-style-name", ""),
        page_break,
        hidden,
        points,
        style.get(f"{STYLE}list-style-name", ""),
    )
