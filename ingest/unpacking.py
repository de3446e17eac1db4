"""A zip -> its files, those of the zips in it among them, as if somebody had unpacked it into a folder.

A zip is unpacked or it is not: one that has a password, is damaged as a whole or swells is left as it is, for
staff to look at. Of one that is unpacked, each member that cannot be taken says why. What is counted is what
comes out, not what the zip says of itself.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from archive.errors import StorageError
from archive.names import printable_path
from ingest.errors import SwellingZipError, ZipError
from ingest.mediatypes import FORMATS, media_type_of
from ingest.partial import DiskFullError, check_room
from ingest.unpacking_folder import UnpackingFolder
from ingest.walk import LINK, ODD, left_out
from ingest.zip_content import MemberError, pieces
from ingest.zip_directory import (
    MOST_MEMBERS,
    TOO_MANY,
    ZipEntry,
    is_zip_start,
    read_located_directory,
)
from ingest.zip_names import decoded_names, member_path

MOST_BYTES = 20 * 1024**3
"""A conference with its films; whoever has more hands in a folder."""

SMALL_BYTES = 256 * 1024**2
"""So much may come out of any zip, however small that is."""

MOST_TIMES = 100
"""How many times its own size may come out of a zip. Documents are made 2 to 10 times smaller, tables 30."""

MOST_NAMED = 10
"""So many files that could not be taken out are named."""

MOST_DEPTH = 5
"""How deep zips may lie in one another; people put a zip into a zip, seldom that into another."""

ENCRYPTED = (
    "The zip is protected with a password. Unpack it, and hand in the folder, or a zip without a password."
)
TOO_LARGE = (
    f"More would come out of the zip than a zip of this size may hold, or than {MOST_BYTES // 1024**3} GB. "
    "Unpack it and hand in the folder, or make several zips of it."
)
TOO_DEEP = f"Zips lie in the zip more than {MOST_DEPTH} deep. Unpack it and hand in the folder."
NOTHING_TAKEN = "No file could be taken out of the zip. Unpack it and hand in the folder. The first one: "


@dataclass(frozen=True, slots=True)
class Member:
    """A file of a zip. `path` is below the zip, with / between its parts; `source` is ours.

    `skip` says why it is not taken, on purpose, and `problem` why it cannot be; nothing is at `source` then.
    `doubt` says why it is kept as it is, where it is a zip that is not unpacked. `is_parted`: it was a zip,
    and what came out of it is there in its place.
    """

    path: str
    source: Path
    skip: str = ""
    problem: str = ""
    doubt: str = ""
    is_parted: bool = False

    @property
    def is_taken(self) -> bool:
        """Tell whether there are bytes to be taken."""
        return not self.skip and not self.problem


@dataclass(frozen=True, slots=True)
class Unpacked:
    """What came out of a zip, in the order of the paths. `top`: the one folder that all of it lay in."""

    members: tuple[Member, ...]
    top: str = ""

    @property
    def summary(self) -> str:
        """Say how many files came out of it."""
        files = [member for member in self.members if not member.is_parted]
        taken = sum(member.is_taken for member in files)
        failed = [printable_path(member.path) for member in files if member.problem]
        skipped = len(files) - taken - len(failed)
        said = f"Files taken out of the zip: {taken}."
        if failed:
            names = ", ".join(failed[:MOST_NAMED]) + (", …" if len(failed) > MOST_NAMED else "")
            said += f" Could not be taken out: {len(failed)} ({names})."
        return said + (f" Left out: {skipped}." if skipped else "")

    @property
    def has_failed(self) -> bool:
        """Tell whether a file could not be taken out."""
        return any(member.problem for member in self.members)


class Unpacking:
    """Unpacks zips for one process, and removes what came out when it is over."""

    def __init__(self, home: Path, only: Collection[Path] | None = None) -> None:
        """`only`: the zips that may be unpacked; None: all."""
        self._home = home
        self._only = only
        self._folder: UnpackingFolder | None = None
        self._known: dict[Path, Unpacked] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Remove what came out."""
        self._known.clear()
        if self._folder is not None:
            self._folder.close()
            self._folder = None

    @property
    def unpacked(self) -> tuple[Path, ...]:
        """The zips that were unpacked."""
        return tuple(self._known)

    def unpacks(self, source: Path) -> bool:
        """Tell whether a zip may be unpacked."""
        return self._only is None or source in self._only

    def unpack(self, source: Path) -> Unpacked:
        """Unpack a zip; one that was unpacked before gives the same files.

        Raises:
            ZipError: it is left as it is; the message says why, and what its depositor can do.
            StorageError: it cannot be unpacked now.
        """
        if source in self._known:
            return self._known[source]
        try:
            self._folder = self._folder or UnpackingFolder(self._home)
            unpacked = _OneZip(self._home, self._folder, source.stat().st_size).unpack(source)
        except (OSError, DiskFullError) as exc:
            raise StorageError(f"The zip could not be unpacked: {exc}") from exc
        self._known[source] = unpacked
        return unpacked


def is_zip(path: Path, name: str) -> bool:
    """Tell whether a file is a zip of files, and no document that is kept as one. Raises OSError."""
    with path.open("rb") as stream:
        if not is_zip_start(stream.read(8)):
            return False
    return media_type_of(path, name) == FORMATS["zip"]


