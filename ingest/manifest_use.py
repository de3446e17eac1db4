"""The manifests of what is handed in: which file is one, and which row belongs to which file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from archive.names import printable_path
from ingest.candidate import Candidate
from ingest.conference_yaml import FILE_NAME
from ingest.errors import UsageError
from ingest.manifest import Manifest, ManifestRow, is_manifest_name, open_manifest
from ingest.manifest_paths import match

_READ = "It describes the files and was read as that."
_NOT_USED = "It was not used: another manifest is named."


@dataclass(frozen=True, slots=True)
class Roll:
    """The files of one folder handed in. `root` is the folder as people see it, or the file itself."""

    root: Path
    candidates: tuple[Candidate, ...]
    is_file: bool = False


@dataclass(frozen=True, slots=True)
class Used:
    """What manifests say. `rows`: by source of the file; `translation_of` in them is a path handed in.

    `described`: what becomes of the manifests themselves, by source; `used`: those that count, and what each
    is called; `lost`: rows
    that no file is of, as candidates that cannot be taken; `without`: sources of files that no row is of,
    with the manifest's name; `messages`: for whoever handed it in.
    """

    rows: Mapping[Path, ManifestRow] = field(default_factory=dict)
    described: Mapping[Path, str] = field(default_factory=dict)
    lost: tuple[Candidate, ...] = ()
    without: Mapping[Path, str] = field(default_factory=dict)
    messages: tuple[str, ...] = ()
    used: Mapping[Path, str] = field(default_factory=dict)


def use_manifests(rolls: Sequence[Roll], named: Path | None) -> Used:
    """Read the manifests of what is handed in, and find the files of their rows.

    Args:
        named: the one that counts instead of those in the folders.

    Raises:
        TableError: one cannot be used.
        UsageError: a folder has two, or there is none of that name.
    """
    own = {roll.root: _manifests_in(roll) for roll in rolls}
    if named is None:
        return _together(
            [_use(found.source, found.place, [roll]) for roll in rolls for found in own[roll.root]]
        )
    source = _resolved(named)
    there = _use(source, source, rolls)
    others = {other.source: _NOT_USED for found in own.values() for other in found if other.source != source}
    return replace(there, described={**others, **there.described})


def _resolved(named: Path) -> Path:
    try:
        source = named.resolve(strict=True)
    except (OSError, RuntimeError):
        raise UsageError(f"There is no manifest {named}. Check the spelling.") from None
    if not source.is_file():
        raise UsageError(f"The manifest {named} is no file. Name a CSV or XLSX file.")
    return source


def _manifests_in(roll: Roll) -> list[Candidate]:
    """Return the manifests that lie in the folder itself."""
    found = [
        candidate
        for candidate in roll.candidates
        if candidate.place.parent == roll.root and is_manifest_name(candidate.place.name)
        if candidate.is_taken
    ]
    if len(found) > 1:
        names = " and ".join(candidate.place.name for candidate in found)
        raise UsageError(f"{roll.root} has {names}. Leave one of them, or name one with --manifest.")
    return found


def _use(source: Path, place: Path, rolls: Sequence[Roll]) -> Used:
    manifest = open_manifest(source, place)
    files = {str(c.source): c for roll in rolls for c in roll.candidates if _is_file(c, source)}
    roots = {str(c.source): roll.root for roll in rolls for c in roll.candidates}
    matched = match(
        manifest,
        tuple(files),
        (
            lambda path: _below(files[path].place, place.parent),
            lambda path: printable_path(files[path].path),
            lambda path: f"{roots[path].name}/{printable_path(files[path].path)}",
        ),
    )
    rows = {
        Path(path): replace(row, translation_of=_path_of(files, row.translation_of))
        for path, row in matched.rows.items()
    }
    lost = (
        Candidate(source, row.path or place.name, problem=" ".join(map(str, row.problems)))
        for row in matched.lost
    )
    message = _message(manifest)
    return Used(
        rows,
        {source: " ".join(filter(None, (_READ, message)))},
        tuple(lost),
        {Path(path): manifest.name for path in matched.without},
        (f"{manifest.name}: {message}",) if message else (),
        {source: place.name},
    )


def _is_file(candidate: Candidate, manifest: Path) -> bool:
    is_description = candidate.source == manifest or candidate.place.name == FILE_NAME
    return candidate.is_taken and not is_description


def _below(place: Path, folder: Path) -> str:
    return printable_path(str(place.relative_to(folder))) if place.is_relative_to(folder) else ""


def _path_of(files: Mapping[str, Candidate], source: str) -> str:
    return printable_path(files[source].path) if source else ""


def _message(manifest: Manifest) -> str:
    if not manifest.unknown_columns:
        return ""
    names = ", ".join(manifest.unknown_columns)
    return f"Columns that were not used: {names}. docs/manifest.md lists those that are."


def _together(used: Sequence[Used]) -> Used:
    return Used(
        {source: row for one in used for source, row in one.rows.items()},
        {source: what for one in used for source, what in one.described.items()},
        tuple(lost for one in used for lost in one.lost),
        {source: name for one in used for source, name in one.without.items()},
        tuple(message for one in used for message in one.messages),
        {source: name for one in used for source, name in one.used.items()},
    )
