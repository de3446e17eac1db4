"""Say of each file handed in where it belongs.

What the command line says counts first, then a manifest, then conference.yaml, then the folders:
`CONFERENCE/PANEL/file`. Where no file lies more than one folder deep, the folder handed in is itself the
conference and its folders are the panels. Files that are not taken have no say in this.
"""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from archive.model import Conference
from archive.names import numbered_path, printable_path
from ingest.candidate import Candidate
from ingest.conference_yaml import FILE_NAME
from ingest.errors import UsageError
from ingest.homes import Describing, Homes, identifier_of, shown_name
from ingest.homes import Wishes as Wishes
from ingest.manifest_use import Roll, Used, use_manifests
from ingest.outcome import Outcome
from ingest.unpacking import Unpacking
from ingest.walk import walk
from ingest.zip_walk import with_zips, zip_root

_READ = "It describes the conference and was read as that."
_UNUSED = "It was not used: the command line names the conference."
_SECOND = "It was not used: another one describes the same folder."

_Key = tuple[str, str]
"""Conference and path in NFC: what the archive knows a file by."""


@dataclass(frozen=True, slots=True)
class Crawl:
    """Everything handed in: the conferences of the files, and the files in the order of their paths.

    Translations come after the files that may be their originals; rows of a manifest that no file is of, as
    files that cannot be taken, come last. `described` names the conferences that a conference.yaml describes;
    of the others only names and panels are known. `notes` tells by path what is remarkable of a file that is
    taken all the same, `messages` what is to be said once; `manifests` are those that count, by source, and
    what each is called.
    """

    conferences: tuple[Conference, ...]
    described: frozenset[str]
    candidates: tuple[Candidate, ...]
    notes: Mapping[str, str] = field(default_factory=dict)
    messages: tuple[str, ...] = ()
    manifests: Mapping[Path, str] = field(default_factory=dict)

    def remarked(self, outcome: Outcome) -> Outcome:
        """Add to what became of a file what is remarkable of it."""
        note = self.notes.get(outcome.path, "")
        return replace(outcome, error=" ".join(filter(None, (outcome.error, note)))) if note else outcome


def crawl(
    paths: Sequence[Path],
    wishes: Wishes,
    home: Path | None = None,
    *,
    manifest: Path | None = None,
    whole: bool = False,
    unpacking: Unpacking | None = None,
) -> Crawl:
    """Look through files and folders, whatever lies in several of them once. Paths may be links.

    Args:
        paths: what is handed in.
        wishes: what is said of all files.
        home: the archive's own folder; nothing in it is handed in.
        manifest: the manifest; None: the one in each folder handed in, if it has one.
        whole: each folder handed in is one conference, however deep its files lie, and perhaps not there in
            full: a conference.yaml may name files that are not.
        unpacking: unpacks zips, and is open until the files are taken in; None: zips are files like others.

    Raises:
        UsageError: a path or a wish makes no sense, or files of two paths would be taken for the same one.
        ConferenceFileError: a conference.yaml cannot be understood.
        TableError: a manifest cannot be used.
    """
    wishes, home = _checked(wishes), home and home.resolve()
    # Outer folders first: a file has the same path in the archive whatever is named beside its folder.
    roots = sorted((_resolved(path, home) for path in paths), key=lambda root: len(root.parts))
    rolls = [_roll(root, home, unpacking) for root in roots]
    used = use_manifests(rolls, manifest)
    finders = [_HomeFinder(roll, wishes, used, whole) for roll in rolls]
    described: dict[Path, Describing] = {}
    for finder in finders:
        described = {**finder.described, **described}
    homes = Homes(wishes, described, all_there=not whole)
    candidates: dict[Path, Candidate] = {}
    taken: dict[_Key, Candidate] = {}
    for finder in finders:
        found = [finder.describe(c, homes) for c in finder.candidates if c.source not in candidates]
        if found and wishes.conference is None and finder.is_file:
            why = found[0].doubt or found[0].problem
            raise UsageError(
                f"{finder.root} is a single file: name its conference with --conference."
                + (f" {why}" if why else "")
            )
        candidates |= {candidate.source: candidate for candidate in told_apart(found, taken)}
    in_order = sorted(candidates.values(), key=lambda candidate: bool(candidate.description.translation_of))
    return Crawl(
        homes.conferences(),
        homes.described_conferences(),
        (*in_order, *used.lost),
        _notes(candidates, used.without),
        used.messages,
        used.used,
    )


def _roll(root: Path, home: Path | None, unpacking: Unpacking | None) -> Roll:
    is_file = not root.is_dir()
    unpacked = zip_root(root, unpacking) if is_file else None
    if unpacked is not None:
        return Roll(*unpacked)
    return Roll(root, tuple(with_zips(walk(root, home), unpacking)), is_file)


def _notes(candidates: Mapping[Path, Candidate], without: Mapping[Path, str]) -> dict[str, str]:
    return {
        printable_path(candidates[source].path): f"{manifest} has no row of it."
        for source, manifest in without.items()
        if source in candidates
    }


