"""Text on its way to a terminal, a log or a program that reads lines.

Names of files and what was read from them are written by strangers: a line break makes up a line, an escape
sequence overwrites one, a mark of direction turns one around. People are shown such characters as escapes;
in JSON, those are escaped at which some program ends a line.
"""

from __future__ import annotations

import json
import logging
import re
import unicodedata
from types import TracebackType
from typing import TypeAlias

_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
r"""Unicode's general categories of control, format, surrogate, line and paragraph separator."""

_NOT_IN_A_LINE = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff]")
"""What JSON lets stand in a string and a line of output had better not have; C0 it escapes itself."""

_ExcInfo: TypeAlias = (
    tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
)


def shown(text: str) -> str:
    """Write a text so that it stays on its line and shows all it has: `a\\u000ab`."""
    if text.isprintable():
        return text
    return "".join(_escape(character) if _is_hidden(character) else character for character in text)


def json_line(value: object) -> str:
    """Write a value as JSON on one line, with its end; any way to split lines finds exactly this one."""
    text = json.dumps(value, ensure_ascii=False)
    return _NOT_IN_A_LINE.sub(lambda found: _escape(found.group()), text) + "\n"


class LogFormatter(logging.Formatter):
    """One line a message; a traceback has its own lines below, each of them shown."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - the name is logging's
        return shown(super().formatMessage(record))

    def formatException(self, ei: _ExcInfo) -> str:  # noqa: N802 - the name is logging's
        return "\n".join(shown(line) for line in super().formatException(ei).split("\n"))


def _is_hidden(character: str) -> bool:
    return unicodedata.category(character) in _HIDDEN


def _escape(character: str) -> str:
    code = ord(character)
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
