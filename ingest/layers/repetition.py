"""Text that stands twice where bold is a letter printed twice: „ППррииввеетт“, or each line again.

Only letters that are all doubled (or tripled, …) in the same way, and pages on which nearly every line comes
twice: headings, tables and refrains may well say a thing twice.
"""

from __future__ import annotations

import re
from itertools import pairwise

from ingest.layers.plausibility import weigh

_MOST_TIMES = 4
_LEAST_DIFFERENT = 4
_LEAST_LETTERS = 8
_GOOD = 0.6
_BLANKS = re.compile(r"([ \t]+)")
_TWIN_SHARE = 0.8
_TWIN_LINES = 3
"""So many different lines with words have to come twice, and nearly all of them."""

_LINE_WITH_WORDS = re.compile(r"(?:[^\W\d_].*){4}")


def undo_repetition(text: str) -> str:
    """Return a text with each letter, or each line, once."""
    lines = [_once(line) for line in text.split("\n")]
    return "\n".join(_without_twins(lines))


def _once(line: str) -> str:
    """Return a line with each letter once where all its words have them doubled in the same way."""
    parts = _BLANKS.split(line)
    words = [word for word in parts[::2] if any(map(str.isalpha, word))]
    letters = "".join(words)
    if len(letters) < _LEAST_LETTERS:
        return line
    for times in range(2, _MOST_TIMES + 1):
        doubled = [word for word in words if _is_repeated(word, times)]
        if len(doubled) < len(words):
            continue
        read = "".join(_shortened(part, times) for part in parts)
        if len(set(letters)) >= _LEAST_DIFFERENT and weigh(read).share > max(_GOOD, weigh(line).share):
            return read
    return line


def _is_repeated(word: str, times: int) -> bool:
    return len(word) % times == 0 and all(word[start::times] == word[::times] for start in range(1, times))


def _shortened(part: str, times: int) -> str:
    if not part.strip(" \t"):
        return part[::times] or part
    return part[::times] if _is_repeated(part, times) else part


def _without_twins(lines: list[str]) -> list[str]:
    filled = [line for line in lines if line.strip()]
    spoken = [line for line in filled if _LINE_WITH_WORDS.search(line)]
    twins = {before for before, after in pairwise(filled) if before == after and before in spoken}
    twice = sum(1 for line in spoken if line in twins)
    if len(twins) < _TWIN_LINES or twice < len(spoken) * _TWIN_SHARE:
        return lines
    kept: list[str] = []
    last = ""
    for line in lines:
        if line.strip() and line == last:
            last = ""
        else:
            kept.append(line)
            last = line if line.strip() else last
    return kept
