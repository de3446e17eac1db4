"""What a piece of text is filed under: its words, and those written in several pieces, with their keys.

Index and marks are both made from this, so what is found is what is marked. No key hangs on what stands
around the piece; so most pieces come again, and are looked up.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from index.keys import document_keys, joined_keys
from index.runs import may_have_runs, runs
from index.text import spans

_AROUND = ".,;:!?()[]{}\"'„“”»«…•*"
"""What mostly stands around a word, and is no part of it."""


class Filed(NamedTuple):
    """A place in a chunk with its keys, each once; `is_word`: one word, the first key is its folded form."""

    start: int
    end: int
    keys: tuple[str, ...]
    is_word: bool


@lru_cache(maxsize=1 << 16)
def written(chunk: str) -> tuple[str, str]:
    """Return the folded words of a chunk and all its keys, each joined by spaces."""
    bare = chunk.strip(_AROUND)
    if bare.isalpha() and not may_have_runs(bare):
        keys = document_keys(bare)
        return keys[0] if keys else "", " ".join(keys)
    found = filed(chunk)
    return (
        " ".join(each.keys[0] for each in found if each.is_word),
        " ".join(key for each in found for key in each.keys),
    )


@lru_cache(maxsize=1 << 14)
def filed(chunk: str) -> tuple[Filed, ...]:
    """Return the words of a chunk in order, then what is written in several."""
    found = [
        Filed(start, end, keys, True)
        for surface, start, end in spans(chunk)
        if (keys := document_keys(surface))
    ]
    if may_have_runs(chunk):
        there = {key for word in found for key in word.keys}
        for run in runs(chunk):
            own = joined_keys(run.joined) if run.joined else (run.key,)
            keys = tuple(key for key in own if key not in there)
            if keys:
                found.append(Filed(run.start, run.end, keys, False))
    return tuple(found)
