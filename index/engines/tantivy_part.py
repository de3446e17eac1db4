"""An index of Tantivy with the records of its entries, in a folder: opening, reading and writing it.

What is written is appended to the records first and committed by Tantivy then, together with the numbers of
the commit. So a record may be left that no entry has, which the next writer cuts off, but none is missing.

Source: tantivy-py 0.27, Index and IndexWriter.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Self

import tantivy

from archive.durable import sync
from index.engine import Entry, Schema
from index.engines.records import LONG, Record, Records, record_of
from index.engines.tantivy_fields import (
    A_STATE,
    DOCUMENT,
    KIND,
    RECORD,
    State,
    entry_document,
    in_tokens,
    prepare,
    state_document,
    state_of,
    tantivy_schema,
)
from index.engines.tantivy_reading import MANY, TantivySnapshot
from index.errors import DamagedError

LOCK_SECONDS = 10.0
"""How long a writer waits for another one to end."""

MEMORY_BYTES = 64_000_000
"""So much a writer keeps in memory before it writes a segment."""

MOST_RECENT, MOST_AGAIN = 8 << 20, 16 << 20
"""Bytes of records. So many entries are written again with every few commits, so many at the most."""

MOST_ENTRIES = 1000
"""Nor are more entries than that, however short they are."""

INDEX, META, RECORDS = "index", "meta.json", "records"
_LOCKED = "LockBusy"
_PANIC = "PanicException"
_POLL_SECONDS = 0.05


class TantivyPart:
    """An open index. Threads may read it, one writes at a time."""

    def __init__(self, folder: Path, schema: Schema) -> None:
        """Raises OSError or ValueError where it cannot be read."""
        self.folder = folder
        self._schema = schema
        self._index = self._open()
        self._fields = self._index.schema

    def _open(self) -> tantivy.Index:
        index = tantivy.Index.open(str(self.folder / INDEX))
        prepare(index)
        return index

    @classmethod
    def create(cls, folder: Path, schema: Schema) -> Self:
        """Make an empty index."""
        folder.mkdir()  # not with what it lies in, which is gone where another index has taken its place
        (folder / INDEX).mkdir()
        (folder / RECORDS).touch()
        sync(folder)
        with writing_files():
            tantivy.Index(tantivy_schema(schema), str(folder / INDEX))
            part = cls(folder, schema)
        with part._writing() as writer, writing_files():
            writer.add_document(state_document(State()))
        return part

    def signature(self) -> tuple[int, ...]:
        """Return what is another with every commit."""
        found = (self.folder / INDEX / META).stat()
        return found.st_ino, found.st_mtime_ns, found.st_size

    def snapshot(self) -> TantivySnapshot:
        """Return the index as it is at the last commit, by whichever process."""
        self._index.reload()
        searcher = self._index.searcher()
        state = state_of(searcher, self._fields)
        records = Records(self.folder / RECORDS, self._schema, state.records_end)
        return TantivySnapshot(state, self._schema, self._fields, searcher, records)

    def write(self, additions: Iterable[Entry], deletions: Iterable[str], sequence: int, commit: int) -> None:
        """Delete all entries of some documents, add entries, and commit. Raises OSError where it cannot.

        What the last commits left in many small segments is written once more, and so becomes one: Tantivy
        would join it with all others, which takes seconds where they are large. Of more than a few entries
        the next such segment is left alone.
        """
        with self._writing() as writer, (self.folder / RECORDS).open("r+b") as records:
            with damage_in(self.folder):
                before = self.snapshot()
                at = before.state.records_end
                recent = (at - before.state.recent) * LONG.itemsize if before.segments() >= MANY else 0
                starts = before.recent() if 0 < recent <= MOST_AGAIN else []
                again = [*before.placed(starts if len(starts) <= MOST_ENTRIES else [])]
            records.truncate(at * LONG.itemsize)
            records.seek(at * LONG.itemsize)
            deleted = {*deletions}
            for document in deleted:
                writer.delete_documents_by_term(DOCUMENT, document)
            old = [start for start, _ in again]
            writer.delete_documents_by_query(tantivy.Query.term_set_query(self._fields, RECORD, old))
            for start, entry in again:
                if entry.document not in deleted:
                    self._add(writer, entry, record_of(entry, self._schema), start)
            for entry in map(in_tokens, additions):
                record = record_of(entry, self._schema)
                self._add(writer, entry, record, at)
                records.write(record.content)
                at += record.length
            records.flush()
            os.fsync(records.fileno())
            with writing_files():
                is_closed = recent > MOST_RECENT or len(starts) > MOST_ENTRIES // 2
                ends = at if is_closed else before.state.recent
                self._put(writer, State(commit, sequence, at, ends, before.state.joined))

    def _put(self, writer: tantivy.IndexWriter, state: State) -> None:
        """Put a state in the place of the last one."""
        writer.delete_documents_by_term(KIND, A_STATE)
        writer.add_document(state_document(state))

    def _add(self, writer: tantivy.IndexWriter, entry: Entry, record: Record, start: int) -> None:
        document = entry_document(entry, self._schema, record, start)
        with writing_files():
            writer.add_document(document)

    @contextmanager
    def _writing(self) -> Iterator[tantivy.IndexWriter]:
        """Commit what is written in the block, nothing where it fails."""
        writer = self._writer()
        try:
            with writing_files():
                writer.garbage_collect_files()
            yield writer
            with writing_files():
                writer.commit()
        except BaseException:
            with suppress(ValueError):
                writer.rollback()
            raise
        finally:
            with suppress(ValueError):  # what could not be joined stays as it was
                writer.wait_merging_threads()

    def _writer(self) -> tantivy.IndexWriter:
        """Return the writer of an index that was opened for it.

        Others would not know the files that other processes, or writers that failed, have left: they would
        never remove them, nor could they commit where these bear the name of the ones they write.
        """
        deadline = time.monotonic() + LOCK_SECONDS
        while True:
            try:
                return self._open().writer(MEMORY_BYTES, 1)
            except ValueError as exc:
                if _LOCKED not in str(exc) or time.monotonic() >= deadline:
                    raise OSError(str(exc)) from exc
            time.sleep(_POLL_SECONDS)


@contextmanager
def damage_in(folder: Path) -> Iterator[None]:
    """Make what Tantivy and records raise over files that are not what was written an error of ours.

    Raises:
        DamagedError: in a block that reads a part in this folder.
    """
    try:
        yield
    except (ValueError, IndexError, KeyError) as exc:
        raise DamagedError(folder.parent) from exc
    except BaseException as exc:
        if type(exc).__name__ != _PANIC:
            raise
        raise DamagedError(folder.parent) from exc


@contextmanager
def writing_files() -> Iterator[None]:
    """Make what Tantivy raises where it cannot write an error of the system, as which it began."""
    try:
        yield
    except (ValueError, IndexError) as exc:
        raise OSError(str(exc)) from exc
