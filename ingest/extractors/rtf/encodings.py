"""The code pages of RTF: of a file, and of each of its fonts.

A file declares one for all of it, and each font of its table has a character set of its own, which counts
where that font is set. Symbol fonts have no letters but signs in the places of letters (see symbols.py).

Source: Rich Text Format Specification 1.9.1, "Character Set", "Unicode RTF", "Font Table".
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from functools import lru_cache

from ingest.extractors.symbols import is_symbol_font, symbol

WESTERN = "cp1252"
"""What is meant where nothing is declared."""

SYMBOL_CHARSET = 2
_ANSI_CHARSET = 0
_DEFAULT_CHARSET = 1

DECLARED = {"ansi": WESTERN, "mac": "mac_roman", "pc": "cp437", "pca": "cp850"}
"""Control word -> code page of the file where no number follows."""

_CHARSETS = {
    77: 10000,
    78: 932,
    79: 949,
    80: 936,
    81: 950,
    82: 949,
    85: 10006,
    86: 10081,
    88: 10029,
    89: 10007,
    128: 932,
    129: 949,
    130: 1361,
    134: 936,
    136: 950,
    161: 1253,
    162: 1254,
    163: 1258,
    177: 1255,
    178: 1256,
    186: 1257,
    204: 1251,
    222: 874,
    238: 1250,
    254: 437,
    255: 850,
}
"""Character set of a font -> number of a code page."""

_CODECS = {
    936: "gbk",
    1361: "johab",
    10000: "mac_roman",
    10006: "mac_greek",
    10007: "mac_cyrillic",
    10029: "mac_latin2",
    10081: "mac_turkish",
    20866: "koi8_r",
    21866: "koi8_u",
    65001: "utf-8",
}
"""Number of a code page -> what Python calls it, where that is not `cp` and the number."""

DOUBLE_BYTE = frozenset(("cp932", "gbk", "cp949", "cp950", "johab"))
"""Code pages in which most letters are two bytes."""

_NAME_ENDINGS = {" cyr": 1251, " ce": 1250, " greek": 1253, " tur": 1254, " baltic": 1257}
"""How fonts of Windows 3.1 are called that have a code page of their own."""

_BULLET = "•"


@dataclass(slots=True)
class Font:
    """One font of the table, as far as it has been read."""

    charset: int | None = None
    code_page: int | None = None
    name: str = ""

    def encoding(self, declared: str, ansi: str) -> str:
        """Return the code page of its text.

        Args:
            declared: that of the file. ansi: what the character set "ANSI" stands for.
        """
        if self.charset == _ANSI_CHARSET:
            named = next((page for end, page in _NAME_ENDINGS.items() if self.name.lower().endswith(end)), 0)
            return encoding_of(named) or ansi
        if self.charset not in (None, _DEFAULT_CHARSET, SYMBOL_CHARSET):
            return encoding_of(_CHARSETS.get(self.charset or 0, 0)) or declared
        named = next((page for end, page in _NAME_ENDINGS.items() if self.name.lower().endswith(end)), 0)
        return encoding_of(self.code_page or named) or declared

    @property
    def is_symbols(self) -> bool:
        """Whether it has signs instead of letters; others of their character set may have letters."""
        return is_symbol_font(self.name)

    def sign(self, place: int) -> str:
        """Return what a symbol font shows for a byte; a bullet where it is not known."""
        return symbol(self.name, place) or _BULLET if place > 0x20 else chr(place)


@lru_cache(maxsize=256)
def encoding_of(code_page: int) -> str | None:
    """Return what Python calls a code page; None where there is no such one."""
    name = _CODECS.get(code_page, f"cp{code_page}")
    try:
        return codecs.lookup(name).name
    except LookupError:
        return None
