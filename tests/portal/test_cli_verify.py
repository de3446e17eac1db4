"""`verify` on the command line: lines, JSON, exit codes, and what it checks when something is in the way."""

from __future__ import annotations

import json
import os
import pty
import subprocess
from pathlib import Path

import pytest

from archive.findings import NO_COPY
from archive.verification_log import last_verified
from bench.command import PROJECT, command, environment, portal

TEXT = "Die Fernwärme der Städtepartnerschaft versorgt Krasnodar und seine Partner zuverlässig. " * 8


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    for name in ("a", "b"):
        (tmp_path / f"in/{name}.txt").write_text(f"{name}: {TEXT}", encoding="utf-8")
    assert portal(tmp_path / "home", "ingest", str(tmp_path / "in"), "--conference", "c").code == 0
    return tmp_path / "home"


def original(home: Path) -> Path:
    return min(home.glob("storage/*/*/*/*/v1/content/*.txt"))


def lines(home: Path) -> list[str]:
    done = subprocess.run(
        command("verify"), env=environment(home), cwd=PROJECT, capture_output=True, check=False
    )
    assert done.stderr == b""
    assert done.returncode == 3
    return done.stdout.decode().splitlines()


def test_a_finding_is_one_line(home: Path) -> None:
    damaged = original(home)
    damaged.write_bytes(b"x" + damaged.read_bytes()[1:])
    (line,) = lines(home)
    assert line.startswith(f"{damaged.relative_to(home)}: is damaged")
    assert line.endswith(NO_COPY)
    verified = last_verified(home)
    assert verified is not None
    assert verified.findings == 1


def test_a_stray_file_whose_name_forges_a_line_does_not(home: Path) -> None:
    original(home).with_name("x\nstorage: is whole").write_bytes(b"")
    (line,) = lines(home)
    assert "x\\u000astorage: is whole" in line


def test_findings_are_json_where_that_is_asked_for(home: Path) -> None:
    damaged = min(home.glob("storage/*/*/*/*/inventory.json"))
    damaged.unlink()
    done = portal(home, "verify", "--json")
    assert done.code == 3
    (found,) = done.objects
    assert set(found) == {"place", "problem", "remedy", "whole_copy"}
    assert found["whole_copy"] == str(damaged.parent.joinpath("v1/inventory.json").relative_to(home))


def test_the_storage_root_is_checked_where_the_catalogue_is_damaged_or_lost(home: Path) -> None:
    damaged = original(home)
    damaged.unlink()
    (home / "catalogue.sqlite").write_bytes(b"no database" * 1000)
    for _ in range(2):
        done = portal(home, "verify", "--json")
        assert done.code == 3
        assert [found["place"] for found in done.objects] == [str(damaged.relative_to(home))]
        assert "run: python -m portal rebuild" in done.errors.replace("Run", "run")
        for path in home.glob("catalogue.sqlite*"):
            path.unlink()


def test_what_keeps_the_archive_from_being_opened_keeps_nothing_from_being_checked(home: Path) -> None:
    closed, damaged = sorted(home.glob("storage/*/*/*/*/v1/content/*.txt"))
    damaged.unlink()
    for path in home.glob("catalogue.sqlite*"):
        path.unlink()
    folder = closed.parents[5]
    folder.chmod(0)
    try:
        if list(folder.glob("*")):
            pytest.skip("this user may read every folder")
        places = [found["place"] for found in portal(home, "verify", "--json").objects]
    finally:
        folder.chmod(0o700)
    assert places == [str(folder.relative_to(home)), str(damaged.relative_to(home))]


def test_progress_is_shown_on_a_terminal_and_nowhere_else(home: Path) -> None:
    assert portal(home, "verify").errors == ""
    ours, theirs = pty.openpty()
    done = subprocess.run(
        command("verify"),
        env=environment(home),
        cwd=PROJECT,
        stdout=subprocess.PIPE,
        stderr=theirs,
        check=False,
    )
    os.close(theirs)
    shown = os.read(ours, 10_000)
    os.close(ours)
    assert done.returncode == 0
    assert done.stdout == b""
    assert shown.endswith(b"\r\x1b[K")
    assert json.loads((home / "verify.json").read_bytes())["findings"] == 0
