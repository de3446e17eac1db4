"""Hand in files as a batch, as an upload does, for tests."""

from __future__ import annotations

import io
from dataclasses import dataclass, field

from archive.model import Conference, Document, State
from archive.repository import Archive
from ingest.accession import Accession
from ingest.batches import Batches
from ingest.candidate import Description
from ingest.intake import Intake, Ticket
from ingest.outcome import Outcome
from ingest.worker import Worker

TEXT = "Fernwärme für Krasnodar und seine Partnerstädte in Deutschland. " * 20


@dataclass
class Upload:
    """One batch of files in the conference `k`."""

    archive: Archive
    worker: Worker
    batch: str = field(init=False)

    def __post_init__(self) -> None:
        self.archive.save_conference(Conference("k", {"de": "Konferenz"}))
        self.batch = Batches(self.archive.catalogue.engine).begin("anna", "upload", "k").id
        self._accession = Accession(self.archive, Intake(self.archive))

    def put(self, path: str, content: bytes | str | None = None) -> Outcome | Ticket:
        """Hand in a file; a text of its own where nothing else is given."""
        if content is None:
            content = f"{path} {TEXT}"
        data = content.encode() if isinstance(content, str) else content
        received, sha512, size_bytes = self.archive.receive(io.BytesIO(data))
        name = path.rsplit("/", 1)[-1]
        result = self._accession.take(
            path, name, received, sha512, size_bytes, Description("k", hold=True), batch=self.batch
        )
        if isinstance(result, Ticket):
            result.received.release()
        return result

    def drafts(self) -> dict[str, Document]:
        """Read what waits; return the drafts by their paths."""
        list(self.worker.resume())
        found = self.archive.documents(state=State.DRAFT)
        return {each.current.files[0].path: each for each in found}
