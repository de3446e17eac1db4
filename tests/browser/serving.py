"""A portal on a home of its own, that tests may stop, kill and start again at the same address."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.request import urlopen

from archive.accounts import AccountError, Accounts, Role
from archive.repository import Archive
from archive.settings import Settings

PROJECT = Path(__file__).parents[2]
PASSWORD = "korrekt pferd batterie"
START_SECONDS, END_SECONDS = 120, 60


class Server:
    """`python -m portal serve` and its worker, as people run it."""

    def __init__(self, home: Path, **environment: str) -> None:
        self.home = home
        self.environment = {
            **os.environ,
            "ARCHIVE_HOME": str(home),
            "ARCHIVE_READERS": "1",
            "ARCHIVE_STAFF_PASSWORD": PASSWORD,
            **environment,
        }
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = home.parent / f"{home.name}.log"
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def pid(self) -> int:
        """The process that serves the pages."""
        assert self._process is not None
        return self._process.pid

    def run(self, *arguments: str, timeout: float = 300) -> subprocess.CompletedProcess[str]:
        """Run another command on the same home."""
        command = [sys.executable, "-m", "portal", *arguments]
        return subprocess.run(
            command, cwd=PROJECT, env=self.environment, capture_output=True, text=True, timeout=timeout
        )

    def ingest(self, *arguments: str) -> dict[str, str]:
        """Bring files in; return what became a document, by the path it had."""
        done = self.run("ingest", *arguments, "--json")
        outcomes = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
        assert outcomes, done.stderr
        return {one["path"]: one["document"] for one in outcomes if one["status"] == "deposited"}

    def start(self) -> None:
        """Start, and wait until it can search."""
        command = [sys.executable, "-m", "portal", "serve", "--port", str(self.port)]
        with self.log.open("a") as log:
            self._process = subprocess.Popen(
                command, cwd=PROJECT, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            assert self._process.poll() is None, f"the portal ended while starting:\n{self.log.read_text()}"
            try:
                with urlopen(f"{self.url}/health", timeout=5) as answer:
                    if answer.status == 200:
                        return
            except OSError:
                pass
            time.sleep(0.2)
        raise TimeoutError(f"the portal did not become healthy:\n{self.log.read_text()}")

    def stop(self) -> None:
        """Ask it to end, and wait."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """End all its processes at once, as a power cut would."""
        self._end(signal.SIGKILL)

    def _end(self, number: signal.Signals) -> None:
        if self._process is not None:
            os.killpg(self._process.pid, number)
            self._process.wait(timeout=END_SECONDS)
            self._process = None

    def session(self, role: Role) -> str:
        """Sign somebody of a role in, without a form; return the secret of the session."""
        archive = Archive.open(Settings.from_env({"ARCHIVE_HOME": str(self.home)}))
        try:
            accounts, name = Accounts(archive.catalogue.engine), f"a-{role.name.lower()}"
            with suppress(AccountError):
                accounts.add(name, role, PASSWORD)
            return accounts.begin_session(name, "test")
        finally:
            archive.close()
