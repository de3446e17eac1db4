"""English sentences of the parts below, said in the reader's language by what they look like.

Archive, ingestion and index know no languages of the interface: they write English sentences, with numbers
and names in them. A test holds each table of such sentences to the source they come from.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TypeAlias

Say: TypeAlias = Callable[..., str]

Sentences: TypeAlias = Mapping[str, Say]
"""Pattern of a whole English sentence -> what says it, given the pattern's groups."""


def say(sentence: str, known: Sentences) -> str | None:
    """Say a sentence by the first pattern that fits; None for one that is not known."""
    for pattern, words in known.items():
        if found := re.fullmatch(pattern, sentence, re.DOTALL):
            return words(*found.groups())
    return None
