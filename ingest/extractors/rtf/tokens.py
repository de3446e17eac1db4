r"""RTF bytes -> groups, control words, bytes of text.

Nothing is understood here. Groups are counted, never nested calls, so that a file of a million braces takes
no more than its own length.

Source: Rich Text Format Specification 1.9.1, "RTF Syntax".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum, auto
from typing import NamedTuple

_TOKEN = re.compile(
    rb"\\(?:([A-Za-z]+)(-?\d{1,10})?\d* ?|'([0-9A-Fa-f]{2})|(.))|([{}])|([^\\{}]+)|\\", re.DOTALL
)
_IN_SKIPPED = re.compile(rb"\\bin(\d{1,10}) ?|\\.|[{}]", re.DOTALL)
_NO_TEXT = b"\r\n\0"


class Kind(Enum):
    """What a token is."""

    OPEN = auto()
    CLOSE = auto()
    WORD = auto()
    SYMBOL = auto()
    BYTE = auto()
    TEXT = auto()


class Token(NamedTuple):
    r"""One token: `value` are the letters of a word, the sign of a symbol, or bytes of text.

    `number` is the parameter of a word, None where it has none.
    """

    kind: Kind
    value: bytes = b""
    number: int | None = None


class Tokens:
    """The tokens of a file, one after the other."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._position = 0
        self._last_paragraph = content.rfind(b"\\par")

    @property
    def is_behind_all_text(self) -> bool:
        """Whether no paragraph ends after this place."""
        return self._position > self._last_paragraph

    def __iter__(self) -> Iterator[Token]:
        match = _TOKEN.match
        opened, closed = Token(Kind.OPEN), Token(Kind.CLOSE)
        while found := match(self._content, self._position):
            self._position = found.end()
            word, number, hexadecimal, symbol, brace, text = found.groups()
            if word:
                parameter = None if number is None else int(number)
                if word == b"bin" and parameter and parameter > 0:
                    self._position += parameter
                else:
                    yield Token(Kind.WORD, word, parameter)
            elif hexadecimal:
                yield Token(Kind.BYTE, bytes.fromhex(hexadecimal.decode("ascii")))
            elif brace:
                yield opened if brace == b"{" else closed
            elif text:
                if said := text.translate(None, _NO_TEXT):
                    yield Token(Kind.TEXT, said)
            elif symbol:
                yield Token(Kind.SYMBOL, symbol)

    def skip_group(self) -> bool:
        """Go behind the end of the group that is open. False where the file ends before it does."""
        depth = 1
        while found := _IN_SKIPPED.search(self._content, self._position):
            self._position = found.end()
            if found[1]:
                self._position += int(found[1])
            elif found[0] == b"{":
                depth += 1
            elif found[0] == b"}":
                depth -= 1
                if not depth:
                    return True
        self._position = len(self._content)
        return False
