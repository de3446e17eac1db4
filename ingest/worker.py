"""Files in, outcomes out: receive, read on all cores, accede, and keep the index up to date."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from pathlib import Path

from archive.repository import Archive
from index.indexer import Indexer
from ingest.accession import Accession
from ingest.conferences import conference_of, keep_described
from ingest.crawl import Crawl
from ingest.extraction import ExtractionError
from ingest.intake import Intake, Ticket
from ingest.outcome import Outcome
from ingest.readers import ReaderPool, Reading

INDEX_EVERY = 500
"""After how many files the index catches up during a long run; at the end it always does."""


class Worker:
    """Brings files into one archive, with a pool of readers."""

    def __init__(self, archive: Archive, indexer: Indexer, readers: ReaderPool) -> None:
        self._archive = archive
        self._indexer = indexer
        self._readers = readers
        self._intake = Intake(archive)
        self._intake.sweep()
        self._accession = Accession(archive, self._intake)

    def ingest(self, found: Crawl) -> Iterator[Outcome]:
        """Take files in; yield what became of each as soon as that is known, in no particular order.

        When the last outcome has been yielded, everything deposited is searchable.
        """
        at_once: deque[Outcome] = deque()
        keep_described(self._archive, found)
        yield from self._read(self._receive(found, at_once), at_once)
        self._indexer.catch_up(self._archive.last_change())

    def resume(self, limit: int = 100) -> Iterator[Outcome]:
        """Take in what earlier processes left waiting."""
        self._archive.recover()
        yield from self._read(self._left_behind(limit), deque())
        self._indexer.catch_up()

    def _receive(self, found: Crawl, at_once: deque[Outcome]) -> Iterator[Ticket]:
        to_be_made = {conference.id: conference for conference in found.conferences}
        for candidate in found.candidates:
            result = self._accession.receive(candidate)
            if isinstance(result, Ticket):
                if (conference := to_be_made.pop(result.description.conference, None)) is not None:
                    self._accession.keep_conference(conference)
                yield result
            else:
                at_once.append(result)

    def _left_behind(self, limit: int) -> Iterator[Ticket]:
        for ticket in self._intake.left_behind(limit):
            self._accession.keep_conference(conference_of(ticket.description))
            yield ticket

    def _read(self, tickets: Iterator[Ticket], at_once: deque[Outcome]) -> Iterator[Outcome]:
        translations: list[tuple[Ticket, Reading | ExtractionError]] = []
        readings = self._readers.read_all(self._jobs(tickets))
        for done, (ticket, reading) in enumerate(readings, 1):
            yield from _drain(at_once)
            if ticket.description.translation_of:
                translations.append((ticket, reading))
            else:
                yield self._accession.accede(ticket, reading)
            if done % INDEX_EVERY == 0:
                self._indexer.catch_up()
        yield from _drain(at_once)
        for ticket, reading in translations:  # By now their originals are there, whatever was read faster.
            yield self._accession.accede(ticket, reading)

    def _jobs(self, tickets: Iterator[Ticket]) -> Iterator[tuple[Ticket, Path, str]]:
        for ticket in tickets:
            yield ticket, ticket.received.path, ticket.media_type


def _drain(outcomes: deque[Outcome]) -> Iterator[Outcome]:
    while outcomes:
        yield outcomes.popleft()
