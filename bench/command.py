"""Run the project's commands as a user would: as processes of their own, on a home folder of their own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).parent.parent


@dataclass(frozen=True, slots=True)
class Finished:
    """A command that ended: exit code, JSON objects of standard output, standard error, seconds."""

    code: int
    objects: tuple[dict[str, object], ...]
    errors: str
    seconds: float


def environment(home: Path, **settings: str) -> dict[str, str]:
    """Return the environment of a command on that home folder: these settings, and none of the caller."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ARCHIVE_")}
    return {**kept, "ARCHIVE_HOME": str(home), "PYTHONPATH": str(PROJECT), **settings}


def command(*arguments: str) -> list[str]:
    """Return the command line of `python -m portal` with these arguments."""
    return [sys.executable, "-m", "portal", *arguments]


def portal(home: Path, *arguments: str, timeout_seconds: float = 1800, **settings: str) -> Finished:
    """Run `python -m portal` to its end, with these settings."""
    began = time.monotonic()
    done = subprocess.run(
        command(*arguments),
        env=environment(home, **settings),
        cwd=PROJECT,
        capture_output=True,
        timeout=timeout_seconds,
        check=False,
    )
    seconds = time.monotonic() - began
    lines = [line for line in done.stdout.decode().splitlines() if line.startswith("{")]
    return Finished(done.returncode, tuple(json.loads(line) for line in lines), done.stderr.decode(), seconds)


@contextmanager
def running(command_line: Sequence[str], home: Path, **settings: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run a command on a home folder beside the block, and end it."""
    process = subprocess.Popen(
        command_line,
        cwd=PROJECT,
        env=environment(home, **settings),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait()


def files_in(folder: Path) -> Sequence[str]:
    """List the files below a folder, relative to it."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
