"""How the archive is: the facts that the status page and `python -m portal status` show."""

from __future__ import annotations

import datetime as dt
import importlib.metadata
import os
import platform
import shutil
import time
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from archive.access import Audience
from archive.holdings import Format, Held, Holdings, count_holdings
from archive.repository import Archive
from archive.verification_log import Verified, last_verified
from index.audiences import index_of
from index.indexer import Indexer
from ingest.batches import Batch, Batches
from ingest.presence import Living, living
from ingest.queue_overview import Entry, QueueOverview, Tally

SHOWN = 50
"""So many files that wait or failed are listed."""

PARTS = ("storage", "received", "uploads", "index", "pictures")
"""Folders of the archive's home whose sizes are told."""

MEASURED_SECONDS = 300
"""How long the sizes of folders are taken for known: to look at every file takes a while."""

TOOLS = ("streamlit", "whoosh3", "tantivy", "sqlalchemy", "ocfl-py", "pypdfium2", "pdfminer.six", "lxml")
"""Distributions on which results depend."""

CHANGELOG = Path(__file__).parent.parent / "CHANGELOG.md"

_sizes: dict[Path, tuple[float, dict[str, int]]] = {}
_holdings: dict[tuple[Path, int], Holdings] = {}


@dataclass(frozen=True, slots=True)
class Work:
    """What is under way: this changes from second to second and costs little to ask."""

    tally: Tally
    reading: tuple[Entry, ...]
    batches: tuple[tuple[Batch, Tally], ...]
    workers: tuple[Living, ...]
    index_behind: int

    @property
    def is_under_way(self) -> bool:
        """Whether anything will change by itself."""
        return bool(self.tally.under_way or self.index_behind)


@dataclass(frozen=True, slots=True)
class Disk:
    """The disk that the archive's home is on, and what the archive takes of it by folder."""

    total_bytes: int
    free_bytes: int
    parts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Status:
    """Everything there is to tell. `index_stamp` names engine, analysis and what else entries depend on."""

    work: Work
    waiting: tuple[Entry, ...]
    failed: tuple[Entry, ...]
    holdings: Holdings
    disk: Disk
    verified: Verified | None
    index_stamp: str
    index_current: bool
    versions: Mapping[str, str]


def work_of(archive: Archive) -> Work:
    """Look at what is under way."""
    queue, batches = QueueOverview(archive), Batches(archive.catalogue.engine)
    with closing(Indexer(archive)) as indexer:
        behind = indexer.behind_by()
    return Work(
        queue.tally(),
        queue.reading(),
        tuple((batches.batch(name), tally) for name, tally in queue.batches().items()),
        living(archive.settings.home),
        max(0, behind),
    )


def status_of(archive: Archive) -> Status:
    """Look at everything."""
    queue, home = QueueOverview(archive), archive.settings.home
    with closing(Indexer(archive)) as indexer:
        index_is_current = indexer.is_current()
    return Status(
        work_of(archive),
        queue.waiting(SHOWN),
        queue.failed(SHOWN),
        _holdings_of(archive),
        _disk(home),
        last_verified(home),
        index_of(archive, Audience.PUBLIC).stamp,
        index_is_current,
        versions(),
    )


def versions() -> dict[str, str]:
    """Return the versions of the program, of Python and of what results depend on."""
    found = {"konferenzarchiv": program_version(), "python": platform.python_version()}
    for name in TOOLS:
        try:
            found[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            continue
    return found


def program_version() -> str:
    """Return the newest version that the changelog names: „unreleased“ between two of them."""
    try:
        lines = CHANGELOG.read_text(encoding="utf-8").splitlines()
    except OSError:
        return ""
    return next((line.removeprefix("## ").lower() for line in lines if line.startswith("## ")), "")


def status_to_json(status: Status) -> dict[str, object]:
    """Write everything as `status --json` prints it."""
    work = status.work
    return {
        "queue": _tally(work.tally),
        "reading": [_entry(entry) for entry in work.reading],
        "waiting": [_entry(entry) for entry in status.waiting],
        "failed": [_entry(entry) for entry in status.failed],
        "batches": [
            {"batch": batch.id, "source": batch.source, "conference": batch.conference, **_tally(tally)}
            for batch, tally in work.batches
        ],
        "workers": [
            {
                "process": each.process,
                "kind": each.kind,
                "started_at": each.started_at.isoformat(),
                "in_hand": list(each.in_hand),
                "changed_at": each.changed_at.isoformat(),
            }
            for each in work.workers
        ],
        "drafts": dict(status.holdings.drafts),
        "holdings": {
            "all": _held(status.holdings.all),
            "conferences": {name: _held(held) for name, held in status.holdings.conferences.items()},
            "languages": dict(status.holdings.languages),
            "formats": {name: _format(each) for name, each in status.holdings.formats.items()},
        },
        "disk": {
            "total_bytes": status.disk.total_bytes,
            "free_bytes": status.disk.free_bytes,
            "parts": dict(status.disk.parts),
        },
        "index": {
            "behind": work.index_behind,
            "stamp": status.index_stamp,
            "is_current": status.index_current,
        },
        "verified": status.verified
        and {
            "at": status.verified.at.isoformat(),
            "findings": status.verified.findings,
            "seconds": status.verified.seconds,
        },
        "versions": dict(status.versions),
    }


def _holdings_of(archive: Archive) -> Holdings:
    """Count what is held; counted anew after a change."""
    key = (archive.settings.home, archive.last_change())
    counted = _holdings.get(key)
    if counted is None:
        counted = count_holdings(archive.catalogue.engine)
        _holdings.clear()
        _holdings[key] = counted
    return counted


def _disk(home: Path) -> Disk:
    usage = shutil.disk_usage(home)
    measured_at, parts = _sizes.get(home, (0.0, {}))
    if not parts or time.monotonic() - measured_at > MEASURED_SECONDS:
        parts = {name: _size_bytes(home / name) for name in PARTS}
        _sizes[home] = (time.monotonic(), parts)
    return Disk(usage.total, usage.free, parts)


def _size_bytes(folder: Path) -> int:
    """Add up the files below a folder; what goes away meanwhile does not count."""
    total = 0
    for parent, _, names in os.walk(folder):
        for name in names:
            try:
                total += Path(parent, name).lstat().st_size
            except OSError:
                continue
    return total


def _tally(tally: Tally) -> dict[str, object]:
    return {
        "waiting": tally.waiting,
        "reading": tally.reading,
        "done": tally.done,
        "failed": tally.failed,
    }


def _entry(entry: Entry) -> dict[str, object]:
    return {
        "id": entry.id,
        "path": entry.path,
        "conference": entry.conference,
        "batch": entry.batch,
        "document": entry.document,
        "error": entry.error or None,
        "attempts": entry.attempts,
        "since": _moment(entry.changed_at or entry.entered_at),
    }


def _moment(at: dt.datetime | None) -> str | None:
    return at.isoformat() if at else None


def _held(held: Held) -> dict[str, object]:
    return {
        "published": held.published,
        "drafts": held.drafts,
        "withdrawn": held.withdrawn,
        "files": held.files,
        "size_bytes": held.size_bytes,
    }


def _format(each: Format) -> dict[str, object]:
    return {"files": each.files, "size_bytes": each.size_bytes}
