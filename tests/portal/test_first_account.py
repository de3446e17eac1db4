"""The account that is made at the first start."""

from __future__ import annotations

import logging
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit import config

from archive.accounts import Accounts, Role
from archive.repository import Archive
from archive.settings import Settings
from bench.command import PROJECT, command, environment
from index.search import Search
from ingest.pictures import PictureCache
from ingest.readers import ReaderPool
from portal import first_account
from portal.resources import Resources

PASSWORD = "korrekt pferd batterie"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def shared(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Resources]:
    settings = Settings.from_env({"ARCHIVE_HOME": str(home), "ARCHIVE_BASE_URL": "https://archive.example"})
    archive = Archive.open(settings)
    with ReaderPool(1, 60, 1 << 30, ("de",)) as pool:
        opened = Resources(settings, archive, Search(archive), PictureCache(home / "pictures", pool))
        monkeypatch.setattr(first_account, "resources", lambda: opened)
        yield opened
    archive.close()


def test_a_password_is_made_and_shown_once(shared: Resources, capsys: pytest.CaptureFixture[str]) -> None:
    first_account.welcome()
    line = capsys.readouterr().out
    found = re.fullmatch(
        r"Sign in at https://archive\.example/sign-in as staff, password (\S+), shown only this once\n", line
    )
    assert found is not None
    person = shared.accounts.check("staff", found[1])
    assert person is not None
    assert person.role is Role.ADMIN
    first_account.welcome()
    assert capsys.readouterr().out == ""


def test_where_there_is_any_account_none_is_made(
    shared: Resources, capsys: pytest.CaptureFixture[str]
) -> None:
    shared.accounts.add("anna", Role.READER, PASSWORD)
    first_account.welcome()
    assert capsys.readouterr().out == ""
    assert [person.name for person in shared.accounts.people()] == ["anna"]


def test_two_processes_that_start_at_once_make_one(
    shared: Resources, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert first_account.make_first_account(shared.accounts, shared.settings)
    monkeypatch.setattr(Accounts, "people", lambda _: ())
    assert first_account.make_first_account(shared.accounts, shared.settings) is None


def test_an_archive_that_cannot_be_opened_is_no_reason_to_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("no folder")
    settings = Settings.from_env({"ARCHIVE_HOME": str(tmp_path / "file" / "home")})
    monkeypatch.setattr(first_account, "resources", lambda: Archive.open(settings))
    with caplog.at_level(logging.WARNING):
        first_account.welcome()
    assert "The first account was not made" in caplog.text


def test_the_port_is_told_where_it_is_known(shared: Resources, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings.from_env({"ARCHIVE_HOME": str(shared.settings.home)})
    assert first_account._address(settings) == ""
    monkeypatch.setattr(config, "is_manually_set", lambda _: True)
    monkeypatch.setattr(config, "get_option", lambda _: 8600)
    assert first_account._address(settings) == "http://localhost:8600"


@pytest.mark.parametrize("given", ["", PASSWORD])
def test_serve_says_how_to_sign_in(home: Path, given: str) -> None:
    with subprocess.Popen(
        command("serve", "--port", "0"),
        env={**environment(home), "ARCHIVE_STAFF_PASSWORD": given},
        cwd=PROJECT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as server:
        try:
            assert server.stdout is not None
            address = server.stdout.readline().strip().rpartition(" ")[2]
            line = next(line for line in server.stdout if "Sign in at" in line)
        finally:
            os.kill(server.pid, signal.SIGTERM)
        server.wait(timeout=20)
    archive = Archive.open(Settings.from_env({"ARCHIVE_HOME": str(home)}))
    try:
        words = f"Sign in at {address}/sign-in as staff, "
        assert line.startswith(words)
        password = given or line.removeprefix(words + "password ").partition(",")[0]
        assert given == "" or given not in line
        assert Accounts(archive.catalogue.engine).check("staff", password) is not None
    finally:
        archive.close()


@pytest.mark.parametrize(
    "program", [["streamlit", "run", "app.py", "--server.port"], ["uvicorn", "app:app", "--port"]]
)
def test_other_ways_to_start_make_it_too(home: Path, program: list[str]) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    with subprocess.Popen(
        [str(Path(sys.executable).with_name(program[0])), *program[1:], port],
        env={**environment(home), "ARCHIVE_STAFF_PASSWORD": PASSWORD},
        cwd=PROJECT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as server:
        try:
            assert server.stdout is not None
            line = next(line for line in server.stdout if "Sign in at" in line)
        finally:
            server.terminate()
        server.wait(timeout=20)
    assert "/sign-in as staff, as ARCHIVE_STAFF_PASSWORD says" in line
    assert PASSWORD not in line


def test_a_password_too_short_stops_serve_with_a_message(home: Path) -> None:
    done = subprocess.run(
        command("serve", "--port", "0"),
        env={**environment(home), "ARCHIVE_STAFF_PASSWORD": "kurz"},
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert "ARCHIVE_STAFF_PASSWORD" in done.stderr
    assert "10 to 1000 characters" in done.stderr
    assert "kurz" not in done.stderr
