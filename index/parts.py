"""Parts of the search that a process can do without, to measure what each of them is worth.

Chosen before any text is analysed, and for good: what words are filed under hangs on it, and is remembered.
Dictionaries, learning, finding and transliteration are left out by whoever opens the search; here it is kept
of the others, which are no part that could be handed over.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class Part(StrEnum):
    """What search can do without.

    LEARNING: what documents that are translations teach, words that look alike among it; FINDING: pairs that
    no record names; LEMMAS: dictionary forms, in whose place there are stems.
    """

    DICTIONARIES = "dictionaries"
    LEARNING = "learning"
    FINDING = "finding"
    THESAURUS = "thesaurus"
    TRANSLITERATION = "transliteration"
    COMPOUNDS = "compounds"
    LEMMAS = "lemmas"


_left_out: set[Part] = set()


def leave_out(parts: Iterable[Part]) -> None:
    """Do without some parts in this process from now on."""
    _left_out.update(parts)


def is_left_out(part: Part) -> bool:
    """Tell whether this process does without a part."""
    return part in _left_out
