"""Zip containers of documents, opened. What is in them is read by `parts.py`."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path

from ingest import compoundfile
from ingest.extraction import DamagedError, EncryptedError, UnsupportedError

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
"""What the standard library raises on damaged containers."""


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
