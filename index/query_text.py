"""What a reader typed, written as Lucene's syntax has it: one kind of quotes, English operators and fields.

Signs that are none of the syntax where they stand (a question mark, a dash between spaces, a path) are taken
for spaces. What the words are is not looked at.

Source: docs/query-syntax.md; Apache Lucene, „Query Parser Syntax“.
"""

from __future__ import annotations

import re

from index.layout import typed_with_signs
from index.signs import SECTION_GAP, SIGNED

FIELDS = {
    name: field
    for field, names in {
        "title": "title titel название заглавие",
        "creator": "creator author autor autorin urheber автор",
        "conference": "conference konferenz конференция",
        "panel": "panel панель секция",
        "language": "language sprache язык",
        "kind": "kind type art typ вид тип",
        "year": "year jahr год",
        "format": "format dateiformat формат",
    }.items()
    for name in names.split()
}
"""The fields that can be asked for, by every name they have."""

DEFAULT_EDITS = 2
"""What `Wort~` allows, as in Lucene."""

_OPERATORS = {"UND": "AND", "И": "AND", "ODER": "OR", "ИЛИ": "OR", "NICHT": "NOT", "НЕ": "NOT"}

_QUOTES = re.compile("[\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033\uff02]")
_OPERATOR = re.compile(rf"(?<![^\s(])(?:{'|'.join(_OPERATORS)})(?![^\s)])")
_FIELD = re.compile(r"(?<![^\s(+-])(\w+):(?=[\w*\"(\[])")
_WORD_BEHIND = re.compile(r"[^\s~^)\]]")
_WORD_BEFORE = re.compile(r"[^\s:(+-]\Z")
_WORDS_OR_PHRASE = re.compile(r'("[^"]*")')
_NO_SYNTAX = re.compile(r"(?<=\w)[~^][0-9.]*|[\\/<>{}'`^~:]|[-+](?=[-+\s)]|$)")
_NO_WILDCARD = re.compile(r"(?<![\w\[])(?<!TO )\*(?!\w| TO)|(?<!\w)\?+|\?+(?!\w)")
_STARS = re.compile(r"\*[*?]+")
_EDITS = re.compile(r"(?<=\w)~([12]?)(?![\w.])")
_SLOP = re.compile(r"\A~(\d{1,3})(?![\w.])")
_BOOST = re.compile(r"(?<=[\w*)])\^(\d{1,2}(?:\.\d{1,2})?)(?![\w.])")
_BOOST_BEHIND = re.compile(r"\A\^(\d{1,2}(?:\.\d{1,2})?)(?![\w.])")
_ABBREVIATION = re.compile(r"(?<!\w)([^\W\d_]\.)[ \u00a0\u202f]+(?=[^\W\d_]\.)")
_TYPED = re.compile(r"[^\s\"()]*[a-zäöü][^\s\"()]*", re.IGNORECASE)
_AS_WRITTEN = re.compile(
    r"(?<![\w\"@~^])(?:https?://[^\s\"()<>*~^]+|www\.[^\s\"()<>*~^]+"
    r"|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|\d+(?:[./:,]\d+)+(?:[-\u2013]\w+)*"
    r"|[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:at|ch|com|de|eu|info|net|org|ru|docx?|html?|od[pst]|pdf|pptx?|xlsx?)"
    r"|[^\W\d_]{1,4}(?:&[^\W\d_]{1,4})+)(?<![.,;:!?])(?![\w*?~@-])"
)
_LETTERED = re.compile(r"(?<![\w\"@~^.,-])(-?)(\d{1,3}-[A-Za-z])((?:-\w+)*)(?![\w*?~@-])")
"""4-K-Modell: a number and a letter, which stand everywhere, mean something only side by side."""

_SCHEME = re.compile(r"^https?://")
_SECTION_GAP = re.compile(SECTION_GAP)
_NEAR, _WEIGHT, _OF_FIELD, _PLUS = "\x1d", "\x1e", "\x1f", "\x1c"
"""Stand for signs that are syntax, or part of a word, while others are taken out."""

