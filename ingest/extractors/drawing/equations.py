"""Equations of Office files (OMML) on one line, as people type them: x^2, (a+b)/2, √(x), ∑_(i=1)^n.

Every letter of an equation stands in it, in its order; what only says how it looks does not.

Source: ISO/IEC 29500-1, chapter 22.1 (Math); Unicode Technical Note 28 (the line format).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from lxml import etree

M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"

_LEFT_OUT = re.compile(r"\w+Pr|del|moveFrom")
"""Properties, and what was deleted while changes were tracked."""

_SINGLE = re.compile(r"[^\W_]*|\([^()]*\)|.")


def linear(equation: etree._Element) -> str:
    """Return an equation, or a part of one, on one line.

    It is nested no deeper than `markup.parse` lets markup be.
    """
    name = _name(equation)
    if name == "t":
        return equation.text or ""
    write = _WRITERS.get(name)
    return _children(equation) if write is None else write(equation)


def space_between(before: str, after: str) -> str:
    """Return the space that nobody writes between an equation and the word beside it, since it is drawn."""
    return " " if before[-1:].isalnum() and after[:1].isalnum() else ""


def _name(element: etree._Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _children(element: etree._Element) -> str:
    return "".join(linear(child) for child in element if not _LEFT_OUT.fullmatch(_name(child)))


def _part(element: etree._Element, name: str) -> str:
    child = element.find(f"{M}{name}")
    return "" if child is None else _children(child)


def _grouped(text: str) -> str:
    """Put what is more than one number or word into brackets."""
    return text if _SINGLE.fullmatch(text.strip()) else f"({text.strip()})"


def _sign(element: etree._Element, name: str, usual: str) -> str:
    """Return a sign out of the properties; what is usual stands where none is named."""
    sign = element.find(f"{M}{_name(element)}Pr/{M}{name}")
    return usual if sign is None else sign.get(f"{M}val", "")


def _fraction(element: etree._Element) -> str:
    return f"{_grouped(_part(element, 'num'))}/{_grouped(_part(element, 'den'))}"


def _scripts(element: etree._Element) -> str:
    below, above = _part(element, "sub"), _part(element, "sup")
    signs = (f"_{_grouped(below)}" if below else "") + (f"^{_grouped(above)}" if above else "")
    base = _part(element, "e")
    return f"{signs} {base}" if _name(element) == "sPre" else f"{base}{signs}"


def _root(element: etree._Element) -> str:
    degree, base = _part(element, "deg"), _part(element, "e")
    return f"√({degree}&{base})" if degree else f"√{_grouped(base)}"


def _large(element: etree._Element) -> str:
    """Write a sum, product or integral with its limits."""
    below, above = _part(element, "sub"), _part(element, "sup")
    limits = (f"_{_grouped(below)}" if below else "") + (f"^{_grouped(above)}" if above else "")
    return f"{_sign(element, 'chr', '∫')}{limits} {_part(element, 'e')}"


def _limit(element: etree._Element) -> str:
    sign = "_" if _name(element) == "limLow" else "^"
    return f"{_part(element, 'e')}{sign}{_grouped(_part(element, 'lim'))}"


def _bracketed(element: etree._Element) -> str:
    inside = _sign(element, "sepChr", "|").join(_each(element, "e"))
    return f"{_sign(element, 'begChr', '(')}{inside}{_sign(element, 'endChr', ')')}"


def _function(element: etree._Element) -> str:
    return f"{_part(element, 'fName')} {_part(element, 'e')}"


def _accented(element: etree._Element) -> str:
    return f"{_part(element, 'e')}{_sign(element, 'chr', chr(0x302))}"


def _matrix(element: etree._Element) -> str:
    return "; ".join(" ".join(_each(row, "e")) for row in element.iterchildren(f"{M}mr"))


def _lines(element: etree._Element) -> str:
    return "; ".join(_each(element, "e"))


def _each(element: etree._Element, name: str) -> Iterator[str]:
    return (_children(child) for child in element.iterchildren(f"{M}{name}"))


_WRITERS: dict[str, Callable[[etree._Element], str]] = {
    "f": _fraction,
    "sSub": _scripts,
    "sSup": _scripts,
    "sSubSup": _scripts,
    "sPre": _scripts,
    "rad": _root,
    "nary": _large,
    "limLow": _limit,
    "limUpp": _limit,
    "d": _bracketed,
    "func": _function,
    "acc": _accented,
    "m": _matrix,
    "eqArr": _lines,
}
