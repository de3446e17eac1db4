"""A real PostgreSQL for tests: in a temporary folder, on a socket there, gone when the tests end or die.

Debian keeps the programs out of the path, in /usr/lib/postgresql/VERSION/bin. The server refuses to run as
root: then it runs as `postgres` or `nobody`.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
import uuid
from pathlib import Path
from urllib.parse import quote

import psycopg

USER = "archivist"
PASSWORD = "g€heim/@:% 1"
"""It needs every sign of it to be escaped in a URL."""

_WATCH = """
import shutil, subprocess, sys
sys.stdin.read()
subprocess.run([sys.argv[1], "stop", "-D", sys.argv[2] + "/data", "-m", "immediate"], **{user})
shutil.rmtree(sys.argv[2], ignore_errors=True)
"""
"""Ends the server when the pipe to the tests breaks, in whatever way they end."""


def programs() -> Path | None:
    """Return the folder of the newest server that is installed; None where there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).resolve().parent if on_path else None


class Server:
    """A server with one user that may make databases and is nobody special besides."""

    def __init__(self, bin_folder: Path) -> None:
        self._bin = bin_folder
        self.folder = Path(tempfile.mkdtemp(prefix="postgres-"))
        self._user = _unprivileged()
        if self._user:
            shutil.chown(self.folder, self._user)
        (self.folder / "password").write_text("of the superuser")
        (self.folder / "password").chmod(0o644)
        self._run(
            "initdb", "--pgdata", str(self.data), "--auth=scram-sha-256", "--username=postgres",
            f"--pwfile={self.folder}/password", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync",
        )  # fmt: skip
        watch = _WATCH.replace("{user}", repr({"user": self._user} if self._user else {}))
        self._watch = subprocess.Popen(
            [sys.executable, "-c", watch, str(self._bin / "pg_ctl"), str(self.folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        self.start()
        self.ask(f"CREATE ROLE {USER} LOGIN CREATEDB PASSWORD '{PASSWORD}'")

    @property
    def data(self) -> Path:
        """The folder of its databases."""
        return self.folder / "data"

    def start(self) -> None:
        """Start it, and wait until it answers."""
        options = f"-k {self.folder} -c listen_addresses= -c max_connections=60 -c log_timezone=UTC"
        options += " -c timezone=America/New_York -c autovacuum=off"
        self._run("pg_ctl", "start", "-w", "-D", str(self.data), "-l", f"{self.folder}/log", "-o", options)

    def stop(self, how: str = "fast") -> None:
        """Stop it; `immediate`: as if the machine had lost its power."""
        self._run("pg_ctl", "stop", "-w", "-D", str(self.data), "-m", how)

    def close(self) -> None:
        """End it for good."""
        self._watch.communicate()

    def ask(self, statement: str, database: str = "postgres") -> list[tuple[object, ...]]:
        """Run a statement as its superuser, outside a transaction."""
        place = f"host={self.folder} dbname={database} user=postgres password='of the superuser'"
        with psycopg.connect(place, autocommit=True) as connection:
            answer = connection.execute(statement.encode())
            return answer.fetchall() if answer.description else []

    def url(self, database: str, password: str = PASSWORD, user: str = USER) -> str:
        """Return the value of ARCHIVE_CATALOGUE_URL for a database."""
        who = f"{user}:{quote(password, safe='')}"
        return f"postgresql+psycopg://{who}@/{database}?host={quote(str(self.folder))}"

    def new_database(self, template: str = "template0") -> str:
        """Make a database, a copy of another; return its name."""
        name = f"t_{uuid.uuid4().hex}"
        self.ask(f"CREATE DATABASE {name} TEMPLATE {template} OWNER {USER}")
        return name

    def copy(self, database: str, into: str) -> None:
        """Dump a database and restore it into another, as a backup does."""
        dump = str(self.folder / "dump")
        where = ["--host", str(self.folder), "--username", USER]
        self._run("pg_dump", *where, "--format=custom", f"--file={dump}", database)
        self._run("pg_restore", *where, f"--dbname={into}", "--exit-on-error", dump)

    def drop(self, database: str) -> None:
        """Drop a database, whoever is connected."""
        self.ask(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")

    def _run(self, program: str, *arguments: str) -> None:
        done = subprocess.run(
            [self._bin / program, *arguments],
            user=self._user,
            cwd=self.folder,
            env={**os.environ, "LC_ALL": "C", "PGPASSWORD": PASSWORD},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL if program == "pg_ctl" else subprocess.PIPE,
            check=False,
        )
        if done.returncode:
            log = self.folder / "log"
            raise RuntimeError(f"{program}: {done.stderr!r} {log.read_text() if log.exists() else ''}")


def _unprivileged() -> str | None:
    """Name whom the server runs as; None: whoever runs the tests."""
    if os.getuid():
        return None
    known = {each.pw_name for each in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"
