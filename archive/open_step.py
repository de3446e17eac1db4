"""A step of the staff log that grows while something is done, so that a killed process leaves what it did."""

from __future__ import annotations

from archive.history import Differences
from archive.staff_log import StaffLog, Step

KEPT_AT_ONCE = 100
"""Up to so many records the log is written after each; of more, after every `KEPT_EVERY`."""

KEPT_EVERY = 20


class OpenStep:
    """One step under way: in the log from its first change on; without any, only once it ends."""

    def __init__(
        self,
        log: StaffLog,
        person: str,
        action: str,
        *,
        batch: str | None = None,
        conference: str | None = None,
    ) -> None:
        self._log = log
        self._person = person
        self._action = action
        self._batch = batch
        self._conference = conference
        self._differences: dict[str, Differences] = {}
        self._entered: Step | None = None
        self._unwritten = 0

    def add(self, subject: str, changed: Differences) -> None:
        """Note what has just been changed of a record."""
        self._differences[subject] = changed
        self._unwritten += 1
        if len(self._differences) <= KEPT_AT_ONCE or self._unwritten >= KEPT_EVERY:
            self.keep()

    def keep(self) -> None:
        """Write what was noted and is not in the log yet."""
        if not self._unwritten:
            return
        if self._entered is None:
            self._entered = self._enter()
        else:
            self._log.grow(self._entered.id, self._differences)
        self._unwritten = 0

    def end(self, undoes: int | None = None) -> Step:
        """Return the whole step. `undoes`: the step that is taken back by it."""
        self.keep()
        entered = self._entered or self._enter()
        if undoes is not None:
            self._log.mark_undone(undoes, entered.id)
        return self._log.step(entered.id)

    def _enter(self) -> Step:
        return self._log.enter(
            self._person, self._action, self._differences, batch=self._batch, conference=self._conference
        )
