"""The whole program on PostgreSQL: commands, portal, uploads, search; while the server is down, and after."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest
from sqlalchemy import func, select

from archive import tables
from archive.accounts import Accounts, Role
from archive.model import State
from archive.repository import Archive
from archive.settings import Settings
from bench.command import PROJECT, command
from bench.command import environment as clean
from bench.support.tus import Client
from ingest.succession import publish
from tests.postgres import Server

TEXT = "Die Fernwärme der Städtepartnerschaft versorgt Krasnodar und seine Partner zuverlässig. " * 8


@pytest.fixture
def env(tmp_path: Path, postgres_url: str) -> dict[str, str]:
    more = {"ARCHIVE_CATALOGUE_URL": postgres_url, "ARCHIVE_READERS": "1"}
    return {**clean(tmp_path / "home"), **more}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    for panel in ("energie", "wasser"):
        (folder / panel).mkdir(parents=True)
        (folder / panel / "Ä file.txt").write_text(f"{TEXT} {panel} " * 3)
    return folder


def run(env: dict[str, str], *arguments: str) -> tuple[int, str, str]:
    done = subprocess.run(command(*arguments), env=env, cwd=PROJECT, capture_output=True, check=False)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


@contextmanager
def opened(env: dict[str, str]) -> Iterator[Archive]:
    archive = Archive.open(Settings.from_env(env))
    try:
        yield archive
    finally:
        archive.close()


@contextmanager
def served(env: dict[str, str], log: Path) -> Iterator[int]:
    """Serve the portal; give its port."""
    with (
        log.open("wb") as errors,
        subprocess.Popen(
            command("serve", "--port", "0"), env=env, cwd=PROJECT, stdout=subprocess.PIPE, stderr=errors
        ) as server,
    ):
        try:
            assert server.stdout is not None
            yield int(server.stdout.readline().decode().strip().rpartition(":")[2])
        finally:
            os.kill(server.pid, signal.SIGTERM)
        assert server.wait(timeout=30) == 0


def get(port: int, path: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=60) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as exc:
        return exc.code, exc.read().decode()


def wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 90
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.2)


def total(port: int, query: str) -> int:
    return int(json.loads(get(port, f"/api/v1/search?q={quote(query)}")[1])["total"])


def secret_of(env: dict[str, str]) -> str:
    with opened(env) as archive:
        accounts = Accounts(archive.catalogue.engine)
        accounts.add("olga", Role.STAFF, "korrekt pferd batterie")
        return accounts.begin_session("olga", "test")


def drafts(env: dict[str, str]) -> Sequence[str]:
    with opened(env) as archive:
        return [document.id for document in archive.documents(state=State.DRAFT)]


def unwiped(env: dict[str, str]) -> int:
    with opened(env) as archive, archive.catalogue.engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(tables.unwiped)) or 0


def is_told_nowhere(secret: str, *places: Path) -> bool:
    files = [file for place in places for file in (place.rglob("*") if place.is_dir() else [place])]
    return not any(file.is_file() and secret.encode() in file.read_bytes() for file in files)


def test_a_file_goes_its_whole_way_and_the_portal_outlives_its_database(
    env: dict[str, str], folder: Path, postgres: Server, tmp_path: Path
) -> None:
    assert run(env, "ingest", str(folder), "--conference", "2017-krasnodar")[0] == 0
    assert run(env, "verify")[:2] == (0, "")
    log, upload = tmp_path / "log", tmp_path / "upload.txt"
    upload.write_text(TEXT.replace("Fernwärme", "Trinkwasserleitung"))
    with served(env, log) as port:
        client = Client(port, secret_of(env))
        address = client.create(client.begin_batch("2017-krasnodar"), "upload.txt", upload.stat().st_size)
        client.send(address, upload, 0, upload.stat().st_size)
        wait_for(lambda: len(drafts(env)) == 1)
        with opened(env) as archive:
            assert not publish(archive, drafts(env), "olga").problems
            page = f"/d/{archive.documents()[0].id}"
        wait_for(lambda: total(port, "Trinkwasserleitung") == 1)
        assert (total(port, "Fernwärme"), get(port, "/health")[0], get(port, page)[0]) == (2, 200, 200)

        postgres.stop("immediate")
        try:
            for path in ("/api/v1/search?q=Wasser", "/health", page, "/d/0000000000?lang=de"):
                status, said = get(port, path)
                assert status == 503, (path, said)
                assert "postgresql" not in said
                assert "Traceback" not in said
            assert "Das Archiv ist im Moment nicht erreichbar" in said
            wait_for(lambda: b"portal.commands.work: The catalogue" in log.read_bytes())
        finally:
            postgres.start()
        wait_for(lambda: get(port, "/health")[0] == 200)
        assert total(port, "Trinkwasserleitung") == 1
        wait_for(lambda: b"portal.commands.work: It works again" in log.read_bytes())
        with opened(env) as archive:
            archive.purge(archive.documents()[0].id)
        wait_for(lambda: unwiped(env) == 0)
        assert json.loads(run(env, "status", "--json")[1])["workers"]
        assert is_told_nowhere("heim%2F", log, tmp_path / "home")
        assert is_told_nowhere("heim/@", log, tmp_path / "home")
    said = log.read_text()
    assert "cannot be reached" in said
    assert "ARCHIVE_CATALOGUE_URL" in said
    assert run(env, "verify")[:2] == (0, "")


def test_an_empty_database_is_filled_from_the_storage_root(
    env: dict[str, str], folder: Path, tmp_path: Path
) -> None:
    assert run(env, "ingest", str(folder), "--conference", "2017-krasnodar")[0] == 0
    with opened(env) as archive:
        before = {document.id: document for document in archive.documents()}
        with archive.catalogue.engine.begin() as connection:
            tables.metadata.drop_all(connection)
            connection.exec_driver_sql("DROP TABLE alembic_version")
    code, _, errors = run(env, "ingest", str(folder))
    assert code == 2
    assert "The catalogue is empty and the storage root is not" in errors
    assert run(env, "rebuild")[0] == 0
    with opened(env) as archive:
        assert {document.id: document for document in archive.documents()} == before
    assert run(env, "verify")[:2] == (0, "")
    assert run(env, "export", "2017-krasnodar", str(tmp_path / "bag"))[0] == 0
    with (tmp_path / "bag/bagit.txt").open() as bag:
        assert bag.readline().startswith("BagIt-Version")


def test_commands_say_in_one_line_what_is_wrong_with_the_database(
    env: dict[str, str], postgres: Server
) -> None:
    wrong = {**env, "ARCHIVE_CATALOGUE_URL": postgres.url("postgres", password="falsch wie nie")}
    code, said, errors = run(wrong, "samples")
    assert (code, said, errors.count("\n")) == (2, "", 1)
    assert "password authentication failed" in errors
    assert "falsch" not in errors
