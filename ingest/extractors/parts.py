"""The parts of an Office package (ISO/IEC 29500-2), each unpacked and parsed when it is first asked for.

What is damaged gives what can be read of it: a member whose end is missing, markup that is not well-formed, a
package without its directory. Names are compared without regard to case, strict names of markup become the
usual ones. What was not read whole is named in `skipped`.

Source: ISO/IEC 29500-2, 7 (parts), 6.5 (relationships), annex on names; 29500-1, annex A (strict names).
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO
from urllib.parse import unquote

from lxml import etree

from ingest.extraction import DamagedError, EncryptedError
from ingest.extractors import markup
from ingest.extractors.package import MAX_MEMBERS, MAX_TOTAL_BYTES, open_container
from ingest.extractors.salvage import ENCRYPTED, SIGNATURE, Listed, Member, member_at, members, unpack

_STRICT = re.compile(
    rb"http://purl\.oclc\.org/ooxml/(officeDocument|wordprocessingml|presentationml|drawingml|spreadsheetml)/"
)
_USUAL = rb"http://schemas.openxmlformats.org/\1/2006/"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_DECLARATION = re.compile(r"^\ufeff?<\?xml[^>]*\?>")


@dataclass(frozen=True, slots=True)
class Relation:
    """What a part says about another: `kind` is the last word of its type, `target` a part or an address."""

    kind: str
    target: str
    external: bool


@dataclass(frozen=True, slots=True)
class Part:
    """A part with markup; where it is not whole, `root` is what could be read."""

    root: etree._Element
    is_whole: bool


class Parts:
    """A package, opened. `skipped` names each part once that could not be read, or not whole.

    `watched` are words that are looked for in the markup of each part, see `mentions`.
    """

    def __init__(self, stream: BinaryIO, found: Mapping[str, Member | Listed], skipped: list[str]) -> None:
        self.skipped = skipped
        self.watched: tuple[bytes, ...] = ()
        self._stream = stream
        self._members = found
        self._unpacked_bytes = 0
        self._roots: dict[str, etree._Element | None] = {}
        self._met: dict[str, frozenset[bytes]] = {}
        self._relations: dict[str, Mapping[str, Relation]] = {}

    @property
    def names(self) -> Iterator[str]:
        """The names of all parts, in lower case."""
        return iter(self._members)

    def spelt(self, name: str) -> str | None:
        """Return the name of a part as the package spells it; None for one that is not there."""
        member = self._members.get(name.lower())
        return None if member is None else member.name

    def content(self, name: str) -> bytes | None:
        """Return the bytes of a part, as far as they are there; None without any.

        Raises:
            DamagedError: what was unpacked so far comes to more than is read of one file.
        """
        content, is_whole = self._unpack(name, markup.MAX_PART_BYTES)
        if not is_whole:
            self.say_damaged(self.spelt(name) or name, bool(content))
        return content or None

    def file(self, name: str, most_bytes: int) -> bytes | None:
        """Return the bytes of a file in the package, without a word; None where it is not whole or larger.

        Raises:
            DamagedError: as with `content`.
        """
        content, is_whole = self._unpack(name, most_bytes)
        return content if is_whole else None

    def is_there(self, name: str) -> bool:
        """Say whether a part that another one needs is in the package; where it is not, tell."""
        if self.spelt(name) is not None:
            return True
        self.say_damaged(name, False)
        return False

    def read(self, name: str) -> Part | None:
        """Parse a part that is needed once: it is not kept, and damage is left to the caller to tell.

        Raises:
            DamagedError: as with `content`.
        """
        content, is_whole = self._unpack(name, markup.MAX_PART_BYTES)
        if not content:
            return None
        usual = _usual(content)
        if is_whole:
            with suppress(DamagedError):
                return Part(markup.parse(usual), True)
        with suppress(DamagedError):
            return Part(markup.parse(usual, recover=True), False)
        return None

    def says(self, name: str, word: bytes) -> bool:
        """Say whether a part has a word anywhere in its markup; of a damaged one, as far as it is there."""
        return word in self._unpack(name, markup.MAX_PART_BYTES)[0]

    def root(self, name: str) -> etree._Element | None:
        """Return the root element of a part, or of what can be read of it."""
        key = name.lower()
        if key not in self._roots:
            content = self.content(name)
            self._roots[key] = None if content is None else self._parse(name, content)
        return self._roots[key]

    def mentions(self, name: str, word: bytes) -> bool:
        """Say whether a part that was parsed has one of the watched words anywhere in its markup."""
        return word in self._met.get(name.lower(), ())

    def relations(self, name: str) -> Mapping[str, Relation]:
        """Return what a part is related to, by identifier; "" asks for the package itself."""
        if name not in self._relations:
            folder, base = posixpath.split(name)
            root = self.root(posixpath.join(folder, "_rels", f"{base}.rels"))
            self._relations[name] = {} if root is None else dict(_relations(root, folder))
        return self._relations[name]

    def related(self, name: str, kind: str) -> Iterator[str]:
        """Yield the parts of one kind that a part is related to."""
        for relation in self.relations(name).values():
            if relation.kind == kind and not relation.external:
                yield relation.target

    def _unpack(self, name: str, most_bytes: int) -> tuple[bytes, bool]:
        member = self._members.get(name.lower())
        if member is None:
            return b"", True
        if isinstance(member, Listed):
            located = member_at(self._stream, member.position, member.length, member.crc)
            if located is None:
                return b"", False
            member = located
        content, is_whole = unpack(self._stream, member, most_bytes)
        self._unpacked_bytes += len(content)
        if self._unpacked_bytes > MAX_TOTAL_BYTES:
            raise DamagedError(f"The file unpacks to more than {MAX_TOTAL_BYTES} bytes.")
        return content, is_whole

    def _parse(self, name: str, content: bytes) -> etree._Element | None:
        usual = _usual(content)
        self._met[name.lower()] = frozenset(word for word in self.watched if word in usual)
        try:
            return markup.parse(usual)
        except DamagedError:
            pass
        try:
            root = markup.parse(usual, recover=True)
        except DamagedError:
            self.say_damaged(name, False)
            return None
        self.say_damaged(name, True)
        return root

    def say_damaged(self, name: str, is_read: bool) -> None:
        """Tell once that a part is damaged, and whether some of it was read."""
        self.skipped = [said for said in self.skipped if not said.startswith(f"{name} is damaged")]
        if is_read:
            self.skipped.append(f"{name} is damaged; what could be read was read.")
        else:
            self.skipped.append(f"{name} is damaged.")


def open_parts(path: Path, stream: BinaryIO) -> Parts:
    """Open a package; `stream` is the same file, which the parts are read from.

    Raises:
        ExtractionError: it is encrypted, of another format, or nothing in it can be found.
    """
    skipped: list[str] = []
    found: list[Listed] | list[Member]
    try:
        with open_container(path) as container:
            flags = [info.flag_bits & ENCRYPTED for info in container.infolist()]
            if flags and all(flags):  # one alone is a damaged directory
                raise EncryptedError
            _refuse_inner(container, stream)
            found = [
                Listed(info.filename, info.header_offset, info.compress_size, info.CRC)
                for info in container.infolist()
            ]
            skipped += (
                f"{each.name} is damaged." for each in found if each.position < 0 and _is_markup(each.name)
            )
    except DamagedError:
        found = [*members(stream, MAX_MEMBERS)]
        if not found:
            raise
        skipped.append("The end of the file is missing.")
    by_name: dict[str, Member | Listed] = {}
    for member in found:
        name = member.name.replace("\\", "/").lstrip("/")
        if not name.endswith("/"):
            by_name.setdefault(name.lower(), member if name == member.name else replace(member, name=name))
    return Parts(stream, by_name, skipped)


def _refuse_inner(container: zipfile.ZipFile, stream: BinaryIO) -> None:
    """Refuse the directory of a package inside, which is found where the end of the one around it is lost."""
    stream.seek(0)
    begins_here = stream.read(len(SIGNATURE)) == SIGNATURE
    if begins_here and min((info.header_offset for info in container.infolist()), default=0) > 0:
        raise DamagedError


def _is_markup(name: str) -> bool:
    return name.lower().endswith((".xml", ".rels"))


def _usual(content: bytes) -> bytes:
    """Return a part with the usual names of markup instead of the strict ones."""
    if content.startswith(_UTF_16):
        content = _DECLARATION.sub("", content.decode("utf-16", "replace"), count=1).encode()
    return _STRICT.sub(_USUAL, content) if b"purl.oclc.org/ooxml" in content else content


def _relations(root: etree._Element, folder: str) -> Iterator[tuple[str, Relation]]:
    for element in root:
        target = element.get("Target") or ""
        external = element.get("TargetMode") == "External"
        if not external:
            place = unquote(target.replace("\\", "/").partition("#")[0])
            target = posixpath.normpath(posixpath.join("/" + folder, place)).lstrip("/")
        yield (
            element.get("Id", ""),
            Relation((element.get("Type") or "").rpartition("/")[2], target, external),
        )
