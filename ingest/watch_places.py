"""Where what was found in a folder of the watch folder belongs."""

from __future__ import annotations

from collections.abc import Callable

from archive.repository import Archive
from ingest.accession import Accession
from ingest.batches import Batch
from ingest.candidate import Candidate
from ingest.conferences import needed_by, refuse_deleted
from ingest.crawl import Crawl


class Places:
    """The batches of what was found in a folder, each begun when its first file is taken."""

    def __init__(
        self,
        archive: Archive,
        accession: Accession,
        found: Crawl,
        begin: Callable[[str, Crawl], Batch],
    ) -> None:
        self._archive = archive
        self._accession = accession
        self._found = found
        self._begin = begin
        self._conferences = {conference.id: conference for conference in found.conferences}
        self._batches: dict[str, Batch] = {}

    def batch_of(self, candidate: Candidate) -> Batch:
        """Return the batch of a file, and make sure of its conference and panel. Raises GoneError."""
        name = candidate.description.conference
        if name not in self._batches:
            refuse_deleted(self._archive, name)
            self._batches[name] = self._begin(name, self._found)
        self._accession.keep_conference(needed_by(self._conferences[name], candidate.description))
        return self._batches[name]
