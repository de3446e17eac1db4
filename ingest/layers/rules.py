"""A rule says how text that lies is to be read: what `recoding.py` and `shifting.py` propose."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum


class Kind(Enum):
    """What is wrong with a text, as the extraction report tells it."""

    CODE_PAGE = "code page"
    GLYPHS = "glyphs"
    APART = "apart"
    REPEATED = "repeated"
    REVERSED = "reversed"


@dataclass(frozen=True, slots=True)
class Rule:
    """How to read text of one kind.

    `needed` is how many letters it must make plausible before it is believed at all: more where the text it
    takes is not strange in itself. A rule `is_certain` where what it reads hardly stands there by chance.
    """

    kind: Kind
    name: str
    read: Callable[[str], str]
    needed: int
    is_certain: bool = False


def by_table(table: Mapping[int, str]) -> Callable[[str], str]:
    """Return a function that reads a text character by character."""
    return lambda text: text.translate(table)
