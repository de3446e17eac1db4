"""What is stored with the entries of a segment, in a file that readers map into memory: bytes by number.

A file never changes. Only what is asked for is read.

Source: numpy, numpy.memmap.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Bytes: TypeAlias = npt.NDArray[np.uint8]

_NUMBER = np.dtype("<u8")


class Stored:
    """What one file holds, by the number of the entry."""

    def __init__(self, content: Bytes) -> None:
        """Take the content of a file.

        Raises:
            ValueError: it is not what `save` wrote.
        """
        tail = len(content) - _NUMBER.itemsize
        if tail < 0:
            raise ValueError(tail)
        count = int(content[tail:].view(_NUMBER)[0])
        begin = tail - count * _NUMBER.itemsize
        if begin < 0:
            raise ValueError(count)
        self._content = content
        self._ends = content[begin:tail].view(_NUMBER)
        if begin != (int(self._ends[-1]) if count else 0):
            raise ValueError(begin)

    def __len__(self) -> int:
        return len(self._ends)

    def __getitem__(self, number: int) -> bytes:
        begin = self._ends[number - 1] if number else 0
        return self._content[begin : self._ends[number]].tobytes()


def save(path: Path, stored: Iterable[bytes]) -> None:
    """Write what is stored with entries, in the order of their numbers; behind it where each ends."""
    ends, end = [], 0
    with path.open("wb") as file:
        for each in stored:
            file.write(each)
            end += len(each)
            ends.append(end)
        np.array([*ends, len(ends)], _NUMBER).tofile(file)


def nothing(count: int) -> Stored:
    """Return nothing for each of so many entries."""
    return Stored(np.array([*[0] * count, count], _NUMBER).view(np.uint8))


def load(path: Path, offset: int, length: int) -> Stored:
    """Map a part of a file into memory.

    Raises:
        ValueError: the file is not what `save` wrote.
    """
    return Stored(np.asarray(np.memmap(path, np.uint8, "r", offset, (length,))))
