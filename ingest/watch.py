"""The watch folder: files laid there are taken by themselves, as drafts, and moved out of the way.

Folders are read as `ingest` reads them: each below the watched one is a conference. A file is kept before it
is moved, so that one that a crash left between the two is known by its bytes the next time, and moved then.
Nothing is deleted or overwritten, and nothing but ordinary files is opened.
"""

from __future__ import annotations

import datetime as dt
import logging
import os
import stat
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path, PurePath
from typing import BinaryIO

from archive.errors import ArchiveError
from archive.names import printable_path
from archive.repository import Archive
from ingest.accession import Accession
from ingest.batches import Batch, Batches
from ingest.candidate import Candidate
from ingest.conference_yaml import FILE_NAME
from ingest.conferences import GoneError, keep_described
from ingest.crawl import Crawl, Wishes, crawl
from ingest.errors import IngestError
from ingest.intake import Intake, Ticket
from ingest.manifest import is_manifest_name
from ingest.manifest_shelf import ManifestShelf
from ingest.outcome import Status
from ingest.scenery import SCENERY, is_scenery
from ingest.unpacking import Unpacking, is_readable_zip
from ingest.watch_files import Seen, Signature, Stillness, files_below, signature_of
from ingest.watch_moves import DONE, FAILED, MoveError, move, note
from ingest.watch_places import Places
from ingest.watch_zips import WatchZips, members_of

LOOK_SECONDS = 2.0
SOURCE = "watch"
"""What batches of the watch folder are told by."""

_NO_CONFERENCE = (
    "The file does not lie in the folder of a conference. Make a folder named after the conference, or after "
    "its identifier, and put the file there."
)

log = logging.getLogger(__name__)


