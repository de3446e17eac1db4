"""Say of each file handed in where it belongs.

What the command line says counts first, then conference.yaml, then the folders: `CONFERENCE/PANEL/file`.
Where no file lies more than one folder deep, the folder handed in is itself the conference and its folders
are the panels. Files that are not taken have no say in this.
"""

from __future__ import annotations

import itertools
import os
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from archive.errors import IdentifierError
from archive.identifiers import make_panel_id, parse_conference_id, slug
from archive.model import Conference, Kind, Panel
from archive.names import printable_path
from ingest.candidate import Candidate, Description
from ingest.conference_yaml import FILE_NAME, FileNote, read_conference_file
from ingest.errors import UsageError
from ingest.walk import walk

_READ = "It describes the conference and was read as that."
_UNUSED = "It was not used: the command line names the conference."

_Key = tuple[str, str]
"""Conference and path in NFC: what the archive knows a file by."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the command line says of every file; None: it says nothing."""

    conference: str | None = None
    panel: str | None = None
    kind: Kind | None = None


@dataclass(frozen=True, slots=True)
class Crawl:
    """Everything handed in: the conferences of the files, and the files in the order of their paths.

    Translations come after the files that may be their originals. `described` names the conferences that a
    conference.yaml describes; of the others only names and panels are known.
    """

    conferences: tuple[Conference, ...]
    described: frozenset[str]
    candidates: tuple[Candidate, ...]


def crawl(paths: Sequence[Path], wishes: Wishes, home: Path | None = None) -> Crawl:
    """Look through files and folders, whatever lies in several of them once. Paths may be links.

    Args:
        paths: what is handed in.
        wishes: what is said of all files.
        home: the archive's own folder; nothing in it is handed in.

    Raises:
        UsageError: a path or a wish makes no sense, or files of two paths would be taken for the same one.
        ConferenceFileError: a conference.yaml cannot be understood.
    """
    wishes, home = _checked(wishes), home and home.resolve()
    # Outer folders first: a file has the same path in the archive whatever is named beside its folder.
    roots = sorted((_resolved(path, home) for path in paths), key=lambda root: len(root.parts))
    finders = [_HomeFinder(root, tuple(walk(root, home)), wishes) for root in roots]
    homes = _Homes(wishes, frozenset(folder for finder in finders for folder in finder.described))
    candidates: dict[Path, Candidate] = {}
    taken: dict[_Key, Path] = {}
    for finder in finders:
        found = [finder.describe(c, homes) for c in finder.candidates if c.source not in candidates]
        if found and wishes.conference is None and finder.is_file:
            raise UsageError(f"{finder.root} is a single file: name its conference with --conference.")
        candidates |= {candidate.source: candidate for candidate in _told_apart(found, taken)}
    in_order = sorted(candidates.values(), key=lambda candidate: bool(candidate.description.translation_of))
    return Crawl(homes.conferences(), homes.described_conferences(), tuple(in_order))


def _checked(wishes: Wishes) -> Wishes:
    """Take the conference out of a panel's name, and leave what can be printed."""
    conference, panel = wishes.conference, wishes.panel
    if panel is not None and "/" in panel:
        above, _, panel = panel.rpartition("/")
        conference = above if conference is None else conference
        if not above.strip() or _identifier(above) != _identifier(conference):
            raise UsageError(
                f"--panel {wishes.panel} is no panel of the conference {conference}."
                " Write the panel's name alone."
            )
    for option, value in (("--conference", conference), ("--panel", panel)):
        if value is not None and not value.strip():
            raise UsageError(f"{option} is empty. Leave it out, or name one.")
    return replace(
        wishes, conference=conference and _shown(conference).strip(), panel=panel and _shown(panel).strip()
    )


def _shown(name: str) -> str:
    return unicodedata.normalize("NFC", printable_path(name))


def _identifier(name: str) -> str:
    try:
        return parse_conference_id(name)
    except IdentifierError:
        return slug(name)


def _resolved(path: Path, home: Path | None) -> Path:
    try:
        root = path.resolve(strict=True)
    except (FileNotFoundError, NotADirectoryError):
        raise UsageError(f"There is no file or folder {path}. Check the spelling.") from None
    except (OSError, RuntimeError) as exc:
        raise UsageError(f"{path} cannot be reached: {exc}.") from exc
    if home is not None and root.is_relative_to(home):
        raise UsageError(f"{path} belongs to the archive itself. Hand in files from outside {home}.")
    return root


def with_panels(conference: Conference, panels: Iterable[Panel]) -> Conference:
    """Add the panels that a conference does not have."""
    there = {panel.id for panel in conference.panels}
    return replace(conference, panels=(*conference.panels, *(p for p in panels if p.id not in there)))


