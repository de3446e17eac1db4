"""Files that people upload: what has been begun, how much has arrived, and how a whole file is taken in.

A file belongs to a batch, and both to the person who began them; for others they do not exist. Bytes lie in
`uploads/ID` (see `partial.py`) until all are there: then they are flushed, hashed and entered into the queue,
and only after that does anybody say that the file has arrived. Whatever is left by a crash in between is
entered when it is next asked for. Nothing is removed but uploads of which nothing came for days.

The protocol is not spoken here: see portal/routes/uploads.py.
"""

from __future__ import annotations

import datetime as dt
import logging
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Row, delete, insert, select, update

from archive.errors import ArchiveError, NotFoundError, StorageError
from archive.gaps import Gap, passing
from archive.names import printable_path
from archive.repository import Archive
from archive.tables import intake, uploads
from ingest.accession import Accession
from ingest.batches import Batch, Batches
from ingest.candidate import Description
from ingest.errors import IngestError
from ingest.intake import Intake
from ingest.mediatypes import is_system_file
from ingest.outcome import Outcome, Status
from ingest.partial import BusyError, PartialFile, TooLargeError, arrived_bytes, check_room
from ingest.scenery import SCENERY, is_scenery

log = logging.getLogger(__name__)

SOURCE = "upload"
"""What a batch says of where it came from."""

LIFE = dt.timedelta(days=7)
"""An upload ends when nothing of it has come for so long."""

PRIORITY = 1
"""Files of somebody who waits for them are read before those of a bulk load."""

PATH_LENGTH_BYTES = 4000
LATEST = 2**53
"""No browser tells a later moment, in milliseconds."""


class PathError(IngestError):
    """A path cannot be that of a file in a folder."""


class SystemFileError(IngestError):
    """A file was left by a program, not made by a person."""


class SceneryError(IngestError):
    """A file only makes a saved web page look as it did."""


class ArrivedError(IngestError):
    """A file has arrived and is a matter of the archive now."""


class OffsetError(IngestError):
    """Bytes were sent that are not the next ones. `offset`: how many there are."""

    def __init__(self, offset: int) -> None:
        super().__init__(f"{offset} bytes have arrived; send what comes after them.")
        self.offset = offset


@dataclass(frozen=True, slots=True)
class Upload:
    """One file. `offset` counts the bytes that have arrived; once it `has_arrived`, the archive keeps it.

    `path` is fit to be shown; `modified` is as `archive/tables.py` has it.
    """

    id: str
    batch: str
    path: str
    size_bytes: int
    modified: int
    offset: int
    has_arrived: bool
    expires_at: dt.datetime


