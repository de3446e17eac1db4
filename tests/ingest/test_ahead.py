from __future__ import annotations

import threading
from collections.abc import Iterator
from itertools import count

import pytest

from ingest.ahead import ahead


def test_things_come_whole_and_in_order() -> None:
    assert list(ahead(range(500), 3)) == list(range(500))
    assert list(ahead([], 3)) == []


def test_they_are_made_before_they_are_asked_for_but_not_many() -> None:
    made: list[int] = []
    enough = threading.Event()

    def making() -> Iterator[int]:
        for number in count():
            made.append(number)
            if number == 3:
                enough.set()
            yield number

    things = ahead(making(), 2)
    assert next(things) == 0
    assert enough.wait(10)  # 0 was taken, 1 and 2 wait, 3 is made
    assert next(things) == 1
    things.close()
    assert len(made) < 10
    assert all(each.name != "ahead" for each in threading.enumerate())


def test_trouble_comes_after_what_was_made_before_it() -> None:
    def making() -> Iterator[int]:
        yield 1
        yield 2
        raise OSError("disk")

    things = ahead(making(), 5)
    assert (next(things), next(things)) == (1, 2)
    with pytest.raises(OSError, match="disk"):
        next(things)
