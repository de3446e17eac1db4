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

_TWICE = re.compile(r"^(?:[^\w\n]|[\d_])*([^\W\d_])\1", re.MULTILINE)
"""A line whose first letter comes twice; no other has all of them twice."""

_LINE_WITH_WORDS = re.compile(r"(?:[^\W\d_].*){4}")


def undo_repetition(text: str) -> str:
    """Return a text with each letter, or each line, once."""
    lines = text.split("\n")
    if _TWICE.search(text):
        times = {found for line in lines if (found := _times(line))}
        if times:
            lines = [_once(line, max(times)) for line in lines]
    return "\n".join(_without_twins(lines))


def _times(line: str) -> int:
    """Return how many times a line has each letter; 0 where it reads no better with each once."""
    words = [word for word in _BLANKS.split(line)[::2] if any(map(str.isalpha, word))]
    letters = "".join(words)
    if len(letters) < _LEAST_LETTERS or len(set(letters)) < _LEAST_DIFFERENT:
        return 0
    for times in range(2, _MOST_TIMES + 1):
        if all(_is_repeated(word, times) for word in words):
            read = _once(line, times)
            return times if weigh(read).share > max(_GOOD, weigh(line).share) else 0
    return 0


def _once(line: str, times: int) -> str:
    """Return a line with each letter once where it has all of them so many times, else as it is."""
    parts = _BLANKS.split(line)
    if not all(_is_repeated(word, times) for word in parts[::2]):
        return line
    return "".join(part[::times] or part for part in parts)


def _is_repeated(word: str, times: int) -> bool:
    return len(word) % times == 0 and all(word[start::times] == word[::times] for start in range(1, times))


def _without_twins(lines: list[str]) -> list[str]:
    filled = [line for line in lines if line.strip()]
    twins = {line for line, after in pairwise(filled) if line == after and _LINE_WITH_WORDS.search(line)}
    if len(twins) < _TWIN_LINES:
        return lines
    spoken = [line for line in filled if _LINE_WITH_WORDS.search(line)]
    twice = sum(1 for line in spoken if line in twins)
    if twice < len(spoken) * _TWIN_SHARE:
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
