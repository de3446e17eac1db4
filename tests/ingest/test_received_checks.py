"""Files that came in and wait are checked, too: often they are the only copy."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import update

from archive.repository import Archive
from archive.tables import intake
from ingest.candidate import Description
from ingest.intake import DONE, FAILED, Intake, Ticket
from ingest.received_checks import received_findings


@pytest.fixture
def ticket(archive: Archive) -> Iterator[Ticket]:
    ticket = wait(archive, b"Text")
    yield ticket
    ticket.received.release()


def wait(archive: Archive, content: bytes) -> Ticket:
    received, sha512, size_bytes = archive.receive(io.BytesIO(content))
    return Intake(archive).enter("k/a.txt", received, sha512, size_bytes, "text/plain", Description("c"))


def test_what_waits_whole_is_no_finding(archive: Archive, ticket: Ticket) -> None:
    assert ticket.received.path.exists()
    assert list(received_findings(archive)) == []


@pytest.mark.parametrize("state", ["waiting", "reading", FAILED])
def test_a_flipped_byte_of_what_waits_is_found(archive: Archive, ticket: Ticket, state: str) -> None:
    with archive.catalogue.engine.begin() as connection:
        connection.execute(update(intake).values(state=state))
    ticket.received.path.write_bytes(b"Texx")
    (finding,) = received_findings(archive)
    assert finding.place == f"received/{ticket.received.name}"
    assert "k/a.txt" in finding.remedy
    assert not finding.whole_copy


def test_what_waits_and_is_gone_or_no_file_is_found(archive: Archive, ticket: Ticket) -> None:
    ticket.received.path.unlink()
    assert [finding.problem for finding in received_findings(archive)] == ["is missing"]
    ticket.received.path.mkdir()
    (finding,) = received_findings(archive)
    assert finding.problem.startswith("cannot be read")


def test_a_second_receipt_of_the_same_bytes_is_a_whole_copy(archive: Archive, ticket: Ticket) -> None:
    second = wait(archive, b"Text")
    ticket.received.path.write_bytes(b"Texx")
    (finding,) = received_findings(archive)
    assert finding.whole_copy == f"received/{second.received.name}"
    second.received.release()


def test_what_is_done_is_not_looked_for(archive: Archive, ticket: Ticket) -> None:
    with archive.catalogue.engine.begin() as connection:
        connection.execute(update(intake).values(state=DONE))
    ticket.received.path.unlink()
    assert list(received_findings(archive)) == []


def test_the_folder_of_received_files_may_be_gone_where_nothing_waits(archive: Archive) -> None:
    assert not Path(archive.settings.home / "received").exists()
    assert list(received_findings(archive)) == []
