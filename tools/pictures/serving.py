"""The portal that pictures are taken of, on a home folder of its own."""

from __future__ import annotations

import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.request import urlopen

from bench.command import PROJECT, command, environment

PASSWORD = "a password for the pictures"
START_SECONDS = 60


@contextmanager
def served(home: Path) -> Iterator[str]:
    """Serve the archive of a home folder for one block; yield its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    process = subprocess.Popen(
        command("serve", "--port", str(port)),
        cwd=PROJECT,
        env=environment(home) | {"ARCHIVE_STAFF_PASSWORD": PASSWORD, "ARCHIVE_READERS": "1"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(url, process)
        yield url
    finally:
        process.terminate()
        process.wait()


def _wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        with suppress(OSError), urlopen(f"{url}/health", timeout=5) as answer:
            if answer.status == 200:
                return
        time.sleep(0.2)
    raise RuntimeError("The portal does not start. Try: make run")
