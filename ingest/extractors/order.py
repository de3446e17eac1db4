"""The order in which a reader takes in what stands freely on a page: rows from the top, each from left."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

Shape = TypeVar("Shape")


@dataclass(frozen=True, slots=True)
class Placed(Generic[Shape]):
    """A shape and the place of its upper left corner, in any unit."""

    top: float
    left: float
    shape: Shape


def reading_order(placed: Iterable[Placed[Shape]], row_height: float) -> list[Shape]:
    """Order shapes; one whose top is within `row_height` of the first of a row stands in that row."""
    rows: list[list[Placed[Shape]]] = []
    for place in sorted(placed, key=lambda place: place.top):
        if not rows or place.top - rows[-1][0].top > row_height:
            rows.append([])
        rows[-1].append(place)
    return [place.shape for row in rows for place in sorted(row, key=lambda place: place.left)]
