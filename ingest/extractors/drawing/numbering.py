"""Numbers that PowerPoint sets before paragraphs by itself, written into them.

What a paragraph and its text body do not say of its list, those say that the shape is made from.

Source: ISO/IEC 29500-1, 21.1.2.4.1 (buAutoNum), 20.1.10.61 (ST_TextAutonumberScheme), 19.3.1.52 (txStyles).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple, TypeAlias

from lxml import etree

from ingest.extractors.drawing import A, M
from ingest.extractors.numerals import numeral

Inherited: TypeAlias = Callable[[etree._Element, int], Iterable[etree._Element]]
"""Returns what is said of a level, from 0, of the text of a shape elsewhere, the nearest first."""

AUTOMATIC = b"buAutoNum"
"""What has no such word in its markup numbers nothing."""

_PROPERTIES, _AUTOMATIC = f"{A}pPr", f"{A}{AUTOMATIC.decode()}"
_OTHER_SIGNS = (f"{A}buNone", f"{A}buChar", f"{A}buBlip")
_SCHEME = re.compile(r"(?P<kind>arabic|alpha|roman)(?P<case>Lc|Uc)?(?P<around>Period|ParenR|ParenBoth|Plain)")
_KINDS = {
    "arabic": "decimal",
    "alphaLc": "lowerLetter",
    "alphaUc": "upperLetter",
    "romanLc": "lowerRoman",
    "romanUc": "upperRoman",
}
_AROUND = {"Period": "{}.", "ParenR": "{})", "ParenBoth": "({})", "Plain": "{}"}


class _List(NamedTuple):
    """What paragraphs have in common that are numbered together."""

    scheme: str
    start: int


def write_numbers(root: etree._Element, inherited: Inherited | None = None) -> None:
    """Put its number before the text of every paragraph that has one."""
    if inherited is not None:
        bodies = [each for each in root.iter("{*}txBody") if each.getparent() is not None]
    else:
        around = (
            next((each for each in found.iterancestors() if each.tag.endswith("}txBody")), None)
            for found in root.iter(_AUTOMATIC)
        )
        bodies = [each for each in dict.fromkeys(around) if each is not None]
    for body in bodies:
        _number(body, inherited)


def _number(body: etree._Element, inherited: Inherited | None) -> None:
    """Number the paragraphs of a text body, each level by itself; those without text have no number."""
    counts: dict[int, tuple[_List, int]] = {}
    for paragraph in body.iterchildren(f"{A}p"):
        if not any((text.text or "").strip() for text in paragraph.iter(f"{A}t", f"{M}t")):
            continue
        level = _level(paragraph)
        counts = {each: count for each, count in counts.items() if each <= level}
        found = _list(paragraph, body, level, inherited)
        if found is None:
            counts.pop(level, None)
            continue
        before = counts.get(level)
        number = before[1] + 1 if before is not None and before[0] == found else found.start
        counts[level] = found, number
        run = etree.Element(f"{A}r")
        etree.SubElement(run, f"{A}t").text = f"{_written(found.scheme, number)} "
        paragraph.insert(1 if len(paragraph) and paragraph[0].tag == _PROPERTIES else 0, run)


def _level(paragraph: etree._Element) -> int:
    properties = paragraph.find(_PROPERTIES)
    level = "" if properties is None else properties.get("lvl", "")
    return int(level) if re.fullmatch("[0-8]", level) else 0


def _list(
    paragraph: etree._Element, body: etree._Element, level: int, inherited: Inherited | None
) -> _List | None:
    """Return how a paragraph is numbered: as it says, else as its body says, else as `inherited` does."""
    shape = body.getparent()
    own = (paragraph.find(_PROPERTIES), body.find(f"{A}lstStyle/{A}lvl{level + 1}pPr"))
    others = () if inherited is None or shape is None else inherited(shape, level)
    for properties in (*(each for each in own if each is not None), *others):
        for sign in properties:
            if sign.tag == _AUTOMATIC:
                start = sign.get("startAt", "1")
                return _List(sign.get("type", ""), int(start) if re.fullmatch("[0-9]{1,5}", start) else 1)
            if sign.tag in _OTHER_SIGNS:
                return None
    return None


def _written(scheme: str, number: int) -> str:
    found = _SCHEME.fullmatch(scheme)
    kind = None if found is None else _KINDS.get(f"{found['kind']}{found['case'] or ''}")
    if found is None or kind is None:
        return str(number)
    return _AROUND[found["around"]].format(numeral(number, kind))
