"""Walk what is handed in and say of each file where it belongs.

What the command line says counts first, then conference.yaml, then the folders: `CONFERENCE/PANEL/file`.
Where no file lies more than one folder deep, the folder handed in is itself the conference and its folders
are the panels. Links, devices and sockets are not followed.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from archive.errors import IdentifierError
from archive.identifiers import make_panel_id, parse_conference_id, slug
from archive.model import Conference, Kind, Panel
from archive.names import printable_path
from ingest.candidate import Candidate, Description
from ingest.conference_yaml import FILE_NAME, FileNote, read_conference_file
from ingest.errors import UsageError
from ingest.mediatypes import is_system_file


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the command line says of every file; None: it says nothing."""

    conference: str | None = None
    panel: str | None = None
    kind: Kind | None = None


@dataclass(frozen=True, slots=True)
class Crawl:
    """Everything handed in: conferences, to be kept first, and files in the order of their paths.

    Translations come after the files that may be their originals. `described` names the conferences that a
    conference.yaml describes; of the others only names and panels are known.
    """

    conferences: tuple[Conference, ...]
    described: frozenset[str]
    candidates: tuple[Candidate, ...]


def crawl(paths: Sequence[Path], wishes: Wishes) -> Crawl:
    """Look through files and folders.

    Raises:
        UsageError: a path does not exist, or no conference is named for a single file.
        ConferenceFileError: a conference.yaml cannot be understood.
    """
    homes: dict[Path, _Home] = {}
    candidates: list[Candidate] = []
    for path in paths:
        if not path.exists():
            raise UsageError(f"There is no file or folder {path}. Check the spelling.")
        files = list(_walk(path)) if path.is_dir() else [(path, path.name)]
        if not path.is_dir() and wishes.conference is None:
            raise UsageError(f"{path} is a single file: name its conference with --conference.")
        root = path if path.is_dir() else path.parent
        finder = _HomeFinder(root, files, wishes, homes)
        candidates += [finder.home(source, name).candidate(source, name) for source, name in files]
    candidates.sort(key=lambda candidate: bool(candidate.description.translation_of))
    conferences: dict[str, Conference] = {}
    for home in homes.values():
        conferences.setdefault(home.conference.id, home.conference)
    described = frozenset(home.conference.id for home in homes.values() if home.described)
    return Crawl(tuple(conferences.values()), described, tuple(candidates))


def _walk(root: Path) -> Iterator[tuple[Path, str]]:
    for parent, folders, files in os.walk(root):
        folders[:] = sorted(name for name in folders if not Path(parent, name).is_symlink())
        for name in sorted(files):
            source = Path(parent, name)
            yield source, source.relative_to(root).as_posix()


class _Home:
    """The folder of one conference, and what is known of the conference."""

    def __init__(self, folder: Path, wishes: Wishes, described: bool, name: str) -> None:
        self.described = described
        self._folder = folder
        self._wishes = wishes
        self._notes: dict[str, FileNote] = {}
        if described:
            found = read_conference_file(
                folder / FILE_NAME, wishes.conference and _identifier(wishes.conference)
            )
            self.conference = found.conference
            self._notes = dict(found.files)
        else:
            self.conference = Conference(_identifier(name), {"und": name})

    def candidate(self, source: Path, path: str) -> Candidate:
        """Describe one file of this conference. `path` is relative to the folder handed in."""
        below = source.relative_to(self._folder).as_posix()
        prefix = path[: len(path) - len(below)]
        note = self._notes.get(unicodedata.normalize("NFC", printable_path(below)), FileNote(below))
        description = Description(
            conference=self.conference.id,
            panel=self._panel(below),
            kind=self._wishes.kind or note.kind,
            title=note.title,
            creators=note.creators,
            date=note.date,
            rights=note.rights,
            translation_of=prefix + note.translation_of if note.translation_of else "",
            example=self.conference.example,
        )
        return Candidate(source, path, description, _reason_to_skip(source))

    def _panel(self, below: str) -> str | None:
        if self._wishes.panel is not None:
            return self._add_panel(self._wishes.panel)
        folders = PurePosixPath(unicodedata.normalize("NFC", printable_path(below))).parent.parts
        for depth in range(len(folders), 0, -1):
            for panel in self.conference.panels:
                if panel.folder == "/".join(folders[:depth]):
                    return panel.id
        if not folders or self._notes:
            return None
        return self._add_panel(folders[0])

    def _add_panel(self, name: str) -> str:
        own = name.removeprefix(self.conference.id + "/")
        identifier = make_panel_id(self.conference.id, own)
        if all(panel.id != identifier for panel in self.conference.panels):
            panel = Panel(identifier, {"und": own}, folder=own)
            self.conference = replace(self.conference, panels=(*self.conference.panels, panel))
        return identifier


class _HomeFinder:
    """Says for each file below one root which folder is its conference's."""

    def __init__(
        self, root: Path, files: Sequence[tuple[Path, str]], wishes: Wishes, homes: dict[Path, _Home]
    ) -> None:
        self._root = root
        self._wishes = wishes
        self._homes = homes
        self._described = {source.parent for source, _ in files if source.name == FILE_NAME}
        loose = [path for source, path in files if self._describing_folder(source) is None]
        self._holds_conferences = any(path.count("/") >= 2 for path in loose)

    def home(self, source: Path, path: str) -> _Home:
        """Return the conference's folder for one file."""
        folder = self._root if self._wishes.conference else self._describing_folder(source)
        if folder is None:
            inside = self._holds_conferences and "/" in path
            folder = self._root / path.split("/")[0] if inside else self._root
        if folder not in self._homes:
            name = self._wishes.conference or unicodedata.normalize(
                "NFC", printable_path(folder.resolve().name)
            )
            self._homes[folder] = _Home(folder, self._wishes, folder in self._described, name)
        return self._homes[folder]

    def _describing_folder(self, source: Path) -> Path | None:
        return next((folder for folder in source.parents if folder in self._described), None)


def _identifier(name: str) -> str:
    try:
        return parse_conference_id(name)
    except IdentifierError:
        return slug(name)


def _reason_to_skip(source: Path) -> str:
    if source.is_symlink():
        return "It is a link; links are not followed."
    if not source.is_file():
        return "It is no ordinary file."
    if source.name == FILE_NAME:
        return "It describes the conference and was read as that."
    if is_system_file(source.name):
        return "It is a file of the operating system or of an office program at work."
    return ""
