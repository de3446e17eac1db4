"""PDF files for the tests: drawn by reportlab, or written byte by byte where nothing draws them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeAlias

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from ingest.extraction import Extraction
from ingest.extractors import extract
from ingest.mediatypes import FORMATS

Draw: TypeAlias = Callable[[Canvas], None]

HELVETICA = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"


def text(size: float, *lines: str, x: float = 72, y: float = 760) -> Draw:
    """Lines below one another, from a place on."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", size)
        for number, line in enumerate(lines):
            canvas.drawString(x, y - number * size * 1.3, line)

    return draw


def nothing(canvas: Canvas) -> None:
    """A page with a drawing on it and no text."""
    canvas.rect(10, 10, 100, 100)


def save(
    path: Path,
    *pages: Draw | tuple[Draw, ...],
    title: str = "",
    author: str = "",
    password: str = "",
    rotation: int = 0,
) -> Path:
    """Draw a PDF, A4 upright."""
    locked = StandardEncryption(password, canPrint=0) if password else None
    canvas = Canvas(str(path), encrypt=locked)
    canvas.setTitle(title)
    canvas.setAuthor(author)
    for page in pages:
        for draw in page if isinstance(page, tuple) else (page,):
            draw(canvas)
        if rotation:
            canvas.setPageRotation(rotation)
        canvas.showPage()
    canvas.save()
    return path


def write(path: Path, objects: Mapping[int, bytes], trailer: bytes = b"") -> Path:
    """Write a PDF of numbered objects; number 1 is the catalogue."""
    content = bytearray(b"%PDF-1.7\n")
    places = {}
    for number, value in objects.items():
        places[number] = len(content)
        content += b"%d 0 obj\n%s\nendobj\n" % (number, value)
    start = len(content)
    size = max(objects) + 1
    content += b"xref\n0 %d\n" % size
    for number in range(size):
        content += b"%010d 00000 n \n" % places[number] if number in places else b"0000000000 65535 f \n"
    content += b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, start)
    path.write_bytes(bytes(content))
    return path


def one_page(
    path: Path,
    content: bytes = b"BT /F 12 Tf 20 200 Td (Seite) Tj ET",
    page: bytes = b"",
    catalogue: bytes = b"",
    objects: Mapping[int, bytes] | None = None,
) -> Path:
    """Write a PDF of one page; `page` and `catalogue` are further entries, `objects` begin with 6."""
    return write(
        path,
        {
            1: b"<</Type/Catalog/Pages 2 0 R%s>>" % catalogue,
            2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R"
            b"/Resources<</Font<</F 5 0 R>>>>%s>>" % page,
            4: stream(content),
            5: HELVETICA,
            **(objects or {}),
        },
    )


def stream(content: bytes, entries: bytes = b"") -> bytes:
    """An object with a stream."""
    return b"<</Length %d%s>>\nstream\n%s\nendstream" % (len(content), entries, content)


def read(path: Path, reader: str = "pdfium") -> Extraction:
    """Read it as any file is read."""
    return extract(path, FORMATS["pdf"], reader)
