"""What stands on the pages of a document, in numbers: found by keys without any text being read again.

A concordance is made when a document is indexed and is kept with its entry: so it tells of the same pages
and goes when they go. Texts are cut into pieces as `runs.py` does; a piece is found by the checksums of the
keys under which it is filed.

Not here: where in the texts pieces stand that somebody looks for; see `looking.py`.
"""

from __future__ import annotations

import struct
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import Self, TypeAlias
from zlib import crc32

import numpy as np
import numpy.typing as npt

from archive.model import Page
from index.filing import written
from index.runs import chunks

Numbers: TypeAlias = "npt.NDArray[np.uint8 | np.uint16 | np.uint32]"
Places: TypeAlias = npt.NDArray[np.int64]

PAGE_FIELDS = ("page_title", "text", "notes")
"""The texts of a page."""

RECORD_TEXTS, PAGE_TEXTS = 2, len(PAGE_FIELDS)
"""So many texts are the record's, and so many of each page."""

_ARRAYS = 6
_HEAD = struct.Struct(f"<I?{_ARRAYS}B{_ARRAYS}I")
_CHECKED_FROM = 4
_TYPES = {size: np.dtype(f"<u{size}") for size in (1, 2, 4)}
_SUM = _TYPES[4]
_LOW = np.uint32((1 << 14) - 1)
"""By these bits of a checksum most are passed over, with a table that is small enough to be fast."""


class Sums:
    """The checksums of keys that are looked for."""

    def __init__(self, keys: Collection[str]) -> None:
        self._all = frozenset(crc32(key.encode()) for key in keys)
        self._low = np.zeros(_LOW + 1, np.bool_)
        self._low[np.fromiter(self._all, _SUM, len(self._all)) & _LOW] = True

    def places_in(self, sums: Numbers) -> list[int]:
        """Return where any of them stands."""
        at = np.flatnonzero(self._low.take(sums & _LOW))
        found = zip(at.tolist(), sums[at].tolist(), strict=True)
        return [place for place, checksum in found if checksum in self._all]


@dataclass(frozen=True, slots=True)
class Concordance:
    """A document, or the part of it that one language filter leaves.

    Its texts are title, creators, and of each page, by its number, title, text and notes. `sequence` names
    their pieces one after the other by the place in `pieces`, where each stands once; `text_ends` tells up to
    where each text goes, `piece_ends` where each piece ends. `sums` are the checksums of the keys of the
    pieces in turn, of which each has as many as `key_counts` says.
    """

    is_whole: bool
    numbers: Numbers
    text_ends: Places
    sequence: Numbers
    piece_ends: Places
    key_counts: Numbers
    sums: Numbers
    pieces: bytes

    @classmethod
    def of(
        cls, pages: Sequence[Page], title: str = "", creators: Sequence[str] = (), *, is_whole: bool = True
    ) -> Self:
        """Make a concordance; `is_whole`: these are all pages that a reader is shown of the document."""
        places: dict[str, int] = {}
        lengths: list[int] = []
        sequence: list[int] = []
        of_pages = ((page.title, page.text, page.notes) for page in pages)
        for text in chain((title, "\n".join(creators)), chain.from_iterable(of_pages)):
            found = chunks(text)
            lengths.append(len(found))
            sequence += [places.setdefault(piece, len(places)) for piece in found]
        pieces = [piece.encode() for piece in places]
        sums = [*map(_sums_of, places)]
        return cls(
            is_whole,
            _smallest([page.number for page in pages]),
            _ends(np.array(lengths, np.int64)),
            _smallest(sequence),
            _ends(np.fromiter(map(len, pieces), np.int64)),
            _smallest([*map(len, sums)]),
            np.fromiter(chain.from_iterable(sums), _SUM),
            b"".join(pieces),
        )

    def dump(self) -> bytes:
        """Write it as bytes."""
        lengths = (_smallest(np.diff(ends, prepend=0)) for ends in (self.text_ends, self.piece_ends))
        of_texts, of_pieces = lengths
        arrays = (self.numbers, of_texts, self.sequence, of_pieces, self.key_counts, self.sums)
        sizes = (array.itemsize for array in arrays)
        head = _HEAD.pack(0, self.is_whole, *sizes, *map(len, arrays))[_CHECKED_FROM:]
        content = b"".join((head, *(array.tobytes() for array in arrays), self.pieces))
        return crc32(content).to_bytes(_CHECKED_FROM, "little") + content

    @classmethod
    def load(cls, content: bytes) -> Self:
        """Read what `dump` wrote.

        Raises:
            ValueError: it is something else.
        """
        if len(content) < _HEAD.size:
            raise ValueError("no concordance")
        checksum, is_whole, *head = _HEAD.unpack_from(content)
        if crc32(memoryview(content)[_CHECKED_FROM:]) != checksum:
            raise ValueError("a damaged concordance")
        arrays, at = [], _HEAD.size
        for size, length in zip(head[:_ARRAYS], head[_ARRAYS:], strict=True):
            arrays.append(np.frombuffer(content, _TYPES[size], length, at))
            at += size * length
        numbers, of_texts, sequence, of_pieces, key_counts, sums = arrays
        text_ends, piece_ends = _ends(of_texts), _ends(of_pieces)
        return cls(is_whole, numbers, text_ends, sequence, piece_ends, key_counts, sums, content[at:])

    def piece(self, place: int) -> str:
        """Return a piece by its place."""
        end_of = self.piece_ends.item
        return self.pieces[end_of(place - 1) if place else 0 : end_of(place)].decode()

    def filed_under(self, sums: Sums) -> list[int]:
        """Return the places of the pieces that have some of the keys."""
        found = sums.places_in(self.sums)
        return [*dict.fromkeys(_ends(self.key_counts).searchsorted(found, "right").tolist())]


@lru_cache(maxsize=1 << 16)
def _sums_of(piece: str) -> tuple[int, ...]:
    return tuple({crc32(key.encode()) for key in written(piece)[1].split()})


def _ends(lengths: Numbers | Places) -> Places:
    return np.cumsum(lengths, dtype=np.int64)


def _smallest(numbers: Sequence[int] | Places) -> Numbers:
    """Return an array of the smallest numbers that will do."""
    found = np.asarray(numbers, np.int64)
    most = int(found.max(initial=0))
    return found.astype(next(kind for size, kind in _TYPES.items() if most < 1 << 8 * size))
