"""What a piece of text says of the words of one query, found out once for each piece.

The same keys decide here as in the index, so what was found is what is marked. Words are parts that have a
number; what the numbers stand for is the business of `matching.py`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from index.concordance import Sums
from index.filing import filed
from index.keys import spellings
from index.text import clean
from index.tree import Reason, Sought, Way


@dataclass(frozen=True, slots=True, eq=False)
class Said:
    """How a text says a word or phrase of the query: as it stands there, in which way, None for as typed.

    Each is made once for a query, so that no ways have to be compared.
    """

    word: int
    surface: str
    way: Way | None


class Part(NamedTuple):
    """A part that stands in a piece of text, from where to where, and what it says."""

    start: int
    end: int
    number: int
    said: Said
    clearness: float


class Sayings(dict[str, tuple[Part, ...]]):
    """Of each piece of text the parts that stand in it, found when they are first asked for."""

    def __init__(self, sought: Sequence[Sought]) -> None:
        """`sought`: the words that are the first parts, in whatever way a text may say them."""
        super().__init__()
        self._sought = sought
        self._ways = tuple(map(_ways_by_key, sought))
        self._of_keys: defaultdict[str, list[int]] = defaultdict(list)
        self._said: dict[tuple[int, str, Way | None], Said] = {}
        for number, word in enumerate(sought):
            self.look_for(number, (word.exact, *self._ways[number]))

    def look_for(self, number: int, keys: Iterable[str]) -> None:
        """Let a part stand wherever one of the keys does."""
        for key in dict.fromkeys(keys):
            self._of_keys[key].append(number)

    @cached_property
    def sums(self) -> Sums:
        """The checksums of all keys that are looked for."""
        return Sums(self._of_keys.keys())

    def say(self, word: int, surface: str, way: Way | None) -> Said:
        """Return the one that says so."""
        return self._said.setdefault((word, surface, way), Said(word, surface, way))

    def __missing__(self, piece: str) -> tuple[Part, ...]:
        found = []
        for each in filed(piece):
            numbers = {number for key in each.keys for number in self._of_keys.get(key, ())}
            surface = readable(piece[each.start : each.end], is_word=each.is_word) if numbers else ""
            for number in sorted(numbers):
                way = self._best_way(number, each.keys) if number < len(self._sought) else None
                said = self.say(number, surface, way)
                found.append(Part(each.start, each.end, number, said, clearness(way)))
        self[piece] = known = tuple(found)
        return known

    def _best_way(self, number: int, keys: tuple[str, ...]) -> Way | None:
        """Return the weightiest way in which a word of a text is the one sought; None for as typed.

        Args:
            keys: those of the word of the text. Of equal ways, one that is the word as it stands there.
        """
        word = self._sought[number]
        if word.exact == keys[0]:
            return None
        if word.exact in keys:
            reason = Reason.SPELLING if word.exact in spellings(keys[0]) else Reason.FORM
            return Way(((word.exact,),), 1.0, reason, word.surface)
        ways = {at: way for key in keys for at, way in self._ways[number].get(key, ())}
        in_order = (ways[at] for at in sorted(ways))
        return max(in_order, key=lambda way: (way.weight, keys[0] in way.keys), default=None)


def clearness(way: Way | None) -> float:
    """Return the weight of a translation; every other way says the word itself."""
    return way.weight if way is not None and way.reason is Reason.TRANSLATION else 1.0


def readable(surface: str, *, is_word: bool) -> str:
    """Write what stands in a text on one line, a word that a line end breaks as one."""
    return clean(surface) if is_word else " ".join(surface.split())


def _ways_by_key(word: Sought) -> dict[str, list[tuple[int, Way]]]:
    """Return the ways in one word that have a key, each with its place among all."""
    found: dict[str, list[tuple[int, Way]]] = {}
    for place, way in enumerate(word.ways):
        for key in way.keys:
            found.setdefault(key, []).append((place, way))
    return found
