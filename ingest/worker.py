"""Files in, outcomes out: receive, read on all cores, accede, and keep the index up to date."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import closing, suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from archive.errors import ArchiveError
from archive.repository import Archive
from index.errors import SearchIndexError
from index.follower import Follower
from ingest.accession import Accession
from ingest.ahead import ahead
from ingest.candidate import Candidate
from ingest.conferences import GoneError, keep_described, needed_by
from ingest.crawl import Crawl
from ingest.extraction import ExtractionError
from ingest.intake import Intake, Ticket
from ingest.neighbours import same_path
from ingest.outcome import Outcome, Status
from ingest.presence import Presence
from ingest.queue import Queue
from ingest.readers import ReaderPool, Reading
from ingest.unpacking_folder import sweep as sweep_unpacked
from ingest.zip_entries import ZipEntries

if TYPE_CHECKING:
    from index.indexer import Indexer

RECEIVE_AHEAD = 8
"""So many files are safe on the disk before their turn to be read."""

INDEX_SECONDS = 1.0
"""How often the index takes a step while files that waited are read."""

LOOK_SECONDS = 0.5
"""How often to look for files that came in while the readers are busy."""


class Worker:
    """Brings files into one archive, with a pool of readers."""

    def __init__(
        self,
        archive: Archive,
        readers: ReaderPool,
        presence: Presence | None = None,
        follower: Follower | None = None,
    ) -> None:
        """`follower` indexes what `ingest` brings in meanwhile, as far as it can."""
        self._archive = archive
        self._readers = readers
        self._presence = presence
        self._follower = follower
        self._intake = Intake(archive)
        self._intake.sweep()
        self._queue = Queue(archive)
        self._accession = Accession(archive, self._intake)
        self._zips = ZipEntries(archive, self._accession, self._intake)
        sweep_unpacked(archive.settings.home)
        self._in_hand: dict[int, Ticket] = {}
        self._changed: set[str] = set()

    @cached_property
    def _indexer(self) -> Indexer:
        from index.indexer import Indexer  # with its engine; a follower has them in a process of its own

        return Indexer(self._archive)

    def ingest(self, found: Crawl) -> Iterator[Outcome]:
        """Take files in; yield what became of each as soon as that is known, in no particular order.

        When the last outcome has been yielded, everything deposited is searchable.
        """
        at_once: deque[Outcome] = deque()
        elsewhere: list[tuple[Candidate, Outcome]] = []
        self._changed.clear()
        if self._follower is None or not self._follower.begin():
            with suppress(SearchIndexError):  # which the last commit tells of as well
                if self._indexer.is_ahead():  # before the feed of an older catalogue gets as far as it is
                    self._indexer.step()
        keep_described(self._archive, found)
        try:
            with closing(ahead(self._receive(found, at_once, elsewhere), RECEIVE_AHEAD)) as received:
                yield from self._read(received, at_once)
            yield from self._read(self._receive_again(elsewhere, at_once), at_once)
        finally:
            self._let_go()
        if self._follower is None or not self._follower.end():
            self._indexer.catch_up(self._archive.last_change())
            self._indexer.tidy()

    def resume(self, is_over: Callable[[], bool] = lambda: False) -> Iterator[Outcome]:
        """Take in what waits, whoever left it, until nothing does or it is over; then index it.

        Files are taken one by one as readers get free, so that one of higher priority is read next, however
        many wait.
        """
        self._archive.recover()
        try:
            yield from self._read_on(is_over)
        finally:
            self._let_go()
        while self._indexer.step() and not is_over():
            if self._queue.is_waiting():
                break

    # Files that are handed in now

    def _receive(
        self, found: Crawl, at_once: deque[Outcome], elsewhere: list[tuple[Candidate, Outcome]]
    ) -> Iterator[Ticket]:
        conferences = {conference.id: conference for conference in found.conferences}
        kept: set[tuple[str, str | None]] = set()
        for candidate in found.candidates:
            result = self._accession.receive(candidate)
            if isinstance(result, Ticket):
                place = (result.description.conference, result.description.panel)
                if place not in kept and (conference := conferences.get(place[0])) is not None:
                    is_described = conference.id in found.described
                    needed = needed_by(conference, result.description, is_described=is_described)
                    self._accession.keep_conference(needed)
                kept.add(place)
                yield result
            elif result.status is Status.UNCHANGED and not self._is_at(result):
                elsewhere.append((candidate, result))
            else:
                at_once.append(result)

    def _is_at(self, outcome: Outcome) -> bool:
        """Tell whether a document has a file at the path of an outcome, not elsewhere."""
        found = self._archive.documents_by_id([outcome.document or ""]).values()
        return any(same_path(file.path, outcome.path) for each in found for file in each.current.files)

    def _receive_again(
        self, elsewhere: list[tuple[Candidate, Outcome]], at_once: deque[Outcome]
    ) -> Iterator[Ticket]:
        """Look again at files that a document had under another path, where that got other bytes since."""
        for candidate, outcome in elsewhere:
            is_as_it_was = outcome.document not in self._changed
            result = outcome if is_as_it_was else self._accession.receive(candidate)
            if isinstance(result, Ticket):
                yield result
            else:
                at_once.append(result)

    def _read(self, tickets: Iterator[Ticket], at_once: deque[Outcome]) -> Iterator[Outcome]:
        translations: list[tuple[Ticket, Reading | ExtractionError]] = []
        readings = self._readers.read_all(self._jobs(tickets))
        for ticket, reading in readings:
            yield from _drain(at_once)
            if ticket.description.translation_of:
                translations.append((ticket, reading))
            else:
                yield self._accede(ticket, reading)
        yield from _drain(at_once)
        for ticket, reading in translations:  # By now their originals are there, whatever was read faster.
            yield self._accede(ticket, reading)

    def _jobs(self, tickets: Iterator[Ticket]) -> Iterator[tuple[Ticket, Path, str]]:
        for ticket in tickets:
            self._queue.begin(ticket)
            self._take_in_hand(ticket)
            yield ticket, ticket.received.path, ticket.media_type

    # Files that waited

    def _read_on(self, is_over: Callable[[], bool]) -> Iterator[Outcome]:
        readers = self._archive.settings.readers
        indexed_at = time.monotonic()
        with ThreadPoolExecutor(readers, thread_name_prefix="reader") as threads:
            pending: dict[Future[Reading | ExtractionError | Outcome], Ticket] = {}
            while not is_over():
                while len(pending) <= readers and (ticket := self._next(pending.values())) is not None:
                    pending[threads.submit(self._outcome, ticket)] = ticket
                if not pending:
                    return
                done, _ = wait(pending, LOOK_SECONDS, FIRST_COMPLETED)
                for future in done:
                    yield self._done(pending.pop(future), future.result())
                if done and time.monotonic() - indexed_at >= INDEX_SECONDS:
                    self._indexer.step()
                    indexed_at = time.monotonic()
            threads.shutdown(wait=False, cancel_futures=True)

    def _next(self, others: Collection[Ticket]) -> Ticket | None:
        """Take the file whose turn it is, with its conference."""
        while not any(other.suspect for other in others):
            ticket = self._queue.take(alone=not others)
            if ticket is None:
                break
            self._take_in_hand(ticket)
            try:
                self._accession.keep_place(ticket.description)
            except GoneError as exc:
                self._queue.refuse(ticket, str(exc))
                self._put_down(ticket)
                continue
            except ArchiveError as exc:
                self._queue.fail(ticket, str(exc))
                self._put_down(ticket)
                continue
            return ticket
        return None

    def _outcome(self, ticket: Ticket) -> Reading | ExtractionError | Outcome:
        if self._zips.is_unpacked(ticket):
            return self._zips.unpack(ticket)
        try:
            return self._readers.read(ticket.received.path, ticket.media_type)
        except ExtractionError as exc:
            return exc

    # Both

    def _accede(self, ticket: Ticket, reading: Reading | ExtractionError) -> Outcome:
        outcome = self._done(ticket, self._accession.accede(ticket, reading))
        self._changed.add(outcome.document or "")
        return outcome

    def _done(self, ticket: Ticket, result: Reading | ExtractionError | Outcome) -> Outcome:
        outcome = result if isinstance(result, Outcome) else self._accession.accede(ticket, result)
        if outcome.status is Status.FAILED:
            with suppress(ArchiveError):
                self._queue.fail(ticket, outcome.error)
        self._put_down(ticket)
        return outcome

    def _take_in_hand(self, ticket: Ticket) -> None:
        self._in_hand[ticket.id] = ticket
        self._say()

    def _put_down(self, ticket: Ticket) -> None:
        del self._in_hand[ticket.id]
        ticket.received.release()
        self._say()

    def _let_go(self) -> None:
        """Give back what is not done."""
        for ticket in self._in_hand.values():
            with suppress(ArchiveError):
                self._queue.give_back(ticket)
        self._in_hand.clear()
        self._say()

    def _say(self) -> None:
        if self._presence is not None:
            self._presence.say([ticket.path for ticket in self._in_hand.values()])


def _drain(outcomes: deque[Outcome]) -> Iterator[Outcome]:
    while outcomes:
        yield outcomes.popleft()
