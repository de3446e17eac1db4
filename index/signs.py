"""Words that signs belong to: programming languages (C++, C#) and sections of laws (§ 24).

Without their signs they are other words, or none.
"""

from __future__ import annotations

import re

from index.text import fold

SECTION = "§"

_SPACE = "[ \u00a0\u202f]"
SECTION_GAP = rf"(?<={SECTION}){_SPACE}(?=[0-9])"
"""A pattern for the space between the sign of a section and its number."""

MAY_BE_SIGNED = rf"\w[+#]|{SECTION}"
"""A pattern that every signed word fits."""

SIGNED = re.compile(
    rf"(?<![\w+#])(?:(?P<letters>[A-Za-z]{{1,2}})(?P<signs>\+\+|#)"
    rf"|{SECTION}{{1,2}}{_SPACE}?(?P<number>[0-9]{{1,4}}[a-z]?))(?![\w+#])"
)


def signed_key(text: str) -> str:
    """Return the key of a word with its signs, "" for any other."""
    match = SIGNED.fullmatch(text)
    return key_of(match) if match else ""


def key_of(match: re.Match[str]) -> str:
    """Return the key of one that was found."""
    return f"{SECTION}{match['number']}" if match["number"] else f"{fold(match['letters'])}{match['signs']}"
