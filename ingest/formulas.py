"""Texts that a spreadsheet program would take for formulas, written so that it does not.

Source: OWASP, CSV Injection; RFC 4180 (CSV).
"""

from __future__ import annotations

import re

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What makes some programs take the text of a cell for a formula; East Asian ones know the wide signs too."""

QUOTE = "'"
"""Put before such a text in a CSV file, and before one that begins with it; taken away again by `plain`."""

BYTE_ORDER_MARK = "\ufeff"
"""Tells a spreadsheet program that a CSV file is UTF-8."""

_CELL = r"(?:^|(?<=[,;\t\n\r]))[ \"]*"
"""Where a cell may begin, also for a program that parts lines at another sign than they were written with."""
_TO_QUOTE = re.compile(rf"{_CELL}(?=[{re.escape(''.join((*FORMULA_STARTS, QUOTE)))}])")
_QUOTED = re.compile(rf"({_CELL}){QUOTE}(?=[{re.escape(''.join((*FORMULA_STARTS, QUOTE)))}])")


def quoted(text: str) -> str:
    """Keep a text from being taken for a formula. The inverse of `plain`."""
    return _TO_QUOTE.sub(rf"\g<0>{QUOTE}", text)


def plain(text: str) -> str:
    """Return the text that was `quoted`."""
    return _QUOTED.sub(r"\1", text)
