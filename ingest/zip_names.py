"""The names in a zip: bytes, and little that tells which -> what people called their files.

A name is UTF-8 where its member says so, or in a field of its own that must belong to it. All others were
written in the code page of some computer, the same for all of one zip; which, is told by how they read.
Whatever leads out of the zip is refused, and nothing is ever named on the disk by any of this.

Source: PKWARE APPNOTE 6.3.10, sections 4.4.17 and 4.6.9, appendix D.
"""

from __future__ import annotations

import re
import struct
import unicodedata
import zlib
from collections.abc import Sequence

from ingest.zip_content import MemberError
from ingest.zip_directory import ZipEntry, extra_field

CODE_PAGES = ("cp850", "cp437", "cp866", "cp1252", "cp1251")
"""What Windows and older programs wrote names in, for German, English and Russian; of equals the first."""

PATH_LENGTH_BYTES = 4000
MOST_FOLDERS = 100
"""Longer and deeper than any file system of people lets them."""

_SAMPLE_NAMES, _SAMPLE_BYTES = 1000, 300
"""So much of the names is looked at to tell their code page."""

UNSAFE = "Its name in the zip leads out of the zip. Unpack the zip and hand in the file by itself."
NAMELESS = "It has no name in the zip that could be one. Unpack the zip and hand in the file by itself."
TOO_LONG = (
    f"Its name in the zip is longer than {PATH_LENGTH_BYTES} bytes or has more than {MOST_FOLDERS} folders. "
    "Shorten it."
)

_UNICODE_PATH = 0x7075
_DRIVE = re.compile(r"[A-Za-z]:(/|$)")
_GERMAN = frozenset("äöüßéÄÖÜ")
_LATIN = frozenset("èêëàâáíîïóôúûùçñøåæãõšÉÈÀÁÓÚÇÑØÅÆŠ")
_PUNCTUATION = frozenset("§°«»–—„“”’№…")
_LETTER, _RARE, _ODD, _MIXED, _CROWDED = 2, 1, -4, -4, -3
"""What characters that are not ASCII say for a reading: a usual letter, a rare one or a sign, what no name
has, two scripts in one word, letters with marks side by side."""


def decoded_names(entries: Sequence[ZipEntry]) -> list[str]:
    """Return the name of each member, as `os.fsdecode` would: bytes that are no text stay told apart."""
    unsaid = [entry.raw_name for entry in entries if not _says_its_encoding(entry)]
    encoding = _encoding_of(unsaid)
    return [_decoded(entry, encoding) for entry in entries]


def member_path(name: str) -> str:
    """Write the name of a member as a path below the zip.

    Raises:
        MemberError: it is none, or leads out of the zip.
    """
    slashed = name.replace("\\", "/")
    if "\0" in slashed:
        raise MemberError(NAMELESS)
    if slashed.startswith("/") or _DRIVE.match(slashed):
        raise MemberError(UNSAFE)
    parts = [part for part in slashed.split("/") if part not in ("", ".")]
    if ".." in parts:
        raise MemberError(UNSAFE)
    if not parts:
        raise MemberError(NAMELESS)
    path = "/".join(parts)
    if len(path.encode("utf-8", "surrogatepass")) > PATH_LENGTH_BYTES or len(parts) > MOST_FOLDERS:
        raise MemberError(TOO_LONG)
    return path


def _says_its_encoding(entry: ZipEntry) -> bool:
    return entry.is_utf8 or entry.raw_name.isascii() or _unicode_path(entry) is not None


def _decoded(entry: ZipEntry, encoding: str) -> str:
    beside = _unicode_path(entry)
    if beside is not None:
        return beside
    if entry.is_utf8 or entry.raw_name.isascii():
        return entry.raw_name.decode("utf-8", "surrogateescape")
    return entry.raw_name.decode(encoding, "surrogateescape")


def _unicode_path(entry: ZipEntry) -> str | None:
    """Read the name that stands beside the name, unless it belongs to a name that was there before."""
    field = extra_field(entry.extra, _UNICODE_PATH)
    if len(field) <= 5:
        return None
    version, crc = struct.unpack_from("<BL", field)
    if version != 1 or crc != zlib.crc32(entry.raw_name):
        return None
    try:
        return field[5:].decode("utf-8")
    except UnicodeDecodeError:
        return None


def _encoding_of(names: Sequence[bytes]) -> str:
    """Tell the encoding of names that do not say theirs."""
    if all(_is_utf8(name) for name in names):
        return "utf-8"
    distinct = sorted({name[:_SAMPLE_BYTES] for name in names})[:_SAMPLE_NAMES]
    scores = {encoding: _score(distinct, encoding) for encoding in CODE_PAGES}
    return max(CODE_PAGES, key=lambda encoding: scores[encoding])


def _is_utf8(name: bytes) -> bool:
    try:
        name.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _score(names: Sequence[bytes], encoding: str) -> int:
    return sum(_readability(name.decode(encoding, "replace")) for name in names)


def _readability(text: str) -> int:
    """Say how much a name looks like German, English or Russian; only what is not ASCII counts."""
    score = 0
    for before, here, after in zip(" " + text, text, text[1:] + " ", strict=False):
        if here.isascii():
            continue
        is_cyrillic = _is_cyrillic(here)
        if is_cyrillic or here in _GERMAN:
            score += _LETTER
        elif here in _LATIN or (here in _PUNCTUATION and not (before.isalpha() and after.isalpha())):
            score += _RARE
        else:
            score += _ODD
            continue
        if is_cyrillic:
            score += _MIXED * sum(_is_latin(other) for other in (before, after))
        elif not after.isascii() and here.isalpha() and after.isalpha() and after != "ß":
            score += _CROWDED
        if here.isupper() and before.islower():
            score += _ODD
    return score


def _is_cyrillic(letter: str) -> bool:
    return "А" <= letter <= "я" or letter in "Ёё"


def _is_latin(letter: str) -> bool:
    return letter.isalpha() and unicodedata.name(letter, "").startswith("LATIN")