def _checked(wishes: Wishes) -> Wishes:
    """Take the conference out of a panel's name, and leave what can be printed."""
    conference, panel = wishes.conference, wishes.panel
    if panel is not None and "/" in panel:
        above, _, panel = panel.rpartition("/")
        conference = above if conference is None else conference
        if not above.strip() or identifier_of(above) != identifier_of(conference):
            raise UsageError(
                f"--panel {wishes.panel} is no panel of the conference {conference}."
                " Write the panel's name alone."
            )
    for option, value in (("--conference", conference), ("--panel", panel)):
        if value is not None and not value.strip():
            raise UsageError(f"{option} is empty. Leave it out, or name one.")
    return replace(
        wishes,
        conference=conference and shown_name(conference).strip(),
        panel=panel and shown_name(panel).strip(),
    )


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


class _HomeFinder:
    """Says for each file below one root which folder is its conference's.

    `described` are the folders whose conference.yaml counts, with that file.
    """

    def __init__(self, roll: Roll, wishes: Wishes, used: Used, whole: bool) -> None:
        self.root = roll.root
        self.candidates = roll.candidates
        self.is_file = roll.is_file
        self._used = used
        self._above = roll.root.parent if roll.is_file else roll.root
        self._one_home = wishes.conference is not None
        taken = [candidate for candidate in roll.candidates if candidate.is_taken]
        self.described = {
            folder: Describing(source, None if roll.is_file else _paths_below(folder, taken))
            for folder, source in _describing(taken).items()
            if folder == self._above or not self._one_home
        }
        loose = [candidate.path for candidate in taken if self._describing_folder(candidate.place) is None]
        self._holds_conferences = not whole and any(path.count("/") >= 2 for path in loose)

    def describe(self, candidate: Candidate, homes: Homes) -> Candidate:
        """Say where a file belongs, if it is taken."""
        if not candidate.is_taken:
            return candidate
        if what := self._used.described.get(candidate.source):
            return replace(candidate, skip=what)
        if candidate.place.name != FILE_NAME:
            row = self._used.rows.get(candidate.source)
            home = homes.at(self._folder(candidate), row.conference if row else "")
            said = home.description(candidate.place, candidate.path, row)
            problem = " ".join(filter(None, (candidate.doubt, said.problem)))
            return replace(candidate, description=replace(said, problem=problem))
        folder = candidate.place.parent
        if folder not in self.described:
            return replace(candidate, skip=_UNUSED)
        if not homes.is_described_by(folder, candidate.source):
            return replace(candidate, skip=_SECOND)
        homes.at(folder)
        return replace(candidate, skip=_READ)

    def _folder(self, candidate: Candidate) -> Path:
        if self._one_home:
            return self._above
        folder = self._describing_folder(candidate.place)
        if folder is None:
            inside = self._holds_conferences and "/" in candidate.path
            folder = self._above / candidate.path.split("/")[0] if inside else self._above
        return folder

    def _describing_folder(self, place: Path) -> Path | None:
        return next((folder for folder in place.parents if folder in self.described), None)


def _describing(taken: Sequence[Candidate]) -> dict[Path, Path]:
    """Return the folders that have a conference.yaml, with where its bytes lie; of two the first counts."""
    found: dict[Path, Path] = {}
    for candidate in taken:
        if candidate.place.name == FILE_NAME:
            found.setdefault(candidate.place.parent, candidate.source)
    return found


def _paths_below(folder: Path, taken: Sequence[Candidate]) -> frozenset[str]:
    return frozenset(
        shown_name(candidate.place.relative_to(folder).as_posix())
        for candidate in taken
        if candidate.place.is_relative_to(folder)
    )


def told_apart(found: Sequence[Candidate], taken: dict[_Key, Candidate]) -> Iterator[Candidate]:
    """Number paths of one root that are the same but for their Unicode form, as the archive takes them.

    `taken` are the paths of the roots before, with their files; those of this one are added.

    Raises:
        UsageError: a path is taken by a file of another root.
    """
    own: dict[_Key, Candidate] = {}
    for candidate in (candidate for candidate in found if candidate.is_taken):
        if _key(candidate) in taken:
            raise UsageError(_clash(taken[_key(candidate)], candidate))
        own.setdefault(_key(candidate), candidate)
    for candidate in found:
        first = not candidate.is_taken or own[_key(candidate)].source == candidate.source
        yield candidate if first else _numbered(candidate, own)
    taken |= own


def _numbered(candidate: Candidate, own: dict[_Key, Candidate]) -> Candidate:
    for number in itertools.count(2):
        other = replace(candidate, path=numbered_path(candidate.path, number))
        if _key(other) not in own:
            break
    own[_key(other)] = other
    return other


def _key(candidate: Candidate) -> _Key:
    return candidate.description.conference, shown_name(candidate.path)


def _clash(other: Candidate, candidate: Candidate) -> str:
    conference, path = _key(candidate)
    common = os.path.commonpath((other.place, candidate.place))
    return (
        f"{other.place} and {candidate.place} would both be {path} of the conference {conference}."
        f" Hand in the folder {common} that holds both."
    )
