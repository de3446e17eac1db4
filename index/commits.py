"""What one commit to an index is: documents replaced by what may be read of them now, and what hangs on that.

What has to be done later for them is noted, and what was learned from those that are no longer public goes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping

from archive.gaps import Gap, passing
from archive.model import Document
from index.engine import Engine
from index.entry_maker import EntryMaker
from index.live_lexicon import LiveLexicon
from index.outstanding import Outstanding


class Commits:
    """Writes commits for one audience. Whoever calls has the lock of the index."""

    def __init__(
        self,
        maker: EntryMaker,
        outstanding: Outstanding,
        lexicon: LiveLexicon | None,
        today: Callable[[], dt.date],
    ) -> None:
        self._maker = maker
        self._outstanding = outstanding
        self._lexicon = lexicon
        self._today = today

    def write(
        self,
        engine: Engine,
        found: Mapping[str, Document],
        names: Collection[str],
        sequence: int,
        outstanding: Outstanding | None = None,
    ) -> None:
        """Replace documents in an index by what may be read of them now, nothing if they are gone.

        Args:
            found: those of the documents that there are.
            sequence: how far the index has come then.
            outstanding: of the index, where it is not the live one.
        """
        self.let_go(found, names)
        self.write_entries(engine, found, names, sequence, outstanding or self._outstanding)

    def let_go(self, found: Mapping[str, Document], names: Collection[str]) -> None:
        """Note which documents are gone, and have what was learned from those that are not public go."""
        self._outstanding.remember_gone(name for name in names if name not in found)
        if self._lexicon is not None:
            self._lexicon.leave(names, found, self._today())

    def write_entries(
        self,
        engine: Engine,
        found: Mapping[str, Document],
        names: Collection[str],
        sequence: int,
        outstanding: Outstanding,
    ) -> None:
        """Write documents that were let go of; nobody else may write to this index or its `outstanding`."""
        days = {name: self._maker.awaited(found.get(name)) for name in names}
        with outstanding.waiting_for(days):
            passing(Gap.INDEX_DUE)
            engine.write(self._maker.entries(found[name] for name in names if name in found), names, sequence)
            passing(Gap.INDEX_WRITTEN)
