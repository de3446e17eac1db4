"""The project's own thesaurus: the Turtle files beside this one; `scheme.ttl` says how they are written."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from index.parts import Part, is_left_out
from index.thesaurus import Thesaurus, thesaurus_of
from index.thesaurus_file import open_thesaurus
from index.thesaurus_words import ThesaurusWords

FOLDER = Path(__file__).resolve().parent

FILE = FOLDER.parent.parent / "build" / "thesaurus.json"
"""What is read in place of the folder."""


@cache
def own_thesaurus() -> Thesaurus:
    """Read the thesaurus, once a process."""
    if is_left_out(Part.THESAURUS):
        return thesaurus_of((), {}, 0)
    return open_thesaurus(sorted(FOLDER.glob("*.ttl")), FILE)


@cache
def own_words() -> ThesaurusWords:
    """Return the thesaurus as it is asked for translations, made once a process."""
    return ThesaurusWords(own_thesaurus())