class _Home:
    """The folder of one conference, and what is known of the conference."""

    def __init__(self, folder: Path, wishes: Wishes, described: bool) -> None:
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
            name = wishes.conference or _shown(folder.name)
            self.conference = Conference(_identifier(name), {"und": name})
        self._panels_are_listed = bool(self.conference.panels)

    def description(self, source: Path, path: str) -> Description:
        """Describe one file of this conference. `path` is relative to the folder handed in."""
        below = source.relative_to(self._folder).as_posix()
        prefix = printable_path(path[: len(path) - len(below)])
        note = self._notes.get(_shown(below), FileNote(below))
        return Description(
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

    def _panel(self, below: str) -> str | None:
        if self._wishes.panel is not None:
            return self._add_panel(self._wishes.panel)
        folders = PurePosixPath(_shown(below)).parent.parts
        for depth in range(len(folders), 0, -1):
            for panel in self.conference.panels:
                if panel.folder == "/".join(folders[:depth]):
                    return panel.id
        if not folders or self._panels_are_listed:
            return None
        return self._add_panel(folders[0])

    def _add_panel(self, name: str) -> str:
        identifier = make_panel_id(self.conference.id, name)
        panel = Panel(identifier, {"und": name}, folder=name)
        self.conference = with_panels(self.conference, (panel,))
        return identifier


class _Homes:
    """The homes of all that is handed in; each is looked into when its first file is met."""

    def __init__(self, wishes: Wishes, described: frozenset[Path]) -> None:
        self._wishes = wishes
        self._described = described
        self._homes: dict[Path, _Home] = {}

    def at(self, folder: Path) -> _Home:
        """Return the home that a folder is."""
        if folder not in self._homes:
            self._homes[folder] = _Home(folder, self._wishes, folder in self._described)
        return self._homes[folder]

    def conferences(self) -> tuple[Conference, ...]:
        """Put homes of one conference together; one with a conference.yaml leads."""
        found: dict[str, Conference] = {}
        for home in sorted(self._homes.values(), key=lambda home: not home.described):
            leading = found.setdefault(home.conference.id, home.conference)
            found[leading.id] = with_panels(leading, home.conference.panels)
        return tuple(found.values())

    def described_conferences(self) -> frozenset[str]:
        """Name the conferences that have a conference.yaml."""
        return frozenset(home.conference.id for home in self._homes.values() if home.described)


class _HomeFinder:
    """Says for each file below one root which folder is its conference's.

    `described` are the folders whose conference.yaml counts.
    """

    def __init__(self, root: Path, candidates: tuple[Candidate, ...], wishes: Wishes) -> None:
        self.root = root
        self.candidates = candidates
        self.is_file = not root.is_dir()
        self._above = root.parent if self.is_file else root
        self._one_home = wishes.conference is not None
        taken = [candidate for candidate in candidates if _is_taken(candidate)]
        describing = {candidate.source.parent for candidate in taken if candidate.source.name == FILE_NAME}
        self.described = describing & {self._above} if self._one_home else describing
        loose = [candidate.path for candidate in taken if self._describing_folder(candidate.source) is None]
        self._holds_conferences = any(path.count("/") >= 2 for path in loose)

    def describe(self, candidate: Candidate, homes: _Homes) -> Candidate:
        """Say where a file belongs, if it is taken."""
        if not _is_taken(candidate):
            return candidate
        if candidate.source.name != FILE_NAME:
            home = homes.at(self._folder(candidate))
            return replace(candidate, description=home.description(candidate.source, candidate.path))
        if candidate.source.parent not in self.described:
            return replace(candidate, skip=_UNUSED)
        homes.at(candidate.source.parent)
        return replace(candidate, skip=_READ)

    def _folder(self, candidate: Candidate) -> Path:
        if self._one_home:
            return self._above
        folder = self._describing_folder(candidate.source)
        if folder is None:
            inside = self._holds_conferences and "/" in candidate.path
            folder = self._above / candidate.path.split("/")[0] if inside else self._above
        return folder

    def _describing_folder(self, source: Path) -> Path | None:
        return next((folder for folder in source.parents if folder in self.described), None)


def _is_taken(candidate: Candidate) -> bool:
    return not candidate.skip and not candidate.problem


def _told_apart(found: Sequence[Candidate], taken: dict[_Key, Path]) -> Iterator[Candidate]:
    """Number paths of one root that differ in their Unicode form only: the archive takes them for the same.

    `taken` are the paths of the roots before, with their sources; those of this one are added.

    Raises:
        UsageError: a path is taken by a file of another root.
    """
    own: dict[_Key, Path] = {}
    for candidate in filter(_is_taken, found):
        if _key(candidate) in taken:
            raise UsageError(_clash(taken[_key(candidate)], candidate))
        own.setdefault(_key(candidate), candidate.source)
    for candidate in found:
        first = not _is_taken(candidate) or own[_key(candidate)] == candidate.source
        yield candidate if first else _numbered(candidate, own)
    taken |= own


def _numbered(candidate: Candidate, own: dict[_Key, Path]) -> Candidate:
    path = PurePosixPath(candidate.path)
    for number in itertools.count(2):
        other = replace(candidate, path=str(path.with_name(f"{path.stem} ({number}){path.suffix}")))
        if _key(other) not in own:
            break
    own[_key(other)] = other.source
    return other


def _key(candidate: Candidate) -> _Key:
    return candidate.description.conference, _shown(candidate.path)


def _clash(other: Path, candidate: Candidate) -> str:
    conference, path = _key(candidate)
    common = os.path.commonpath((other, candidate.source))
    return (
        f"{other} and {candidate.source} would both be {path} of the conference {conference}."
        f" Hand in the folder {common} that holds both."
    )
