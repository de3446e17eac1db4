"""Noting queries that found nothing, beside the answer: it neither waits for the note nor fails with it.

One thread writes. That somebody who asks the same again is not counted again is known by a digest of address
and browser, made with a key that only this process has, never written down and forgotten within the hour.
"""

from __future__ import annotations

import hashlib
import logging
import queue
import secrets
import threading
import time
from collections import OrderedDict

from archive.errors import ArchiveError
from archive.search_log import SearchLog, fold
from index.query import Query, Wishes
from index.results import ResultPage
from portal.urls import is_filtered

REMEMBERED_SECONDS = 3600
MOST_REMEMBERED = 10_000
MOST_WAITING = 1000

API = "api"
"""Stands for the language of queries that no page asked."""

log = logging.getLogger(__name__)


class UnansweredQueries:
    """Notes queries in the log of searches. Threads share it."""

    def __init__(self, search_log: SearchLog) -> None:
        self._search_log = search_log
        self._key = secrets.token_bytes(16)
        self._lock = threading.Lock()
        self._asked: OrderedDict[bytes, float] = OrderedDict()
        self._waiting: queue.Queue[tuple[str, str]] = queue.Queue(MOST_WAITING)
        self._writer: threading.Thread | None = None

    def note(self, query: Query, page: ResultPage, language: str, asker: str) -> None:
        """Note a query if nothing was found and this asker did not ask it a moment ago.

        Filtered queries, those that leave something out, and later pages of results say nothing of what the
        archive lacks.

        Args:
            asker: what tells one who asks from another; not kept.
        """
        if page.hits or page.total or page.message_code == "no_index":
            return
        if not query.text or query.offset or is_filtered(query) or query.wishes != Wishes():
            return
        if self._is_new(f"{asker}\n{language}\n{fold(query.text)}"):
            try:
                self._waiting.put_nowait((query.text, language))
            except queue.Full:
                return
            self._start()

    def flush(self) -> None:
        """Wait until everything noted so far is written, or could not be."""
        self._waiting.join()

    def _is_new(self, question: str) -> bool:
        digest = hashlib.blake2b(question.encode("utf-8", "replace"), key=self._key, digest_size=16).digest()
        now = time.monotonic()
        with self._lock:
            while self._asked and (
                len(self._asked) >= MOST_REMEMBERED
                or next(iter(self._asked.values())) < now - REMEMBERED_SECONDS
            ):
                self._asked.popitem(last=False)
            if digest in self._asked:
                return False
            self._asked[digest] = now
            return True

    def _start(self) -> None:
        with self._lock:
            if self._writer is None:
                self._writer = threading.Thread(target=self._write, name="unanswered", daemon=True)
                self._writer.start()

    def _write(self) -> None:
        while True:
            text, language = self._waiting.get()
            try:
                self._search_log.note(text, language)
            except ArchiveError as exc:
                log.warning("A query without hits was not noted: %s", exc)
            finally:
                self._waiting.task_done()
