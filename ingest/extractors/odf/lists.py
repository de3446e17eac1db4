"""Numbers of lists and headings in OpenDocument, as Writer shows them.

Bullets are left out. Source: OASIS OpenDocument 1.3 part 3, 5.3 (lists), 16.30 to 16.34 (list styles).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from lxml import etree

from ingest.extractors.numerals import numeral
from ingest.extractors.odf.names import LOEXT, STYLE, TEXT, XML_ID

_LEVELS = 10
_OUTLINE = "\0outline"
"""Stands for the style of headings, which has no name of its own."""

_KINDS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_RUSSIAN = {"А": "russianUpper", "а": "russianLower"}
_SIGNS = (f"{TEXT}list-level-style-bullet", f"{TEXT}list-level-style-image")
_PLACES = re.compile(r"%.*%")
_PLACE = re.compile(r"%(?P<level>\d+)%(?P<border>\.?)")
"""Where the numbers of all levels, and that of one, stand in a pattern."""

_LEVEL_STYLES = (f"{TEXT}list-level-style-number", *_SIGNS, f"{TEXT}outline-level-style")


@dataclass(frozen=True, slots=True)
class _Level:
    """How one level of a list is numbered; `kind` is "none" for one that is not, "bullet" for signs."""

    kind: str
    prefix: str
    suffix: str
    pattern: str
    shown_levels: int
    start: int


@dataclass(slots=True)
class Counting:
    """Where a list stands: the number last given on each level."""

    numbers: list[int | None] = field(default_factory=lambda: [None] * _LEVELS)

    def next(self, level: int, starts: Sequence[int]) -> None:
        """Count one on a level. Levels above that nothing stood on yet count as if their first did."""
        for above in range(level):
            if self.numbers[above] is None:
                self.numbers[above] = starts[above]
        last = self.numbers[level]
        self.numbers[level] = starts[level] if last is None else last + 1
        self.numbers[level + 1 :] = [None] * (_LEVELS - level - 1)


class OdfNumbers:
    """Counts the items of lists and the headings of one document, in the order of its text."""

    def __init__(self, roots: Iterable[etree._Element]) -> None:
        self._elements: dict[str, etree._Element] = {}
        for root in roots:
            for style in root.iter(f"{TEXT}list-style", f"{TEXT}outline-style"):
                is_outline = style.tag == f"{TEXT}outline-style"
                self._elements[_OUTLINE if is_outline else style.get(f"{STYLE}name", "")] = style
        self._styles: dict[str, Mapping[int, _Level]] = {}
        self._headings = Counting()
        self._last = "", Counting()
        self._named: dict[str, Counting] = {}

    def begin(self, element: etree._Element, style: str, level: int, outer: Counting | None) -> Counting:
        """Begin a list, or go on with one before it; one within another counts on in that."""
        continued = self._named.get(element.get(f"{TEXT}continue-list") or "")
        if outer is not None and level:
            counting = outer
        elif continued is not None:
            counting = continued
        elif element.get(f"{TEXT}continue-numbering") == "true" and style == self._last[0]:
            counting = self._last[1]
        else:
            counting = Counting()
        if not level:
            self._last = style, counting
        if name := element.get(XML_ID):
            self._named[name] = counting
        return counting

    def item(self, counting: Counting, style: str, level: int, start: str) -> str:
        """Return the number of the next item, "" where its level has none."""
        return _numbered(counting, self._levels(style), min(level, _LEVELS - 1), start)

    def heading(self, level: str, start: str) -> str:
        """Return the number of the next heading of a level, from 1; "" where headings have none."""
        return _numbered(self._headings, self._levels(_OUTLINE), _small(level, 1) - 1, start)

    def _levels(self, style: str) -> Mapping[int, _Level]:
        if style not in self._styles:
            element = self._elements.get(style)
            self._styles[style] = {} if element is None else _levels(element)
        return self._styles[style]


def _numbered(counting: Counting, levels: Mapping[int, _Level], at: int, start: str) -> str:
    at = min(max(at, 0), _LEVELS - 1)
    level = levels.get(at)
    if start:
        counting.numbers[at] = _small(start, 1) - 1
    counting.next(at, [levels[each].start if each in levels else 1 for each in range(at + 1)])
    if level is None or level.kind == "bullet":
        return ""
    if level.kind == "none":
        return (_PLACES.sub("", level.pattern) if level.pattern else f"{level.prefix}{level.suffix}").strip()
    places = [each for each in range(at + 1) if each in levels and levels[each].kind != "none"]
    written = {each: numeral(counting.numbers[each] or 0, levels[each].kind) for each in places}
    if level.pattern:
        return _PLACE.sub(lambda place: _filled(place, written), level.pattern).strip()
    shown = (written[each] for each in places if each > at - level.shown_levels)
    return f"{level.prefix}{'.'.join(shown)}{level.suffix}".strip()


def _filled(place: re.Match[str], written: Mapping[int, str]) -> str:
    """Fill a place in a pattern; where its level is not numbered, what divides it from the next goes, too."""
    number = written.get(int(place["level"]) - 1)
    return "" if number is None else f"{number}{place['border']}"


def _levels(style: etree._Element) -> Mapping[int, _Level]:
    found = {}
    for element in style:
        if element.tag in _LEVEL_STYLES:
            form = element.get(f"{STYLE}num-format", "")
            kind = _KINDS.get(form) or _RUSSIAN.get(form[:1]) or ("decimal" if form else "none")
            if element.tag in _SIGNS:
                kind = "bullet"
            found[min(_small(element.get(f"{TEXT}level", ""), 1), _LEVELS) - 1] = _Level(
                kind,
                element.get(f"{STYLE}num-prefix", ""),
                element.get(f"{STYLE}num-suffix", ""),
                element.get(f"{LOEXT}num-list-format", ""),
                _small(element.get(f"{TEXT}display-levels", ""), 1),
                _small(element.get(f"{TEXT}start-value", ""), 1),
            )
    return found


def _small(text: str, otherwise: int) -> int:
    """Return a number as people write one in a list."""
    return int(text) if re.fullmatch("[0-9]{1,5}", text) else otherwise
