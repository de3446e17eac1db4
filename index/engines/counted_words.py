"""The words of one field of a segment, with how many entries have each.

A segment never changes, and what of it counts changes little at a time: entries are deleted, others stay. So
the words are read once, and what was counted last is kept, to be put right where it differs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from index.engines.postings import Lists

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class _Counted:
    """What was counted: which entries, how many of them have each of the words, and those that some have."""

    entries: Mask
    words: tuple[str, ...]
    often: npt.NDArray[np.int64]
    found: Mapping[str, int]


class CountedWords:
    """Counts the entries that have a word. Threads may share it."""

    def __init__(self, lists: Lists) -> None:
        self._lists = lists
        self._last: _Counted | None = None

    def frequencies(self, entries: Mask) -> Mapping[str, int]:
        """Return the words that some of these entries have, with how many; never to be changed."""
        last = self._last
        if last is not None and np.array_equal(entries, last.entries):
            return last.found
        often = self._lists.frequencies(entries)
        if last is None:
            words = tuple(token.decode() for token in self._lists.all_tokens())
            counts = zip(words, often.tolist(), strict=True)
            found = {word: count for word, count in counts if count}
        else:
            words, found = last.words, dict(last.found)
            for number in np.flatnonzero(often != last.often).tolist():
                found[words[number]] = int(often[number])
                if not often[number]:
                    del found[words[number]]
        self._last = _Counted(entries.copy(), words, often, found)
        return found


def added_up(parts: list[Mapping[str, int]]) -> Mapping[str, int]:
    """Return how many have each word in all parts together; of one part alone, that one."""
    if len(parts) < 2:
        return parts[0] if parts else {}
    parts.sort(key=len)
    found = dict(parts.pop())
    for part in parts:
        for word, count in part.items():
            found[word] = found.get(word, 0) + count
    return found
