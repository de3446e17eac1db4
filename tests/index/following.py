"""Documents for programs that tests run."""

from __future__ import annotations

import datetime as dt
import io

from archive.identifiers import mint_document_id
from archive.model import Document, File, Kind, Page, State, Version
from archive.repository import Archive

NOW = dt.datetime(2017, 6, 29, 10, 0, tzinfo=dt.UTC)


def deposit_many(archive: Archive, count: int) -> None:
    """Deposit published documents of one page."""
    for _ in range(count):
        document = mint_document_id()
        received, sha512, size_bytes = archive.receive(io.BytesIO(document.encode()))
        file = File("a.txt", f"{document}/a.txt", "text/plain", size_bytes, sha512, 1)
        archive.save(
            Document(
                id=document,
                title="Fernwärme",
                conference="2017-krasnodar",
                kind=Kind.PAPER,
                state=State.PUBLISHED,
                versions=(Version(1, NOW, (file,)),),
                created_at=NOW,
                updated_at=NOW,
            ),
            message="Deposited",
            originals={"a.txt": received.path},
            pages=[Page(1, f"Fernwärme {document}", languages=("de",))],
            passports={"a.txt": {"pages": 1}},
        )
        received.discard()
