"""Whether a word occurs in the index: what nobody has written is not worth looking for, nor worth telling."""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property

from index import engine as ask
from index.engine import Engine, Request
from index.errors import DamagedError
from index.live import LiveIndex

_FIELDS = ("keys", "title_keys", "creator_keys", "conference_keys", "panel_keys")


class Occurrences:
    """Asks the live index of one audience, the one that is live at the first question. For one query."""

    def __init__(self, live: LiveIndex) -> None:
        self._live = live

    def __call__(self, keys: Collection[str]) -> bool:
        """Tell whether any of these keys is in the index; no where there is none, or it is damaged."""
        engine = self._engine if keys else None
        if engine is None:
            return False
        group = ask.Group(tuple(ask.Term(field, key) for field in _FIELDS for key in keys))
        try:
            return engine.search(Request(group, limit=0)).total > 0
        except DamagedError:
            return False

    @cached_property
    def _engine(self) -> Engine | None:
        return self._live.engine()
