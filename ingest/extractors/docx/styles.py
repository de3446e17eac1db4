"""What the styles of a text say about its paragraphs: headings, numbers, page breaks, what is hidden.

Each property comes from the style itself or the nearest style it is based on. Headings are known by their
level in the outline, in whatever language the style has its name, else by names in the archive's languages.

Source: ISO/IEC 29500-1, 17.7 (styles), 17.3.1.20 (outlineLvl).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from ingest.extractors.markup import local_name

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VAL = f"{W}val"

_HEADING = re.compile(
    r"(heading|ü?berschrift|заголовок)\s*\d|(title|titel|название|заголовок)$", re.IGNORECASE
)
_BODY_LEVEL = "9"
_DEPTH = 20
"""A style stands on at most so many others; a circle of them ends here."""

_OFF = ("0", "false", "off")


@dataclass(frozen=True, slots=True)
class Style:
    """`number` and `level` name the list that numbers its paragraphs; `owner` the style that says so."""

    is_heading: bool = False
    starts_page: bool = False
    is_hidden: bool = False
    number: str = ""
    level: str = ""
    owner: str = ""


def is_on(toggle: etree._Element | None) -> bool:
    """Say whether a property that can be on or off is there and on."""
    return toggle is not None and toggle.get(VAL) not in _OFF


def value(element: etree._Element | None) -> str:
    """Return the value of a property; "" where it is not there."""
    return "" if element is None else element.get(VAL) or ""


class Styles:
    """The styles of a text, by identifier; each is looked at when it is first asked for."""

    def __init__(self, root: etree._Element | None) -> None:
        elements = () if root is None else root.iterchildren(f"{W}style")
        self._elements = {style.get(f"{W}styleId", ""): style for style in elements}
        self._known: dict[str, Style] = {}
        self.has_hidden = root is not None and next(root.iter(f"{W}vanish"), None) is not None
        self._plain = next((name for name, style in self._elements.items() if _is_default(style)), "")

    def of(self, name: str) -> Style:
        """Return a style; "" asks for that of paragraphs which name none."""
        name = name or self._plain
        if name not in self._known:
            self._known[name] = _style(list(self._chain(name)), name)
        return self._known[name]

    def _chain(self, name: str) -> Iterator[tuple[str, etree._Element]]:
        for _ in range(_DEPTH):
            style = self._elements.get(name)
            if style is None:
                return
            yield name, style
            name = value(style.find(f"{W}basedOn"))


def _is_default(style: etree._Element) -> bool:
    return style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true", "on")


def _style(chain: list[tuple[str, etree._Element]], asked: str) -> Style:
    """Take each property from the nearest style that has it; one described nowhere has but its name."""
    found: dict[str, tuple[str, etree._Element]] = {}
    for name, style in chain:
        for holder in style.iterchildren(f"{W}pPr", f"{W}rPr"):
            for element in holder:
                found.setdefault(local_name(element), (name, element))
    if "outlineLvl" in found:
        is_heading = value(found["outlineLvl"][1]) < _BODY_LEVEL
    else:
        names = [value(style.find(f"{W}name")) or name for name, style in chain] or [asked]
        is_heading = any(_HEADING.match(name) for name in names)
    owner, numbering = found.get("numPr", ("", None))
    return Style(
        is_heading,
        is_on(found.get("pageBreakBefore", ("", None))[1]),
        is_on(found.get("vanish", ("", None))[1]),
        "" if numbering is None else value(numbering.find(f"{W}numId")),
        "" if numbering is None else value(numbering.find(f"{W}ilvl")),
        owner,
    )
