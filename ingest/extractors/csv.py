"""Tables as text: CSV and TSV, whatever divides their cells.

Not read: what a cell means; a formula stands as it was written.

Source: RFC 4180; IANA text/tab-separated-values.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from ingest.charset import decode
from ingest.extraction import Extraction
from ingest.extractors import grid
from ingest.extractors.flow import Block, paginate

DELIMITERS = ",;\t|"
"""What divides cells; of several that fit alike, the first."""

_SAMPLE_LINES = 200
_SEPARATOR_LINE = "sep="
_END = "\0end"
"""Stands alone in the last row where all quotes before it are closed."""


def extract(path: Path) -> Extraction:
    """Read all rows; a quote that is never closed takes no more with it than itself."""
    text, encoding = decode(path.read_bytes())
    skipped: list[str] = []
    repairs: list[str] = []
    unreadable = text.count("\ufffd")
    if unreadable:
        skipped.append(f"{unreadable} characters could not be decoded.")
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    declared = lines[0].casefold().startswith(_SEPARATOR_LINE)
    delimiter = lines[0][len(_SEPARATOR_LINE) :][:1] if declared else ""
    lines = lines[1:] if declared else lines
    delimiter = delimiter or _delimiter(lines)
    table = _Table(lines, delimiter)
    blocks = [Block(line) for line in grid.lines(map(grid.row, table.rows()))]
    if table.unclosed is not None:
        first = table.unclosed + declared + 1
        repairs.append(f"Quotes from line {first} on do not match and stand as they are.")
    return Extraction(
        paginate(blocks), skipped=tuple(skipped), repairs=tuple(repairs), tool=f"charset {encoding}"
    )


def _delimiter(lines: Sequence[str]) -> str:
    """Return what divides most rows into the same number of cells, and into more than one."""
    sample = list(islice(filter(str.strip, lines), _SAMPLE_LINES))
    return max(DELIMITERS, key=lambda delimiter: _fit(sample, delimiter))


def _fit(sample: Sequence[str], delimiter: str) -> tuple[int, int]:
    widths = Counter(len(row) for row in _Table(sample, delimiter).rows() if len(row) > 1)
    width, alike = max(widths.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
    return alike, width


class _Table:
    """The rows of lines under one delimiter.

    `unclosed`: once they were read, the index of the line that begins a row with a quote that is not closed.
    """

    def __init__(self, lines: Sequence[str], delimiter: str) -> None:
        self.unclosed: int | None = None
        self._lines = lines
        self._delimiter = delimiter

    def rows(self) -> Iterator[list[str]]:
        """Yield the cells of each row; from a quote on that is not closed, those of each line."""
        begins = 0
        reader = csv.reader(_ended(self._lines), delimiter=self._delimiter)
        try:
            for row in reader:
                if row == [_END]:
                    return
                if reader.line_num > len(self._lines):
                    break
                yield row
                begins = reader.line_num
        except csv.Error:
            pass
        self.unclosed = begins
        for line in islice(self._lines, begins, None):
            yield line.split(self._delimiter)


def _ended(lines: Sequence[str]) -> Iterator[str]:
    """Yield the lines, then one that only closed quotes leave alone."""
    for line in lines:
        yield f"{line}\n"
    yield _END
