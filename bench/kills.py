"""Kill an ingestion with SIGKILL at random moments, then let it end: every file once, nothing damaged.

python -m bench.kills FOLDER [KILLS] [SEED]
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from archive.repository import Archive
from archive.settings import Settings
from archive.verification import verify
from bench.command import PROJECT, command, environment, files_in, portal

START_SECONDS = 0.5
"""Before that, a process has not begun to work."""


def kill_and_finish(folder: Path, home: Path, kills: int, seed: int, span_seconds: float) -> list[str]:
    """Ingest a folder with interruptions; return what is wrong afterwards, nothing if all is well.

    Args:
        span_seconds: each run is killed at a random moment of that many seconds, counted from its start.
    """
    moments = random.Random(seed)
    arguments = ("ingest", str(folder), "--conference", "killed", "--json")
    for _ in range(kills):
        process = subprocess.Popen(
            command(*arguments),
            env=environment(home),
            cwd=PROJECT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        time.sleep(START_SECONDS + moments.random() * span_seconds)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    last = portal(home, *arguments)
    return [*_outcomes(folder, last.objects, last.errors), *_archive(folder, home)]


def _outcomes(folder: Path, outcomes: tuple[dict[str, object], ...], errors: str) -> list[str]:
    counted = Counter(str(outcome["path"]) for outcome in outcomes)
    wrong = [f"{path}: {counted[path]} outcomes" for path in files_in(folder) if counted[path] != 1]
    failed = [f"{o['path']}: {o['error']}" for o in outcomes if o["status"] == "failed"]
    return [*wrong, *failed, *([errors] if not outcomes else [])]


def _archive(folder: Path, home: Path) -> list[str]:
    archive = Archive.open(Settings.from_env({"ARCHIVE_HOME": str(home)}))
    wrong = [f"verify: {finding.place}: {finding.problem}" for finding in verify(archive)]
    documents = archive.documents(state=None)
    digests = Counter(file.sha512 for document in documents for file in document.current.files)
    wrong += [f"{digest[:12]} is kept {count} times" for digest, count in digests.items() if count != 1]
    wrong += [
        f"{document.id} has {len(document.versions)} versions"
        for document in documents
        if len(document.versions) > 1
    ]
    wrong += [f"left behind: {path}" for path in (home / "received").iterdir()]
    wrong += [f"left behind: {path}" for path in (home / "journal").iterdir()]
    archive.close()
    return wrong


def main() -> int:
    """Run with the arguments of the command line and say what came of it."""
    folder = Path(sys.argv[1]).resolve()
    kills = int(sys.argv[2]) if len(sys.argv) > 2 else 20
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else random.randrange(10**6)
    with tempfile.TemporaryDirectory() as measured, tempfile.TemporaryDirectory() as home:
        whole = portal(Path(measured), "ingest", str(folder), "--conference", "killed", "--json").seconds
        span = max(1.0, 2 * whole / kills)
        wrong = kill_and_finish(folder, Path(home), kills, seed, span)
    sys.stdout.write(f"seed {seed}: {kills} kills within {span:.1f} s each, {len(wrong)} defects\n")
    sys.stdout.writelines(f"{line}\n" for line in wrong)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
