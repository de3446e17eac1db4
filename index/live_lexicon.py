"""The lexicon that is being used, and the one that will take its place: a file each, and one that names it.

A new one is written beside the live one and takes its place in one step; the old file is deleted. It is taken
away at once when a document leaves that it was learned from: until it has been learned anew there is none.
"""

from __future__ import annotations

import datetime as dt
import json
import threading
import uuid
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from archive.access import Audience, may_read
from archive.durable import make_folders, sync, write_bytes
from archive.model import Document
from archive.repository import Archive
from index.errors import DamagedLexiconError
from index.lexicon import Lexicon
from index.lexicon_file import Mark
from index.watched import Watched

_POINTER = "live.json"
_FILES = "lexicon-*"


@dataclass(frozen=True, slots=True)
class State:
    """What was learned. `stamp`: by which program; `texts`, `pairs`: digests of what from; `sequence`, `day`:
    up to which change of the archive, and when, both were looked at."""

    name: str = ""
    stamp: str = ""
    pairs: str = ""
    texts: str = ""
    sequence: int = -1
    day: str = ""


def public_lexicon(archive: Archive) -> LiveLexicon:
    """Return the lexicon learned from what the public may read."""
    return LiveLexicon(lexicon_folder(archive), notes_public=archive.settings.notes_public)


def lexicon_folder(archive: Archive) -> Path:
    """Return where the public's lexicon lies."""
    return archive.settings.home / "lexicon" / "public"


class LiveLexicon:
    """The live lexicon. Threads may share it; the file that names it is looked at with every use."""

    def __init__(self, folder: Path, *, notes_public: bool) -> None:
        """Make no file yet. `notes_public`: as the archive is set."""
        self._folder = folder
        self._notes_public = notes_public
        self._pointer = Watched(folder / _POINTER, lambda content: State(**json.loads(content)))
        self._opening = threading.Lock()
        self._opened: tuple[str, Lexicon] | None = None

    def lexicon(self) -> Lexicon | None:
        """Return the lexicon as it is now, None where none has been learned or it cannot be read."""
        name = self.state().name
        if not name:
            return None
        with self._opening, suppress(DamagedLexiconError):
            if self._opened is None or self._opened[0] != name:
                self._opened = (name, Lexicon(self._folder / name))
            return self._opened[1]
        return None

    def state(self) -> State:
        """Return what was learned; what cannot be read counts as nothing."""
        with suppress(OSError, ValueError, TypeError):
            return self._pointer.read()
        return State()

    def create(self) -> Path:
        """Return where to write a new one; what an earlier attempt left is removed. One at a time."""
        make_folders(self._folder)
        self._remove_all_but(self.state().name)
        return self._folder / f"lexicon-{uuid.uuid4().hex}"

    def swap(self, path: Path, state: State) -> None:
        """Make a new file the live one and delete the other; `state` is noted with its name."""
        sync(path)
        self.note(replace(state, name=path.name))
        self._remove_all_but(path.name)

    def note(self, state: State) -> None:
        """Note what has been looked at."""
        write_bytes(self._folder / _POINTER, json.dumps(asdict(state)).encode())

    def leave(self, names: Collection[str], found: Mapping[str, Document], today: dt.date) -> bool:
        """Take the lexicon away if it was learned from one of these documents of which less may be seen now.

        Args:
            found: those of them that there are.
        """
        lexicon = self.lexicon()
        for then in lexicon.marks(names) if lexicon is not None else ():
            document = found.get(then.document)
            if not (
                document is not None
                and may_read(document, Audience.PUBLIC, today)
                and Mark.of(document, notes_public=self._notes_public).shows_all_of(then)
            ):
                self.take_away()
                return True
        return False

    def take_away(self) -> None:
        """Let there be no lexicon."""
        self.note(State())
        self._remove_all_but("")

    def close(self) -> None:
        """Let go of the file."""
        if self._opened is not None:
            self._opened[1].close()
            self._opened = None

    def _remove_all_but(self, name: str) -> None:
        for path in self._folder.glob(_FILES):
            if path.name != name:
                path.unlink(missing_ok=True)
