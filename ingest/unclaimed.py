"""Received files that no entry of the intake names: kept for people to look at, after a catalogue was lost.

Such a file came in, and whoever handed it in may have been told that it is safe: its entry was in a catalogue
that is gone, or that was copied into a backup before the file. Only its bytes are left, without its name. The
next worker would take it for one of a process that died, and drop it.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import select

from archive.durable import make_folders, sync
from archive.errors import StorageError
from archive.folder_files import sha512_of_file
from archive.repository import Archive
from archive.tables import files, intake
from ingest.intake import DONE

FOLDER = "unclaimed"
"""The folder, in that of the archive, where they are kept."""


def keep_unclaimed(archive: Archive) -> int:
    """Move received files that nobody knows to a folder of their own, unless a document has their bytes.

    What living processes hold is left alone. Returns how many were moved. Raises StorageError.
    """
    home = archive.settings.home
    moved = 0
    try:
        for path in sorted((home / "received").glob("*")):
            received = archive.claim_received(path.name)
            if received is None:
                continue
            try:
                if _is_unclaimed(archive, received.name, received.path):
                    make_folders(home / FOLDER)
                    received.path.rename(home / FOLDER / received.name)
                    sync(home / FOLDER)
                    moved += 1
            finally:
                received.release()
    except OSError as exc:
        raise StorageError(f"What lies in {home / 'received'} could not be kept: {exc}.") from exc
    return moved


def _is_unclaimed(archive: Archive, name: str, path: Path) -> bool:
    """Tell whether there is no entry that waits for it, no upload that it is, and no document that has it."""
    if (archive.settings.home / "uploads" / name).exists():
        return False
    waits = select(intake.c.id).where(intake.c.received == name, intake.c.state != DONE)
    with archive.catalogue.engine.connect() as connection:
        if connection.execute(waits.limit(1)).first() is not None:
            return False
        has_it = select(files.c.document).where(files.c.sha512 == sha512_of_file(path)).limit(1)
        return connection.execute(has_it).first() is None
