"""PostgreSQL, a real one: what goes wrong and what is said then, who waits for whom, what stays."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Connection, event, make_url, text

from archive.catalogue import Catalogue
from archive.database import open_database
from archive.editing import Editing
from archive.errors import CatalogueError, DamagedCatalogueError, SettingsError
from archive.model import Conference, Document
from archive.repository import Archive
from archive.settings import Settings
from archive.tables import metadata
from archive.verification import verify
from tests.postgres import PASSWORD, USER, Server

Deposit = Callable[..., Document]


@pytest.fixture
def database(postgres_url: str) -> str:
    return postgres_url


@pytest.fixture
def stopped(postgres: Server) -> Iterator[Server]:
    """A server that is down; it is started again at the latest when the test ends."""
    postgres.stop()
    yield postgres
    postgres.stop()
    postgres.start()


def says(url: str, folder: Path) -> str:
    """Open a database that cannot be used; return what is said of it."""
    with pytest.raises((CatalogueError, SettingsError)) as caught:
        open_database(url, folder / "lock")
    said = f"{caught.value} {caught.value.__cause__}"
    assert PASSWORD not in said
    assert "heim" not in said
    assert "\n" not in str(caught.value)
    return str(caught.value)


# What is wrong with it


def test_server_that_is_down_is_named_with_what_to_do(
    postgres_url: str, stopped: Server, tmp_path: Path
) -> None:
    said = says(postgres_url, tmp_path)
    assert f"postgresql+psycopg://{USER}:***@/t_" in said
    assert "cannot be reached" in said
    assert "ARCHIVE_CATALOGUE_URL" in said
    stopped.start()
    open_database(postgres_url, tmp_path / "lock").dispose()


def test_wrong_password_user_or_database_is_said(postgres: Server, tmp_path: Path) -> None:
    for url, reason in (
        (postgres.url("postgres", password="geheimer Versuch"), "password authentication failed"),
        (postgres.url("postgres", user="nobody_known"), 'user "nobody_known"'),
        (postgres.url("nowhere"), 'database "nowhere" does not exist'),
    ):
        said = says(url, tmp_path)
        assert reason in said
        assert "ARCHIVE_CATALOGUE_URL" in said
        assert "Versuch" not in said


def test_database_that_belongs_to_somebody_else_is_explained(postgres: Server, tmp_path: Path) -> None:
    name = postgres.new_database()
    postgres.ask(f"ALTER DATABASE {name} OWNER TO postgres")
    said = says(postgres.url(name), tmp_path)
    assert "permission denied" in said
    assert "ALTER DATABASE" in said
    postgres.drop(name)


def test_database_that_has_no_room_for_all_letters_is_refused(postgres: Server, tmp_path: Path) -> None:
    postgres.ask(
        f"CREATE DATABASE latin OWNER {USER} ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0"
    )
    assert "ENCODING 'UTF8'" in says(postgres.url("latin"), tmp_path)
    postgres.drop("latin")


def test_database_of_a_newer_program_is_refused_as_a_file_is(
    archive: Archive, settings: Settings, tmp_path: Path
) -> None:
    with archive.catalogue.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    said = says(settings.catalogue_url, tmp_path)
    assert "newer version" in said
    assert "9999" in said


@pytest.mark.parametrize(
    "url",
    [
        "postgresql+psycopg://u:g€heim@db:abc/name",
        "postgresql+psycopg://u:g€heim/x@db:70000000/name",
        "postgresql+psycopg://u:x@g€heim@db/name",
        "postgresql+psycopg://u:g€heim?x@db/name",
        "postgresql+psycopg2://u:g€heim@db/name",
        "postgresql+psycopg://u@/name?password=g€heim&nonsense=1&host=/nowhere",
    ],
)
def test_url_that_cannot_be_used_is_told_without_its_password(url: str, tmp_path: Path) -> None:
    assert "ARCHIVE_CATALOGUE_URL" in says(url, tmp_path)


def test_settings_do_not_show_the_password(settings: Settings) -> None:
    assert "heim" not in repr(settings)


def test_empty_database_beside_a_full_storage_root_is_refused(
    archive: Archive, deposit: Deposit, settings: Settings
) -> None:
    deposit(b"Text")
    with archive.catalogue.engine.begin() as connection:
        metadata.drop_all(connection)
        connection.exec_driver_sql("DROP TABLE alembic_version")
    with pytest.raises(CatalogueError, match="python -m portal rebuild"):
        Archive.open(settings)


def test_damaged_pages_of_a_table_are_damage(
    archive: Archive, deposit: Deposit, settings: Settings, postgres: Server
) -> None:
    for number in range(20):
        deposit(f"{number}".encode(), f"{number}.txt")
    database = make_url(settings.catalogue_url).database or ""
    ((file,),) = postgres.ask("SELECT pg_relation_filepath('documents')", database)
    archive.close()
    postgres.stop()
    path = postgres.data / str(file)
    path.write_bytes(b"\xff" * path.stat().st_size)
    postgres.start()
    with pytest.raises(DamagedCatalogueError, match="rebuild") as caught:
        Archive.open(settings).documents()
    assert "heim" not in str(caught.value)


# When the connection breaks


def test_lost_connection_is_said_and_leaves_nothing_by_halves(
    archive: Archive, deposit: Deposit, postgres: Server
) -> None:
    document = deposit(b"Text")
    postgres.stop("immediate")
    try:
        for _ in range(2):
            with pytest.raises(CatalogueError, match="cannot be reached") as caught:
                archive.document(document.id)
            assert "heim" not in str(caught.value)
        with pytest.raises(CatalogueError, match="cannot be reached"):
            archive.save_conference(Conference("2019-dueren", {"de": "Düren"}))
    finally:
        postgres.start()
    assert archive.document(document.id) == document
    assert list(verify(archive)) == []


def test_what_was_written_when_the_server_broke_down_is_finished_by_the_next(
    archive: Archive, deposit: Deposit, postgres: Server
) -> None:
    document = deposit(b"Text")

    def break_down(_: Connection) -> None:
        postgres.stop("immediate")

    event.listen(archive.catalogue.engine, "commit", break_down)
    try:
        with pytest.raises(CatalogueError, match="cannot be reached"):
            archive.save(replace(document, title="Neu"), message="Edited")
    finally:
        event.remove(archive.catalogue.engine, "commit", break_down)
        postgres.start()
    assert archive.document(document.id).title == document.title
    archive.recover()
    assert archive.document(document.id).title == "Neu"
    assert list(verify(archive)) == []


def test_server_that_was_restarted_between_two_calls_is_not_noticed(
    archive: Archive, deposit: Deposit, postgres: Server
) -> None:
    document = deposit(b"Text")
    postgres.stop()
    postgres.start()
    assert archive.document(document.id) == document
    deposit(b"Text 2", "b.txt")


def test_a_dump_that_is_restored_is_the_same_catalogue(
    archive: Archive, deposit: Deposit, environment: dict[str, str], postgres: Server, settings: Settings
) -> None:
    document = deposit(b"Text", "Ä\0.txt", title="Fernw\0ärme")
    Editing(archive, "olga").edit({document.id: {"rights": "CC0"}})
    name = postgres.new_database()
    postgres.copy(make_url(settings.catalogue_url).database or "", name)
    copied = Archive.open(Settings.from_env({**environment, "ARCHIVE_CATALOGUE_URL": postgres.url(name)}))
    assert copied.documents() == archive.documents()
    assert copied.last_change() == archive.last_change()
    assert list(verify(copied)) == []
    deposit(b"Text 2", "b.txt")
    copied.save_conference(Conference("2019-dueren", {"de": "Düren"}))
    copied.close()
    postgres.drop(name)


# Who waits for whom


OPEN = """
import sys
from pathlib import Path
from archive.database import open_database
print("ready", flush=True)
sys.stdin.readline()
open_database(sys.argv[1], Path(sys.argv[2])).dispose()
"""


def test_processes_of_several_machines_make_the_tables_once(postgres: Server, tmp_path: Path) -> None:
    """Each has a lock file of its own, as on machines that share nothing but the database."""
    name = postgres.new_database()
    started = [
        subprocess.Popen(
            [sys.executable, "-c", OPEN, postgres.url(name), str(tmp_path / f"{number}")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=Path(__file__).parents[2],
        )
        for number in range(3)
    ]
    for process in started:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
    for process in started:
        assert process.stdin is not None
        process.stdin.write(b"\n")
        process.stdin.flush()
    for process in started:
        _, errors = process.communicate()
        assert process.returncode == 0, errors.decode()
    assert postgres.ask("SELECT count(*) FROM alembic_version", name) == [(1,)]
    postgres.drop(name)


def test_all_texts_sort_by_code_points(archive: Archive) -> None:
    query = (
        "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public' "
        "AND data_type IN ('text', 'character varying') AND collation_name IS DISTINCT FROM 'C'"
    )
    with archive.catalogue.engine.connect() as connection:
        assert [tuple(row) for row in connection.execute(text(query))] == [("alembic_version", "version_num")]


def test_a_later_number_of_the_feed_waits_for_an_earlier_one(
    archive: Archive, deposit: Deposit, settings: Settings
) -> None:
    document = deposit(b"Text")
    other = Catalogue.open(settings.catalogue_url, settings.home / "lock")
    after = archive.last_change()
    reached, go = threading.Event(), threading.Event()

    def dawdle(_: Connection) -> None:
        reached.set()
        go.wait(30)

    event.listen(archive.catalogue.engine, "commit", dawdle)
    with ThreadPoolExecutor(2) as threads:
        slow = threads.submit(archive.catalogue.put_document, replace(document, id="1111111111"))
        assert reached.wait(30)
        quick = threads.submit(other.put_document, replace(document, id="2222222222"))
        while not quick.done() and not _is_anybody_waiting(other):
            time.sleep(0.01)
        assert not quick.done()
        assert other.changes(after, 10) == ()
        go.set()
        slow.result()
        quick.result()
    assert [change.document for change in other.changes(after, 10)] == ["1111111111", "2222222222"]
    other.close()


def _is_anybody_waiting(catalogue: Catalogue) -> bool:
    with catalogue.engine.connect() as connection:
        waiting = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return bool(connection.scalar(waiting))