PLUS = "\ue02b"
"""Stands for a plus that is part of a word, where a parser would take it for syntax."""

_SIGNS = str.maketrans({_NEAR: "~", _WEIGHT: "^", _OF_FIELD: ":", _PLUS: PLUS})
_NO_SIGNS = str.maketrans(dict.fromkeys(("\x00", _NEAR, _WEIGHT, _OF_FIELD, _PLUS, PLUS), " "))


def as_lucene(text: str) -> str:
    """Write a query as a parser of Lucene's syntax reads it."""
    text = _quote_as_written(_QUOTES.sub('"', text.translate(_NO_SIGNS)))
    shouted = not any(character.islower() for character in text)
    sections = _WORDS_OR_PHRASE.split(text)
    for at in range(0, len(sections), 2):
        section = sections[at].replace('"', " ")
        behind_phrase, before_phrase = at > 0, at + 1 < len(sections)
        section = _TYPED.sub(lambda match: typed_with_signs(match[0]) or match[0], section)
        section = _ABBREVIATION.sub(r"\1", section)
        section = _mark_signed(_SECTION_GAP.sub("", section))
        section = _FIELD.sub(_mark_field, f'{section}"' if before_phrase else section)
        section = _mark_numbers(section, behind_phrase=behind_phrase)
        section = _NO_WILDCARD.sub(" ", _STARS.sub("*", _NO_SYNTAX.sub(" ", section))).translate(_SIGNS)
        section = section.removesuffix('"') if before_phrase else section
        section = _apart_from_phrases(section, behind=behind_phrase, before=before_phrase)
        if not shouted:
            section = _OPERATOR.sub(lambda match: _OPERATORS[match[0]], section)
        sections[at] = section
    for at in range(1, len(sections), 2):
        sections[at] = sections[at].replace("\\", " ")
    return "".join(sections)


def _apart_from_phrases(section: str, *, behind: bool, before: bool) -> str:
    """Put a space where a word stands right beside a quote, which a parser would take into the word."""
    begin = " " if behind and _WORD_BEHIND.match(section) else ""
    end = " " if before and _WORD_BEFORE.search(section) else ""
    return f"{begin}{section}{end}"


def _quote_as_written(text: str) -> str:
    """Put quotes around what is only meant as it is written: addresses, dates, numbers of documents."""
    sections = _WORDS_OR_PHRASE.split(text)
    for at in range(0, len(sections), 2):
        quoted = _AS_WRITTEN.sub(lambda match: f'"{_SCHEME.sub("", match[0])}"', sections[at])
        sections[at] = _LETTERED.sub(_quote_letter, quoted)
    return "".join(sections)


def _quote_letter(match: re.Match[str]) -> str:
    sign, lettered, rest = match.groups()
    return f'{sign}("{lettered}" {rest[1:]})' if rest else f'{sign}"{lettered}"'


def _mark_signed(section: str) -> str:
    """Keep the signs of words like C++."""
    return SIGNED.sub(lambda match: match.group().replace("+", _PLUS), section)


def _mark_field(match: re.Match[str]) -> str:
    field = FIELDS.get(match[1].lower())
    return match[0] if field is None else field + _OF_FIELD


def _mark_numbers(section: str, *, behind_phrase: bool) -> str:
    """Mark `~1` behind a word, `~5` behind a phrase, and `^2` behind both."""
    if behind_phrase:
        section = _SLOP.sub(rf"{_NEAR}\1", section)
    section = _EDITS.sub(lambda match: _NEAR + (match[1] or str(DEFAULT_EDITS)), section)
    section = _BOOST.sub(rf"{_WEIGHT}\1", section)
    return _BOOST_BEHIND.sub(rf"{_WEIGHT}\1", section) if behind_phrase else section
