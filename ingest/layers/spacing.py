"""Letters set apart: „П р и в е т“, „K o n f e r e n z  i n  B e r l i n“.

Typists and typesetters emphasise like that, and fonts with wide spacing are read like that. Wider gaps part
words; where all gaps are alike, `segmentation.py` guesses where one ends, four times of five rightly. Letters
that make no words (formulas, tables) stay apart.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from ingest.layers.plausibility import commonness
from ingest.layers.segmentation import segmented

_LETTER = r"[^\W\d_]"
_MARK = r"[.,:;!?)»“”\"%]"
_PIECE = rf"[(«„“\"]?(?:{_LETTER}\d?\d?|\d){_MARK}*"
"""A letter or a figure by itself, with the marks beside it and the number of a footnote behind it."""

_GAP = r"[ \xa0]{1,6}"
_NEXT = rf"{_GAP}(?:{_PIECE}|{_MARK}|[(«„“\"–—-](?=[ \xa0]))"
_RUN = re.compile(rf"(?<!\S){_PIECE}(?:{_NEXT})+(?!\S)")
_GAPS = re.compile(r"[ \xa0]+")
_LETTERS = re.compile(_LETTER)
_LEAST_LETTERS = 5
"""A run of letters is no accident from so many on."""

_BLANK = re.compile(r"[\n\t\xa0]")
_BEGINNING = re.compile(rf" {_PIECE}(?:{_NEXT}){{{_LEAST_LETTERS - 1}}}")
"""What a run begins with, behind a space, and much faster to look for: most pages have none."""

_THROUGHOUT = 0.6
"""A page is set like that throughout where so many of its letters are in such runs that read well."""

_GUESSED_LETTERS = 60
"""Of fewer letters, a heading or two, the ends of words are guessed rightly most of the time."""

_MOST_CHARACTERS_OF_PAGE = 100_000
_MOST_CHARACTERS = 4000
_LONGEST_PIECE = 3
_ENOUGH_COMMON = 0.5


class Joined(NamedTuple):
    """A text with its letters joined to words, and whether the ends of many words had to be guessed."""

    text: str
    is_guessed: bool = False


def join_apart(text: str) -> Joined:
    """Join the letters of a text that stand apart."""
    if len(text) > _MOST_CHARACTERS_OF_PAGE or not _may_have_run(text):
        return Joined(text)
    runs = [run.group() for run in _RUN.finditer(text) if _size(run.group()) >= _LEAST_LETTERS]
    read_well = sum(map(_size, filter(_words, runs)))
    if not read_well:
        return Joined(text)
    if read_well < _THROUGHOUT * _size(text):
        return Joined("\n".join(map(_joined_runs, text.split("\n"))))
    narrowest = min(len(gap) for run in runs for gap in _GAPS.findall(run))
    has_wider = any(len(gap) > narrowest for gap in _GAPS.findall(text.replace("\n", "x")))
    lines = (_joined_line(line, narrowest, has_wider) for line in text.split("\n"))
    return Joined("\n".join(lines), not has_wider and _size(text) >= _GUESSED_LETTERS)


def _may_have_run(text: str) -> bool:
    return _BEGINNING.search(_BLANK.sub(" ", f" {text}")) is not None


def _joined_runs(line: str) -> str:
    """Join the runs of a line where one of them is long enough; then shorter ones count, too."""
    if not _may_have_run(line) or not any(
        _size(run.group()) >= _LEAST_LETTERS for run in _RUN.finditer(line)
    ):
        return line
    return _RUN.sub(lambda run: " ".join(_words(run.group())) or run.group(), line)


def _joined_line(line: str, narrowest: int, has_wider: bool) -> str:
    """Join all that stands apart in a line of a page that is set like that throughout."""
    if len(line) > _MOST_CHARACTERS or max(map(len, _GAPS.split(line))) > _LONGEST_PIECE:
        return _joined_runs(line)
    if has_wider:
        return " ".join(_GAPS.sub("", part) for part in _wide(narrowest).split(line))
    return " ".join(_words(line) or segmented(_GAPS.sub("", line), may_be_dear=True))


@lru_cache(maxsize=256)
def _words(run: str) -> Sequence[str]:
    """Return the words of a run, none where it reads no better for it."""
    if len(run) > _MOST_CHARACTERS:
        return ()
    narrowest = min(map(len, _GAPS.findall(run)), default=1)
    words = [_GAPS.sub("", part) for part in _wide(narrowest).split(run)]
    if len(words) == 1 or not _read_well(words):
        words = segmented(_GAPS.sub("", run))
    return words if _read_well(words) else ()


def _wide(narrowest: int) -> re.Pattern[str]:
    return re.compile(rf"[ \xa0]{{{narrowest + 1},}}")


def _size(text: str) -> int:
    return len(_LETTERS.findall(text))


def _read_well(words: Sequence[str]) -> bool:
    joined = " ".join(words)
    return len(set(joined.lower())) > 2 and commonness(joined) >= _ENOUGH_COMMON
