"""The commands when something is in the way: each says what, and its exit code says of which sort."""

from __future__ import annotations

import json
import signal
import subprocess
from pathlib import Path

import pytest

from bench.command import PROJECT, Finished, command, environment, portal

TEXT = "Die Fernwärme der Städtepartnerschaft versorgt Krasnodar und seine Partner zuverlässig. " * 8


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A folder with files enough that a command is still at work after its first line."""
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(200):
        (folder / f"{number:02}.txt").write_text(f"Bericht {number}. {TEXT}", encoding="utf-8")
    return folder


def run(home: Path, *arguments: str, **settings: str) -> Finished:
    """Run a command with settings; it must not end with a traceback."""
    done = subprocess.run(
        command(*arguments),
        env={**environment(home), **settings},
        cwd=PROJECT,
        capture_output=True,
        check=False,
    )
    errors = done.stderr.decode()
    assert "Traceback" not in errors
    objects = [json.loads(line) for line in done.stdout.decode().split("\n") if line.startswith("{")]
    return Finished(done.returncode, tuple(objects), errors, 0)


def ingesting(home: Path, folder: Path) -> subprocess.Popen[bytes]:
    """Begin to ingest; it waits until its lines are read, and so it is still at work after the first."""
    return subprocess.Popen(
        command("ingest", str(folder), "--conference", "c", "--json"),
        env=environment(home),
        cwd=PROJECT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        pipesize=4096,
    )


def test_output_that_nobody_reads_on_is_no_success(tmp_path: Path, files: Path) -> None:
    with ingesting(tmp_path / "home", files) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert b"Traceback" not in process.stderr.read()
        assert process.wait(60) == 141


def test_interrupted_ingest_says_so_and_goes_on_with_the_next_run(tmp_path: Path, files: Path) -> None:
    with ingesting(tmp_path / "home", files) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.send_signal(signal.SIGINT)
        process.stdout.read()
        errors = process.stderr.read().decode()
        assert process.wait(60) == 130
    assert errors == "Stopped. Files that were kept go on with the next run.\n"
    again = run(tmp_path / "home", "ingest", str(files), "--conference", "c", "--json")
    assert (again.code, len(again.objects)) == (0, 200)


def test_full_disk_below_the_output_is_explained(tmp_path: Path, files: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            command("ingest", str(files / "00.txt"), "--conference", "c", "--json"),
            env=environment(tmp_path / "home"),
            cwd=PROJECT,
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode == 2
    assert "No space left" in done.stderr.decode()


@pytest.mark.parametrize("arguments", [("verify",), ("search", "x"), ("rebuild",), ("reindex",)])
def test_home_that_is_a_file_is_no_damage(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    (tmp_path / "home").write_text("")
    done = run(tmp_path / "home", *arguments)
    assert done.code == 2
    assert str(tmp_path / "home") in done.errors


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ARCHIVE_READERS", "inf"),
        ("ARCHIVE_CATALOGUE_URL", "nonsense"),
        ("ARCHIVE_CATALOGUE_URL", "postgresql+pg8000://host/name"),
    ],
)
def test_setting_that_cannot_be_used_is_named(files: Path, name: str, value: str) -> None:
    done = run(files.parent / "home", "ingest", str(files), "--conference", "c", **{name: value})
    assert done.code == 2
    assert name in done.errors


def test_names_of_files_forge_no_lines(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a\nheld: b\x1b[2K\x9b\u202e\u2028.pdf").write_bytes(b"%PDF-1.4 kaputt")
    (tmp_path / "in/c\x85d\x9be.txt").write_text(f"Titel\u202e\x9b\n\n{TEXT}", encoding="utf-8")
    arguments = ("ingest", str(tmp_path / "in"), "--conference", "c")
    done = subprocess.run(
        command(*arguments), env=environment(tmp_path / "home"), cwd=PROJECT, capture_output=True, check=False
    )
    assert done.returncode == 1
    (line,) = done.stdout.decode().splitlines()
    assert line.startswith("held: ")
    assert not set("\x1b\x9b\u202e\u2028") & set(done.stdout.decode() + done.stderr.decode())
    again = portal(tmp_path / "home", *arguments, "--json")
    assert len(again.objects) == 2
    found = subprocess.run(
        command("search", ""),
        env=environment(tmp_path / "home"),
        cwd=PROJECT,
        capture_output=True,
        check=True,
    )
    assert not set("\x1b\x9b\u202e\u2028") & set(found.stdout.decode())


def test_files_held_before_are_named_again(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/kaputt.pdf").write_bytes(b"%PDF-1.4 kaputt")
    for _ in range(2):
        done = subprocess.run(
            command("ingest", str(tmp_path / "in"), "--conference", "c"),
            env=environment(tmp_path / "home"),
            cwd=PROJECT,
            capture_output=True,
            check=False,
        )
        assert done.returncode == 1
        assert "kaputt.pdf: " in done.stdout.decode()
