"""Where an archive lies while it is tried, and what is done to it meanwhile: nothing, or worse."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Self

DISK_MEGABYTES = 1024
SPARE_BYTES = 3_000_000
"""At most so much is left when a disk is nearly full: enough for some writes and not for others."""


class Ground:
    """A folder of its own, with nothing done to it. Removed at the end."""

    def __enter__(self) -> Self:
        self.folder = Path(tempfile.mkdtemp(prefix="trial-"))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)

    def disturb(self, home: Path, chance: random.Random) -> None:
        """Do something to an archive, perhaps."""

    def calm(self) -> None:
        """Undo what the next process could not work with."""


class LosingIndex(Ground):
    """The folder of the index is deleted, one time in four."""

    def disturb(self, home: Path, chance: random.Random) -> None:
        """Delete the index, perhaps."""
        if chance.random() < 0.25:
            shutil.rmtree(home / "index", ignore_errors=True)


class FullDisk(Ground):
    """A small file system in memory that is nearly full every other time. Needs the right to mount."""

    def __enter__(self) -> Self:
        super().__enter__()
        options = ["-t", "tmpfs", "-o", f"size={DISK_MEGABYTES}m", "tmpfs"]
        subprocess.run(["mount", *options, str(self.folder)], check=True, capture_output=True)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        subprocess.run(["umount", "--lazy", str(self.folder)], check=True)
        super().__exit__(kind, error, traceback)

    def disturb(self, home: Path, chance: random.Random) -> None:
        """Fill the disk, perhaps."""
        self.calm()
        if chance.random() < 0.5:
            self.fill(chance.randrange(SPARE_BYTES))

    def calm(self) -> None:
        """Make room again."""
        (self.folder / "filling").unlink(missing_ok=True)

    def fill(self, spare_bytes: int) -> None:
        """Leave only so many bytes free."""
        with (self.folder / "filling").open("wb") as stream:
            os.posix_fallocate(stream.fileno(), 0, max(1, shutil.disk_usage(self.folder).free - spare_bytes))


GROUNDS: dict[str, type[Ground]] = {"nothing": Ground, "index": LosingIndex, "disk": FullDisk}
