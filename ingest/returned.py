"""Spreadsheets that came back and wait for somebody to say which of their changes are wanted.

They lie in a folder of their own for a day; nothing else is known of them than their bytes.
"""

from __future__ import annotations

import re
import time
import uuid
from collections.abc import Iterable
from pathlib import Path

from archive.durable import make_folders
from archive.errors import NotFoundError
from ingest.errors import IngestError

KEPT_SECONDS = 24 * 3600

_NAME = re.compile(r"[0-9a-f]{32}")


class TooLargeError(IngestError):
    """More bytes came than a spreadsheet of records has."""


class ReturnedSheets:
    """The folder of one archive."""

    def __init__(self, home: Path, largest_bytes: int) -> None:
        self._folder = home / "sheets"
        self._largest_bytes = largest_bytes

    def keep(self, pieces: Iterable[bytes]) -> str:
        """Write what comes to the disk; return the name under which it is found again.

        Raises:
            TooLargeError: there is more of it than allowed; nothing is left behind.
        """
        make_folders(self._folder)
        self._sweep()
        path = self._folder / uuid.uuid4().hex
        size_bytes = 0
        try:
            with path.open("xb") as stream:
                for piece in pieces:
                    size_bytes += len(piece)
                    if size_bytes > self._largest_bytes:
                        raise TooLargeError("The file is larger than any table of records.")
                    stream.write(piece)
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        return path.name

    def path(self, name: str) -> Path:
        """Return where the bytes lie. Raises NotFoundError."""
        path = self._folder / name
        if not _NAME.fullmatch(name) or not path.is_file():
            raise NotFoundError("spreadsheet", name)
        return path

    def drop(self, name: str) -> None:
        """Forget one; nothing happens where it is gone already."""
        if _NAME.fullmatch(name):
            (self._folder / name).unlink(missing_ok=True)

    def _sweep(self) -> None:
        oldest = time.time() - KEPT_SECONDS
        for path in self._folder.iterdir():
            if path.stat().st_mtime < oldest:
                path.unlink(missing_ok=True)
