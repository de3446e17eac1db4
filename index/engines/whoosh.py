# mypy: disable-error-code="no-untyped-call"
"""The embedded engine: Whoosh keeps segments and commits, `postings.py` the posting lists in them.

Whoosh's own analysis, posting lists, query parser, collectors and scoring are not used: entries come as
tokens, every search needs all matches anyway, to count facets, and Whoosh's statistics go on counting what
was deleted. `answering.py` answers, `bm25.py` scores.

One folder holds one index. The sequence of a commit is written before it, under the number that the commit
will get; so index and sequence cannot disagree, whenever the process dies.

Source: whoosh3, whoosh.writing and whoosh.codec.whoosh3; docs/adr/0003-whoosh-distribution.md.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path
from typing import Any, Self

from whoosh import fields
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC, FileIndex

from archive.durable import sync, write_bytes
from index.engine import Clause, Entry, Request, Response, Schema
from index.engines import stored
from index.engines.answering import matching, respond
from index.engines.postings import Gathering, save
from index.engines.whoosh_merging import Merged, adopt, keep_segments, merge_segments
from index.engines.whoosh_reading import (
    LISTS,
    STORED,
    UNREADABLE,
    Segment,
    WhooshSnapshot,
    read_segments,
)
from index.errors import DamagedError

LOCK_SECONDS = 10.0
"""How long a writer waits for another one to end."""

_NAME = "MAIN"
_STORED = fields.Schema(document=fields.ID(), entry=fields.STORED())
_SEQUENCES = "sequences.json"


class WhooshEngine:
    """An index in a folder. See `index.engine.Engine` for what the methods promise."""

    stamp = "whoosh 5"

    def __init__(self, folder: Path, schema: Schema) -> None:
        """Open an index.

        Raises:
            DamagedError: there is none, or it cannot be read.
        """
        self._folder = folder
        self._schema = schema
        self._segments: dict[str, Segment] = {}
        self._refreshing = threading.Lock()
        try:
            self._index: Any = FileIndex(_Storage(folder), schema=_STORED, indexname=_NAME)
        except UNREADABLE as exc:
            raise DamagedError(folder) from exc
        self._snapshot = self._read()

    @classmethod
    def create(cls, folder: Path, schema: Schema) -> Self:
        """Make an empty index in an empty or new folder and open it."""
        folder.mkdir(parents=True, exist_ok=True)
        TOC.create(_Storage(folder), _STORED, _NAME)
        return cls(folder, schema)

    def search(self, request: Request) -> Response:
        return respond(request, self._snapshot)

    def vocabulary(self, field: str, within: Clause) -> Mapping[str, int]:
        snapshot = self._snapshot
        return snapshot.vocabulary(field, matching(within, snapshot))

    def commit(self) -> int:
        return self._snapshot.generation

    def write(self, additions: Iterable[Entry], deletions: Iterable[str], sequence: int) -> None:
        writer = self._index.writer(timeout=LOCK_SECONDS)
        try:
            for document in deletions:
                writer.delete_by_term("document", document)
            lists, kept = self._add(additions, writer)
            if kept:
                segment = writer.newsegment
                save(self._folder / segment.make_filename(LISTS), (each.lists() for each in lists))
                stored.save(self._folder / segment.make_filename(STORED), kept)
            self._announce(writer.generation, sequence)
            writer.commit(mergetype=keep_segments)
        except BaseException:
            if not writer.is_closed:
                writer.cancel()
            raise
        self.refresh()

    def _add(self, entries: Iterable[Entry], writer: Any) -> tuple[Collection[Gathering], list[bytes]]:
        """Give entries to a writer, all but their tokens, gathered by field, and what is stored with each."""
        kept = []
        lists = {name: Gathering(places=True) for name in self._schema.positions}
        lists |= {name: Gathering(places=False) for name in self._schema.bags}
        for number, entry in enumerate(entries):
            lengths = {}
            for name, text in entry.tokens.items():
                if tokens := text.split():
                    lists[name].add(number, tokens)
                    lengths[name] = len(tokens)
            rest = (entry.id, entry.document, dict(entry.keywords), dict(entry.sorts), lengths)
            writer.add_document(document=entry.document, entry=rest)
            kept.append(entry.stored)
        return lists.values(), kept

    def merge(self, gone: Collection[str] = ()) -> Callable[[], None] | None:
        try:
            merged = merge_segments(self._folder, self._index, self._schema, gone)
        except UNREADABLE as exc:
            if isinstance(exc, OSError) and not isinstance(exc, FileNotFoundError):
                raise  # the disk is full
            raise DamagedError(self._folder) from exc
        return None if merged is None else lambda: self._adopt(merged)

    def _adopt(self, merged: Merged) -> None:
        writer = self._index.writer(timeout=LOCK_SECONDS)
        try:
            segments = adopt(merged, writer, self._folder)
            if segments is None:
                writer.cancel()
                return
            self._announce(writer.generation, self.sequence())
            writer.commit(mergetype=lambda *_: segments)
        except BaseException:
            if not writer.is_closed:
                writer.cancel()
            raise
        self.refresh()

    def sequence(self) -> int:
        while True:
            generation = self._index.latest_generation()
            sequences = self._sequences()
            if generation in sequences or generation == self._index.latest_generation():
                return sequences.get(generation, 0)

    def refresh(self) -> None:
        with self._refreshing:
            if self._index.latest_generation() != self._snapshot.generation:
                self._snapshot = self._read()

    def close(self) -> None:
        self._segments = {}  # what is mapped goes with the last who reads it

    def _read(self) -> WhooshSnapshot:
        while True:
            generation = self._index.latest_generation()
            try:
                reader = self._index.reader()
                try:
                    self._segments = read_segments(self._folder, reader, self._schema, self._segments)
                    return WhooshSnapshot(self._folder, generation, reader, self._schema, self._segments)
                finally:
                    reader.close()
            except UNREADABLE as exc:
                if generation == self._index.latest_generation():  # else joined by another process
                    raise DamagedError(self._folder) from exc

    def _sequences(self) -> dict[int, int]:
        path = self._folder / _SEQUENCES
        pairs = json.loads(path.read_bytes()) if path.exists() else []
        return {generation: sequence for generation, sequence in pairs}

    def _announce(self, generation: int, sequence: int) -> None:
        """Write down which sequence the commit to come will stand for, beside that of the last one."""
        last = (generation - 1, self._sequences().get(generation - 1, 0))
        content = json.dumps([last, (generation, sequence)])
        write_bytes(self._folder / _SEQUENCES, content.encode())


class _Storage(FileStorage):
    """Files of an index; a commit is on the disk before it gets its name."""

    def __init__(self, folder: Path) -> None:
        super().__init__(str(folder))
        self._synced: set[str] = set()

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:
        for name in set(self.list()) - self._synced:
            path = Path(self.folder, name)
            if name.startswith((_NAME, f"_{_NAME}")) and path.is_file():
                sync(path)
                self._synced.add(name)
        super().rename_file(oldname, newname, safe=safe)
        sync(Path(self.folder))
