"""docs/backup.md, done word by word: copied while files come in, restored elsewhere, nothing missing."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import select

from archive.accounts import Accounts, Role
from archive.model import Conference, State
from archive.repository import Archive
from archive.settings import Settings
from archive.staff_log import StaffLog
from archive.tables import intake
from bench.command import PROJECT, environment, portal
from bench.support.serving import serving
from bench.support.tus import Client
from ingest.intake import READING, WAITING

GUIDE = PROJECT / "docs" / "backup.md"
SAMPLES = PROJECT / "samples" / "2017-krasnodar"
PASSWORD = "korrekt pferd batterie"
UPLOADS = 60

pytestmark = pytest.mark.skipif(not shutil.which("rsync"), reason="needs rsync (Debian package rsync)")


def scripts() -> list[str]:
    """The two scripts of the guide: copy and restore."""
    return re.findall(r"```sh\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)


def follow(script: str, home: Path, backup: Path) -> None:
    """Run a script of the guide as it stands there."""
    python = script.replace(".venv/bin/python", sys.executable)
    done = subprocess.run(
        ["sh", "-c", python],
        env={**environment(home), "BACKUP": str(backup)},
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, (done.stdout, done.stderr)


def opened(home: Path) -> Archive:
    return Archive.open(Settings.from_env({"ARCHIVE_HOME": str(home)}))


@contextmanager
def uploading(client: Client, folder: Path) -> Iterator[list[str]]:
    """Upload file after file beside the block; the list names those that the portal said are safe."""
    safe: list[str] = []
    over = threading.Event()

    def upload() -> None:
        batch = client.begin_batch("c")
        for number in range(UPLOADS):
            path = folder / f"{number:02}.txt"
            path.write_text(
                f"Bericht Nummer {number}. " + "Fernwärme für Krasnodar. " * 200, encoding="utf-8"
            )
            size = path.stat().st_size
            client.send(client.create(batch, path.name, size), path, 0, size)
            safe.append(path.name)
            if over.is_set():
                return

    thread = threading.Thread(target=upload)
    thread.start()
    try:
        yield safe
    finally:
        over.set()
        thread.join()


@pytest.mark.timeout(600)
def test_restored_from_exactly_what_the_guide_copies_while_uploads_go_on(tmp_path: Path) -> None:
    copy, restore = scripts()
    home, backup, other = tmp_path / "home", tmp_path / "backup", tmp_path / "other"
    portal(home, "ingest", str(SAMPLES))
    with closing(opened(home)) as archive:
        archive.save_conference(Conference("c", {"de": "Hochladen"}))
        accounts = Accounts(archive.catalogue.engine)
        accounts.add("olga", Role.STAFF, PASSWORD)
        secret = accounts.begin_session("olga", "test")
        StaffLog(archive.catalogue.engine).enter("olga", "edit", {"x": {"title": ("a", "b")}})
        before = {document.id: document for document in archive.documents(state=None)}
    with serving(home) as (port, _), uploading(Client(port, secret), tmp_path) as safe:
        while len(safe) < 8:
            time.sleep(0.05)
        there = list(safe)
        follow(copy, home, backup)
        during = len(safe) - len(there)
    assert during > 0, "nothing was uploaded while the copy was made"

    follow(restore, other, backup)
    with closing(opened(other)) as archive:
        assert Accounts(archive.catalogue.engine).check("olga", PASSWORD) is not None
        assert [step.person for step in StaffLog(archive.catalogue.engine).steps()].count("olga") >= 1
        assert before.items() <= {each.id: each for each in archive.documents(state=None)}.items()
    with serving(other):
        documents = _at_rest(other)
    assert set(there) <= documents
    assert portal(other, "verify").code == 0
    found = portal(other, "search", "Energieeffizienz", "--json").objects[0]
    assert found["hits"]


def _at_rest(home: Path) -> set[str]:
    """Wait until nothing waits any more, and none failed; return the names of the drafts."""
    for _ in range(600):
        with closing(opened(home)) as archive, archive.catalogue.engine.connect() as connection:
            rows = connection.execute(select(intake.c.path, intake.c.state, intake.c.error)).all()
            drafts = {document.current.files[0].name for document in archive.documents(state=State.DRAFT)}
        if not {row.state for row in rows} & {WAITING, READING}:
            assert [row for row in rows if row.state == "failed"] == []
            return drafts
        time.sleep(0.2)
    pytest.fail("files still wait")
