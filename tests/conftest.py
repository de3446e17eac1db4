"""The database of the catalogue: SQLite, or for tests marked `databases` PostgreSQL besides, a real server.

KONFERENZARCHIV_DATABASE=postgresql lets all other tests that open an archive of their own run with it, too.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.database import open_database
from archive.settings import Settings
from index.installed_dictionaries import BUILT, build_installed
from tests.postgres import Server, programs

pytest_plugins = ["tests.by_file"]

WITH_COMMANDS = {"browser", "corpus", "ingest", "portal"}
"""Folders of tests that run commands as people do; some of these commands build dictionaries first."""


def pytest_collection_finish(session: pytest.Session) -> None:
    """Build the dictionaries of the machine where tests may need them: a minute, once, of no test's time."""
    here = Path(__file__).parent
    folders = {item.path.relative_to(here).parts[0] for item in session.items if here in item.path.parents}
    if folders & WITH_COMMANDS and os.access(BUILT.parent, os.W_OK):
        build_installed(Settings.from_env({}))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run tests that are marked so with each of the databases."""
    if "database" in metafunc.fixturenames and metafunc.definition.get_closest_marker("databases"):
        metafunc.parametrize("database", ["sqlite", "postgresql"], indirect=True)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A server of PostgreSQL for all tests."""
    found = programs()
    if found is None:
        pytest.skip("needs PostgreSQL: apt-get install postgresql")
    server = Server(found)
    yield server
    server.close()


@pytest.fixture(scope="session")
def migrated(postgres: Server, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A database with all tables, to be copied."""
    name = postgres.new_database()
    open_database(postgres.url(name), tmp_path_factory.mktemp("lock") / "lock").dispose()
    return name


@pytest.fixture
def postgres_url(postgres: Server, migrated: str) -> Iterator[str]:
    """The URL of a database of its own, with all tables."""
    name = postgres.new_database(migrated)
    yield postgres.url(name)
    postgres.drop(name)


@pytest.fixture
def database(request: pytest.FixtureRequest) -> str:
    """What ARCHIVE_CATALOGUE_URL says: empty for SQLite in the home folder."""
    usual = os.environ.get("KONFERENZARCHIV_DATABASE", "sqlite")
    if getattr(request, "param", usual) != "postgresql":
        return ""
    url: str = request.getfixturevalue("postgres_url")
    return url


@pytest.fixture
def environment(tmp_path: Path, database: str) -> dict[str, str]:
    """The settings of an archive of its own."""
    return {"ARCHIVE_HOME": str(tmp_path / "home"), "ARCHIVE_CATALOGUE_URL": database}
