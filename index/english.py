"""What the list of English words leaves out: a second base form, and the spelling across the Atlantic.

Each word has one base form there: „thought“ is a noun and no form of „think“. And colour and color, organise
and organize, centre and center are words of their own.

Source: Oxford English Dictionary, „spelling“: -our, -re, -ise, -yse, -ogue, -ence, -ll-, -mme.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.word_lists import word_list

_SECOND_FORMS = """
    leaves=leaf lives=life wives=wife shelves=shelf halves=half loaves=loaf thieves=thief bases=basis
    people=person thought=think felt=feel ground=grind wound=wind bound=bind gone=go broke=break shook=shake
    spelt=spell bent=bend won=win shot=shoot
"""
SECOND_FORMS = dict(pair.split("=") for pair in _SECOND_FORMS.split())
"""Forms that are forms of two words, with the one that the list does not have."""

_BEHIND = r"(?=(?:e|es|ed|ing|ation|ations|er|ers|able)$)"
_RULES = tuple(
    (re.compile(pattern), other)
    for pattern, other in (
        (r"(?<=[a-z]{2})our(?=(?:s|ed|ing|al|ite|ites|able|hood|hoods|ly|er|ers|ful)?$)", "or"),
        (r"(?<=[a-z]{2})or(?=(?:s|ed|ing|al|ite|ites|able|hood|hoods|ly|er|ers|ful)?$)", "our"),
        (rf"(?<=[a-z]{{2}})is{_BEHIND}", "iz"),
        (rf"(?<=[a-z]{{2}})iz{_BEHIND}", "is"),
        (rf"(?<=[a-z]{{2}})ys{_BEHIND}", "yz"),
        (rf"(?<=[a-z]{{2}})yz{_BEHIND}", "ys"),
        (r"(?<=[a-z]{2}[bt])re(?=s?$)", "er"),
        (r"(?<=[a-z]{2}[bt])er(?=s?$)", "re"),
        (r"(?<=[a-z]{2}og)ue(?=s?$)", ""),
        (r"(?<=[a-z]{3}og)(?=s?$)", "ue"),
        (r"(?<=[a-z]{2}en)c(?=es?$)", "s"),
        (r"(?<=[a-z]{2}en)s(?=es?$)", "c"),
        (r"(?<=[aeiou][b-df-hj-np-tv-z]el)l(?=(?:ed|ing|er|ers)$)", ""),
        (r"(?<=[aeiou][b-df-hj-np-tv-z]el)(?=(?:ed|ing|er|ers)$)", "l"),
        (r"(?<=[a-z]{4}m)me(?=s?$)", ""),
        (r"(?<=[a-z]{4}am)(?=s?$)", "me"),
    )
)


def spelled_otherwise(word: str) -> Iterator[str]:
    """Yield what a word in small letters is on the other side of the Atlantic, where the list has that."""
    known = word_list("en").get
    for pattern, other in _RULES if word.isascii() else ():
        found = pattern.sub(other, word)
        if found != word and known(found) is not None:
            yield found
