"""Make file names safe to store, to show and to put in a URL, without losing what they say."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from pathlib import PurePosixPath

NAME_LENGTH_BYTES = 200
"""Longest name made, in UTF-8; file systems take 255."""

_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])\s*(\..*)?")
"""Names that are devices on Windows, whatever their extension and spaces before it."""

_ESCAPE = re.compile(r"\\(?:\\|x([0-9a-f]{2}))")
_FORBIDDEN = re.compile(r'[\\/:*?"<>|]')


def printable_path(path: str) -> str:
    """Write a path so that any output takes it: bytes that are not UTF-8 become `\\xNN`, `\\` becomes `\\\\`.

    Different paths stay different. Not to be done twice.
    """
    return path.replace("\\", "\\\\").encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def safe_name(path: str) -> str:
    """Make a name from the last part of a path as `printable_path` writes it.

    In NFC, without control and direction characters, without what Windows forbids, at most
    `NAME_LENGTH_BYTES` long with its extension kept. Bytes that are not UTF-8 stay visible as `%NN`. Never
    empty, never hidden.
    """
    name = _ESCAPE.sub(lambda escape: "%" + escape[1] if escape[1] else "_", path.rsplit("/", 1)[-1])
    name = unicodedata.normalize("NFC", name)
    name = "".join(c for c in name if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Zl", "Zp"))
    name = _FORBIDDEN.sub("_", name).strip().rstrip(". \u00a0")
    name = re.sub(r"^\.+", "_", name) or "_"
    if _RESERVED.fullmatch(name):
        name = "_" + name
    return _shorten(name) or "_"


def unique_name(name: str, taken: Collection[str]) -> str:
    """Number a name that is taken already, whatever its case: `a.pdf`, `a (2).pdf`."""
    used = {other.casefold() for other in taken}
    stem, suffix = _split(name)
    candidate, number = name, 1
    while candidate.casefold() in used:
        number += 1
        candidate = f"{stem} ({number}){suffix}"
    return candidate


def numbered_path(path: str, number: int) -> str:
    """Write a path with a number in its name: `a/b.pdf` becomes `a/b (2).pdf`. The first has none."""
    if number == 1:
        return path
    whole = PurePosixPath(path)
    return str(whole.with_name(f"{whole.stem} ({number}){whole.suffix}"))


def _shorten(name: str) -> str:
    stem, suffix = _split(name)
    room = NAME_LENGTH_BYTES - len(suffix.encode())
    return stem.encode()[:room].decode("utf-8", "ignore").rstrip() + suffix


def _split(name: str) -> tuple[str, str]:
    suffix = PurePosixPath(name).suffix
    if len(suffix.encode()) > 16:
        return name, ""
    return name[: len(name) - len(suffix)], suffix
