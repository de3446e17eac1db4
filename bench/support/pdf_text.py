"""The text of PDF files beside that of `pdftotext` (Debian: poppler-utils), page by page.

Three figures, since each hides something: characters (spaces left out) do not see that one was lost and
another gained; the error rate sees every difference, but other orders of columns as well; words as a
multiset see what is missing whatever the order. Neither is the truth: pdftotext too
sets letters apart and joins words.
"""

from __future__ import annotations

import re
import subprocess
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from bench.support.passages import words

_LINE_END_HYPHEN = re.compile("(?<=\\w)[-\u00ad\u2010][ \\t]*\r?\n[ \\t]*(?=\\w)")
_WINDOW_CHARACTERS = 50_000
"""Longer pages are compared in pieces of this size."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How like two readings are: sums over pages; theirs is the reference, of which words are `missing`."""

    characters: int
    their_characters: int
    edits: int
    their_length: int
    missing: Counter[str]
    added: Counter[str]
    their_words: int

    @property
    def ratio(self) -> float:
        """Divide our characters by theirs."""
        return self.characters / max(1, self.their_characters)

    @property
    def error_rate(self) -> float:
        """Divide the edits that lead from theirs to ours by their length; spaces are as one."""
        return self.edits / max(1, self.their_length)

    @property
    def recall(self) -> float:
        """Say which part of their words is on the same page of ours."""
        return 1 - self.missing.total() / max(1, self.their_words)

    def __add__(self, other: Likeness) -> Likeness:
        return Likeness(
            self.characters + other.characters,
            self.their_characters + other.their_characters,
            self.edits + other.edits,
            self.their_length + other.their_length,
            self.missing + other.missing,
            self.added + other.added,
            self.their_words + other.their_words,
        )


NOTHING = Likeness(0, 0, 0, 0, Counter(), Counter(), 0)


def pdftotext(path: Path) -> list[str] | None:
    """Return the pages as pdftotext reads them; None where it cannot."""
    command = ["pdftotext", "-enc", "UTF-8", str(path), "-"]
    done = subprocess.run(command, capture_output=True, check=False)
    text = done.stdout.decode("utf-8", "replace")
    return None if done.returncode else text.removesuffix("\f").split("\f")


def compare(ours: Sequence[str], theirs: Sequence[str]) -> Likeness:
    """Compare page by page."""
    likeness = NOTHING
    for our_page, their_page in zip_longest(ours, theirs, fillvalue=""):
        likeness += _compare_page(our_page, their_page)
    return likeness


def _compare_page(ours: str, theirs: str) -> Likeness:
    their_words, our_words = Counter(words(_plain(theirs))), Counter(words(_plain(ours)))
    our_text, their_text = _plain(ours), _plain(theirs)
    edits = sum(
        Levenshtein.distance(
            our_text[start : start + _WINDOW_CHARACTERS], their_text[start : start + _WINDOW_CHARACTERS]
        )
        for start in range(0, max(len(our_text), len(their_text)), _WINDOW_CHARACTERS)
    )
    return Likeness(
        _characters(ours),
        _characters(theirs),
        edits,
        len(their_text),
        their_words - our_words,
        our_words - their_words,
        their_words.total(),
    )


def _plain(text: str) -> str:
    """Make runs of space one space, ligatures letters, and of words that a line end divides one word.

    pdftotext takes hyphens at line ends away; here they are kept until words are looked up.
    """
    return " ".join(unicodedata.normalize("NFKC", _LINE_END_HYPHEN.sub("", text)).split())


def _characters(text: str) -> int:
    return len(re.sub(r"\s", "", text))
