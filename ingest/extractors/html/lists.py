"""Numbers of the items of ordered lists, as a browser shows them; style sheets are not read for that.

Source: HTML Living Standard, 4.4.5 (ol), 4.4.8 (li); CSS Lists and Counters 3, 3.4 (list-style-type).
"""

from __future__ import annotations

import re

from lxml import etree

from ingest.extractors.numerals import numeral

LISTS = frozenset(("ol", "ul", "menu", "dir"))

_STYLES = {
    "disc": "",
    "circle": "",
    "square": "",
    "1": "decimal",
    "a": "lowerLetter",
    "A": "upperLetter",
    "i": "lowerRoman",
    "I": "upperRoman",
}
_NAMED = {
    "decimal": "decimal",
    "decimal-leading-zero": "00",
    "lower-alpha": "lowerLetter",
    "lower-latin": "lowerLetter",
    "upper-alpha": "upperLetter",
    "upper-latin": "upperLetter",
    "lower-roman": "lowerRoman",
    "upper-roman": "upperRoman",
}
_TYPE = re.compile(r"list-style(?:-type)?\s*:\s*([a-z-]+)", re.IGNORECASE)
_NUMBER = re.compile(r"\s*(-?\d{1,6})")
_LETTERS = 26
"""Beyond, browsers and text programs go on in different ways."""


class OpenLists:
    """The lists that are open where a page is being read, the innermost last."""

    def __init__(self) -> None:
        self._open: list[_Items] = []

    def begin(self, element: etree._Element) -> None:
        """Begin a list."""
        self._open.append(_Items(element))

    def end(self) -> None:
        """End the innermost list."""
        if self._open:
            self._open.pop()

    def label(self, item: etree._Element) -> str:
        """Count an item and return what stands before it: "3."; "" where that is no number."""
        return self._open[-1].label(item) if self._open else ""


class _Items:
    def __init__(self, element: etree._Element) -> None:
        self._kind = _kind(element) if element.tag == "ol" else ""
        self._step = -1 if element.get("reversed") is not None else 1
        begin = _NUMBER.match(element.get("start", ""))
        first = len(element.findall("li")) if self._step < 0 else 1
        self._next = int(begin[1]) if begin else first

    def label(self, item: etree._Element) -> str:
        if not self._kind:
            return ""
        said = _NUMBER.match(item.get("value", ""))
        number = int(said[1]) if said else self._next
        self._next = number + self._step
        kind = _kind(item, self._kind)
        if "Letter" in kind and number > _LETTERS:
            kind = "decimal"
        return f"{numeral(number, kind)}." if kind else ""


def _kind(element: etree._Element, otherwise: str = "decimal") -> str:
    """Return the kind of numerals of a list or an item; "" where it shows none, or signs."""
    if found := _TYPE.search(element.get("style", "")):
        return _NAMED.get(found[1].lower(), "")
    return _STYLES.get(element.get("type", ""), otherwise)
