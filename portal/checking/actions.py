"""What people do on the page for checking, in the name of one of them: each a step that is logged."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from archive.editing import Editing, Progress
from archive.errors import ArchiveError
from archive.model import Document, Sensitive
from archive.repository import Archive
from archive.staff_log import StaffLog, Step
from index.errors import SearchIndexError
from index.indexer import Indexer
from ingest.deletion import counting_on, delete_draft
from ingest.drafts import Draft
from ingest.queue import Queue
from ingest.readers import ReaderPool
from ingest.separation import separate
from ingest.succession import Published, publish
from portal.checking.cells import Values

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Hand:
    """One person at work in one place. `conference`: whose drafts these are, where they have no batch."""

    archive: Archive
    person: str
    step_key: str
    conference: str | None = None

    def steps(self, limit: int) -> tuple[Step, ...]:
        """List what anybody did here, the newest first."""
        return StaffLog(self.archive.catalogue.engine).steps(batch=self.step_key, limit=limit)

    def edit(
        self,
        values: Mapping[str, Values],
        expected: Mapping[str, Values] | None = None,
        progress: Progress | None = None,
    ) -> Step:
        """Set fields of drafts; `expected`: what they were when the person began. Raises ArchiveError."""
        return self._editing().edit(values, progress, expected)

    def keep(
        self, drafts: Iterable[Draft], what: Sensitive, kept: bool, progress: Progress | None = None
    ) -> Step:
        """Keep something that drafts hold for staff, or publish it. Raises ArchiveError."""
        values: dict[str, Values] = {}
        for draft in drafts:
            if what in draft.found:
                others = {each for each in draft.withheld if each is not what}
                chosen = others | {what} if kept else others
                values[draft.id] = {"withheld": [each.value for each in Sensitive if each in chosen]}
        return self.edit(values, progress=progress)

    def hold(self, drafts: Sequence[str], reason: str) -> Step:
        """Keep drafts from being published; an empty reason releases them. Raises ArchiveError."""
        return self._editing().hold(drafts, reason)

    def undo(self, step: int) -> tuple[str, ...]:
        """Take a step back; return the records of which something was left. Raises ArchiveError."""
        done, left = self._editing().undo(step)
        self._index(done.differences)
        return left

    def publish(self, drafts: Sequence[Draft], progress: Progress | None = None) -> Published:
        """Publish drafts, so that they are found at once; what nobody decided about stays with staff.

        Raises:
            ArchiveError: the archive cannot be written; drafts before that are published.
        """
        undecided = {
            draft.id: {"withheld": [each.value for each in draft.found]}
            for draft in drafts
            if draft.found and draft.document.withheld is None
        }
        if undecided:  # one that is gone by now is told of below
            self._editing().edit(undecided, gone=lambda _name, _error: None)
        names = [draft.id for draft in drafts]
        published = Published()
        try:
            published = publish(self.archive, names, self.person, self.step_key, progress, self.conference)
        finally:
            self._index([*names, *published.into.values()])
        return published

    def separate(self, readers: ReaderPool, document: str, file_name: str) -> Document:
        """Make a file of a draft a draft of its own; return that. Raises ArchiveError."""
        return separate(self.archive, readers, document, file_name, self.person, self.step_key)

    def read_again(self, documents: Sequence[str]) -> int:
        """Let drafts that could not be read be read again; return how many."""
        return Queue(self.archive).read_again(documents)

    def retry(self, entries: Sequence[int]) -> int:
        """Let files that were not taken in be tried again; return how many."""
        return Queue(self.archive).retry(entries)

    def delete(self, draft: str, told: Collection[str] = ()) -> Document:
        """Delete a draft for good, see `ingest/deletion.py`; return what it was. Raises ArchiveError."""
        return delete_draft(self.archive, draft, self.person, self.step_key, told)

    def counting_on(self, draft: str) -> tuple[str, ...]:
        """Name the others whose uploads count on a draft."""
        return counting_on(self.archive, draft, self.person)

    def _editing(self) -> Editing:
        return Editing(self.archive, self.person, batch=self.step_key, conference=self.conference)

    def _index(self, documents: Iterable[str]) -> None:
        """Let readers find what was done; where that cannot be now, the worker follows the feed."""
        indexer = Indexer(self.archive)
        try:
            indexer.index_now(list(documents))
        except (SearchIndexError, ArchiveError, OSError) as exc:
            log.warning("%s", exc)
        finally:
            indexer.close()
