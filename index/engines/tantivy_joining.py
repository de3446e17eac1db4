"""A part of a Tantivy index in which the segments of another one are joined, beside it and without its lock.

It begins as links to the files of the other one: what is in them never changes. Tantivy does the joining,
which drops what was deleted. In the end the new part is brought up to what was written to the other one
meanwhile.

Source: tantivy-py 0.27; Tantivy's LogMergePolicy, which tantivy-py does not let anybody change.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Self

from archive.durable import sync
from index.engine import Schema
from index.engines.records import LONG, record_of, wiped
from index.engines.tantivy_checksums import committed_files
from index.engines.tantivy_fields import DOCUMENT, state_document
from index.engines.tantivy_part import INDEX, META, RECORDS, TantivyPart, writing_files
from index.engines.tantivy_reading import JOINED, TantivySnapshot

_MANAGED = ".managed.json"
"""Which files Tantivy may remove."""


class JoinedPart(TantivyPart):
    """A part that was linked to another one."""

    @classmethod
    def link(cls, other: TantivyPart, folder: Path, schema: Schema) -> Self:
        """Make a part of the files of another one, as it is at its last commit.

        The records are one file for both.

        Raises:
            OSError: there are no such links in this system of files.
        """
        while True:
            seen = other.signature()
            try:
                _link(other.folder, folder)
            except FileNotFoundError as exc:
                if folder.exists() and other.signature() == seen:
                    raise ValueError("a file is missing") from exc
                if not folder.exists():
                    raise
            if other.signature() == seen:  # else another commit may have removed a file before it was linked
                return cls(folder, schema)
            shutil.rmtree(folder)

    def join(self) -> None:
        """Make one segment of all with less than 10,000 entries, without what was deleted from them.

        Tantivy does that where there are enough of them, so commits without entries make up the number.
        """
        before = self.snapshot()
        state = before.state
        with self._writing() as writer, writing_files():
            for _ in range(JOINED - 1):
                writer.add_document(state_document(state))
                writer.commit()
            writer.add_document(state_document(state))
        if self.snapshot().segments() >= before.segments() + JOINED:
            raise OSError("Tantivy could not join the segments of the index")
        with self._writing() as writer, writing_files():
            self._put(writer, state._replace(recent=state.records_end, joined=state.records_end))

    def wipe(self, records: Sequence[int]) -> None:
        """Take what stands in the records that start there out of them, in a file of this part alone."""
        path, beside = self.folder / RECORDS, self.folder / f"{RECORDS}.wiped"
        known = self.snapshot().records
        shutil.copyfile(path, beside)
        with beside.open("r+b") as file:
            for start in records:
                file.seek(start * LONG.itemsize)
                file.write(wiped(known.length_at(start)))
            file.truncate(known.length * LONG.itemsize)  # without what somebody is writing just now
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
        sync(self.folder)

    def has_any_of(self, documents: Collection[str]) -> bool:
        """Tell whether a segment has entries of one of the documents, be they deleted."""
        figures = self.snapshot().figures
        return any(figures.documents_with(DOCUMENT, document) for document in documents)

    def follow(self, other: TantivySnapshot) -> None:
        """Come to where the part is that this one was linked to, in a commit of its own."""
        own = self.snapshot()
        here, there = {*own.starts()}, {*other.starts()}
        with (self.folder / RECORDS).open("r+b") as records:  # where they are one file, nothing changes
            records.seek(own.state.records_end * LONG.itemsize)
            records.write(other.records.content(own.state.records_end, other.state.records_end))
            records.flush()
            os.fsync(records.fileno())
        with self._writing() as writer:
            for document in own.documents(sorted(here - there)):
                writer.delete_documents_by_term(DOCUMENT, document)
            for start, entry in other.placed(sorted(there - here)):
                self._add(writer, entry, record_of(entry, self._schema), start)
            with writing_files():
                now = other.state._replace(commit=other.state.commit + 1)
                self._put(writer, now._replace(recent=own.state.recent, joined=own.state.joined))


def _link(source: Path, folder: Path) -> None:
    """Link the files of the last commit; others belong to nobody, and nobody would remove them."""
    folder.mkdir()
    (folder / INDEX).mkdir()
    for name in (_MANAGED, META):
        shutil.copyfile(source / INDEX / name, folder / INDEX / name)
    for path in committed_files(source / INDEX):
        (folder / INDEX / path.name).hardlink_to(path)
    (folder / RECORDS).hardlink_to(source / RECORDS)
    for each in (folder / INDEX, folder):
        sync(each)
