"""What only the catalogue of a PDF says: which layers are not shown, and whether the file is a portfolio.

PDFium has no words for either, so pdfminer.six is asked, where the bytes of the file do not rule it out.

Source: ISO 32000-2, 7.7.2 (catalogue), 12.3.5 (portfolios).
"""

from __future__ import annotations

from functools import cached_property
from mmap import ACCESS_READ, mmap
from pathlib import Path


class Catalogue:
    """The catalogue of one file, opened when it is first needed."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @cached_property
    def may_have_layers(self) -> bool:
        """Say whether the bytes leave it open: they name layers, or have the catalogue compressed."""
        with self._path.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as content:
            return content.find(b"/OCProperties") >= 0 or content.find(b"/Catalog") < 0

    @property
    def is_portfolio(self) -> bool:
        """Say whether the file is a cover for the files that are embedded in it."""
        return self._told[0]

    @property
    def hidden_layers(self) -> frozenset[str]:
        """Name the layers that are not shown when the file is opened."""
        return self._told[1]

    @cached_property
    def _told(self) -> tuple[bool, frozenset[str]]:
        from ingest.extractors.pdf.pdfminer_catalogue import hidden_layers, open_catalogue

        with open_catalogue(self._path) as entries:
            return "Collection" in entries, hidden_layers(entries)
