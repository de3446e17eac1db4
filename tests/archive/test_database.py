from __future__ import annotations

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, create_engine, insert, select
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

from archive.database import check_database, open_database, set_aside
from archive.errors import CatalogueError, DamagedCatalogueError, SettingsError
from archive.migrating import migrate, newest
from archive.tables import REVISION, conferences, metadata, pages


def test_migrations_make_the_tables_that_the_program_uses(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path}/new/catalogue.sqlite", tmp_path / "lock")
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
    engine.dispose()


def test_empty_database_gets_the_tables_that_all_migrations_make(tmp_path: Path) -> None:
    made = open_database(f"sqlite:///{tmp_path}/made.sqlite", tmp_path / "lock")
    migrated = create_engine(f"sqlite:///{tmp_path}/migrated.sqlite")
    with migrated.begin() as connection:
        migrate(connection)
    assert newest() == REVISION
    assert _schema(made) == _schema(migrated)


def _schema(engine: Engine) -> dict[str, object]:
    """Return the columns of every table by name, its indexes with theirs, and whether numbers come again."""
    found: dict[str, object] = {}
    with engine.connect() as connection:
        for name, sql in connection.exec_driver_sql("SELECT name, sql FROM sqlite_master").all():
            columns = connection.exec_driver_sql(f"PRAGMA table_xinfo({name})").all()
            of_index = connection.exec_driver_sql(f"PRAGMA index_xinfo({name})").all()
            unique = connection.exec_driver_sql(f"PRAGMA index_list({name})").all()
            found[name] = (
                sorted(tuple(column)[1:] for column in columns),
                [column.name for column in of_index],
                sorted(tuple(index)[1:] for index in unique),
                "AUTOINCREMENT" in (sql or ""),
            )
        found["revision"] = connection.exec_driver_sql("SELECT version_num FROM alembic_version").all()
    engine.dispose()
    return found


def test_opening_twice_migrates_once(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/catalogue.sqlite"
    open_database(url, tmp_path / "lock").dispose()
    open_database(url, tmp_path / "no folder here/lock").dispose()
    assert not (tmp_path / "no folder here").exists()


def test_pages_that_an_older_program_read_keep_their_language(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/catalogue.sqlite"
    older = open_database(url, tmp_path / "lock")
    with older.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE pages RENAME COLUMN languages TO language")
        connection.exec_driver_sql("ALTER TABLE pages DROP COLUMN label")
        connection.exec_driver_sql("DROP TABLE refused_pairs")
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0003'")
        connection.exec_driver_sql("INSERT INTO pages VALUES ('7k3mx9q2f1', 1, 'Stadt', '', '', 'de', 0)")
    older.dispose()
    engine = open_database(url, tmp_path / "lock")
    with engine.connect() as connection:
        assert connection.execute(select(pages.c.languages, pages.c.label)).all() == [("de", "")]
    engine.dispose()


@pytest.mark.parametrize(
    "url", ["nonsense", "nonsense://host/name", "postgresql+pg8000://u:secret@host/name"]
)
def test_url_that_cannot_be_used_is_a_wrong_setting(url: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="ARCHIVE_CATALOGUE_URL") as caught:
        open_database(url, tmp_path / "lock")
    assert "secret" not in str(caught.value)


def test_place_that_cannot_be_used_is_no_damage(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "folder").mkdir()
    for place in (tmp_path / "file/catalogue.sqlite", tmp_path / "folder"):
        with pytest.raises(CatalogueError, match="cannot be used now") as caught:
            open_database(f"sqlite:///{place}", tmp_path / "lock")
        assert not isinstance(caught.value, DamagedCatalogueError)


def test_garbage_is_damage_and_says_what_to_do(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/catalogue.sqlite"
    (tmp_path / "catalogue.sqlite").write_bytes(b"no database" * 1000)
    with pytest.raises(DamagedCatalogueError, match="python -m portal rebuild"):
        open_database(url, tmp_path / "lock")


def test_damaged_pages_are_found_in_use_and_by_the_check(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.sqlite"
    url = f"sqlite:///{path}"
    engine = open_database(url, tmp_path / "lock")
    with engine.begin() as connection:
        rows = [{"id": f"c{number}", "start": None, "record": {"a": "x" * 900}} for number in range(200)]
        connection.execute(insert(conferences), rows)
    engine.dispose()
    check_database(url)
    content = bytearray(path.read_bytes())
    begin = content.find(b"x" * 900)
    content[begin - 30 : begin + 9000] = b"\xff" * 9030
    path.write_bytes(content)
    engine = open_database(url, tmp_path / "lock")
    with pytest.raises(DamagedCatalogueError, match="rebuild"), engine.connect() as connection:
        connection.execute(select(conferences)).all()
    engine.dispose()
    with pytest.raises(DamagedCatalogueError, match="rebuild"):
        check_database(url)


def test_record_that_is_no_json_is_damage(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path}/catalogue.sqlite", tmp_path / "lock")
    with engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO conferences (id, record) VALUES ('c', '{')")
    with pytest.raises(DamagedCatalogueError), engine.connect() as connection:
        connection.execute(select(conferences)).all()
    engine.dispose()


def test_full_disk_is_no_damage(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path}/catalogue.sqlite", tmp_path / "lock")
    much = insert(conferences).values(id="c", record={"a": "x" * 10**6})
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count=1")
        with pytest.raises(CatalogueError, match="full") as caught:
            connection.execute(much)
    assert not isinstance(caught.value, DamagedCatalogueError)
    engine.dispose()


@pytest.mark.parametrize("pages", [2, 5, 12, 25, 40])
def test_disk_that_is_full_while_tables_are_made_leaves_none(
    tmp_path: Path, pages: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"sqlite:///{tmp_path}/catalogue.sqlite"

    def with_little_room(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
        connection.cursor().execute(f"PRAGMA max_page_count={pages}")

    with monkeypatch.context() as small:
        small.setattr("archive.database._prepare_sqlite", with_little_room)
        with pytest.raises(CatalogueError, match="disk is full"):
            open_database(url, tmp_path / "lock")
    engine = open_database(url, tmp_path / "lock")
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    engine.dispose()


def test_what_is_set_aside_keeps_its_bytes_and_makes_way(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/catalogue.sqlite"
    for end in ("", "-wal", "-shm"):
        (tmp_path / f"catalogue.sqlite{end}").write_text(f"damaged {end}")
    (tmp_path / "received").mkdir()
    kept = set_aside(url, tmp_path / "received")
    assert kept is not None
    assert kept.name.startswith("catalogue.sqlite.damaged-")
    suffix = kept.name.removeprefix("catalogue.sqlite")
    assert {path.name for path in tmp_path.iterdir()} == {
        kept.name,
        f"{kept.name}-wal",
        f"{kept.name}-shm",
        f"received{suffix}",
    }
    assert kept.with_name(f"{kept.name}-wal").read_text() == "damaged -wal"
    open_database(url, tmp_path / "lock").dispose()


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:////no/such/file", "postgresql://host/name"])
def test_nothing_to_set_aside(url: str) -> None:
    assert set_aside(url) is None
