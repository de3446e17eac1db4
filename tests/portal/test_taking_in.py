"""What `ingest` loads before the first file is kept: nobody can read or keep anything meanwhile."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from bench.command import PROJECT, environment

SLOW = {"alembic", "lxml", "numpy", "ocfl", "psycopg", "pypdfium2", "simplemma", "whoosh"}

PROGRAM = f"""
import sys
from portal.commands import taking_in
from archive.repository import Archive
from archive.settings import Settings
Archive.open(Settings.from_env())
print(*sorted({SLOW} & sys.modules.keys()))
"""


def test_nothing_that_is_slow_to_load_and_used_elsewhere_is_loaded(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        env=environment(tmp_path),
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == []
