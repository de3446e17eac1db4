"""When the archive was last verified, and what came of it.

Kept in a file beside the storage root, since neither a rebuild nor a new catalogue may lose it.
"""

from __future__ import annotations

import datetime as dt
import json
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from archive.durable import write_bytes

FILE = "verify.json"


@dataclass(frozen=True, slots=True)
class Verified:
    """One verification: when it ended, how many findings it had, and how long it took."""

    at: dt.datetime
    findings: int
    seconds: float


def note_verified(home: Path, verified: Verified) -> None:
    """Keep what came of the last verification. One that cannot be kept is not worth failing for."""
    record = {
        "at": verified.at.isoformat(),
        "findings": verified.findings,
        "seconds": round(verified.seconds, 1),
    }
    with suppress(OSError):
        write_bytes(home / FILE, json.dumps(record).encode())


def last_verified(home: Path) -> Verified | None:
    """Return the last verification; None where there was none that can be read."""
    try:
        record = json.loads((home / FILE).read_bytes())
        return Verified(
            dt.datetime.fromisoformat(record["at"]), int(record["findings"]), float(record["seconds"])
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None
