"""Lines of a PDF page in layers that are not shown.

A line belongs to the layer that its first character is marked with. Drawings that are inserted into a page as
a whole, with a layer of their own, are not looked at.

Source: ISO 32000-2, 8.11 (optional content), 14.6 (marked content).
"""

from __future__ import annotations

import ctypes
from collections.abc import Sequence

from pypdfium2 import PdfTextPage, raw

from ingest.extractors.pdf.catalogue import Catalogue
from ingest.extractors.pdf.lines import Line

_OPTIONAL = "OC"
_MAX_MARKS = 50
_NAME_BYTES = 1_000


def shown_lines(lines: Sequence[Line], layer: PdfTextPage, catalogue: Catalogue) -> Sequence[Line]:
    """Return the lines that are in no hidden layer."""
    if not catalogue.may_have_layers:
        return lines
    names = [_layer_name(layer, line.start) for line in lines]
    if not any(names) or not catalogue.hidden_layers:
        return lines
    return [line for line, name in zip(lines, names, strict=True) if name not in catalogue.hidden_layers]


def _layer_name(layer: PdfTextPage, index: int) -> str:
    """Return the name of the layer that a character is marked with, or ""."""
    letters = raw.FPDFText_GetTextObject(layer.raw, index)
    count = raw.FPDFPageObj_CountMarks(letters) if letters else 0
    for number in range(min(count, _MAX_MARKS)):
        mark = raw.FPDFPageObj_GetMark(letters, number)
        size = ctypes.c_ulong()
        units = (ctypes.c_ushort * (_NAME_BYTES // 2))()
        raw.FPDFPageObjMark_GetName(mark, units, _NAME_BYTES, size)
        if _text(units, size) != _OPTIONAL:
            continue
        if raw.FPDFPageObjMark_GetParamStringValue(mark, b"Name", units, _NAME_BYTES, size):
            return _text(units, size)
    return ""


def _text(units: ctypes.Array[ctypes.c_ushort], size: ctypes.c_ulong) -> str:
    return bytes(units)[: min(size.value, _NAME_BYTES)].decode("utf-16-le", "ignore").rstrip("\0").strip()
