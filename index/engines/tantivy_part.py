"""An index of Tantivy with the records of its entries, in a folder: opening, reading and writing it.

What is written is appended to the records first and committed by Tantivy then, together with the numbers of
the commit. So a record may be left that no entry has, which the next writer cuts off, but none is missing.

Source: tantivy-py 0.27, Index and IndexWriter.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterable, Iterator, Sequence
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
from index.engines.tantivy_reading import JOINED, MANY, TantivySnapshot

LOCK_SECONDS = 10.0
"""How long a writer waits for another one to end."""

MEMORY_BYTES = 64_000_000
"""So much a writer keeps in memory before it writes a segment."""

MOST_RECENT, MOST_AGAIN = 200, 400
"""So many entries are written again with every few commits, at the most; what is more is left to Tantivy."""

_INDEX, _META, _RECORDS = "index", "meta.json", "records"
_OF_TANTIVY = (".managed.json", _META)
_LOCKED = "LockBusy"
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
        index = tantivy.Index.open(str(self.folder / _INDEX))
        prepare(index)
        return index

    @classmethod
    def create(cls, folder: Path, schema: Schema) -> Self:
        """Make an empty index."""
        (folder / _INDEX).mkdir(parents=True)
        (folder / _RECORDS).touch()
        sync(folder)
        with _writing_files():
            tantivy.Index(tantivy_schema(schema), str(folder / _INDEX))
            part = cls(folder, schema)
        with part._writing() as writer, _writing_files():
            writer.add_document(state_document(State()))
        return part

    def linked(self, folder: Path) -> Self:
        """Return the same index in another folder: its files are linked, for what is in them never changes.

        The records are one file for both, to which only one of them may add from now on.

        Raises:
            OSError: there are no such links in this system of files.
        """
        while True:
            seen = self.signature()
            (folder / _INDEX).mkdir(parents=True)
            try:
                self._link(folder)
            except FileNotFoundError:
                if self.signature() == seen:
                    raise
            if self.signature() == seen:  # else another commit may have removed a file before it was linked
                return type(self)(folder, self._schema)
            shutil.rmtree(folder)

    def _link(self, folder: Path) -> None:
        for path in (self.folder / _INDEX).iterdir():
            if not path.name.startswith(".") and path.name != _META:
                (folder / _INDEX / path.name).hardlink_to(path)
        for name in _OF_TANTIVY:
            shutil.copyfile(self.folder / _INDEX / name, folder / _INDEX / name)
        (folder / _RECORDS).hardlink_to(self.folder / _RECORDS)
        for each in (folder / _INDEX, folder):
            sync(each)

    def join(self) -> None:
        """Make one segment of all with less than 10,000 entries.

        Tantivy does that where there are enough of them, so commits without entries make up the number.
        """
        state = self.snapshot().state
        with self._writing() as writer, _writing_files():
            for _ in range(JOINED - 1):
                writer.add_document(state_document(state))
                writer.commit()
            writer.add_document(state_document(state))
        with self._writing() as writer, _writing_files():
            self._put(writer, state._replace(recent=state.records_end, joined=state.records_end))

    def follow(self, other: TantivySnapshot, added: Sequence[int], vanished: Iterable[str]) -> None:
        """Come to where a part is that has the same records, in a commit of its own.

        Args:
            added: where the records start of the entries that are only there.
            vanished: the documents that have entries only here.
        """
        own = self.snapshot().state
        with self._writing() as writer:
            for document in vanished:
                writer.delete_documents_by_term(DOCUMENT, document)
            for start, entry in other.placed(added):
                self._add(writer, entry, record_of(entry, self._schema), start)
            now = other.state._replace(commit=other.state.commit + 1, recent=own.recent, joined=own.joined)
            with _writing_files():
                self._put(writer, now)

    def signature(self) -> tuple[int, ...]:
        """Return what is another with every commit."""
        found = (self.folder / _INDEX / _META).stat()
        return found.st_ino, found.st_mtime_ns, found.st_size

    def snapshot(self) -> TantivySnapshot:
        """Return the index as it is at the last commit, by whichever process."""
        self._index.reload()
        searcher = self._index.searcher()
        state = state_of(searcher, self._fields)
        records = Records(self.folder / _RECORDS, self._schema, state.records_end)
        return TantivySnapshot(state, self._schema, self._fields, searcher, records)

    def write(self, additions: Iterable[Entry], deletions: Iterable[str], sequence: int, commit: int) -> None:
        """Delete all entries of some documents, add entries, and commit. Raises OSError where it cannot.

        What the last commits left in many small segments is written once more, and so becomes one: Tantivy
        would join it with all others, which takes seconds where they are large.
        """
        with self._writing() as writer, (self.folder / _RECORDS).open("r+b") as records:
            with _writing_files():
                before = self.snapshot()
                recent = before.recent() if before.segments() >= MANY else []
                again = [*before.placed(recent if len(recent) <= MOST_AGAIN else [])]
            at = before.state.records_end
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
            with _writing_files():
                ends = at if len(recent) > MOST_RECENT else before.state.recent
                self._put(writer, State(commit, sequence, at, ends, before.state.joined))

    def _put(self, writer: tantivy.IndexWriter, state: State) -> None:
        """Put a state in the place of the last one."""
        writer.delete_documents_by_term(KIND, A_STATE)
        writer.add_document(state_document(state))

    def _add(self, writer: tantivy.IndexWriter, entry: Entry, record: Record, start: int) -> None:
        document = entry_document(entry, self._schema, record, start)
        with _writing_files():
            writer.add_document(document)

    @contextmanager
    def _writing(self) -> Iterator[tantivy.IndexWriter]:
        """Commit what is written in the block, nothing where it fails."""
        writer = self._writer()
        try:
            with _writing_files():
                writer.garbage_collect_files()
            yield writer
            with _writing_files():
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
def _writing_files() -> Iterator[None]:
    """Make what Tantivy raises where it cannot write an error of the system, as which it began."""
    try:
        yield
    except (ValueError, IndexError) as exc:
        raise OSError(str(exc)) from exc
