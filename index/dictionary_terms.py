"""From the notation of printed dictionaries to plain words: what every bilingual dictionary has in common.

A term is a citation form of one or a few words as it stands, without grammar, usage, pronunciation and the
words that only hold the place of others (jdm., etw., sb., какой-л.).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

MAX_TERM_WORDS = 6
"""Longer ones are sentences and explanations."""

MAX_TERM_CHARS = 100

MAX_HEADS, MAX_SENSES, MAX_TERMS = 8, 100, 50
"""So many spellings, senses and terms of a sense are taken."""

_STRESS = re.compile("[\u0300\u0301\u00ad]")
_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|\{[^{}]*\}|⟨[^⟨⟩]*⟩|<[^<>]*>")
_BETWEEN_STROKES = re.compile(r"(?:^|(?<=\s))/[^/]*/")
_SPOKEN = re.compile(r"[ˈˌːəɪʊɐɛɔʃŋ]")
_DIVISION = re.compile(r"[,;]|\s/\s")
_PLACEHOLDER = re.compile(
    r"(?:^|(?<=[\s/]))(?:"
    r"(?:sb|sth|so|smb|smth)\.(?:'s)?|jd[mns]?\.|etw\.|[Ee]inander\b(?=\.)"
    r"|\S+-л\.|и т\. ?[пд]\.|и др\.|(?:особ|преим|обыкн|тж|напр|см|сокр)\."
    r")(?=[\s/]|$)"
)
_AROUND = " \t\n.!?:\"'„“”«»‚‘’*+=/()[]{}"
_OPEN_PLACE = re.compile(r"(?:^|(?<=\s))…(?=\s|$)")
_PART_OF_WORD = ("-", "–")
_LETTER = re.compile(r"[^\W\d_]")
_CYRILLIC = re.compile(r"[а-яё]", re.IGNORECASE)
_LATIN = re.compile(r"[a-z]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Entry:
    """The spellings of a head word, and its translations, those of each sense together."""

    heads: tuple[str, ...]
    senses: tuple[tuple[str, ...], ...]

    @classmethod
    def of(cls, heads: Iterable[str], senses: Iterable[Iterable[str]]) -> Self | None:
        """Make an entry of the senses that have a translation; None without any, or without a head word."""
        kept = [sense[:MAX_TERMS] for sense in map(tuple, senses) if sense]
        words = tuple(heads)[:MAX_HEADS]
        return cls(words, tuple(kept[:MAX_SENSES])) if words and kept else None


def bare(text: str) -> str:
    """Return a text composed, without marks of stress and with one kind of hyphen."""
    composed = unicodedata.normalize("NFC", text)
    return (
        composed
        if composed.isascii()
        else _STRESS.sub("", composed).replace("\u2010", "-").replace("\u2011", "-")
    )


def is_russian(text: str) -> bool:
    """Tell whether most letters of a text are Cyrillic."""
    return len(_CYRILLIC.findall(text)) > len(_LATIN.findall(text))


def terms(text: str) -> tuple[str, ...]:
    """Return the terms of a list with commas, semicolons or strokes between them, each once, in order."""
    for _ in range(3):
        text = _ASIDE.sub(" ", text)
    found = map(_term, _DIVISION.split(_BETWEEN_STROKES.sub(_unless_spoken, text)))
    return tuple(dict.fromkeys(term for term in found if term))


def _unless_spoken(match: re.Match[str]) -> str:
    return " " if _SPOKEN.search(match.group()) else match.group()


def _term(text: str) -> str:
    """Return one term, empty where it is none; the first part of compounds („Umwelt…“) is one."""
    if len(text) > 2 * MAX_TERM_CHARS:
        return ""
    plain = _OPEN_PLACE.sub(" ", _PLACEHOLDER.sub(" ", text))
    term = " ".join(plain.split()).strip(_AROUND).removesuffix("…")
    if (
        len(term) > MAX_TERM_CHARS
        or term.startswith((*_PART_OF_WORD, "…"))
        or term.endswith(_PART_OF_WORD)
        or not _LETTER.search(term)
        or len(term.split()) > MAX_TERM_WORDS
    ):
        return ""
    return term
