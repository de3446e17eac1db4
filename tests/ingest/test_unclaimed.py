"""Received files whose entry is in a catalogue that is gone: kept, not taken for those of a dead process."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import delete

from archive.tables import intake
from ingest.candidate import Description
from ingest.intake import Intake, Ticket
from ingest.unclaimed import keep_unclaimed
from tests.ingest.drafting import HandIn, write_pdf

if TYPE_CHECKING:
    from archive.repository import Archive
    from archive.settings import Settings
    from ingest.accession import Accession


def left(folder: Path) -> list[bytes]:
    return [path.read_bytes() for path in folder.glob("*")]


def wait(archive: Archive, accession: Accession, content: bytes) -> None:
    """Let a file wait as one that was uploaded does."""
    received, sha512, size_bytes = archive.receive(io.BytesIO(content))
    said = Description("c", hold=True)
    ticket = accession.take("a.txt", "a.txt", received, sha512, size_bytes, said, batch="b")
    assert isinstance(ticket, Ticket)
    ticket.received.release()


def test_file_whose_entry_is_lost_is_kept(archive: Archive, accession: Accession, settings: Settings) -> None:
    wait(archive, accession, b"Fernheizung")
    assert keep_unclaimed(archive) == 0
    with archive.catalogue.engine.begin() as connection:
        connection.execute(delete(intake))
    assert keep_unclaimed(archive) == 1
    Intake(archive).sweep()
    assert left(settings.home / "unclaimed") == [b"Fernheizung"]
    assert left(settings.home / "received") == []


def test_file_in_hand_or_in_the_archive_or_of_an_upload_is_left(
    archive: Archive, settings: Settings, hand_in_draft: HandIn, tmp_path: Path
) -> None:
    in_hand, _, _ = archive.receive(io.BytesIO(b"being received"))
    known = write_pdf(tmp_path / "a")
    hand_in_draft(known, "a.pdf")
    with known.open("rb") as stream:
        archive.receive(stream)[0].release()
    uploaded = archive.receive(io.BytesIO(b"uploaded"))[0]
    uploaded.release()
    (settings.home / "uploads").mkdir()
    (settings.home / "uploads" / uploaded.name).write_bytes(b"uploaded")
    assert keep_unclaimed(archive) == 0
    assert len(left(settings.home / "received")) == 3
    in_hand.discard()
