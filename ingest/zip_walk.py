"""Candidates for the files of zips, as if the folders were there that the zips would be unpacked into."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from archive.errors import StorageError
from ingest.bag_places import CONFERENCE
from ingest.candidate import Candidate
from ingest.errors import UsageError, ZipError
from ingest.unpacking import Unpacked, Unpacking, is_zip, unpacked_name

_BAG_FILES = frozenset(("bagit.txt", f"data/{CONFERENCE}"))


def with_zips(candidates: Iterable[Candidate], unpacking: Unpacking | None) -> Iterator[Candidate]:
    """Yield candidates, and at the end what comes out of the zips among them.

    So the files of a folder keep their paths whatever zips lie beside it.
    """
    later: list[Candidate] = []
    for candidate in candidates:
        told, unpacked = _opened(candidate, unpacking)
        yield told
        if unpacked is not None:
            place = candidate.place.with_name(unpacked_name(candidate.place.name))
            prefix = candidate.path.removesuffix(candidate.place.name) + place.name + "/"
            later += _members(unpacked, place, prefix, candidate)
    yield from later


def zip_root(path: Path, unpacking: Unpacking | None) -> tuple[Path, tuple[Candidate, ...]] | None:
    """Return the folder that a zip stands for which is itself handed in, and what is in it.

    None: the file is no zip, or none that is unpacked.

    Raises:
        UsageError: it holds what `export` wrote, which is not read out of a zip.
    """
    told, unpacked = _opened(Candidate(path, path.name), unpacking)
    if unpacked is None:
        return None
    if {member.path for member in unpacked.members} >= _BAG_FILES:
        raise UsageError(f"{path} holds what export wrote. Unpack it, and hand in the folder.")
    root = path.with_name(unpacked_name(path.name)) / unpacked.top
    return root, (told, *_members(unpacked, root, "", told))


def _opened(file: Candidate, unpacking: Unpacking | None) -> tuple[Candidate, Unpacked | None]:
    """Say what becomes of a file if it is a zip; and what came out of it."""
    if unpacking is None or not unpacking.unpacks(file.source) or not _is_zip(file):
        return file, None
    try:
        unpacked = unpacking.unpack(file.source)
    except ZipError as exc:
        return replace(file, doubt=str(exc)), None
    except StorageError as exc:
        return replace(file, problem=str(exc)), None
    return replace(file, skip=unpacked.summary), unpacked


def _is_zip(file: Candidate) -> bool:
    try:
        return file.is_taken and is_zip(file.source, file.place.name)
    except OSError:
        return False  # Whoever opens it next says why it cannot be read.


def _members(unpacked: Unpacked, folder: Path, prefix: str, file: Candidate) -> list[Candidate]:
    return [
        Candidate(
            member.source,
            prefix + member.path,
            skip=member.skip,
            problem=member.problem,
            doubt=member.doubt,
            seen_at=folder / member.path.lstrip("/"),
            out_of=file.source,
        )
        for member in unpacked.members
    ]
