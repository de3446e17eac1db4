"""Files of a zip that lies in the watch folder, entered into the queue one by one, each once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

from archive.errors import StorageError
from archive.names import printable_path
from archive.repository import Archive
from ingest.accession import Accession
from ingest.candidate import Candidate
from ingest.intake import Ticket
from ingest.outcome import Status
from ingest.zip_entries import Entered


def members_of(zips: Collection[Path], candidates: Sequence[Candidate]) -> dict[Path, list[Candidate]]:
    """Return the files of each of the zips."""
    found: dict[Path, list[Candidate]] = {path: [] for path in zips}
    for candidate in candidates:
        if candidate.out_of in found:
            found[candidate.out_of].append(candidate)
    return found


class WatchZips:
    """Enters files of zips into batches of one archive."""

    def __init__(self, archive: Archive, accession: Accession) -> None:
        self._archive = archive
        self._accession = accession
        self._entered: dict[str, Entered] = {}

    def enter(self, candidate: Candidate, batch: str) -> bool:
        """Enter a file, unless its batch has it already; tell whether it was entered.

        Raises:
            ArchiveError, OSError: it could not be kept; nothing is lost, try again.
        """
        with candidate.source.open("rb") as stream:
            received, sha512, size_bytes = self._archive.receive(stream)
        entered = self._entered.setdefault(batch, Entered.of(self._archive, batch))
        path = printable_path(candidate.path)
        if entered.has(path, sha512):
            received.discard()
            return False
        result = self._accession.take(
            path, candidate.place.name, received, sha512, size_bytes, candidate.description, batch=batch
        )
        if isinstance(result, Ticket):
            result.received.release()  # The worker reads it with all else that waits.
        elif result.status is Status.FAILED:
            raise StorageError(result.error)
        entered.add(path, sha512)
        return True
