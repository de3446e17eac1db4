"""How long a turn at a long queue takes, and how many files several processes take from it at once.

    python -m bench.turns [FILES] [TURNS] [PROCESSES]

FILES (20,000) wait in a temporary archive, one in a hundred with the priority of an upload. TURNS (500) files
are taken and finished, one by one; then PROCESSES (3) do the same with as many each, at the same time. The
catalogue is SQLite, or what ARCHIVE_CATALOGUE_URL names: an empty database.
"""

from __future__ import annotations

import datetime as dt
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import deque

from sqlalchemy import insert

from archive.repository import Archive
from archive.settings import Settings
from archive.tables import intake
from bench.command import PROJECT
from ingest.candidate import Description
from ingest.intake import Intake, Ticket
from ingest.queue import Queue

UPLOAD_EVERY = 100
IN_HAND = 3


def fill(archive: Archive, files: int) -> None:
    """Let so many files wait, each with bytes of its own."""
    folder = archive.settings.home / "received"
    folder.mkdir(exist_ok=True)
    now, description = dt.datetime.now(dt.UTC), Description("c").to_json()
    rows = [
        {
            "conference": "c",
            "path": f"folder {number % 100}/file {number}.txt",
            "received": f"{number:032}",
            "sha512": f"{number:0128}",
            "size_bytes": 4,
            "media_type": "text/plain",
            "description": description,
            "state": "waiting",
            "error": "",
            "priority": int(number % UPLOAD_EVERY == 0),
            "entered_at": now,
            "changed_at": now,
        }
        for number in range(files)
    ]
    for row in rows:
        (folder / str(row["received"])).write_bytes(b"text")
    with archive.catalogue.engine.begin() as connection:
        connection.execute(insert(intake), rows)


def take(archive: Archive, turns: int) -> list[float]:
    """Take so many files, a few in hand at a time; return the seconds of each turn."""
    queue, intake_, seconds = Queue(archive), Intake(archive), []
    in_hand: deque[Ticket] = deque()
    for _ in range(turns):
        began = time.perf_counter()
        ticket = queue.take(alone=False)
        seconds.append(time.perf_counter() - began)
        if ticket is None:
            raise RuntimeError("the queue was empty too early")
        in_hand.append(ticket)
        if len(in_hand) == IN_HAND:
            intake_.finish(in_hand.popleft(), None, "")
    while in_hand:
        intake_.finish(in_hand.popleft(), None, "")
    return seconds


def main(arguments: list[str]) -> int:
    """Measure; with `take TURNS` as a process that others were started beside."""
    if arguments[:1] == ["take"]:
        archive = Archive.open(Settings.from_env())
        sys.stdin.readline()
        began = time.perf_counter()
        take(archive, int(arguments[1]))
        sys.stdout.write(f"{time.perf_counter() - began}\n")
        archive.close()
        return 0
    files, turns, processes = (int(each) for each in [*arguments, *("20000", "500", "3")[len(arguments) :]])
    with tempfile.TemporaryDirectory() as home:
        os.environ["ARCHIVE_HOME"] = home
        archive = Archive.open(Settings.from_env())
        fill(archive, files)
        seconds = take(archive, turns)
        name = archive.catalogue.engine.dialect.name
        archive.close()
        sys.stdout.write(
            f"{name}, {files} files wait: a turn takes {1000 * statistics.median(seconds):.1f} ms "
            f"(median of {turns}), {1000 * max(seconds):.0f} ms at most\n"
        )
        took = _at_once(turns, processes)
        sys.stdout.write(
            f"{processes} processes take and finish {processes * turns / took:.0f} files a second\n"
        )
    return 0


def _at_once(turns: int, processes: int) -> float:
    """Let several processes take files, and return the seconds of the slowest."""
    command = [sys.executable, "-m", "bench.turns", "take", str(turns)]
    started = [
        subprocess.Popen(command, cwd=PROJECT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(processes)
    ]
    time.sleep(3)
    for process in started:
        if process.stdin is not None:
            process.stdin.write("\n")
            process.stdin.flush()
    return max(float(process.communicate()[0]) for process in started)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
