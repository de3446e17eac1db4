"""What the archive teaches itself of words: dictionaries built, translations found, the lexicon learned."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from archive.repository import Archive
from index.finder import Finder
from index.installed_dictionaries import build_installed
from index.learner import Learned, Learner
from index.pairs import Likeness


class Teacher:
    """Brings what is known of words up to date, for the public."""

    def __init__(self, archive: Archive, today: Callable[[], dt.date] = dt.date.today) -> None:
        self._settings = archive.settings
        self._finder = Finder(archive, today)
        self._learner = Learner(archive, self._finder.pairs, today)

    def is_due(self) -> bool:
        """Tell whether there is anything to find or to learn; cheap where nothing changed."""
        return self._finder.is_due() or self._learner.is_due()

    def teach(self, progress: Callable[[int, int], None] = lambda done, all_: None) -> Learned:
        """Build, find and learn what is not yet, as `Learner.learn` does.

        Raises:
            LockedError: another process kept learning for so long.
            SearchIndexError: the lexicon cannot be written.
        """
        build_installed(self._settings)
        self._finder.find()
        return self._learner.learn(progress=progress)

    def likenesses(self) -> tuple[Likeness, ...]:
        """Return the pairs that were found, those that are sure and others."""
        return self._finder.likenesses()

    def close(self) -> None:
        """Let go of the lexicon."""
        self._learner.close()
