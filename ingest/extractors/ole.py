"""The file that an OLE object holds: as a package, as the packager wrote it, or as the contents of a program.

Source: [MS-OLEDS] 2.3.6 (OLENativeStream); [MS-CFB].
"""

from __future__ import annotations

import io
import struct
from dataclasses import dataclass
from pathlib import PureWindowsPath

import olefile

_NATIVE = "\x01Ole10Native"
_WHOLE = ("Package", "EmbeddedOdf", "CONTENTS")
"""Streams that are a file as it is: of Office, of OpenDocument, of Adobe Acrobat."""

_UNREADABLE = (OSError, ValueError, IndexError, KeyError, TypeError, AttributeError, struct.error)
"""What olefile raises on files that are not as they should be."""


@dataclass(frozen=True, slots=True)
class PackedFile:
    """A file inside of an OLE object; `name` is "" where it has none."""

    content: bytes
    name: str = ""


def packed_file(compound: bytes) -> PackedFile | None:
    """Return the file that a compound file holds; None where it holds none, or is damaged."""
    try:
        with olefile.OleFileIO(io.BytesIO(compound)) as container:
            for name in _WHOLE:
                if container.exists(name):
                    return PackedFile(container.openstream(name).read())
            if container.exists(_NATIVE):
                return _from_packager(container.openstream(_NATIVE).read())
    except _UNREADABLE:
        return None
    return None


def _from_packager(stream: bytes) -> PackedFile | None:
    """Read what the packager of Windows wrote: a label, two paths, and the file."""
    at = 6
    label, at = _text(stream, at)
    _, at = _text(stream, at)
    at += 4
    (length,) = struct.unpack_from("<I", stream, at)
    at += 4 + length
    (size,) = struct.unpack_from("<I", stream, at)
    content = stream[at + 4 : at + 4 + size]
    if not content or len(content) < size:
        return None
    return PackedFile(content, PureWindowsPath(label).name)


def _text(stream: bytes, at: int) -> tuple[str, int]:
    end = stream.index(b"\0", at)
    return stream[at:end].decode("cp1252", "replace"), end + 1
