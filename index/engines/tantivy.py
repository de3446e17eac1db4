"""The engine for large archives: Tantivy keeps the index, `records.py` what stands in each entry.

One folder holds one index: a part, which a small file names. What commits leave is joined, and what was
deleted goes, in another part beside the one that is in use.

Source: docs/adr/0030-tantivy.md.
"""

from __future__ import annotations

import errno
import shutil
import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from archive.durable import write_bytes
from index.engine import Clause, Entry, Request, Response, Schema
from index.engines.tantivy_checksums import Checksums
from index.engines.tantivy_joining import JoinedPart
from index.engines.tantivy_part import INDEX, TantivyPart, damage_in
from index.engines.tantivy_reading import TantivySnapshot
from index.errors import DamagedError

_POINTER = "part"
_PART = "part-"
_FIRST = f"{_PART}1"
_NO_LINKS = (errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EXDEV, errno.EACCES)


class TantivyEngine:
    """An index in a folder. See `index.engine.Engine` for what the methods promise."""

    stamp = "tantivy 3"

    def __init__(self, folder: Path, schema: Schema) -> None:
        """Open an index.

        Raises:
            DamagedError: there is none, or it cannot be read.
        """
        self._folder = folder
        self._schema = schema
        self._refreshing = threading.Lock()
        self._last: tuple[TantivyPart, TantivySnapshot] | None = None
        self._seen: tuple[int, ...] = ()
        self._checksums = Checksums()
        self._snapshot = self._read()[1]

    @classmethod
    def create(cls, folder: Path, schema: Schema) -> Self:
        """Make an empty index in an empty or new folder and open it."""
        folder.mkdir(parents=True, exist_ok=True)
        TantivyPart.create(folder / _FIRST, schema)
        write_bytes(folder / _POINTER, _FIRST.encode())
        return cls(folder, schema)

    def search(self, request: Request) -> Response:
        with self._reading():
            return self._snapshot.respond(request)

    def vocabulary(self, field: str, within: Clause) -> Mapping[str, int]:
        with self._reading():
            return self._snapshot.vocabulary(field, within)

    def commit(self) -> int:
        return self._snapshot.state.commit

    def write(self, additions: Iterable[Entry], deletions: Iterable[str], sequence: int) -> None:
        part, last = self._read()
        part.write(additions, deletions, sequence, last.state.commit + 1)
        self.refresh()

    def merge(self, gone: Collection[str] = ()) -> Callable[[], None] | None:
        part, before = self._read()
        self._remove_all_but(part.folder)
        with self._reading():
            self._checksums.check(part.folder / INDEX)
            is_sparse, deleted = before.has_much_deleted(), before.deleted_of(gone)
            is_wanted = is_sparse or bool(deleted)
            if not is_wanted and not before.is_scattered():
                return None
        number = int(part.folder.name.removeprefix(_PART)) + 1
        beside = self._folder / f"{_PART}{number}"
        try:
            with damage_in(part.folder):
                joined = None if is_sparse else self._joined(part, beside, deleted, gone)
                if joined is not None:
                    return lambda: self._adopt(joined, part, joined.follow)
                if not is_wanted:
                    return None
                new = self._written_anew(before, beside)
        except BaseException:
            shutil.rmtree(beside, ignore_errors=True)
            raise
        return lambda: self._adopt(new, part, lambda now: self._write_since(before, now, new))

    def _joined(
        self, part: TantivyPart, beside: Path, deleted: Sequence[int], gone: Collection[str]
    ) -> JoinedPart | None:
        """Join the segments of a part in another one, without some deleted records.

        Returns:
            None where files cannot be linked, or where something is left of documents that are gone.
        """
        try:
            joined = JoinedPart.link(part, beside, self._schema)
        except OSError as exc:
            if exc.errno not in _NO_LINKS:
                raise
        else:
            joined.join()
            if deleted:
                joined.wipe(deleted)
            if not deleted or not joined.has_any_of(gone):
                return joined
        shutil.rmtree(beside)
        return None

    def _written_anew(self, before: TantivySnapshot, beside: Path) -> TantivyPart:
        """Write the live entries into a part that never saw any others."""
        with self._reading():
            live = before.starts()
        new = TantivyPart.create(beside, self._schema)
        new.write(self._entries(before, live), (), before.state.sequence, before.state.commit)
        return new

    def _write_since(self, before: TantivySnapshot, now: TantivySnapshot, new: TantivyPart) -> None:
        with self._reading():
            written, there = {*before.starts()}, {*now.starts()}
            added = sorted(there - written)
            vanished = before.documents(sorted(written - there))
        new.write(self._entries(now, added), vanished, now.state.sequence, now.state.commit + 1)

    def _entries(self, snapshot: TantivySnapshot, starts: Sequence[int]) -> Iterator[Entry]:
        with self._reading():
            yield from snapshot.entries(starts)

    def _remove_all_but(self, folder: Path) -> None:
        """Remove the parts that one has left who died while merging."""
        for other in self._folder.glob(f"{_PART}*"):
            if other != folder:
                shutil.rmtree(other)

    def _adopt(self, new: TantivyPart, old: TantivyPart, catch_up: Callable[[TantivySnapshot], None]) -> None:
        """Bring a new part up to what was written meanwhile, and put it in the place of the old one."""
        part, now = self._read()
        if part.folder != old.folder or not new.folder.exists():
            return
        with damage_in(part.folder):
            catch_up(now)
        write_bytes(self._folder / _POINTER, new.folder.name.encode())
        self.refresh()
        shutil.rmtree(old.folder, ignore_errors=True)

    def sequence(self) -> int:
        return self._read()[1].state.sequence

    def refresh(self) -> None:
        self._snapshot = self._read()[1]

    def close(self) -> None:
        """Let go of nothing: what is mapped goes with the last who reads it."""

    def _read(self) -> tuple[TantivyPart, TantivySnapshot]:
        """Return the index as it is now, by whichever process."""
        with self._refreshing:
            while True:
                name = self._name()
                try:
                    return self._read_part(name)
                except DamagedError:
                    if name == self._name():  # else another process has put a new part in its place
                        raise

    def _read_part(self, name: str) -> tuple[TantivyPart, TantivySnapshot]:
        with self._reading():
            last = self._last
            known = last is not None and last[0].folder.name == name
            part = last[0] if last is not None and known else TantivyPart(self._folder / name, self._schema)
            seen = part.signature()
            if last is None or not known or seen != self._seen:
                last = part, part.snapshot()
                self._last, self._seen = last, seen
            return last

    def _name(self) -> str:
        with self._reading():
            return (self._folder / _POINTER).read_text()

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """Do what only reads: no file that cannot be is what was written."""
        try:
            with damage_in(self._folder / _POINTER):
                yield
        except OSError as exc:
            raise DamagedError(self._folder) from exc
