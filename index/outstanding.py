"""What an index has to do later: wipe what documents that are gone have left, take in what waits for its day.

Both are kept in small files beside the index. An index that is being built has documents of its own that
wait: what came into the live one on its day may not be in the new one yet.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from archive.durable import write_bytes


class Outstanding:
    """The files of one index, used by whoever may write it."""

    def __init__(self, folder: Path, *, is_begun: bool = False) -> None:
        """Make no file yet. `is_begun`: of an index that is being built."""
        self._gone = folder / "gone.json"
        self._live = folder / "embargoes.json"
        self._waiting = folder / "embargoes-begun.json" if is_begun else self._live

    def gone(self) -> frozenset[str]:
        """Return the documents that are gone, and whose words may still stand in a file of the index."""
        return frozenset(json.loads(self._gone.read_bytes()) if self._gone.exists() else ())

    def remember_gone(self, documents: Iterable[str]) -> None:
        """Add to the documents that are gone."""
        if documents := frozenset(documents):
            self._save_gone(self.gone() | documents)

    def forget(self, documents: Collection[str]) -> None:
        """Note that nothing of these documents is left in any file."""
        self._save_gone(self.gone().difference(documents))

    def due(self, today: dt.date) -> list[str]:
        """Return the documents whose day has come."""
        return [document for document, day in self._load_waiting().items() if day <= today.isoformat()]

    @contextmanager
    def waiting_for(self, days: Mapping[str, dt.date | None]) -> Iterator[None]:
        """While documents are written: those with a day wait for it from before on; after it no others do.

        So none is forgotten where the process dies between.
        """
        waiting = self._load_waiting()
        new = {name: day.isoformat() for name, day in days.items() if day is not None}
        self._save_waiting({**waiting, **new})
        yield
        kept = {name: day for name, day in waiting.items() if name not in days}
        self._save_waiting({**kept, **new})

    def begin(self) -> None:
        """Have nothing wait: all documents are going to be written."""
        write_bytes(self._waiting, b"{}")

    def is_known(self) -> bool:
        """Tell whether it is known what waits."""
        return self._waiting.exists()

    def go_live(self) -> None:
        """Have what waits for an index that was built wait for the live one, whose place it takes."""
        self._waiting.replace(self._live)

    def _save_gone(self, documents: Collection[str]) -> None:
        if documents or self._gone.exists():
            write_bytes(self._gone, json.dumps(sorted(documents)).encode())

    def _load_waiting(self) -> dict[str, str]:
        return dict(json.loads(self._waiting.read_bytes())) if self._waiting.exists() else {}

    def _save_waiting(self, waiting: Mapping[str, str]) -> None:
        if waiting != self._load_waiting():
            write_bytes(self._waiting, json.dumps(waiting, sort_keys=True).encode())
