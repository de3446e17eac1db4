"""Hand single files in as the portal's upload does, and wait until a worker has read them."""

from __future__ import annotations

import io
import time

from sqlalchemy import select

from archive.repository import Archive
from archive.tables import intake
from ingest.accession import Accession
from ingest.batches import Batches
from ingest.candidate import Description
from ingest.intake import DONE, FAILED, Intake, Ticket

LOOK_SECONDS = 0.01


class Depositor:
    """Hands files in, of one conference, before whatever else waits."""

    def __init__(self, archive: Archive, conference: str) -> None:
        self._archive = archive
        self._description = Description(conference, hold=True)
        self._accession = Accession(archive, Intake(archive))
        self._batch = Batches(archive.catalogue.engine).begin("bench", "upload", conference).id

    def deposit(self, name: str, content: bytes) -> str:
        """Hand a file in and return its draft, once that is there."""
        received, sha512, size_bytes = self._archive.receive(io.BytesIO(content))
        ticket = self._accession.take(
            name, name, received, sha512, size_bytes, self._description, batch=self._batch, priority=1
        )
        assert isinstance(ticket, Ticket)
        ticket.received.release()
        while True:
            with self._archive.catalogue.engine.connect() as connection:
                row = connection.execute(select(intake).where(intake.c.id == ticket.id)).one()
            if row.state == DONE:
                return str(row.document)
            assert row.state != FAILED, row.error
            time.sleep(LOOK_SECONDS)
