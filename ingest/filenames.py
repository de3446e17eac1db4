"""What a file's name says: a title, and the language of the work."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

_LANGUAGES = {
    "de": r"de|deu|ger|dt|deutsch|german|нем",
    "ru": r"ru|rus|russ|russisch|russian|рус|русский",
    "en": r"en|eng|engl|englisch|english|англ",
}
_SUFFIX = re.compile(
    r"(?P<base>.*\w)\s*[-_ .(\[]\s*(?:"
    + "|".join(f"(?P<{language}>{names})" for language, names in _LANGUAGES.items())
    + r")\s*[)\]]?",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"^(?:\d{1,3}\s*[._)–-]+\s*|0\d+\s+)(?=[^\W\d])")
"""A number that only puts files in order; a year, a date or „14 Tage“ is part of the title."""


def title_of(path: str) -> str:
    """Make a title of a file's name: without extension, order number, language and underscores.

    "03_Wärme_für_Dörfer-de.pptx" -> "Wärme für Dörfer". The name as it is where nothing would be left.
    """
    stem = PurePosixPath(path).stem
    base = without_language(stem)[0]
    title = " ".join(_NUMBER.sub("", base.replace("_", " ").strip(), count=1).split()).strip(" -–.")
    return title if re.search(r"[^\W\d]", title) else stem


def without_language(stem: str) -> tuple[str, str]:
    """Divide a name from the language at its end: "Bericht_rus" -> ("Bericht", "ru"), else (stem, "")."""
    found = _SUFFIX.fullmatch(stem)
    if found is None:
        return stem, ""
    language = next(language for language in _LANGUAGES if found[language])
    return found["base"].rstrip(" -_.(["), language
