"""A rule says how text that lies is to be read: what `recoding.py` and `shifting.py` propose."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass
from enum import Enum
from typing import Self


class Kind(Enum):
    """What is wrong with a text, as the extraction report tells it."""

    CODE_PAGE = "code page"
    GLYPHS = "glyphs"
    APART = "apart"
    GUESSED = "guessed"
    REPEATED = "repeated"
    REVERSED = "reversed"


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """How to read text of one kind.

    `takes` are the characters that it may read otherwise. `needed` is how many letters it must make plausible
    before it is believed at all: more where the text it takes is not strange in itself. A rule `is_certain`
    where what it reads hardly stands there by chance.
    """

    kind: Kind
    name: str
    read: Callable[[str], str]
    takes: Set[str]
    needed: int
    is_certain: bool = False

    @classmethod
    def by_table(cls, kind: Kind, name: str, table: Mapping[int, str], needed: int) -> Self:
        """Make a rule that reads a text character by character."""
        return cls(kind, name, lambda text: text.translate(table), frozenset(map(chr, table)), needed)
