"""`python -m portal user`, as a process of its own and at a terminal."""

from __future__ import annotations

import json
import os
import pty
import subprocess
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest

from archive.accounts import Accounts, Role
from archive.errors import ArchiveError
from archive.repository import Archive
from archive.settings import Settings
from archive.staff_log import StaffLog
from bench.command import PROJECT, command, environment
from portal.cli import parser
from portal.commands.user import run

PASSWORD = "korrekt pferd batterie"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def user(home: Path, *arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command("user", *arguments),
        env=environment(home),
        cwd=PROJECT,
        input=typed,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def archive(home: Path) -> Iterator[Archive]:
    opened = Archive.open(Settings.from_env({"ARCHIVE_HOME": str(home)}))
    yield opened
    opened.close()


def test_an_account_from_beginning_to_end(home: Path, archive: Archive) -> None:
    accounts = Accounts(archive.catalogue.engine)
    assert user(home, "add", "Anna", "--role", "admin", typed=PASSWORD + "\n").returncode == 0
    assert user(home, "add", "bela", typed=PASSWORD + "\r\n").returncode == 0
    assert accounts.check("anna", PASSWORD) is not None
    assert accounts.person("bela").role is Role.STAFF
    assert user(home, "list").stdout == "anna\tadmin\nbela\tstaff\n"

    secret = accounts.begin_session("bela", "")
    assert user(home, "role", "bela", "reader").returncode == 0
    assert user(home, "sign-out", "bela").returncode == 0
    assert accounts.session_person(secret) is None
    assert user(home, "block", "bela").returncode == 0
    listed = [json.loads(line) for line in user(home, "list", "--json").stdout.splitlines()]
    assert [(one["name"], one["role"], one["blocked"]) for one in listed] == [
        ("anna", "admin", False),
        ("bela", "reader", True),
    ]
    assert user(home, "unblock", "bela").returncode == 0

    made = user(home, "password", "bela", "--generate")
    assert accounts.check("bela", made.stdout.strip()) is not None
    assert accounts.check("bela", PASSWORD) is None
    steps = StaffLog(archive.catalogue.engine).steps()
    assert [(step.action, step.person) for step in reversed(steps)] == [
        (action, "command line")
        for action in (
            "account-added",
            "account-added",
            "account-role",
            "account-signed-out",
            "account-blocked",
            "account-unblocked",
            "account-password",
        )
    ]
    assert PASSWORD not in str(steps)
    assert made.stdout.strip() not in str(steps)


@pytest.mark.parametrize(
    ("arguments", "typed", "said"),
    [
        (("add", "a b"), PASSWORD, "A name has 1 to 64 letters"),
        (("add", "bela"), "short", "A password has 10 to 1000 characters"),
        (("add", "bela"), "", "A password has 10 to 1000 characters"),
        (("add", "anna"), PASSWORD, "There is an account with this name already"),
        (("password", "nobody"), PASSWORD, "There is no account 'nobody'"),
        (("role", "anna", "reader"), "", "Somebody has to be left who may manage accounts"),
        (("block", "anna"), "", "Somebody has to be left who may manage accounts"),
        (("sign-out", "nobody"), "", "There is no account 'nobody'"),
    ],
)
def test_what_cannot_be_done_is_said_and_changes_nothing(
    home: Path,
    archive: Archive,
    arguments: tuple[str, ...],
    typed: str,
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    accounts = Accounts(archive.catalogue.engine)
    accounts.add("anna", Role.ADMIN, PASSWORD)
    monkeypatch.setattr("sys.stdin", StringIO(typed))
    chosen = parser().parse_args(["user", *arguments])
    with pytest.raises(ArchiveError, match=said):
        run(chosen, archive.settings)
    assert capsys.readouterr().out == ""
    assert [(person.name, person.role, person.blocked) for person in accounts.people()] == [
        ("anna", Role.ADMIN, False)
    ]
    assert StaffLog(archive.catalogue.engine).steps() == ()


@pytest.mark.parametrize(("again", "code"), [(PASSWORD, 0), ("another password", 2)])
def test_at_a_terminal_the_password_is_asked_for_twice_and_not_shown(
    home: Path, archive: Archive, again: str, code: int
) -> None:
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        command("user", "add", "anna"),
        env=environment(home),
        cwd=PROJECT,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    ) as process:
        os.close(theirs)
        shown = b""
        for asked, answer in ((b"New password for anna: ", PASSWORD), (b"Once more: ", again)):
            while asked not in shown:
                shown += os.read(ours, 1000)
            os.write(ours, answer.encode() + b"\n")
        assert process.wait(timeout=60) == code
        while True:
            try:
                shown += os.read(ours, 1000)
            except OSError:
                break
    os.close(ours)
    assert PASSWORD.encode() not in shown
    assert again.encode() not in shown
    assert len(Accounts(archive.catalogue.engine).people()) == (code == 0)
