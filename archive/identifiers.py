"""Mint, parse and make identifiers.

A document has nine random characters and a check character: `7k3mx9q2fb`. A conference is a slug
(`2017-krasnodar`), a panel a slug below its conference (`2017-krasnodar/energieeffizienz`). Whether
something has that identifier is not checked here.

Source: alphabet and check character are those of the NOID Check Digit Algorithm (J. Kunze, "NOID: nice opaque
identifiers", 2006), which finds every single wrong character and every swap of neighbours.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import unicodedata

from archive.errors import IdentifierError

ALPHABET = "0123456789bcdfghjkmnpqrstvwxz"
"""Digits and consonants that are not taken for one another; 29 of them, a prime, and no words."""

DOCUMENT_LENGTH = 10
SLUG_LENGTH = 64

_SLUG = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
_CYRILLIC = str.maketrans(
    "абвгдезийклмнопрстуфыэёіґў",
    "abvgdeziyklmnoprstufyeeigu",
    "ъь",
) | str.maketrans(
    {
        "ж": "zh",
        "х": "kh",
        "ц": "ts",
        "ч": "ch",
        "ш": "sh",
        "щ": "shch",
        "ю": "yu",
        "я": "ya",
        "ї": "yi",
        "є": "ye",
    }
)
_LATIN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d"})


def mint_document_id() -> str:
    """Make a new document identifier; 29⁹ are possible, so that chance does not give one twice."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(DOCUMENT_LENGTH - 1))
    return body + _check_character(body)


def parse_document_id(text: str) -> str:
    """Return the identifier if it is well formed.

    Raises:
        IdentifierError: wrong length, alphabet or check character.
    """
    if len(text) != DOCUMENT_LENGTH:
        raise IdentifierError(text, f"it has {len(text)} characters, not {DOCUMENT_LENGTH}")
    if any(character not in ALPHABET for character in text):
        raise IdentifierError(text, "it has a character that identifiers never have")
    if _check_character(text[:-1]) != text[-1]:
        raise IdentifierError(text, "its check character does not fit; it was mistyped")
    return text


def _check_character(body: str) -> str:
    total = sum(position * ALPHABET.index(character) for position, character in enumerate(body, 1))
    return ALPHABET[total % len(ALPHABET)]


def slug(name: str) -> str:
    """Turn a name into a slug, the same one each time: „XIV. Конференция“ becomes `xiv-konferentsiya`."""
    folded = unicodedata.normalize("NFC", name).casefold()
    plain = unicodedata.normalize("NFKD", folded.translate(_CYRILLIC).translate(_LATIN))
    words = re.findall(r"[a-z0-9]+", "".join(c for c in plain if not unicodedata.combining(c)))
    joined = "-".join(words)
    if not joined:
        return "x" + hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    return joined if len(joined) <= SLUG_LENGTH else joined[: SLUG_LENGTH - 9] + "-" + _digest(name)


def _digest(name: str) -> str:
    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:8]


def parse_conference_id(text: str) -> str:
    """Return the identifier if it is a slug. Raises IdentifierError."""
    if len(text) > SLUG_LENGTH or not _SLUG.fullmatch(text):
        raise IdentifierError(
            text, "it has to be words of a-z and 0-9 joined by - or _, such as 2017-krasnodar"
        )
    return text


def make_panel_id(conference: str, name: str) -> str:
    """Put a panel's slug below its conference."""
    return f"{conference}/{slug(name)}"


def parse_panel_id(text: str) -> tuple[str, str]:
    """Split a panel identifier into conference and the panel's own slug. Raises IdentifierError."""
    conference, slash, own = text.partition("/")
    if not slash:
        raise IdentifierError(text, "it has to be CONFERENCE/PANEL, such as 2017-krasnodar/energieeffizienz")
    return parse_conference_id(conference), parse_conference_id(own)
