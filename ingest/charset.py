"""Bytes of a text in an unknown encoding -> characters.

Byte order marks and UTF-8 are certain, UTF-16 without a mark is told by what it decodes to; among the
single-byte code pages charset-normalizer chooses by how well the result reads.
"""

from __future__ import annotations

import codecs

CODE_PAGES = ("cp1252", "cp1251", "koi8_r", "cp866", "iso8859_5", "mac_cyrillic", "cp850")
"""Code pages German, Russian and English texts come in; the first stands in where none is told."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE_BYTES = 4096


def decode(data: bytes) -> tuple[str, str]:
    """Return the text and the encoding it was in; bytes without meaning become U+FFFD."""
    encoding = _certain(data)
    if encoding is None:
        encoding = "utf-8" if _is_utf8(data) else _code_page(data)
    return data.decode(encoding, "replace"), encoding


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
            usual = sum(1 for character in text if character in "\t\n\r" or " " <= character <= "\u04ff")
            if usual >= len(text) * 0.97 and (" " in text or "\n" in text):
                return encoding
    return None


def _is_utf8(data: bytes) -> bool:
    """Say so even where the text is cut in the middle of its last character."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(data)
    except UnicodeDecodeError:
        return False
    return True


def _code_page(data: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(data, cp_isolation=list(CODE_PAGES), preemptive_behaviour=False).best()
    return best.encoding if best is not None else CODE_PAGES[0]
