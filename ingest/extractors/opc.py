"""The parts of an Office package and how they belong together, one part at a time.

What is damaged gives what can be read of it and is named in `skipped`; what is not asked for is not unpacked.

Source: ISO/IEC 29500-2 (Open Packaging Conventions), 6 (parts), 6.5 (relationships).
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from ingest.extraction import DamagedError
from ingest.extractors import markup
from ingest.extractors.package import MAX_TOTAL_BYTES, ZIP_ERRORS, read_member, usual_names

_BEGINNING_BYTES = 4096


@dataclass(frozen=True, slots=True)
class Relationship:
    """Leads from one part to another. `kind` is the last word of its type: `worksheet`, `comments`."""

    id: str
    kind: str
    target: str


class Parts:
    """Reads parts by name, whatever the case of their letters."""

    def __init__(self, container: zipfile.ZipFile, skipped: list[str]) -> None:
        self._container = container
        self._skipped = skipped
        self._members = {
            name.lstrip("/").lower(): name for name in container.namelist() if not name.endswith("/")
        }
        self._left_bytes = MAX_TOTAL_BYTES

    def names(self) -> list[str]:
        """Return the names of all parts, in lower case."""
        return list(self._members)

    def root(self, name: str) -> etree._Element | None:
        """Return the root element of a part; None where there is none, or nothing of it can be read."""
        member = self._members.get(name.lower())
        if member is None:
            return None
        try:
            content = usual_names(read_member(self._container, member))
        except DamagedError:
            self._skipped.append(f"{name} is damaged.")
            return None
        self._left_bytes -= len(content)
        if self._left_bytes < 0:
            raise DamagedError(f"The file unpacks to more than {MAX_TOTAL_BYTES} bytes.")
        try:
            return markup.parse(content)
        except DamagedError:
            pass
        try:
            root = markup.parse(content, recover=True)
        except DamagedError:
            self._skipped.append(f"{name} is damaged.")
            return None
        self._skipped.append(f"{name} is damaged; what could be read was read.")
        return root

    def elements(self, name: str, *tags: str) -> Iterator[etree._Element]:
        """Yield elements of a part as they end, without holding the part; each is gone with the next.

        The tags are those of any namespace; what a caller has not taken by then is not kept.
        """
        member = self._members.get(name.lower())
        if member is None:
            return
        source = _Source(self._container, member, self)
        events = etree.iterparse(
            source, tag=[f"{{*}}{tag}" for tag in tags], resolve_entities=False, no_network=True, recover=True
        )
        whole = True
        try:
            for _, element in events:
                yield element
                _forget(element)
        except (etree.XMLSyntaxError, *ZIP_ERRORS):
            whole = False
        if not whole or source.is_broken or len(events.error_log):
            self._skipped.append(f"{name} is damaged; what could be read was read.")

    def take(self, size_bytes: int) -> bool:
        """Count what was unpacked; False where it was too much."""
        self._left_bytes -= size_bytes
        return self._left_bytes >= 0

    def related(self, name: str) -> dict[str, Relationship]:
        """Return the relationships of a part to others of the package, by their identifiers."""
        folder, base = posixpath.split(name)
        root = self.root(posixpath.join(folder, "_rels", f"{base}.rels"))
        found = {}
        for element in [] if root is None else root.iter("{*}Relationship"):
            if element.get("TargetMode") != "External":
                identifier = element.get("Id", "")
                target = posixpath.normpath(posixpath.join("/", folder, element.get("Target", ""))).lstrip(
                    "/"
                )
                found[identifier] = Relationship(
                    identifier, element.get("Type", "").rpartition("/")[2], target
                )
        return found


class _Source(io.RawIOBase):
    """The bytes of a member as it is unpacked, with the usual names; ends where the member is broken."""

    def __init__(self, container: zipfile.ZipFile, member: str, parts: Parts) -> None:
        self._stream: zipfile.ZipExtFile | None = None
        self._parts = parts
        self.is_broken = False
        try:
            self._stream = container.open(member)  # type: ignore[assignment]
        except ZIP_ERRORS:
            self.is_broken = True

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes; none at the end, at what is broken, and where it became too much."""
        if self.is_broken or self._stream is None:
            return b""
        try:
            piece = self._stream.read(size)
        except ZIP_ERRORS:
            self.is_broken = True
            return b""
        if not self._parts.take(len(piece)):
            self.is_broken = True
            return b""
        return piece


def _forget(element: etree._Element) -> None:
    """Take an element that was read, and all before it, out of the tree."""
    element.clear()
    before = element.getprevious()
    if before is not None:
        parent = element.getparent()
        while parent is not None and before is not None:
            parent.remove(before)
            before = element.getprevious()