class Watch:
    """Takes files from one folder into one archive."""

    def __init__(
        self,
        archive: Archive,
        folder: Path,
        quiet_seconds: float,
        *,
        clock: Callable[[], float] = time.monotonic,
        today: Callable[[], dt.date] = dt.date.today,
    ) -> None:
        self._archive = archive
        self._folder = folder
        self._clock = clock
        self._today = today
        self._stillness = Stillness(quiet_seconds, clock)
        self._accession = Accession(archive, Intake(archive))
        self._batches = Batches(archive.catalogue.engine)
        self._looked_at: float | None = None
        self._taken: dict[Path, Signature] = {}
        self._said: set[str] = set()
        self._saying: set[str] = set()

    def look(self, stopped: Callable[[], bool] = lambda: False) -> int:
        """Look once, if it is time to; return how many files were taken. Trouble is logged, once each.

        Args:
            stopped: asked before each file whether to leave the rest for the next time.
        """
        now = self._clock()
        if self._looked_at is not None and now - self._looked_at < LOOK_SECONDS:
            return 0
        self._looked_at, self._saying = now, set()
        taken = 0
        try:
            if self._can_be_used():
                taken = self._take_all(stopped)
        except (ArchiveError, OSError) as exc:
            self._say(f"Nothing is taken from the watch folder now: {exc}")
        self._said = self._saying
        return taken

    def _say(self, message: str) -> None:
        """Log what is wrong, unless it was wrong at the last look already."""
        if message not in self._said and message not in self._saying:
            log.warning("%s", message)
        self._saying.add(message)

    def _can_be_used(self) -> bool:
        if not self._folder.is_dir():
            self._say(f"There is no watch folder {self._folder}. Make it, or set ARCHIVE_WATCH to another.")
            return False
        for name in (DONE, FAILED):
            folder = self._folder / name
            try:
                folder.mkdir(exist_ok=True)
                usable = not folder.is_symlink() and os.access(folder, os.W_OK | os.X_OK)
                usable = usable and os.access(self._folder, os.W_OK | os.X_OK)
                same = folder.stat().st_dev == self._folder.stat().st_dev
            except OSError:
                usable = same = False
            if not usable:
                self._say(
                    f"The watch folder cannot be written, so that nothing is taken from it: {folder} has to"
                    " be a folder in which this account may write."
                )
                return False
            if not same:
                self._say(f"{folder} has to be on the same file system as the watch folder.")
                return False
        return True

    def _take_all(self, stopped: Callable[[], bool]) -> int:
        for entry in self._folder.iterdir():
            if entry.is_symlink():
                self._say(f"{entry} is a link; links are not followed.")
        seen = tuple(files_below(self._folder, (DONE, FAILED)))
        still = self._stillness.still(seen)
        self._taken = {path: sign for path, sign in self._taken.items() if path in still}
        by_folder: dict[Path, dict[Path, Seen]] = {}
        for path, file in still.items():
            if path.parent == self._folder and is_readable_zip(path):
                by_folder[path] = {path: file}
            elif path.parent == self._folder:
                self._fail(file, _NO_CONFERENCE)
            else:
                top = self._folder / path.relative_to(self._folder).parts[0]
                by_folder.setdefault(top, {})[path] = file
        moving = {file.path for file in seen if file.path not in still and _describes(file.path)}
        return sum(
            self._take_folder(folder, files, stopped)
            for folder, files in by_folder.items()
            if not any(path.is_relative_to(folder) for path in moving)
        )

    def _take_folder(self, folder: Path, files: Mapping[Path, Seen], stopped: Callable[[], bool]) -> int:
        """Take what is ready of a folder, or of a zip that lies in its place."""
        ready = {path: file for path, file in files.items() if not _describes(path)}
        if not ready:
            return 0
        home = self._archive.settings.home
        zips = {path for path, file in ready.items() if self._taken.get(path) != file.signature}
        if folder in ready and folder not in zips:
            self._move(ready[folder], DONE)  # It could not be moved when it was taken.
            return 0
        with Unpacking(home, only=zips) as unpacking:
            try:
                if folder in zips:
                    unpacking.unpack(folder)
                found = crawl([folder], Wishes(hold=True), home, whole=True, unpacking=unpacking)
            except IngestError as exc:
                if folder in ready:
                    self._fail(ready[folder], str(exc))
                else:
                    self._complain(folder, str(exc))
                return 0
            keep_described(self._archive, found)
            members = members_of(unpacking.unpacked, found.candidates)
            return self._take_found(folder, found, ready, members, stopped)

    def _take_found(
        self,
        folder: Path,
        found: Crawl,
        ready: Mapping[Path, Seen],
        members: Mapping[Path, Sequence[Candidate]],
        stopped: Callable[[], bool],
    ) -> int:
        places = Places(self._archive, self._accession, found, self._batch)
        taken = scenery = 0
        for candidate in found.candidates:
            if stopped():
                break
            file = ready.get(candidate.source)
            if file is not None and is_scenery(candidate.path):  # the page may have been taken before
                self._move(file, DONE)
                scenery += 1
                continue
            if file is None or candidate.skip:
                continue
            if candidate.problem:
                if candidate.source not in found.manifests:
                    self._fail(file, candidate.problem)
                continue
            try:
                taken += self._take(candidate, file, places.batch_of(candidate))
            except GoneError as exc:
                self._fail(file, str(exc))
        for source, own in members.items():
            if not stopped():
                taken += self._take_zip(ready[source], own, places, stopped)
        if scenery:
            log.info("%s: %s files were left out and lie in %s now: %s", folder, scenery, DONE, SCENERY)
        return taken

    def _take_zip(
        self, file: Seen, members: Sequence[Candidate], places: Places, stopped: Callable[[], bool]
    ) -> int:
        """Take the files of a zip, then move it away; to what failed, where one could not be taken."""
        try:
            is_same = signature_of(file.path.lstat()) == file.signature
        except OSError:
            is_same = False
        if not is_same:
            return 0  # It is gone, or another by now: the next look sees what it is.
        zips, taken = WatchZips(self._archive, self._accession), 0
        try:
            for candidate in members:
                if stopped():
                    return taken
                if candidate.is_taken:
                    taken += zips.enter(candidate, places.batch_of(candidate).id)
        except GoneError as exc:
            self._fail(file, str(exc))
            return taken
        except (ArchiveError, OSError) as exc:
            self._say(f"{file.path} stays where it is: {exc}")
            return taken
        self._taken[file.path] = file.signature
        failed = [f"{printable_path(each.path)}: {each.problem}" for each in members if each.problem]
        if failed:
            self._fail(
                file, f"Files that could not be taken out of the zip: {len(failed)}. {' '.join(failed)}"
            )
        else:
            self._move(file, DONE)
        return taken

    def _batch(self, conference: str, found: Crawl) -> Batch:
        """Return the batch of a conference and day, with the manifest that was used."""
        day = self._today()
        for batch in self._batches.newest(100):
            at = batch.created_at.astimezone().date()
            if batch.source == SOURCE and batch.conference == conference and at == day:
                break
        else:
            batch = self._batches.begin("", SOURCE, conference)
        shelf = ManifestShelf(self._archive.settings.home)
        for source, name in found.manifests.items():
            shelf.keep(batch.id, name, source)
        return batch

    def _take(self, candidate: Candidate, file: Seen, batch: Batch) -> int:
        if self._taken.get(file.path) == file.signature:
            self._move(file, DONE)  # It could not be moved when it was taken.
            return 0
        if file.size_bytes > self._archive.settings.max_file_bytes:
            most = self._archive.settings.max_file_bytes
            self._fail(file, f"The file is larger than {most} bytes; ARCHIVE_MAX_FILE_MB sets that.")
            return 0
        try:
            stream = _open(file)
        except PermissionError as exc:
            self._fail(file, f"The file cannot be read: {exc.strerror}.")
            return 0
        except OSError:
            return 0  # It is gone, or another by now: the next look sees what it is.
        with stream:
            received, sha512, size_bytes = self._archive.receive(stream)
            if signature_of(os.fstat(stream.fileno())) != file.signature:
                received.discard()
                return 0
        result = self._accession.take(
            printable_path(candidate.path),
            candidate.source.name,
            received,
            sha512,
            size_bytes,
            candidate.description,
            batch=batch.id,
        )
        if isinstance(result, Ticket):
            result.received.release()  # The worker reads it with all else that waits.
        elif result.status is Status.FAILED:
            self._say(f"{candidate.source} stays where it is: {result.error}")
            return 0
        self._taken[file.path] = file.signature
        self._move(file, DONE)
        return 1

    def _fail(self, file: Seen, why: str) -> None:
        moved = self._move(file, FAILED)
        if moved is not None:
            log.warning("%s was not taken and lies in %s now: %s", file.path, moved.parent, why)
            try:
                note(moved.parent, PurePath(moved.name + ".txt"), why + "\n")
            except MoveError as exc:
                self._say(str(exc))

    def _complain(self, folder: Path, why: str) -> None:
        """Say why nothing of a folder is taken: in the log, and beside what failed."""
        message = f"Nothing is taken from {folder} before this is mended: {why}"
        if message not in self._said:
            try:
                note(
                    self._folder / FAILED, PurePath(self._today().isoformat(), folder.name + ".txt"), message
                )
            except MoveError as exc:
                self._say(str(exc))
        self._say(message)

    def _move(self, file: Seen, to: str) -> Path | None:
        below = PurePath(self._today().isoformat()) / file.path.relative_to(self._folder)
        try:
            if signature_of(file.path.lstat()) == file.signature:
                return move(file.path, self._folder / to, below)
        except FileNotFoundError:
            pass
        except MoveError as exc:
            self._say(str(exc))
        return None


def _describes(path: Path) -> bool:
    return path.name == FILE_NAME or is_manifest_name(path.name)


def _open(file: Seen) -> BinaryIO:
    """Open the very file that was looked at, and no link in its place. Raises OSError."""
    stream = os.fdopen(os.open(file.path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb")
    status = os.fstat(stream.fileno())
    if not stat.S_ISREG(status.st_mode) or signature_of(status) != file.signature:
        stream.close()
        raise FileNotFoundError(0, "another file by now")
    return stream
