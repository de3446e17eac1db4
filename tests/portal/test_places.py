"""Commands on a home folder that this process may not use, or whose disk is full, and what stays there.

Users and file systems are real: another user by setpriv, a file system in memory by mount. Both need root.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.command import PROJECT, Finished, command, environment, portal
from bench.support.grounds import FullDisk, Ground

NOBODY = 65534
TEXT = "Die Fernwärme der Städtepartnerschaft versorgt Krasnodar und seine Partner zuverlässig. " * 8
COMMANDS = [("ingest", "samples/2017-krasnodar"), ("search", "Energie"), ("rebuild",)]

needs_root = pytest.mark.skipif(
    os.geteuid() != 0 or not shutil.which("setpriv"), reason="needs root and setpriv, to be another user"
)


@pytest.fixture
def files(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(12):
        text = f"Bericht {number}. {TEXT}" * 200
        (folder / f"{number:02}.txt").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every user may reach."""
    with Ground() as ground:
        ground.folder.chmod(0o755)
        yield ground.folder


@pytest.fixture
def disk() -> Iterator[FullDisk]:
    try:
        disk = FullDisk().__enter__()
    except (subprocess.CalledProcessError, OSError) as exc:
        pytest.skip(f"needs the right to mount a file system: {exc}")
    yield disk
    disk.__exit__(None, None, None)


def as_nobody(home: Path, *arguments: str) -> tuple[int, str]:
    """Run a command as the user `nobody`."""
    identity = [f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
    done = subprocess.run(
        ["setpriv", *identity, *command(*arguments)],
        env=environment(home),
        cwd=PROJECT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return done.returncode, done.stderr


def tree(folder: Path) -> dict[str, int]:
    return {str(path): path.stat().st_size for path in sorted(folder.rglob("*")) if path.is_file()}


@needs_root
def test_home_of_another_user_is_named_with_what_to_do(open_folder: Path, files: Path) -> None:
    home = open_folder / "home"
    assert portal(home, "ingest", str(files), "--conference", "c").code == 0
    before = tree(home / "storage")
    for arguments in COMMANDS:
        code, errors = as_nobody(home, *arguments)
        assert code == 2, (arguments, errors)
        assert f"{home} cannot be read and written: it belongs to root" in errors, arguments
        assert "chown -R nobody" in errors
        assert "Traceback" not in errors
    assert tree(home / "storage") == before


@needs_root
def test_single_folder_of_another_user_is_named(open_folder: Path, files: Path) -> None:
    home = open_folder / "home"
    assert portal(home, "ingest", str(files), "--conference", "c").code == 0
    subprocess.run(["chown", "-R", str(NOBODY), str(home)], check=True)
    os.chown(home / "received", 0, 0)
    (home / "received").chmod(0o700)
    code, errors = as_nobody(home, "search", "Energie")
    assert code == 2
    assert f"{home / 'received'} cannot be read and written: it belongs to root" in errors


def test_file_system_that_is_read_only_is_named(disk: FullDisk, files: Path) -> None:
    home = disk.folder / "home"
    assert portal(home, "ingest", str(files), "--conference", "c").code == 0
    subprocess.run(["mount", "-o", "remount,ro", str(disk.folder)], check=True)
    for arguments in COMMANDS:
        done = portal(home, *arguments)
        assert done.code == 2, (arguments, done.errors)
        assert "its file system is mounted read-only" in done.errors
        assert "Traceback" not in done.errors
    subprocess.run(["mount", "-o", "remount,rw", str(disk.folder)], check=True)
    assert portal(home, "verify").code == 0


@pytest.mark.parametrize("spare_bytes", [60_000, 1_500_000])
def test_full_disk_loses_nothing_and_goes_on_when_there_is_room(
    disk: FullDisk, files: Path, spare_bytes: int
) -> None:
    home = disk.folder / "home"
    assert portal(home, "ingest", str(files / "00.txt"), "--conference", "c").code == 0
    disk.fill(spare_bytes)
    full = portal(home, "ingest", str(files), "--conference", "c", "--json")
    assert full.code in (1, 2), full
    assert "Traceback" not in full.errors
    for outcome in full.objects:
        if outcome["status"] == "failed":
            assert "No space left" in str(outcome["error"]) or "disk is full" in str(outcome["error"]), (
                outcome
            )
    disk.calm()
    again = portal(home, "ingest", str(files), "--conference", "c", "--json")
    assert again.code == 0, again
    assert len(again.objects) == 12
    assert list((home / "received").iterdir()) == []
    _whole(home)


def _whole(home: Path) -> None:
    checked: Finished = portal(home, "verify")
    assert checked.code == 0, checked.errors
    found = portal(home, "search", "Fernwärme", "--limit", "50", "--json").objects[0]
    assert found["total"] == 12
