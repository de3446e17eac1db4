"""Three workers on one archive with PostgreSQL, killed in turn: every file once, none lost, uploads first."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import pytest
from sqlalchemy import Row, select

from archive.model import State
from archive.repository import Archive
from archive.tables import intake
from bench.command import PROJECT, command
from ingest.accession import Accession
from ingest.candidate import Description
from ingest.intake import DONE, FAILED, READING, WAITING, Intake, Ticket
from ingest.presence import living
from ingest.queue import ENDED, MOST_ATTEMPTS

SAMPLES = PROJECT / "samples" / "2017-krasnodar"
WORKERS, COPIES, KILLS = 3, 2, 3
KILLER = "killer.txt"


@pytest.fixture
def database(postgres_url: str) -> str:
    return postgres_url


class Crew:
    """Workers, each a process of its own; one that is killed is replaced."""

    def __init__(self, environment: dict[str, str]) -> None:
        self._env = {**os.environ, **environment, "ARCHIVE_READERS": "1"}
        self.all = [self._start() for _ in range(WORKERS)]

    def _start(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(command("work"), cwd=PROJECT, env=self._env, stderr=subprocess.DEVNULL)

    def kill(self, place: int) -> None:
        self.all[place].send_signal(signal.SIGKILL)
        self.all[place].wait()
        self.all[place] = self._start()

    def end(self) -> None:
        for worker in self.all:
            worker.terminate()
        for worker in self.all:
            with suppress(subprocess.TimeoutExpired):
                worker.wait(30)
            worker.kill()
            worker.wait()


@pytest.fixture
def crew(environment: dict[str, str], archive: Archive) -> Iterator[Crew]:
    crew = Crew(environment)
    yield crew
    crew.end()


def enter(archive: Archive, path: str, content: bytes, priority: int = 0) -> None:
    received, sha512, size_bytes = archive.receive(io.BytesIO(content))
    taken = Accession(archive, Intake(archive)).take(
        path,
        path.rsplit("/", 1)[-1],
        received,
        sha512,
        size_bytes,
        Description("c", hold=True),
        priority=priority,
    )
    assert isinstance(taken, Ticket)
    taken.received.release()


def rows(archive: Archive) -> list[Row[Any]]:
    with archive.catalogue.engine.connect() as connection:
        return list(connection.execute(select(intake).order_by(intake.c.id)))


def wait_for(condition: Callable[[], object], seconds: float = 120) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def in_hand(archive: Archive, crew: Crew) -> dict[int, tuple[str, ...]]:
    """Return what each worker has in hand, by its place in the crew."""
    known = {each.process: each.in_hand for each in living(archive.settings.home)}
    return {place: known.get(worker.pid, ()) for place, worker in enumerate(crew.all)}


@pytest.mark.timeout(400)
def test_every_file_is_taken_once_whoever_dies(archive: Archive, request: pytest.FixtureRequest) -> None:
    bulk = [path for path in sorted(SAMPLES.rglob("*")) if path.is_file() and path.suffix != ".yaml"]
    for copy in range(COPIES):
        for path in bulk:
            name = f"{copy}/{path.relative_to(SAMPLES)}"
            enter(archive, name, path.read_bytes() + b"\n" * copy)
    uploads = [f"upload {number}.txt" for number in range(5)]
    for name in uploads:
        enter(archive, name, f"Die Städte {name} und ihre Partnerschaft. ".encode() * 40, priority=1)
    crew: Crew = request.getfixturevalue("crew")
    killed = 0
    while killed < KILLS:
        place = killed % WORKERS
        wait_for(lambda place=place: in_hand(archive, crew)[place])
        tried = {row.path for row in rows(archive) if row.state == READING and row.attempts == MOST_ATTEMPTS}
        if tried & set(in_hand(archive, crew)[place]):
            continue  # One more, and an innocent file would be set aside.
        crew.kill(place)
        killed += 1
    wait_for(lambda: not [row for row in rows(archive) if row.state in (WAITING, READING)])
    done = rows(archive)
    assert {row.state for row in done} == {DONE}
    assert max(row.attempts for row in done) > 1, "nobody was killed with a file in hand"
    assert len(done) == COPIES * len(bulk) + len(uploads)
    order = [row.path for row in sorted(done, key=lambda row: row.changed_at)]
    assert max(order.index(name) for name in uploads) < len(order) // 2
    kept = Counter(
        file.sha512
        for document in archive.documents(state=State.DRAFT)
        for version in document.versions
        for file in version.files
    )
    assert kept == Counter(row.sha512 for row in done)

    enter(archive, KILLER, b"Die Partnerschaft der St\xc3\xa4dte lebt von vielen Begegnungen. " * 500_000)
    for _ in range(MOST_ATTEMPTS):
        holders: list[int] = []
        while not holders:
            holders = [place for place, files in in_hand(archive, crew).items() if KILLER in files]
            assert rows(archive)[-1].state != DONE, "it was read too soon"
        crew.kill(holders[0])
    enter(archive, "after.txt", b"Danach geht es mit dem Lesen weiter wie zuvor. " * 40)
    wait_for(lambda: {row.state for row in rows(archive)[-2:]} == {FAILED, DONE})
    assert [(row.state, row.error) for row in rows(archive)[-2:]] == [(FAILED, ENDED), (DONE, "")]
    crew.end()
    env = {**os.environ, "ARCHIVE_HOME": str(archive.settings.home)}
    env["ARCHIVE_CATALOGUE_URL"] = archive.settings.catalogue_url
    verified = subprocess.run(command("verify"), cwd=PROJECT, env=env, capture_output=True, check=False)
    assert (verified.returncode, verified.stdout) == (0, b"")
    assert [path.name for path in (archive.settings.home / "received").iterdir()] == [
        rows(archive)[-2].received
    ]