def is_readable_zip(path: Path) -> bool:
    """Tell whether a file can be read, and is a zip of files."""
    try:
        return is_zip(path, path.name)
    except OSError:
        return False


def unpacked_name(name: str) -> str:
    """Return what the folder is called that a zip would be unpacked into."""
    stem, dot, extension = name.rpartition(".")
    return stem if stem and dot and extension.casefold() == "zip" else name


class _TooDeepError(ZipError):
    """Zips lie in a zip deeper than they are unpacked."""


class _OneZip:
    """Unpacks one zip with all that are in it, and counts what comes out of them together."""

    def __init__(self, home: Path, folder: UnpackingFolder, size_bytes: int) -> None:
        self._home = home
        self._folder = folder
        self._bytes_left = min(MOST_BYTES, max(SMALL_BYTES, MOST_TIMES * size_bytes))
        self._members_left = MOST_MEMBERS
        self._made: list[Path] = []

    def unpack(self, source: Path) -> Unpacked:
        """Unpack it, whole or not at all."""
        try:
            return self._unpack(source, 1)
        except BaseException:
            self._drop(0)
            raise

    def _drop(self, made: int) -> None:
        """Remove what came out since so many files had."""
        for path in self._made[made:]:
            path.unlink(missing_ok=True)
        del self._made[made:]

    def _unpack(self, source: Path, depth: int) -> Unpacked:
        if depth > MOST_DEPTH:
            raise _TooDeepError(TOO_DEEP)
        with source.open("rb") as stream:
            entries = read_located_directory(stream)
            if any(entry.is_encrypted for entry in entries):
                raise ZipError(ENCRYPTED)
            self._members_left -= len(entries)
            if self._members_left < 0:
                raise SwellingZipError(TOO_MANY)
            nameless, named = self._members(stream, entries)
        top = _top([member.path for member in named if not member.skip])
        members = [*nameless, *(_below(member, top) for member in named)]
        members = [deeper for member in members for deeper in self._with_zips(member, depth)]
        problems = [member.problem for member in members if member.problem]
        if problems and not any(member.is_taken for member in members):
            raise ZipError(NOTHING_TAKEN + problems[0])
        return Unpacked(tuple(sorted(members, key=lambda member: member.path)), top)

    def _members(self, stream: BinaryIO, entries: Sequence[ZipEntry]) -> tuple[list[Member], list[Member]]:
        """Return the members whose names cannot be used, and the others."""
        nameless: list[Member] = []
        files: dict[int, str] = {}
        for number, (entry, name) in enumerate(zip(entries, decoded_names(entries), strict=True)):
            if entry.is_folder:
                continue
            try:
                files[number] = member_path(name)
            except MemberError as exc:
                nameless.append(Member(_tellable(name), self._folder.next_path(), problem=str(exc)))
        reasons = left_out(list(files.values()))
        wanted = {number for number, path in files.items() if path not in reasons}
        if sum(entries[number].size_bytes for number in wanted) > self._bytes_left:
            raise SwellingZipError(TOO_LARGE)
        members: list[Member] = []
        for number, path in files.items():
            member = Member(path, self._folder.next_path(), skip=reasons.get(path, ""))
            members.append(member if member.skip else self._written(stream, entries[number], member))
        return nameless, members

    def _written(self, stream: BinaryIO, entry: ZipEntry, member: Member) -> Member:
        if entry.is_link:
            return replace(member, skip=LINK)
        if not entry.is_ordinary:
            return replace(member, skip=ODD)
        check_room(self._home, entry.size_bytes, 0)
        self._made.append(member.source)
        try:
            with member.source.open("xb") as target:
                for piece in pieces(stream, entry):
                    self._bytes_left -= len(piece)
                    if self._bytes_left < 0:
                        raise SwellingZipError(TOO_LARGE)
                    target.write(piece)
        except MemberError as exc:
            member.source.unlink()
            return replace(member, problem=str(exc))
        return member

    def _with_zips(self, member: Member, depth: int) -> list[Member]:
        """Return a member; of a zip, what came out of it as well."""
        name = member.path.rsplit("/", 1)[-1]
        if not member.is_taken or not is_zip(member.source, name):
            return [member]
        made = len(self._made)
        try:
            inner = self._unpack(member.source, depth + 1)
        except SwellingZipError:
            raise
        except ZipError as exc:
            if isinstance(exc, _TooDeepError) and depth > 1:
                raise  # The uppermost is kept, not thousands in it.
            self._drop(made)
            return [replace(member, doubt=str(exc))]
        member.source.unlink()
        folder = member.path.removesuffix(name) + unpacked_name(name)
        below = [replace(each, path=f"{folder}/{each.path}") for each in inner.members]
        return [replace(member, skip=inner.summary, is_parted=True), *below]


def _top(paths: Sequence[str]) -> str:
    """Return the one folder in which everything lies; empty where there is none."""
    folders = {path.partition("/")[0] if "/" in path else "" for path in paths}
    return folders.pop() if len(folders) == 1 else ""


def _below(member: Member, top: str) -> Member:
    return replace(member, path=member.path.removeprefix(f"{top}/")) if top else member


def _tellable(name: str) -> str:
    """Write a name that is no path, so that it can be told of; it ends up in no place."""
    return name.replace("\0", "\\0")[:200] or "?"
