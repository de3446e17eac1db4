"""The archive learns its own dictionary from documents that are translations of one another.

For the public, from what the public may read. One process at a time learns, holding a lock; what it has
learned takes the place of what was known in one step. Nothing is learned anew while pairs, texts and program
are the same.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from archive.errors import LockedError
from archive.lock import exclusive
from archive.model import Document
from archive.repository import Archive
from index import translated
from index.digests import digest
from index.errors import SearchIndexError
from index.installed_dictionaries import KEYS
from index.learning import LEARNING, Pair, learn
from index.lesson import Text
from index.lexicon import Size
from index.lexicon_file import Mark
from index.live_lexicon import State, lexicon_folder, public_lexicon

MOST_CHANGES = 5000
"""After more changes all texts are looked at, whatever changed."""

ATTEMPTS = 3
"""So often it is learned again at once where a document leaves meanwhile; then there is none for now."""


@dataclass(frozen=True, slots=True)
class Learned:
    """What came of it: whether anything was learned anew, how much there is, and how long it took."""

    anew: bool
    size: Size
    seconds: float


class Learner:
    """Learns the public's lexicon."""

    def __init__(
        self,
        archive: Archive,
        more: Callable[[], Collection[tuple[str, str]]] = tuple,
        today: Callable[[], dt.date] = dt.date.today,
    ) -> None:
        """`more`: asked for pairs of documents that were found otherwise than by their records."""
        self._archive = archive
        self._more = more
        self._today = today
        self._live = public_lexicon(archive)
        self._lock = lexicon_folder(archive) / "lock"
        settings = archive.settings
        self.stamp = (
            f"learning {LEARNING}, {KEYS}, languages {' '.join(settings.languages)}, "
            f"notes {settings.notes_public}"
        )

    def is_due(self) -> bool:
        """Tell whether there is anything to learn; cheap where nothing changed that has a translation."""
        state = self._live.state()
        if (state.stamp, state.sequence, state.day) == (
            self.stamp,
            self._archive.last_change(),
            self._today().isoformat(),
        ):
            return bool(state.name) and self._live.lexicon() is None
        with suppress(LockedError), exclusive(self._lock, 0):
            look = self._look()
            return self._is_touched(look) or not self._is_known(look)
        return False

    def learn(
        self, timeout_seconds: float = 600, progress: Callable[[int, int], None] = lambda done, all_: None
    ) -> Learned:
        """Learn from all pairs there are, unless what is known was learned from the same.

        Args:
            progress: told how many of how many pairs have been read.

        Raises:
            LockedError: another process kept learning for so long.
            SearchIndexError: the lexicon cannot be written.
        """
        begun = time.perf_counter()
        try:
            with exclusive(self._lock, timeout_seconds):
                anew = self._learn(progress)
        except OSError as exc:
            raise SearchIndexError(
                f"The lexicon could not be written: {exc}. Make room and run: python -m portal learn"
            ) from exc
        lexicon = self._live.lexicon()
        size = Size(0, 0, 0, 0) if lexicon is None else lexicon.size
        return Learned(anew, size, round(time.perf_counter() - begun, 3))

    def close(self) -> None:
        """Let go of the lexicon."""
        self._live.close()

    def _learn(self, progress: Callable[[int, int], None]) -> bool:
        for _ in range(ATTEMPTS):
            look = self._look()
            if self._is_known(look):
                return False
            if self._learn_from(look, progress):
                break
        return True

    def _is_known(self, look: Look) -> bool:
        """Tell whether what is known was learned from the same; note that it was looked at."""
        state = self._live.state()
        if look.pairs or state.name:
            if (state.stamp, state.pairs) != (self.stamp, look.pairs_digest):
                return False
            if self._live.lexicon() is None:
                return False
            if self._is_touched(look) and state.texts != self._digest_of_texts(look):
                return False
        self._live.note(
            replace(state, stamp=self.stamp, pairs=look.pairs_digest, sequence=look.sequence, day=look.day)
        )
        return True

    def _learn_from(self, look: Look, progress: Callable[[int, int], None]) -> bool:
        """Learn, and take the place of what was known; tell whether all that it is from is still there."""
        digests: dict[str, str] = {}

        def load(wanted: Sequence[Pair]) -> list[tuple[Text, Text]]:
            found = translated.texts_of_pairs(self._archive, look.documents, wanted)
            digests.update((text.document, digest(text)) for both in found for text in both)
            return found

        if not look.pairs:
            self._live.take_away()
            return self._is_known(look)
        path = self._live.create()
        learn(look.pairs, look.marks, load, path, lambda done: progress(done, len(look.pairs)))
        state = State(path.name, self.stamp, look.pairs_digest, digest(digests), look.sequence, look.day)
        self._live.swap(path, state)
        names = sorted(look.documents)
        return not self._live.leave(names, self._archive.documents_by_id(names), self._today())

    def _look(self) -> Look:
        sequence, today, more = self._archive.last_change(), self._today(), self._more()
        related = translated.related(self._archive, more, today)
        pairs = translated.pairs(related, more, self._archive.settings.languages)
        documents = {name: related[name] for pair in pairs for name in pair.documents}
        return Look(
            sequence,
            today.isoformat(),
            tuple(sorted(pairs, key=lambda each: (each.source, each.target))),
            documents,
            tuple(self._mark(documents[name]) for name in sorted(documents)),
        )

    def _is_touched(self, look: Look) -> bool:
        """Tell whether a document of a pair may have another text than when it was last looked at."""
        changes = self._archive.changes(max(self._live.state().sequence, 0), MOST_CHANGES)
        return len(changes) == MOST_CHANGES or any(each.document in look.documents for each in changes)

    def _digest_of_texts(self, look: Look) -> str:
        found = translated.texts(self._archive, [*look.documents.values()])
        return digest({text.document: digest(text) for text in found})

    def _mark(self, document: Document) -> Mark:
        return Mark.of(document, notes_public=self._archive.settings.notes_public)


@dataclass(frozen=True, slots=True)
class Look:
    """What there is to learn from, up to a change of the archive, on a day."""

    sequence: int
    day: str
    pairs: tuple[Pair, ...]
    documents: Mapping[str, Document]
    marks: tuple[Mark, ...]

    @property
    def pairs_digest(self) -> str:
        """Return what is the same as long as pairs, and what may be seen of them, are."""
        return digest([*self.pairs, *self.marks])
