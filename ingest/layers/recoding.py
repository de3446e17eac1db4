"""Text in one code page that was read as another: „Ïðèâåò“, „рТЙЧЕФ“, „РџСЂРёРІРµС‚“, „MÃ¼ller“, „Mьller“.

Also characters for private use that are a code page's bytes after 0xF000, as symbol fonts have them.

Source: Unicode, Public/MAPPINGS (VENDORS, ISO8859), as Python's codecs have them; Microsoft, OpenType `cmap`,
platform 3, encoding 0 (symbol).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache

from ingest.layers.rules import Kind, Rule

RUSSIAN = ("cp1251", "koi8_r", "cp866", "mac_cyrillic", "iso8859_5")
GERMAN = ("cp1252", "mac_roman", "cp850")
MISREAD = ("cp1252", "cp1251", "koi8_r", "mac_cyrillic", "cp866", "iso8859_5", "mac_roman", "cp850")
"""Code pages that programs take for granted, those of western machines first."""

_LETTERS_NEEDED = 8
_UTF_8_LETTERS_NEEDED = 3
_UTF_8 = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}")


@cache
def recodings() -> tuple[Rule, ...]:
    """Return a rule for each pair of code pages, most frequent first."""
    rules = [
        Rule(
            Kind.CODE_PAGE,
            f"utf-8 as {wrong}",
            _utf_8(wrong),
            frozenset(map(chr, _bytes_as(wrong))),
            _UTF_8_LETTERS_NEEDED,
            is_certain=True,
        )
        for wrong in MISREAD[:-1]
    ]
    rules += [
        Rule.by_table(Kind.CODE_PAGE, f"{right} as {wrong}", _table(right, wrong), _LETTERS_NEEDED)
        for right in (*RUSSIAN, *GERMAN)
        for wrong in MISREAD
        if right != wrong
    ]
    rules += [
        Rule.by_table(Kind.GLYPHS, f"{right} in private use", _private(right), _LETTERS_NEEDED)
        for right in ("cp1251", "cp1252", "koi8_r", "mac_cyrillic", "cp866")
    ]
    return tuple(rules)


def _character(byte: int, code_page: str) -> str:
    """Return the character of a byte; of one without, the control character that browsers put there."""
    return bytes([byte]).decode(code_page, "ignore") or chr(byte)


def _bytes_as(wrong: str) -> dict[int, int]:
    """Return character -> byte for what a program shows that reads bytes in this code page."""
    found = {ord(_character(byte, wrong)): byte for byte in range(128, 256)}
    if wrong == "cp1252":
        found.update({byte: byte for byte in range(128, 160)})
    return found


def _table(right: str, wrong: str) -> Mapping[int, str]:
    return {code: _character(byte, right) for code, byte in _bytes_as(wrong).items()}


def _private(right: str) -> Mapping[int, str]:
    return {0xF000 + byte: _character(byte, right) for byte in range(32, 256)}


def _utf_8(wrong: str) -> Callable[[str], str]:
    to_bytes = _bytes_as(wrong)
    run = re.compile("[" + "".join(map(re.escape, map(chr, to_bytes))) + "]{2,}")

    def read(text: str) -> str:
        return run.sub(
            lambda found: _decode(bytes(to_bytes[ord(each)] for each in found.group()), found), text
        )

    return read


def _decode(content: bytes, found: re.Match[str]) -> str:
    """Decode a run of bytes; characters stay as they are where it is not UTF-8 throughout."""
    try:
        return content.decode()
    except UnicodeDecodeError:
        pass
    parts, position = [], 0
    for sequence in _UTF_8.finditer(content):
        parts += [found.group()[position : sequence.start()], sequence.group().decode("utf-8", "replace")]
        position = sequence.end()
    return "".join((*parts, found.group()[position:]))
