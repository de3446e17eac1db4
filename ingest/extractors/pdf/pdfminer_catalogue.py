"""The catalogue of a PDF by pdfminer.six: the layers that it does not show, and how many files it holds.

Source: ISO 32000-2, 7.7.2 (catalogue), 7.9.6 (name trees), 8.11.4.3 (optional content configuration).
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

_MOST_NODES = 1_000
"""Of a tree of names."""


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


def embedded_count(entries: Mapping[str, object]) -> int:
    """Count the files that the document as a whole holds, as far as the tree of their names can be read."""
    count = 0
    try:
        waiting = [_dictionary(entries.get("Names")).get("EmbeddedFiles")]
        for _ in range(_MOST_NODES):
            if not waiting:
                break
            node = _dictionary(waiting.pop())
            names, kids = (resolve1(node.get(key)) for key in ("Names", "Kids"))
            count += len(names) // 2 if isinstance(names, list) else 0
            waiting += kids if isinstance(kids, list) else []
    except UNREADABLE:
        pass
    return count


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
