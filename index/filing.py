"""What a piece of text is filed under: its words, and those written in several pieces, with their keys.

Index and marks are both made from this, so what is found is what is marked. No key hangs on what stands
around the piece; so most pieces come again, and are looked up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from index.keys import document_keys, joined_keys
from index.runs import Run, may_have_runs, runs
from index.text import spans, surfaces

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
    if bare.isalpha() and (bare.islower() or not may_have_runs(bare)):
        keys = document_keys(bare)
        return keys[0] if keys else "", " ".join(keys)
    words = [keys for surface in surfaces(chunk) if (keys := document_keys(surface))]
    tokens = " ".join([keys[0] for keys in words])
    more = [keys for _, keys in _in_several_pieces(chunk, words)] if may_have_runs(chunk) else []
    return tokens, " ".join([key for keys in (*words, *more) for key in keys])


@lru_cache(maxsize=1 << 14)
def filed(chunk: str) -> tuple[Filed, ...]:
    """Return the words of a chunk in order, then what is written in several."""
    found = [
        Filed(start, end, keys, True)
        for surface, start, end in spans(chunk)
        if (keys := document_keys(surface))
    ]
    more = _in_several_pieces(chunk, [word.keys for word in found]) if may_have_runs(chunk) else ()
    return (*found, *(Filed(run.start, run.end, keys, False) for run, keys in more))


def _in_several_pieces(chunk: str, words: Iterable[tuple[str, ...]]) -> Iterator[tuple[Run, tuple[str, ...]]]:
    """Yield the words in several pieces and numbers of order, with the keys that their pieces do not have."""
    there = {key for keys in words for key in keys}
    for run in runs(chunk):
        own = joined_keys(run.pieces) if run.pieces else (run.key,)
        if keys := tuple(key for key in own if key not in there):
            yield run, keys
