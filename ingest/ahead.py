"""Make things in a thread of their own before they are asked for."""

from __future__ import annotations

import threading
from collections.abc import Generator, Iterable
from queue import Empty, Queue
from typing import TypeVar

T = TypeVar("T")

_POLL_SECONDS = 0.1


def ahead(things: Iterable[T], count: int) -> Generator[T, None, None]:
    """Yield the same things in the same order, of which at most `count` wait to be asked for.

    What making one raises is raised where it would have been yielded. Whoever stops asking closes the
    iterator; the one being made then is the last.
    """
    made: Queue[T] = Queue(count)
    ended, stopped = threading.Event(), threading.Event()
    trouble: list[BaseException] = []

    def make() -> None:
        try:
            for thing in things:
                made.put(thing)
                if stopped.is_set():
                    return
        except BaseException as exc:
            trouble.append(exc)
        finally:
            ended.set()

    thread = threading.Thread(target=make, name="ahead", daemon=True)
    thread.start()
    try:
        while not (ended.is_set() and made.empty()):
            try:
                yield made.get(timeout=_POLL_SECONDS)
            except Empty:
                continue
        if trouble:
            raise trouble[0]
    finally:
        stopped.set()
        while not ended.wait(0):
            try:
                made.get(timeout=_POLL_SECONDS)
            except Empty:
                continue
        thread.join()
