"""The catalogue of a PDF by pdfminer.six, and the layers that it does not show.

Source: ISO 32000-2, 7.7.2 (catalogue), 8.11.4.3 (optional content configuration).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFObjRef, resolve1
from pdfminer.psparser import PSLiteral
from pdfminer.utils import decode_text

from ingest.extractors.pdf.pdfminer_six import UNREADABLE


@contextmanager
def open_catalogue(path: Path) -> Iterator[Mapping[str, object]]:
    """Give the entries of the catalogue, as long as the file is open; none where they cannot be read."""
    with path.open("rb") as file:
        try:
            entries = dict(PDFDocument(PDFParser(file)).catalog)
        except UNREADABLE:
            entries = {}
        yield entries


def hidden_layers(entries: Mapping[str, object]) -> frozenset[str]:
    """Name the layers that are off when the file is opened."""
    try:
        properties = _dictionary(entries.get("OCProperties"))
        default = _dictionary(properties.get("D"))
        groups = dict(_groups(properties.get("OCGs")))
        off = dict(_groups(default.get("OFF")))
        base_state = resolve1(default.get("BaseState"))
        if isinstance(base_state, PSLiteral) and base_state.name == "OFF":
            on = dict(_groups(default.get("ON")))
            off = {number: name for number, name in groups.items() if number not in on}
    except UNREADABLE:
        return frozenset()
    shown = {name for number, name in groups.items() if number not in off}
    return frozenset(off.values()) - shown


def _dictionary(value: object) -> Mapping[str, object]:
    found = resolve1(value)
    return found if isinstance(found, dict) else {}


def _groups(value: object) -> Iterator[tuple[int, str]]:
    """Yield number and name of the layers in a list."""
    listed = resolve1(value)
    for reference in listed if isinstance(listed, list) else ():
        name = resolve1(_dictionary(reference).get("Name"))
        if isinstance(reference, PDFObjRef) and isinstance(name, bytes):
            yield reference.objid, decode_text(name).strip()
