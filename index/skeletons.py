"""What is left of a word when scripts and spellings are put aside: Konferenz and конференция look alike then.

For comparing words of two languages, not for writing names: that is the business of transliteration.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

_CYRILLIC = str.maketrans(
    {
        **dict(zip("абвгдезийклмнопрстуфхцыэ", "abvgdeziiklmnoprstufhcie", strict=True)),
        **{"ж": "z", "ч": "c", "ш": "s", "щ": "s", "ю": "iu", "я": "ia", "ъ": "", "ь": "", "ё": "e"},
    }
)

_BOTH = {"ph": "f", "th": "t", "rh": "r", "qu": "kv", "x": "ks", "w": "v", "y": "i", "j": "i", "tion": "cion"}

_LATIN: Mapping[str, Mapping[str, str]] = {
    "de": {**_BOTH, "tsch": "c", "sch": "s", "tz": "c", "ch": "h", "z": "c"},
    "en": {**_BOTH, "sh": "s", "ch": "c", "zh": "z"},
}
"""How the sounds of words that languages share are written, put as Russian letters are above."""

_WRITTEN = {
    language: re.compile("|".join(sorted(ways, key=len, reverse=True))) for language, ways in _LATIN.items()
}
_HARD_C = re.compile(r"c(?![eiyh])")
_REPEATED = re.compile(r"(.)\1+")


@lru_cache(maxsize=1 << 16)
def skeleton(key: str, language: str) -> str:
    """Return a folded word in plain Latin letters, sound by sound, no letter twice in a row."""
    if language == "ru":
        return _REPEATED.sub(r"\1", key.translate(_CYRILLIC))
    bare = "".join(c for c in unicodedata.normalize("NFD", key) if not unicodedata.combining(c))
    hard = _HARD_C.sub("k", bare)
    written = _WRITTEN[language].sub(lambda found: _LATIN[language][found[0]], hard)
    return _REPEATED.sub(r"\1", written)
