"""What of a text is running text: its lines without addresses, code, formulas and identifiers.

A slide full of code has few words that are in any language, and those tell which it is in. Comments in code
are kept. Everything here looks at one token after the other, so that no text takes long.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

_NO_WORD = re.compile(
    r"[{}=_\\@|^~$<>+]|\w[(\[]|[)\]]\w|::|->|//|&&|\w\.\w|\w:\w|/[^\W\d_]+/|^#\w|[^\W\d_]\d|\d[^\W\d_]"
)
"""Signs that a token is no word: an address, an identifier, a call, an operator, a path, a type number."""

_CODE = re.compile(r"[{}=]|::|->|<<|>>|&&|\|\||^#\w|\w[(\[]|\);$|^<\w|^</|\d;$")
"""Signs that a token is code."""

_SOME_SIGN = re.compile(r"[{}=;<>|&\[(#:]")
_MAYBE_CODE = re.compile(r"[{}=]|[\w.]\(|\w\[|::|->|<[\w</]|>>|&&|\|\||#\w|;(?:\s|$)|:\s*$")
"""Signs without which no line is code; to spare a look at every token. The first is looked for faster."""

_CALL = re.compile(r"[\w.]+\(.*\)[;:]?")

_INNER_CAPITAL = re.compile(r"[a-zа-яё][A-ZА-ЯЁ]")

_KEYWORDS = frozenset(
    re.findall(
        r"\w+",
        "auto break case catch class const continue def default delete do double else enum except finally "
        "float for from function if import int let new private protected public return short static "
        "struct switch template throw try typedef typename union unsigned using var virtual void while yield",
    )
)
_CODE_ENDS = (";", "{", "}", ":")
_CODE_SHARE = 1 / 3
"""A line with so many of its tokens code is code."""

_AROUND = ".,;:!?()„“”«»"

_WORD = re.compile(r"[^\W\d_]{2,}")


_BY_OFFICE = re.compile(
    r"Ein Bild, das .{1,200} enthält|.{0,40}generierte Beschreibung|Bildergebnis für .*"
    r"|A picture containing .*|.{0,40}Description (automatically )?generated.*|Image result for .*"
    r"|Изображение выглядит как .*|Описание создано .*|Автоматически созданное описание"
    r"|Картинки по запросу .*"
)
"""Descriptions of pictures that Office and browsers put in by themselves, in the language of their menus."""

_MAYBE_BY_OFFICE = (
    "Bild",
    "Beschreibung",
    "picture",
    "Description",
    "Image",
    "Изобр",
    "Опис",
    "опис",
    "Карт",
)
"""One of these is in each; to spare a look at every line."""


@dataclass(frozen=True, slots=True)
class RunningText:
    """The words of each line of running text, as they stand, and how many lines are code.

    Single letters are no words.
    """

    lines: tuple[tuple[str, ...], ...]
    code_lines: int

    @property
    def is_beside_code(self) -> bool:
        """Tell whether at least as much is code."""
        return self.code_lines > 0 and self.code_lines >= len(self.lines)


def running_text(text: str) -> RunningText:
    """Take a text apart into running text and code."""
    lines, code_lines = [], 0
    may_be_by_office = any(sign in text for sign in _MAYBE_BY_OFFICE)
    for line in text.splitlines():
        if may_be_by_office and _BY_OFFICE.fullmatch(line.strip(" .")):
            continue
        code, comment, rest = _split_comment(line) if "//" in line else (line, "", "")
        tokens = code.split()
        if _SOME_SIGN.search(code) and _MAYBE_CODE.search(code) and tokens and _is_code(code, tokens):
            code_lines += 1
            tokens = []
        if comment:
            tokens += rest.split()
        words = (*chain.from_iterable(map(_words, tokens)),)
        if words:
            lines.append(words)
    return RunningText(tuple(lines), code_lines)


def _split_comment(line: str) -> tuple[str, str, str]:
    """Split a line at `//`, unless that is part of an address."""
    before, sign, after = line.partition("//")
    return (before, sign, after) if sign and not before.endswith(":") else (line, "", "")


@lru_cache(maxsize=1 << 13)
def _words(token: str) -> tuple[str, ...]:
    bare = token.strip(_AROUND)
    if bare.isalpha() and (
        bare.islower() or (bare[1:].islower() and token in (bare, f"{bare},", f"{bare}."))
    ):
        return (bare,) if len(bare) > 1 else ()
    if bare.isdecimal():
        return ()
    if _NO_WORD.search(token) or _INNER_CAPITAL.search(token):
        return ()
    return (*_WORD.findall(token),)


def _is_code(line: str, tokens: list[str]) -> bool:
    if tokens[0].strip("}:;(") in _KEYWORDS and (tokens[-1].endswith(_CODE_ENDS) or "=" in line):
        return True
    if _CALL.fullmatch(line.strip()):
        return True
    return sum(1 for token in tokens if _CODE.search(token)) >= max(1, len(tokens) * _CODE_SHARE)
