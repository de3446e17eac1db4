"""Run the migrations that a catalogue of an earlier program lacks.

That is needed once for each new program, and alembic takes long to load: whoever has no need leaves it out.
"""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

MIGRATIONS = Path(__file__).parent / "migrations"


def is_known(revision: str) -> bool:
    """Tell whether this program has a migration of that name."""
    return revision in {each.revision for each in ScriptDirectory.from_config(_config()).walk_revisions()}


def newest() -> str | None:
    """Return the revision up to which `migrate` brings a catalogue."""
    return ScriptDirectory.from_config(_config()).get_current_head()


def migrate(connection: Connection) -> None:
    """Bring the tables up to date, within the transaction of the connection."""
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config
