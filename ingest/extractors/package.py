"""Zip containers of documents: opened, and one member read. Parts of Office packages are in `parts.py`."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path

from ingest import compoundfile
from ingest.extraction import DamagedError, EncryptedError, UnsupportedError
from ingest.extractors import markup

MAX_MEMBERS = 100_000
MAX_TOTAL_BYTES = 512 * 1024 * 1024
"""A package whose text parts unpack to more than this is refused."""

_ZIP_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
)
"""What the standard library raises on damaged containers; RuntimeError where a member has a password."""


def open_container(path: Path) -> zipfile.ZipFile:
    """Open a zip container.

    Raises:
        EncryptedError: it is an Office file with a password, which makes it a compound file.
        UnsupportedError: it is another compound file: an old Office format under a new name.
        DamagedError: it is no zip container.
    """
    with path.open("rb") as file:
        head = file.read(8)
    if head == compoundfile.MAGIC:
        names = {name.lower() for name in compoundfile.stream_names(path)}
        raise EncryptedError if "encryptedpackage" in names else UnsupportedError
    try:
        container = zipfile.ZipFile(path)
    except _ZIP_ERRORS as exc:
        raise DamagedError from exc
    if len(container.filelist) > MAX_MEMBERS:
        container.close()
        raise DamagedError(f"The file has more than {MAX_MEMBERS} parts. Save it anew and hand it in again.")
    return container


def read_member(container: zipfile.ZipFile, name: str) -> bytes:
    """Return the bytes of one member, never more than `markup.MAX_PART_BYTES` of them.

    Raises:
        KeyError: there is no such member.
        EncryptedError: it needs a password.
        DamagedError: it cannot be unpacked, or would be too large.
    """
    info = container.getinfo(name)
    if info.flag_bits & 1:
        raise EncryptedError
    if info.file_size > markup.MAX_PART_BYTES:
        raise DamagedError(f"{name} unpacks to {info.file_size} bytes, which is more than is read.")
    try:
        with container.open(info) as member:
            content = member.read(markup.MAX_PART_BYTES + 1)
    except _ZIP_ERRORS as exc:
        raise DamagedError from exc
    if len(content) > markup.MAX_PART_BYTES:
        raise DamagedError(f"{name} unpacks to more than is read.")
    return content
