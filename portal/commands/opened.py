"""What commands work with, opened from the settings and closed again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from archive.repository import Archive
from archive.settings import Settings
from index.follower import Follower
from ingest.presence import present
from ingest.readers import ReaderPool
from ingest.worker import Worker


@contextmanager
def open_archive(settings: Settings, *, create: bool = False, rebuilding: bool = False) -> Iterator[Archive]:
    """Open the archive for one block, as `Archive.open` does."""
    archive = Archive.open(settings, create=create, rebuilding=rebuilding)
    try:
        yield archive
    finally:
        archive.close()


@contextmanager
def open_worker(
    settings: Settings, readers: ReaderPool, kind: str = "ingest", follower: Follower | None = None
) -> Iterator[Worker]:
    """Open all that brings files in. `kind` is how the status page calls this process."""
    with (
        open_archive(settings, create=True) as archive,
        present(settings.home, kind) as presence,
    ):
        yield Worker(archive, readers, presence, follower)
