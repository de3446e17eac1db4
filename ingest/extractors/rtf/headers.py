"""Headers and footers of an RTF file, each text once; those of first and left pages may be switched off.

Source: Rich Text Format Specification 1.9.1, "Headers and Footers"; titlepg and facingp in the properties of
sections and documents.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ingest.extractors.flow import Block

SWITCHES = {"titlepg": "f", "facingp": "l"}
"""Control word -> last letter of the headers and footers that are shown with it alone."""


class Headers:
    """All headers and footers, growing. `shown_kinds` are the last letters of those that were switched on."""

    def __init__(self) -> None:
        self.shown_kinds: set[str] = set()
        self._blocks: list[tuple[str, Block]] = []

    def add(self, word: str, blocks: Iterable[Block]) -> None:
        """Take what stands in a group of this control word: "header", "footerl"."""
        self._blocks += ((word, block) for block in blocks if block.text.strip() or block.notes)

    def shown(self, name: str) -> list[Block]:
        """Return what is shown of the headers, or of the footers, by `name`."""
        return list(_different(block for word, block in self._blocks if self._is_on(word, name)))

    def hidden(self) -> list[Block]:
        """Return what is not shown of both."""
        shown = {block.text for name in ("header", "footer") for block in self.shown(name)}
        off = (block for word, block in self._blocks if not self._is_on(word, word[:6]))
        return [
            Block(block.text, notes=block.notes, hidden=True)
            for block in _different(off)
            if block.text not in shown
        ]

    def _is_on(self, word: str, name: str) -> bool:
        kind = word.removeprefix(name)
        return word.startswith(name) and (kind not in SWITCHES.values() or kind in self.shown_kinds)


def _different(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield each text once; comments stay with the first."""
    seen: set[str] = set()
    for block in blocks:
        if block.text not in seen:
            seen.add(block.text)
            yield Block(block.text, notes=block.notes)
