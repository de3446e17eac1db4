"""The text of a form that only Adobe Reader shows: XFA, whose pages in the PDF say no more than to wait.

Its texts and labels are read from the description of the form, what was filled in from its data.

Source: XML Forms Architecture 3.3, 2 (template), 4 (data).
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator

from lxml import etree
from pypdfium2 import PdfDocument, raw

from ingest.extraction import DamagedError
from ingest.extractors import markup

MAX_PACKET_BYTES = 32 * 1024 * 1024
"""A larger part of a form is not read."""

_PACKETS = ("template", "datasets")
_SHOWN = ("draw", "caption", "items")
_TEXTS = ("text", "exData")
_BLOCKS = ("p", "br", "li")


def form_text(document: PdfDocument) -> tuple[str, bool]:
    """Return the texts of such a form, one line each, then what was filled in, and whether that is all.

    "" where there are none.
    """
    lines: list[str] = []
    is_whole = True
    for index in range(raw.FPDF_GetXFAPacketCount(document)):
        name = _packet_name(document, index)
        if name not in _PACKETS:
            continue
        packet = _packet(document, index)
        if not packet:
            is_whole &= packet is not None
            continue
        try:
            root, is_damaged = _parsed(packet)
        except DamagedError:
            is_whole = False
            continue
        is_whole &= not is_damaged
        lines += _labels(root) if name == "template" else _values(root)
    return "\n".join(dict.fromkeys(lines)), is_whole


def _packet_name(document: PdfDocument, index: int) -> str:
    name = ctypes.create_string_buffer(64)
    raw.FPDF_GetXFAPacketName(document, index, name, len(name))
    return name.value.decode("utf-8", "replace")


def _parsed(packet: bytes) -> tuple[etree._Element, bool]:
    """Return the root of a part of a form, and whether it is damaged."""
    try:
        return markup.parse(packet), False
    except DamagedError:
        return markup.parse(packet, recover=True), True


def _packet(document: PdfDocument, index: int) -> bytes | None:
    """Return a part of a form; None where it is too large."""
    size = ctypes.c_ulong()
    raw.FPDF_GetXFAPacketContent(document, index, None, 0, size)
    if size.value > MAX_PACKET_BYTES:
        return None
    content = ctypes.create_string_buffer(size.value)
    raw.FPDF_GetXFAPacketContent(document, index, content, size.value, size)
    return content.raw


def _labels(root: etree._Element) -> Iterator[str]:
    """Yield the texts that a form shows."""
    for element in root.iter(etree.Element):
        if markup.local_name(element) not in _TEXTS:
            continue
        if any(markup.local_name(above) in _SHOWN for above in element.iterancestors()):
            yield from _lines(element)


def _values(root: etree._Element) -> Iterator[str]:
    """Yield what was filled in."""
    for element in root.iter(etree.Element):
        if len(element) == 0 and (text := " ".join((element.text or "").split())):
            yield text


def _lines(element: etree._Element) -> Iterator[str]:
    """Yield the text of an element, its paragraphs as lines of their own."""
    words: list[str] = []
    for event, part in etree.iterwalk(element, events=("start", "end")):
        if event == "start":
            if markup.local_name(part) in _BLOCKS:
                words.append("\n")
            words.append(part.text or "")
        elif part is not element:
            words.append(part.tail or "")
    yield from filter(None, (" ".join(line.split()) for line in "".join(words).split("\n")))
