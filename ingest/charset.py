"""Bytes of a text in an unknown encoding -> characters.

Byte order marks and UTF-8 are certain, UTF-16 without a mark is told by what it decodes to; among the
single-byte code pages the one is chosen whose letters follow each other as people write them.
"""

from __future__ import annotations

import codecs
import itertools
import re

from ingest.letter_pairs import likelihood

CODE_PAGES = {
    "cp1252": 0.0,
    "cp1251": 0.0,
    "koi8_r": -3.0,
    "cp866": -3.0,
    "iso8859_5": -4.0,
    "mac_cyrillic": -1.0,
    "cp850": -2.0,
    "mac_roman": -3.0,
}
"""Code page German, Russian or English texts come in -> the logarithm of how likely it is beforehand."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LEAST_CYRILLIC, _LEAST_WESTERN = -5.2, -14.0
"""Logarithms of how likely a letter beyond ASCII is at least in a text that was decoded rightly: German with
its few such letters comes to -7, Russian to -3, Greek and Polish in a wrong code page to -5.5 and -24."""
_WEB_NAMES = {"iso8859-1": "cp1252", "ascii": "cp1252"}
_ORDINARY = frozenset(codecs.lookup(page).name for page in CODE_PAGES)
_CYRILLIC = _ORDINARY - {"cp1252", "cp850", "mac-roman"}
_FAR_MORE_LIKELY = 30.0
_SAMPLE_BYTES = 4096
_FEW = 20
"""Letters beyond ASCII that are whole for each that is not, in a damaged text."""
_AROUND_BYTES = 64 * 1024
_SAMPLE_RUNS = 2000
_BEYOND_ASCII_TEXT = re.compile(r"[\x00-\x7f]?(?:[^\x00-\x7f]{1,64}[\x00-\x7f]{0,2}){1,64}")
_BEYOND_ASCII = re.compile(rb"[\x00-\x7f]?(?:[\x80-\xff]{1,64}[\x00-\x7f]{0,2}){1,64}")


def decode(data: bytes) -> tuple[str, str]:
    """Return the text and the encoding it was in; bytes without meaning become U+FFFD."""
    encoding = _certain(data)
    if encoding is None:
        encoding = "utf-8" if _is_utf8(data) else _code_page(data)
    return data.decode(encoding, "replace"), encoding


def decode_declared(data: bytes, declared: str) -> tuple[str, str]:
    """Return the text and the encoding it was in, which is the declared one where that can be.

    A declaration gives way to a byte order mark, to UTF-8 that is well-formed, and to a code page in which
    the letters follow each other far more likely. ISO 8859-1 is read as cp1252, as browsers do.
    """
    try:
        encoding = codecs.lookup(declared).name
        encoding = _WEB_NAMES.get(encoding, encoding)
        text = data.decode(encoding)
    except (LookupError, UnicodeError, ValueError):
        encoding = ""
    found = _certain(data) or ("utf-8" if _is_utf8(data) else "")
    if found and found != encoding and not data.isascii():
        return data.decode(found, "replace"), found
    if encoding not in _ORDINARY:
        return (text, encoding) if encoding else decode(data)
    if encoding in _CYRILLIC and not is_doubtful(text, encoding):
        return text, encoding
    best = _code_page(data)
    if best != encoding and _chance(data, best) > _chance(data, encoding) + _FAR_MORE_LIKELY:
        return data.decode(best, "replace"), best
    return text, encoding


def is_doubtful(text: str, encoding: str) -> bool:
    """Say whether the letters of a text, decoded in a code page that was found, are of no known language."""
    if codecs.lookup(encoding).name not in _ORDINARY:
        return False
    runs = (found[0] for found in _BEYOND_ASCII_TEXT.finditer(text))
    sample = "\n".join(itertools.islice(runs, _SAMPLE_RUNS))[:_SAMPLE_BYTES]
    beyond = [character for character in sample if character > "\x7f"]
    is_cyrillic = sum("\u0400" <= character <= "\u04ff" for character in beyond) * 2 > len(beyond)
    if len(beyond) < (_FEW if is_cyrillic else _FEW // 4):
        return False
    return likelihood(sample) < (_LEAST_CYRILLIC if is_cyrillic else _LEAST_WESTERN) * len(beyond)


def looks_like_text(head: bytes) -> bool:
    """Say whether the beginning of a file is readable text in some encoding."""
    if _certain(head) is not None:
        return True
    controls = sum(1 for byte in head if byte < 32 and byte not in b"\t\n\v\f\r\x1b")
    return controls <= len(head) * 0.01


def _certain(data: bytes) -> str | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding
    sample = data[:_SAMPLE_BYTES]
    if sample.count(0) >= max(1, len(sample) // 50):
        for encoding in ("utf-16-le", "utf-16-be"):
            text = sample[: len(sample) // 2 * 2].decode(encoding, "replace")
            usual = sum(1 for character in text if character in "\t\n\f\r№" or _is_usual(character))
            if usual >= len(text) * 0.97 and (" " in text or "\n" in text):
                return encoding
    return None


def _is_usual(character: str) -> bool:
    return " " <= character <= "\u04ff" or "\u2000" <= character <= "\u20ff"


def _is_utf8(data: bytes) -> bool:
    """Say so where few letters are damaged, or the last one is cut."""
    try:
        whole = codecs.getincrementaldecoder("utf-8")().decode(data)
    except UnicodeDecodeError as exc:
        around = slice(max(0, exc.start - _AROUND_BYTES), exc.start + _AROUND_BYTES)
    else:
        return data.isascii() or not whole.isascii()
    text = data[around].decode("utf-8", "replace")
    lost = text.count("\ufffd")
    return lost * _FEW < sum(1 for character in text if character > "\x7f") - lost


def _code_page(data: bytes) -> str:
    """Return the code page in which the letters beyond ASCII follow each other as people write them."""
    return max(CODE_PAGES, key=lambda page: CODE_PAGES[page] + _chance(data, page))


def _chance(data: bytes, code_page: str) -> float:
    runs = (found[0] for found in _BEYOND_ASCII.finditer(data))
    sample = b"\n".join(itertools.islice(runs, _SAMPLE_RUNS))
    return likelihood(sample[:_SAMPLE_BYTES].decode(code_page, "replace"))
