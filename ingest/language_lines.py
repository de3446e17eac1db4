"""What of a text is running text: its lines without addresses, code, formulas and identifiers.

A slide full of code has few words that are in any language, and those tell which it is in. Comments in code
are kept. Everything here looks at one token after the other, so that no text takes long.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_NO_WORD = re.compile(
    r"[{}=_\\@|^~$<>+]|\w[(\[]|[)\]]\w|::|->|//|&&|\w\.\w|\w:\w|/[^\W\d_]+/|^#\w|[^\W\d_]\d|\d[^\W\d_]"
)
"""Signs that a token is no word: an address, an identifier, a call, an operator, a path, a type number."""

_CODE = re.compile(r"[{}=]|::|->|<<|>>|&&|\|\||^#\w|\w[(\[]|\);$|^<\w|^</|\d;$")
"""Signs that a token is code."""

_MAYBE_CODE = re.compile(r"[{}=;<>|&\[(#:]|->")
"""Signs without which no line is code; to spare a look at every token."""

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
    for line in text.splitlines():
        if _BY_OFFICE.fullmatch(line.strip(" .")):
            continue
        code, comment, rest = _split_comment(line)
        tokens = code.split()
        is_code = bool(tokens) and _is_code(code, tokens)
        words = [] if is_code else _words(tokens)
        if comment:
            words += _words(rest.split())
        code_lines += is_code
        if words:
            lines.append(tuple(words))
    return RunningText(tuple(lines), code_lines)


def _split_comment(line: str) -> tuple[str, str, str]:
    """Split a line at `//`, unless that is part of an address."""
    before, sign, after = line.partition("//")
    return (before, sign, after) if sign and not before.endswith(":") else (line, "", "")


def _words(tokens: Iterable[str]) -> list[str]:
    words: list[str] = []
    for token in tokens:
        bare = token.strip(_AROUND)
        if bare.islower() and bare.isalpha():
            words += [bare] if len(bare) > 1 else []
        elif not (_NO_WORD.search(token) or _INNER_CAPITAL.search(token)):
            words += _WORD.findall(token)
    return words


def _is_code(line: str, tokens: list[str]) -> bool:
    if not _MAYBE_CODE.search(line):
        return False
    if tokens[0].strip("}:;(") in _KEYWORDS and (tokens[-1].endswith(_CODE_ENDS) or "=" in line):
        return True
    if _CALL.fullmatch(line.strip()):
        return True
    return sum(1 for token in tokens if _CODE.search(token)) >= max(1, len(tokens) * _CODE_SHARE)
