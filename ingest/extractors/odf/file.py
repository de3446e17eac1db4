"""An OpenDocument file and its parts: a package, or one flat XML file.

Parts are unpacked when they are asked for; of damaged ones what can be read is read.

Source: OASIS OpenDocument 1.3 part 2 (packages); part 3, 3.1 (flat files).
"""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lxml import etree

from ingest.extraction import DamagedError, EmptyError, EncryptedError
from ingest.extractors import markup
from ingest.extractors.embedded import EmbeddedFiles, EmbeddedText
from ingest.extractors.odf.names import MANIFEST, OFFICE, present_names
from ingest.extractors.parts import Parts, open_parts

_MANIFEST_PART = "META-INF/manifest.xml"


class OdfFile:
    """The roots of the parts of one document, and the objects in it.

    `skipped` names what could not be read, or not whole; `counts` are those of embedded files.
    """

    def __init__(self, content: etree._Element, parts: Parts | None, skipped: list[str]) -> None:
        self.content = content
        self.skipped = skipped
        self.counts: Counter[str] = Counter()
        self._parts = parts
        self._files = None if parts is None else EmbeddedFiles(parts, self.counts)
        self._unread = 0
        self.styles = content if parts is None else _root(parts, "styles.xml", skipped)
        self.meta = content if parts is None else _root(parts, "meta.xml", skipped)

    @property
    def roots(self) -> list[etree._Element]:
        """Return content and styles, each once."""
        if self.styles is None or self.styles is self.content:
            return [self.content]
        return [self.content, self.styles]

    def object(self, place: str) -> etree._Element | None:
        """Return the content of an object whose parts are in the package; None where there is none."""
        if self._parts is None or not place:
            return None
        return _root(self._parts, f"{_member(place)}/content.xml", self.skipped)

    def file(self, place: str) -> EmbeddedText:
        """Return what an embedded file of another format says; nothing where it cannot be read."""
        if self._files is None or not place:
            self.counts["embedded files"] += 1
            self._unread += 1
            return EmbeddedText()
        return self._files.read(_member(place))

    def say_what_is_missing(self) -> None:
        """Put sentences about embedded files into `skipped`."""
        if self._files is not None:
            self._files.unread += self._unread
            self.skipped += self._files.skipped()
        elif self._unread:
            self.skipped.append(f"Embedded files that were not read: {self._unread}.")


def _member(place: str) -> str:
    return posixpath.normpath(place.removeprefix("#")).lstrip("/")


@contextmanager
def open_package(path: Path) -> Iterator[OdfFile]:
    """Open a package.

    Raises:
        ExtractionError: it is encrypted, or has no content that can be read.
    """
    skipped: list[str] = []
    with path.open("rb") as stream:
        parts = open_parts(path, stream)
        manifest = parts.root(_MANIFEST_PART)
        if manifest is not None and next(manifest.iter(f"{MANIFEST}encryption-data"), None) is not None:
            raise EncryptedError
        parts.skipped = [each for each in parts.skipped if not each.startswith(_MANIFEST_PART)]
        content = _root(parts, "content.xml", skipped)
        if content is None:
            raise DamagedError
        file = OdfFile(content, parts, skipped)
        yield file
        skipped += [each for each in parts.skipped if each not in skipped]


def open_flat(path: Path) -> OdfFile:
    """Open a document that is one XML file, whole or not.

    Raises:
        ExtractionError: nothing of it can be read.
    """
    content = path.read_bytes()
    if not content.strip():
        raise EmptyError
    skipped: list[str] = []
    root = _parse(content, "XML", skipped)
    if root is None or root.find(f"{OFFICE}body") is None:
        raise DamagedError
    return OdfFile(root, None, skipped)


def _root(parts: Parts, name: str, skipped: list[str]) -> etree._Element | None:
    content = parts.content(name)
    return None if content is None else _parse(content, name, skipped)


def _parse(content: bytes, name: str, skipped: list[str]) -> etree._Element | None:
    content = present_names(content)
    try:
        return markup.parse(content)
    except DamagedError:
        pass
    try:
        root = markup.parse(content, recover=True)
    except DamagedError:
        skipped.append(f"{name} is damaged.")
        return None
    skipped.append(f"{name} is damaged; what could be read was read.")
    return root
