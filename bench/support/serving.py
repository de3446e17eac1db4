"""`python -m portal serve` for the time of a block, at a port that is free."""

from __future__ import annotations

import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.request import urlopen

from bench.command import PROJECT, command, environment

START_SECONDS = 90
_NO_SETTINGS: Mapping[str, str] = {}


@contextmanager
def serving(home: Path, settings: Mapping[str, str] = _NO_SETTINGS) -> Iterator[tuple[int, int]]:
    """Serve, with settings besides the home folder; yield port and process."""
    port = free_port()
    process = subprocess.Popen(
        command("serve", "--port", str(port)),
        cwd=PROJECT,
        env={**environment(home), **settings},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_until_healthy(process, port)
        yield port, process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait()


def free_port() -> int:
    """Return a port that nobody listens at."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def wait_until_healthy(process: subprocess.Popen[bytes], port: int) -> None:
    """Wait until a portal that was started can search. Raises ConnectionError, TimeoutError."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise ConnectionError("the portal ended while it started")
        with suppress(OSError), urlopen(f"http://127.0.0.1:{port}/health", timeout=5):
            return
        time.sleep(0.1)
    raise TimeoutError("the portal did not become healthy")
