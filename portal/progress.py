"""Progress of long work: counts, rate and time left, or a line now and then where there is no terminal."""

from __future__ import annotations

import time
from typing import Self, TextIO

TERMINAL_SECONDS = 0.2
LOG_SECONDS = 10.0


class Progress:
    """Counts up to `total`. Use as a context manager; `close` has the last word.

    `only_terminal`: where there is none, nothing is written, not even now and then.
    """

    def __init__(self, total: int, unit: str, stream: TextIO, *, only_terminal: bool = False) -> None:
        self._total = total
        self._unit = unit
        self._stream = stream
        self._terminal = stream.isatty()
        self._silent = only_terminal and not self._terminal
        self._began = self._shown = time.monotonic()
        self._done = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.clear()

    def advance(self, count: int = 1) -> None:
        """Count some more as done and show it if it is time to."""
        self._done += count
        now = time.monotonic()
        if not self._silent and now - self._shown >= (TERMINAL_SECONDS if self._terminal else LOG_SECONDS):
            self._shown = now
            self.clear()
            self._stream.write(self._line(now) + ("" if self._terminal else "\n"))
            self._stream.flush()

    def close(self, summary: str) -> None:
        """Write what came of it, and how long it took."""
        seconds = time.monotonic() - self._began
        self.clear()
        self._stream.write(f"{self._done} {self._unit} in {seconds:.1f} s: {summary or 'nothing to do'}.\n")

    def _line(self, now: float) -> str:
        rate = self._done / max(now - self._began, 0.001)
        left = (self._total - self._done) / max(rate, 0.001)
        return f"{self._done} of {self._total} {self._unit}, {rate:.1f} a second, {_duration(left)} left"

    def clear(self) -> None:
        """Make room on the terminal for another line."""
        if self._terminal:
            self._stream.write("\r\033[K")


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"
