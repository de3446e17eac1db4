"""Formulas in MathML, which OpenDocument files and web pages hold, as one line.

Source: W3C MathML 3.0, 3 (presentation markup), 5 (annotations).
"""

from __future__ import annotations

from lxml import etree

from ingest.extractors.markup import local_name

_TOKENS = ("mi", "mn", "mo", "mtext", "ms")


def formula_line(formula: etree._Element) -> str:
    """Return what a formula is made of, in order; else how it was typed."""
    tokens = (token.text or "" for token in formula.iter() if local_name(token) in _TOKENS)
    line = " ".join(token.strip() for token in tokens if token.strip())
    typed = (each.text or "" for each in formula.iter() if local_name(each) == "annotation")
    return line or " ".join(" ".join(typed).split())
