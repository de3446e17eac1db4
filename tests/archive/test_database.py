from __future__ import annotations

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from archive.database import open_database
from archive.tables import metadata


def test_migrations_make_the_tables_that_the_program_uses(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path}/new/catalogue.sqlite", tmp_path / "lock")
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
    engine.dispose()


def test_opening_twice_migrates_once(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/catalogue.sqlite"
    open_database(url, tmp_path / "lock").dispose()
    open_database(url, tmp_path / "no folder here/lock").dispose()
    assert not (tmp_path / "no folder here").exists()
