"""What PostgreSQL keeps in its files of a document that was deleted for good: nothing, in time."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import make_url

from archive.catalogue import Catalogue
from archive.editing import Editing
from archive.model import Document
from archive.repository import Archive
from archive.settings import Settings
from tests.postgres import Server

Deposit = Callable[..., Document]


@pytest.fixture
def database(postgres_url: str) -> str:
    return postgres_url


def test_nothing_that_was_deleted_for_good_is_in_the_files_of_the_database(
    archive: Archive, deposit: Deposit, settings: Settings, postgres: Server
) -> None:
    kept, gone = [], []
    for number in range(40):
        content = f"Geheimsache Nummer {number}. ".encode() + b"Text " * 100
        document = deposit(content, f"ordner/geheim-{number}.txt", title=f"Geheimsache {number}")
        Editing(archive, "olga").edit({document.id: {"rights": f"Vertrag Geheimsache {number}"}})
        (kept if number % 4 else gone).append((document, f"Geheimsache {number}"))
    database = make_url(settings.catalogue_url).database or ""
    postgres.ask("ANALYZE", database)
    assert not archive.catalogue.tidy()
    for document, _ in gone:
        archive.purge(document.id)
    with archive.catalogue.engine.connect() as earlier:
        earlier.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        earlier.exec_driver_sql("SELECT count(*) FROM alembic_version")
        last, _ = kept.pop()
        archive.purge(last.id)
        assert not archive.catalogue.tidy()
    assert archive.catalogue.tidy()
    assert not archive.catalogue.tidy()
    files = _files_of(postgres, database)
    assert files.count(b'Geheimsache 1"') > 0
    for document, title in [*gone, (last, "Geheimsache 39")]:
        number = title.split()[-1]
        for word in (f'{title}"', f"Nummer {number}.", f"geheim-{number}.txt", f"Vertrag {title}"):
            assert word.encode() not in files, word
        assert document.id.encode() in files, "that there was one is kept in the log"
    assert {document.id for document, _ in kept} == {each.id for each in archive.documents()}


def _files_of(postgres: Server, database: str) -> bytes:
    """Return all bytes of a database, indexes and statistics among them; not of the log (WAL)."""
    postgres.ask("CHECKPOINT")
    ((number,),) = postgres.ask(f"SELECT oid FROM pg_database WHERE datname = '{database}'")
    return b"".join(path.read_bytes() for path in (postgres.data / "base" / str(number)).iterdir())


def test_wiping_waits_for_nobody_for_long_and_comes_again(
    archive: Archive, deposit: Deposit, settings: Settings
) -> None:
    archive.purge(deposit(b"Text").id)
    other = Catalogue.open(settings.catalogue_url, settings.home / "lock")
    with other.engine.connect() as reading:
        reading.exec_driver_sql("SELECT * FROM pages")
        assert not archive.catalogue.tidy()
    assert archive.catalogue.tidy()
    other.close()
