"""Search engines behind `index.engine.Engine`. Only the modules here import the engine they are for."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from index.engine import Engine, Schema
from index.engines.tantivy import TantivyEngine
from index.engines.whoosh import WhooshEngine


class EngineType(Protocol):
    """How an engine's index in a folder is opened and made.

    `stamp` names the engine and the format of its files; with another one the index is built anew.
    """

    stamp: str

    def __call__(self, folder: Path, schema: Schema) -> Engine:
        """Open an index. Raises DamagedError where there is none or it cannot be read."""

    def create(self, folder: Path, schema: Schema) -> Engine:
        """Make an empty index and open it."""


ENGINES: dict[str, EngineType] = {"whoosh": WhooshEngine, "tantivy": TantivyEngine}
"""Engines by the name they have in the settings."""
