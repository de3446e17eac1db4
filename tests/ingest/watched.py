"""A watched folder for tests, whose clock stands until it is told to go on."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path

from archive.model import Document, State
from archive.repository import Archive
from ingest.watch import LOOK_SECONDS, Watch

TEXT = "Fernwärme für Krasnodar und seine Partnerstädte in Deutschland. " * 20
DAY = dt.date.today().isoformat()


def drafts(archive: Archive) -> dict[str, Document]:
    """Return the drafts by their paths."""
    return {each.current.files[0].path: each for each in archive.documents(state=State.DRAFT)}


@dataclass
class Folder:
    """A watched folder, whose clock stands until it is told to go on."""

    root: Path
    archive: Archive
    now: float = 0.0
    watch: Watch = field(init=False)

    def __post_init__(self) -> None:
        self.restart()

    def restart(self) -> None:
        """Forget what was seen, as a new process does."""
        self.watch = Watch(self.archive, self.root, 10, clock=lambda: self.now)

    def put(self, path: str, text: str = TEXT) -> Path:
        """Lay a file there."""
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(f"{path} {text}")
        return target

    def wait(self, seconds: float = 10) -> int:
        """Look twice, some time between; return how many files were taken."""
        self.now += LOOK_SECONDS
        taken = self.watch.look()
        self.now += seconds
        return taken + self.watch.look()

    def files(self) -> set[str]:
        """List all that lies there."""
        return {path.relative_to(self.root).as_posix() for path in self.root.rglob("*") if not path.is_dir()}
