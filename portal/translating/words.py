"""How alike two documents are, in words: pure functions of the figures."""

from __future__ import annotations

from index.pairs import LEAST_LEAD, LEAST_SIMILARITY
from portal.reader import Reader

VERY_ALIKE, ALIKE, SOMEWHAT_ALIKE = 0.5, 0.35, LEAST_SIMILARITY
FAR_AHEAD, AHEAD = 1.5, LEAST_LEAD


def similarity_words(similarity: float, reader: Reader) -> str:
    """Say how much of what one document says, by its words, the other says."""
    _ = reader.texts.gettext
    if similarity >= VERY_ALIKE:
        return _("Translated word by word, they say nearly the same")
    if similarity >= ALIKE:
        return _("Translated word by word, they say much the same")
    if similarity >= SOMEWHAT_ALIKE:
        return _("Translated word by word, they have some words in common")
    return _("Few of their words answer to one another")


def lead_words(lead: float, reader: Reader) -> str:
    """Say how near any third document comes."""
    _ = reader.texts.gettext
    if lead >= FAR_AHEAD:
        return _("no other document comes near")
    if lead >= AHEAD:
        return _("the next document is a little less alike")
    return _("another document is as alike")


def figures(similarity: float, lead: float, reader: Reader) -> str:
    """Write the figures for whoever wants to know."""
    _ = reader.texts.gettext
    following = similarity / lead if lead else 0.0
    return _("Similarity {similarity} of 100, the next {following}").format(
        similarity=round(100 * similarity), following=round(100 * following)
    )
