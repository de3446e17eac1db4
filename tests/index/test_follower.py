"""The index follows in a process of its own. Tests run programs, since only a fresh process may fork."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import psutil
import pytest

from archive.settings import Settings
from index.follower import Follower

ROOT = Path(__file__).resolve().parents[2]

BEGINNING = """
import sys, threading, time
from archive.repository import Archive
from archive.settings import Settings
from index.follower import COMMIT_CHANGES, Follower
from index.indexer import Indexer
from following import deposit_many

settings = Settings.from_env()
"""


def environment_of(tmp_path: Path) -> dict[str, str]:
    paths = os.pathsep.join((str(ROOT), str(Path(__file__).parent)))
    return {**os.environ, "ARCHIVE_HOME": str(tmp_path / "home"), "PYTHONPATH": paths}


def run(tmp_path: Path, program: str) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", BEGINNING + program],
        env=environment_of(tmp_path),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def test_what_comes_in_is_indexed_meanwhile_and_the_rest_at_the_end(tmp_path: Path) -> None:
    program = """
with Follower(settings) as follower:
    archive = Archive.open(settings)
    follower.begin()
    deposit_many(archive, COMMIT_CHANGES)
    indexer = Indexer(archive)
    while indexer.behind_by():
        time.sleep(0.05)
    print("meanwhile")
    deposit_many(archive, 3)
print(indexer.behind_by())
"""
    assert run(tmp_path, program) == ["meanwhile", "0"]


def test_without_a_beginning_nothing_is_indexed(tmp_path: Path) -> None:
    program = """
with Follower(settings) as follower:
    archive = Archive.open(settings)
    deposit_many(archive, 2)
print(Indexer(archive).behind_by())
"""
    assert run(tmp_path, program) == ["2"]


@pytest.mark.parametrize("begins", [True, False])
def test_one_that_dies_leaves_its_work_to_others(tmp_path: Path, begins: bool) -> None:
    program = f"""
with Follower(settings) as follower:
    archive = Archive.open(settings)
    if {begins}:
        follower.begin()
    follower._process.kill()
    follower._process.join()
    follower.begin()
    deposit_many(archive, 2)
print(Indexer(archive).catch_up() == archive.last_change())
"""
    assert run(tmp_path, program) == ["True"]


def test_trouble_ends_it_at_once(tmp_path: Path) -> None:
    program = """
try:
    with Follower(settings) as follower:
        archive = Archive.open(settings)
        follower.begin()
        deposit_many(archive, 2)
        raise KeyboardInterrupt
except KeyboardInterrupt:
    print(follower._process.exitcode)
"""
    assert run(tmp_path, program) == [str(-signal.SIGKILL)]


def test_it_ends_with_the_process_that_made_it(tmp_path: Path) -> None:
    program = """
follower = Follower(settings)
archive = Archive.open(settings)
follower.begin()
print(follower._process.pid, flush=True)
time.sleep(60)
"""
    with subprocess.Popen(
        [sys.executable, "-c", BEGINNING + program],
        env=environment_of(tmp_path),
        cwd=ROOT,
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        follower = psutil.Process(int(process.stdout.readline()))
        process.kill()
        process.wait()
        for _ in range(600):
            if not follower.is_running() or follower.status() == psutil.STATUS_ZOMBIE:
                return
            time.sleep(0.05)
        pytest.fail("it goes on alone")


def test_where_there_are_threads_it_does_nothing(environment: dict[str, str]) -> None:
    over = threading.Event()
    other = threading.Thread(target=over.wait)
    other.start()
    before = psutil.Process().children()
    try:
        with Follower(Settings.from_env(environment)) as follower:
            follower.begin()
            assert psutil.Process().children() == before
    finally:
        over.set()
        other.join()
