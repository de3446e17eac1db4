"""Building an index beside the live one, from the whole feed; then it takes its place.

Each commit says how far the feed was followed, so that what was begun by the same program is gone on with.
Others write to the live index meanwhile, but for the last few documents.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager

from archive.gaps import Gap, passing
from archive.repository import Archive
from index.commits import Commits
from index.engine import Engine
from index.live import LiveIndex
from index.outstanding import Outstanding

AT_ONCE, AT_LAST = 200, 20
"""So many documents become one commit; so many are left to be written while all others wait."""


class Building:
    """Builds the index of one audience. One at a time."""

    def __init__(
        self,
        archive: Archive,
        live: LiveIndex,
        commits: Commits,
        outstanding: Outstanding,
        today: Callable[[], dt.date],
        writing: Callable[[], AbstractContextManager[None]],
    ) -> None:
        """`outstanding`: of the index that is built; `writing`: the lock of the live one."""
        self._archive = archive
        self._live = live
        self._commits = commits
        self._outstanding = outstanding
        self._today = today
        self._writing = writing

    def steps(self) -> Iterator[None]:
        """Build and swap, a commit at a step, each document once, in the order of their last changes."""
        name, engine = self._begun() or self._begin()
        while len(due := self._due(engine)) > AT_LAST:
            names = [*due]
            for begin in range(0, len(names), AT_ONCE):
                some = names[begin : begin + AT_ONCE]
                self._write(engine, some, due[some[-1]])
                yield
        with self._writing():
            self._finish(engine)
            self._live.swap(name)

    def _begun(self) -> tuple[str, Engine] | None:
        """Return the index that was begun, if it can be gone on with."""
        begun = self._live.begun()
        if begun is None or not self._outstanding.is_known():
            return None
        return begun if begun[1].sequence() <= self._archive.last_change() else None

    def _begin(self) -> tuple[str, Engine]:
        begun = self._live.begin()
        self._outstanding.begin()
        return begun

    def _due(self, engine: Engine) -> dict[str, int]:
        """Return the documents whose last change an index has not seen, in the order of these changes."""
        last: dict[str, int] = {}
        sequence = engine.sequence()
        while changes := self._archive.changes(sequence, 10 * AT_ONCE):
            for change in changes:
                last.pop(change.document, None)
                last[change.document] = sequence = change.sequence
        return last

    def _write(self, engine: Engine, names: Sequence[str], sequence: int) -> None:
        """Write documents, and join what commits have left."""
        found = self._archive.documents_by_id(names)
        with self._writing():
            self._commits.let_go(found, names)
        self._commits.write_entries(engine, found, names, sequence, self._outstanding)
        while (put_in_place := engine.merge()) is not None:
            put_in_place()

    def _finish(self, engine: Engine) -> None:
        """Write what is left to write."""
        last = self._due(engine)
        sequence = max([engine.sequence(), *last.values()])
        names = [*dict.fromkeys([*self._outstanding.due(self._today()), *last])]
        self._commits.write(engine, self._archive.documents_by_id(names), names, sequence, self._outstanding)
        engine.close()
        passing(Gap.INDEX_BUILT)
        self._outstanding.go_live()
