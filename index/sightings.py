"""Of all segments in which a link was seen, those that show it best."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from index.segments import Longs
from index.word_model import Occasion

EXAMPLES = 3
"""So many segments are kept of a link."""

SHORT_CHARS = 200
"""A longer segment shows less."""


def clearest(occasions: Iterable[Occasion], lengths: Longs) -> Iterator[tuple[int, int, int]]:
    """Yield link, rank from 0, and segment, link by link: the surest first, of those the shortest.

    Args:
        lengths: how long each segment is, in characters.
    """
    best = np.empty((0, 4), np.int64)
    for occasion in occasions:
        unsure = 10 - np.floor(occasion.certainty * 10).astype(np.int64)
        length = np.maximum(lengths[occasion.segment] - SHORT_CHARS, 0)
        found = np.stack([occasion.link, unsure + length // SHORT_CHARS, occasion.segment, length], axis=1)
        best = _first(np.concatenate([best, found]))
    rank, before = 0, -1
    for link, _, segment, _ in best.tolist():
        rank = rank + 1 if link == before else 0
        before = link
        yield link, rank, segment


def _first(rows: Longs) -> Longs:
    """Keep the first rows of each link: columns are link, how poor it is, segment, length."""
    ordered = rows[np.lexsort((rows[:, 2], rows[:, 3], rows[:, 1], rows[:, 0]))]
    links = ordered[:, 0]
    place = np.arange(len(ordered)) - np.searchsorted(links, links)
    return ordered[place < EXAMPLES]