class Uploads:
    """All uploads of one archive. Shared by threads; several processes may have one each."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._engine = archive.catalogue.engine
        self._batches = Batches(archive.catalogue.engine)
        self._accession = Accession(archive, Intake(archive))
        self._folder = archive.settings.home / "uploads"
        self.max_bytes = archive.settings.max_file_bytes

    def begin_batch(self, person: str, conference: str, panel: str | None) -> Batch:
        """Begin a batch for a conference that is there. Raises NotFoundError."""
        known = self._archive.conference(conference)
        if panel is not None and panel not in [one.id for one in known.panels]:
            raise NotFoundError("panel", panel)
        self.sweep()
        return self._batches.begin(person, SOURCE, conference, panel)

    def create(self, person: str, batch: str, path: str, size_bytes: int, modified: int = 0) -> Upload:
        """Begin a file; an empty one has arrived with that.

        Args:
            path: as the browser gives it: what was dropped, with / between its parts.

        Raises:
            NotFoundError: the person has no such batch, or its conference was deleted.
            PathError, SystemFileError, SceneryError, TooLargeError, DiskFullError: it is not taken, for that
                reason.
        """
        self._archive.conference(self._batch(batch, person).conference)
        shown = deposited_path(path)
        if is_scenery(shown):
            raise SceneryError(SCENERY)
        if size_bytes > self.max_bytes:
            raise TooLargeError(
                f"The file is larger than {self.max_bytes // 1024**2} MB; ARCHIVE_MAX_FILE_MB sets that."
            )
        check_room(self._archive.settings.home, size_bytes, 0)
        identifier = uuid.uuid4().hex
        values = {
            "id": identifier,
            "batch": batch,
            "person": person,
            "path": shown,
            "size_bytes": size_bytes,
            "modified": min(max(modified, 0), LATEST),
            "created_at": dt.datetime.now(dt.UTC),
        }
        with self._engine.begin() as connection:
            connection.execute(insert(uploads).values(values))
        return self.upload(identifier, person)

    def upload(self, identifier: str, person: str) -> Upload:
        """Return a file as it stands; one that is whole is entered first if a crash came between.

        Raises:
            NotFoundError: the person has no such upload.
            BusyError, ArchiveError: it is whole and cannot be entered now.
        """
        found = self._upload(self._row(identifier, person))
        if not found.has_arrived and found.offset >= found.size_bytes:
            with self._partial(found) as partial:
                self.arrive(found, partial)
            found = self._upload(self._row(identifier, person))
        return found

    def of_batch(self, batch: str, person: str) -> tuple[Upload, ...]:
        """List the files of a batch in the order of their paths. Raises NotFoundError."""
        self._batch(batch, person)
        query = select(uploads).where(uploads.c.batch == batch).order_by(uploads.c.path, uploads.c.id)
        with self._engine.connect() as connection:
            return tuple(self._upload(row) for row in connection.execute(query).all())

    def open(self, upload: Upload, offset: int, length: int | None) -> PartialFile:
        """Take a file in hand, to write what comes after `offset`. The caller closes it.

        Args:
            length: how much is going to come, where that is known.

        Raises:
            BusyError, OffsetError, TooLargeError, DiskFullError, StorageError: it cannot be written so.
        """
        if upload.has_arrived:
            raise OffsetError(upload.size_bytes)
        if offset + (length or 0) > upload.size_bytes:
            raise TooLargeError(f"The file was said to have {upload.size_bytes} bytes; more are coming.")
        partial = self._partial(upload)
        try:
            if partial.offset != offset:
                raise OffsetError(partial.offset)
            check_room(self._folder, upload.size_bytes, offset)
        except BaseException:
            partial.close()
            raise
        return partial

    def arrive(self, upload: Upload, partial: PartialFile) -> None:
        """Enter a whole file into the queue, where a worker takes it over. The bytes are safe after that.

        May be called again after a crash at any point. Raises ArchiveError: nothing is lost, try again.
        """
        if not self._is_entered(upload.id):
            sha512 = partial.sha512()
            passing(Gap.UPLOAD_WHOLE)
            batch = self._batches.batch(upload.batch)
            received = self._archive.adopt(partial.path, partial.lock)
            passing(Gap.UPLOAD_ADOPTED)
            description = Description(batch.conference, self._panel(batch), hold=True)
            result = self._accession.take(
                upload.path,
                upload.path.rsplit("/", 1)[-1],
                received,
                sha512,
                upload.size_bytes,
                description,
                batch=batch.id,
                priority=PRIORITY,
            )
            if isinstance(result, Outcome) and result.status is Status.FAILED:
                raise StorageError(result.error)
            passing(Gap.UPLOAD_ENTERED)
        arrived = update(uploads).where(uploads.c.id == upload.id)
        with self._engine.begin() as connection:
            connection.execute(arrived.values(arrived_at=dt.datetime.now(dt.UTC)))
        passing(Gap.UPLOAD_NOTED)
        partial.path.unlink(missing_ok=True)
        partial.lock.close()  # From here on a worker may take the receipt.

    def remove(self, identifier: str, person: str) -> None:
        """Drop a file of which only a part has arrived; one that has arrived stays in the archive.

        Raises:
            NotFoundError: the person has no such upload.
            ArrivedError, BusyError: it has arrived, or another request writes to it.
        """
        upload = self._upload(self._row(identifier, person))
        if upload.has_arrived:
            raise ArrivedError("The file has arrived. It can be withdrawn where the drafts are checked.")
        with self._partial(upload):
            self._drop(upload.id)

    def sweep(self) -> None:
        """Enter what is whole and was not entered; drop what has expired, with a line in the log."""
        with self._engine.connect() as connection:
            rows = connection.execute(select(uploads)).all()
        for row in rows:
            try:
                self._sweep(self._upload(row))
            except (BusyError, ArchiveError) as exc:
                log.warning("upload of %s is left as it is: %s", row.path, exc)

    def _sweep(self, upload: Upload) -> None:
        expired = upload.expires_at <= dt.datetime.now(dt.UTC)
        if upload.has_arrived:
            self._path(upload.id).unlink(missing_ok=True)  # its second name, where a crash has left it
            if expired:
                self._forget(upload.id)
        elif upload.offset >= upload.size_bytes:
            with self._partial(upload) as partial:
                self.arrive(upload, partial)
        elif expired:
            with self._partial(upload):
                self._drop(upload.id)
            log.warning("upload of %s ended: %s bytes of %s", upload.path, upload.offset, upload.size_bytes)

    def _drop(self, identifier: str) -> None:
        self._path(identifier).unlink(missing_ok=True)
        self._forget(identifier)

    def _forget(self, identifier: str) -> None:
        with self._engine.begin() as connection:
            connection.execute(delete(uploads).where(uploads.c.id == identifier))

    def _batch(self, identifier: str, person: str) -> Batch:
        batch = self._batches.batch(identifier)
        if batch.person != person or batch.source != SOURCE:
            raise NotFoundError("batch", identifier)
        return batch

    def _panel(self, batch: Batch) -> str | None:
        """Return the panel of a batch, unless it was taken out since."""
        try:
            known = self._archive.conference(batch.conference)
        except NotFoundError:
            return batch.panel
        return batch.panel if batch.panel in {panel.id for panel in known.panels} else None

    def _row(self, identifier: str, person: str) -> Row[Any]:
        own = (uploads.c.id == identifier, uploads.c.person == person)
        with self._engine.connect() as connection:
            row = connection.execute(select(uploads).where(*own)).first()
        if row is None:
            raise NotFoundError("upload", identifier)
        return row

    def _is_entered(self, identifier: str) -> bool:
        """Tell whether a process that died since had entered the file: its receipt has the upload's name."""
        with self._engine.connect() as connection:
            query = select(intake.c.id).where(intake.c.received == identifier)
            return connection.execute(query).first() is not None

    def _partial(self, upload: Upload) -> PartialFile:
        return PartialFile(self._path(upload.id), upload.size_bytes)

    def _path(self, identifier: str) -> Path:
        return self._folder / identifier

    def _upload(self, row: Row[Any]) -> Upload:
        path = self._path(row.id)
        offset, touched = row.size_bytes, row.arrived_at
        if row.arrived_at is None:
            offset, touched = arrived_bytes(path), _touched(path, row.created_at)
        return Upload(
            row.id,
            row.batch,
            row.path,
            row.size_bytes,
            row.modified,
            min(offset, row.size_bytes),
            row.arrived_at is not None,
            touched + LIFE,
        )


def deposited_path(path: str) -> str:
    """Write the path of a file in what was dropped, as it is kept: whatever leads out of it is left out.

    Control characters become visible like bytes that are no text; all other characters stay as given.

    Raises:
        PathError: nothing is left, or it is too long.
        SystemFileError: the file, or a folder it lies in, was left by a program.
    """
    parts = [part for part in path.split("/") if part not in ("", ".", "..")]
    if not parts or path.endswith("/"):
        raise PathError("The path names no file.")
    if len(path.encode("utf-8", "surrogatepass")) > PATH_LENGTH_BYTES:
        raise PathError(
            f"The path is longer than {PATH_LENGTH_BYTES} bytes. Shorten the names of its folders."
        )
    if any(is_system_file(part) for part in parts):
        raise SystemFileError("It is a file of the operating system or of an office program at work.")
    written = printable_path("/".join(parts))
    return "".join(f"\\x{ord(c):02x}" if ord(c) < 32 or 127 <= ord(c) < 160 else c for c in written)


def _touched(path: Path, created_at: dt.datetime) -> dt.datetime:
    try:
        return dt.datetime.fromtimestamp(path.stat().st_mtime, dt.UTC)
    except FileNotFoundError:
        return created_at
