"""A passage: a paragraph, cell or label as its markup has it, and where its words have to be found.

Passages are the truth that readers are measured by. They come from walks of their own over the markup, which
share nothing with the readers.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

ANYWHERE = 0
"""Page of a passage that may be on any page: texts that flow, and what is read only once."""

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Passage:
    """Text of one part of a file; `page` counts from 1; `in_notes` where the audience did not see it.

    A formula may be written on one line in many ways, so that only its letters and digits can be compared.
    """

    part: str
    text: str
    page: int = ANYWHERE
    in_notes: bool = False
    is_formula: bool = False


def words(text: str) -> list[str]:
    """Return the runs of letters and digits, whatever invisible characters stand in them."""
    return _WORD.findall(_INVISIBLE.sub("", unicodedata.normalize("NFC", text)))
