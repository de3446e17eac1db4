"""Time until a folder is searchable, beside recollindex on the same folder in the same run.

    python -m bench.ingestion FOLDER [RUNS]

recollindex (Debian: recollcmd, antiword, python3-lxml, poppler-utils) indexes files where they lie; it
keeps no copies, checks no digests and knows no languages or panels. The ratio says what all of that costs.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from bench.command import portal


def ingest(folder: Path) -> tuple[float, Counter[str], int]:
    """Ingest into an empty archive; return seconds, outcomes by status, and pages."""
    with tempfile.TemporaryDirectory() as home:
        done = portal(Path(home), "ingest", str(folder), "--conference", "corpus", "--json")
    statuses = Counter(str(outcome["status"]) for outcome in done.objects)
    return done.seconds, statuses, sum(int(str(outcome["pages"])) for outcome in done.objects)


def recollindex(folder: Path) -> float | None:
    """Index the folder with Recoll into an empty index; return seconds, None where it is not installed."""
    program = shutil.which("recollindex")
    if program is None:
        return None
    with tempfile.TemporaryDirectory() as configuration:
        Path(configuration, "recoll.conf").write_text(f"topdirs = {folder}\nloglevel = 1\n", encoding="utf-8")
        began = time.monotonic()
        # Its filters are Python scripts that need Debian's python3 with lxml, whatever else is on the path.
        path = {**os.environ, "PATH": "/usr/bin:/bin"}
        subprocess.run([program, "-c", configuration, "-z"], env=path, capture_output=True, check=True)
        return time.monotonic() - began


def main() -> int:
    """Run both in turn and print a table."""
    folder = Path(sys.argv[1]).resolve()
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    ratios = []
    for _ in range(runs):
        seconds, statuses, pages = ingest(folder)
        peer = recollindex(folder)
        counts = ", ".join(f"{count} {status}" for status, count in sorted(statuses.items()))
        sys.stdout.write(f"ingest {seconds:.1f} s ({counts}; {pages} pages)")
        if peer is not None:
            ratios.append(seconds / peer)
            sys.stdout.write(f" | recollindex {peer:.1f} s | ratio {seconds / peer:.2f}")
        sys.stdout.write("\n")
    if ratios:
        sys.stdout.write(f"median ratio {statistics.median(ratios):.2f}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
