"""Text that is being read -> paragraphs and table rows: of the body, a footnote, a header, a text box.

What belongs to a paragraph without standing in it (footnotes, text boxes, alternative text) follows it; in a
table it follows the row.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from ingest.extractors.flow import Block

_BETWEEN_LINES = re.compile(r"\s*\n\s*")
_SURROGATE = re.compile("[\ud800-\udfff]")


class Flow:
    """One story of a document, growing."""

    def __init__(self) -> None:
        self.tables = 0
        self.unseen: list[str] = []
        self._blocks: list[Block] = []
        self._pieces: list[str] = []
        self._cells: list[str] = []
        self._notes: list[str] = []
        self._hidden: list[str] = []
        self._later: list[Block] = []
        self._starts_page = False
        self._in_row = False
        self._after_row = False

    def add(self, text: str) -> None:
        """Add text to the paragraph."""
        self._pieces.append(text)

    def note(self, text: str) -> None:
        """Add a comment on the paragraph."""
        if text.strip():
            self._notes.append(text)

    def hide(self, text: str) -> None:
        """Add text that is not shown."""
        self._hidden.append(text)

    def later(self, blocks: Iterable[Block]) -> None:
        """Add what follows the paragraph."""
        self._later += blocks

    def begin_row(self) -> None:
        """Take paragraphs for those of cells, until the row ends."""
        self._in_row = True

    def break_page(self) -> None:
        """End the page here; in a table, before the row."""
        if not self._in_row:
            self._end()
        self._starts_page = True

    def cancel_break(self) -> None:
        """Go on on the same page after all, where no text has come."""
        if not self._pieces:
            self._starts_page = False

    def end_paragraph(self, heading: bool, in_table: bool) -> None:
        """End the paragraph."""
        if in_table and self._in_row:
            self._pieces.append("\n")
        else:
            self._end(heading)

    def end_cell(self) -> None:
        """End a cell of a table."""
        self._in_row = True
        self._cells.append(_BETWEEN_LINES.sub(" ", "".join(self._pieces)).strip())
        self._pieces.clear()

    def end_row(self) -> None:
        """End a row of a table."""
        if "".join(self._pieces).strip():
            self.end_cell()
        self._pieces = ["\t".join(self._cells).rstrip("\t")]
        self._cells.clear()
        self._in_row = False
        if not self._after_row:
            self.tables += 1
        self._end()
        self._after_row = True

    def finish(self) -> list[Block]:
        """End what is open; return all paragraphs and rows, in order."""
        if self._cells:
            self.end_row()
        self._end()
        return self._blocks

    def _end(self, heading: bool = False) -> None:
        text = _whole("".join(self._pieces))
        if hidden := "".join(self._hidden).strip():
            self.unseen.append(_whole(hidden))
        notes = _whole("\n".join(self._notes))
        self._after_row = False
        if text or notes or self._later:
            self._blocks.append(Block(text, heading and bool(text.strip()), self._starts_page, notes))
            self._blocks += self._later
            self._starts_page = False
        self._pieces.clear()
        self._notes.clear()
        self._hidden.clear()
        self._later.clear()


def _whole(text: str) -> str:
    """Put together characters that came in two halves; a half alone becomes U+FFFD."""
    if not _SURROGATE.search(text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
