"""Pictures of PDF pages, as WebP: drawn in a reader process, kept by the digest of their file.

Only PDF is drawn. The pictures are derived: the folder may be deleted at any time.
"""

from __future__ import annotations

import os
import tempfile
from contextlib import closing
from io import BytesIO
from pathlib import Path
from typing import Protocol

from archive.pictures import pictures_of
from ingest.extraction import DamagedError

WIDTHS = (352, 640, 1000, 1600)
"""Widths that are drawn, in pixels; another one asked for becomes the next larger of these."""

_MAX_PIXELS = 12_000_000
_MAX_HEIGHT = 16_000
"""A page so long that it would have more is drawn narrower; WebP has at most 16,383 pixels a side."""

_QUALITY = 80


def draw_page(path: Path, number: int, width_pixels: int) -> bytes:
    """Draw one page, counted from 1, and return it as WebP. Called in a reader process.

    Raises:
        ExtractionError: the file cannot be opened, or the page is missing or damaged.
    """
    from pypdfium2 import PdfiumError

    from ingest.extractors.pdf import open_pdf

    with closing(open_pdf(path)) as document:
        if not 1 <= number <= len(document):
            raise DamagedError(f"There is no page {number} among the {len(document)} pages.")
        try:
            with closing(document[number - 1]) as page:
                width, height = page.get_size()
                scale = min(
                    width_pixels / max(width, 1),
                    _MAX_HEIGHT / max(height, 1),
                    (_MAX_PIXELS / max(width * height, 1)) ** 0.5,
                )
                with closing(page.render(scale=scale, rev_byteorder=True)) as bitmap:
                    output = BytesIO()
                    bitmap.to_pil().save(output, "WEBP", quality=_QUALITY, method=4)
        except PdfiumError as exc:
            raise DamagedError(f"Page {number} is damaged.") from exc
    return output.getvalue()


class Drawer(Protocol):
    """Draws a page somewhere safe: `ingest.readers.ReaderPool`."""

    def draw(self, path: Path, page_number: int, width: int) -> bytes:
        """Return the page as WebP."""
        ...


class PictureCache:
    """Pictures in a folder, each drawn when it is first asked for."""

    def __init__(self, folder: Path, pool: Drawer) -> None:
        self._folder = folder
        self._pool = pool

    def picture(self, sha512: str, path: Path, number: int, width: int) -> Path:
        """Return the file of a page's picture. `path` is the PDF, `sha512` its digest.

        Raises:
            ExtractionError: the page cannot be drawn.
            ValueError: `sha512` is no digest, or `number` is less than 1.
        """
        folder = pictures_of(self._folder, sha512)
        if number < 1:
            raise ValueError("A picture is named by a SHA-512 digest and a page number from 1.")
        drawn = folder / f"{number}-{allowed_width(width)}.webp"
        if not drawn.is_file():
            content = self._pool.draw(path, number, allowed_width(width))
            folder.mkdir(parents=True, exist_ok=True)
            _write(drawn, content)
        return drawn


def allowed_width(asked: int) -> int:
    """Return the width that is drawn for one that was asked for."""
    return next((width for width in WIDTHS if width >= asked), WIDTHS[-1])


def _write(place: Path, content: bytes) -> None:
    """Write a file so that it is seen whole or not at all."""
    descriptor, name = tempfile.mkstemp(dir=place.parent, prefix=".drawing-")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        Path(name).replace(place)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
