"""Does a file speak of another conference than the one it was handed in for?

By the conference's number beside the word itself („XV. Konferenz“, «XV конференция») with its place or year,
or by a day of it with its place. Said only where the file does not speak of its own conference alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from archive.model import Conference
from ingest.dates import dates_in

_WORD = r"\w*(?:konferenz|tagung|forum|conference|konferencia|конференци|форум)\w*"
_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_GREATEST_ROMAN = 39


@dataclass(frozen=True, slots=True)
class Spoken:
    """A conference, and what the file says of it."""

    id: str
    text: str


def other_conference(known: Iterable[Conference], own: Conference, text: str) -> Spoken | None:
    """Return the conference, other than `own`, of which the text clearly speaks."""
    if _spoken(own, text):
        return None
    for conference in known:
        if conference.id != own.id and (spoken := _spoken(conference, text)):
            return Spoken(conference.id, spoken)
    return None


def _spoken(conference: Conference, text: str) -> str:
    place = _place(conference, text)
    year = str(conference.start.year) if conference.start else ""
    if (number := _number(conference, text)) and (place or (year and re.search(rf"\b{year}\b", text))):
        return number
    if place and conference.start is not None:
        end = conference.end or conference.start
        for dated in dates_in(text):
            if conference.start <= dated.date <= end:
                return f"{place}, {dated.text}"
    return ""


def _place(conference: Conference, text: str) -> str:
    for name in conference.place.values():
        if name and (found := re.search(rf"\b{re.escape(name)}", text, re.IGNORECASE)):
            return found[0]
    return ""


def _number(conference: Conference, text: str) -> str:
    if not conference.number or not 0 < conference.number <= _GREATEST_ROMAN:
        return ""
    number = rf"(?:{_roman(conference.number)}|{conference.number})(?:\.|-?[яй]|th|st|nd|rd)?"
    found = re.search(rf"\b{number}\s+(?:\S+\s+){{0,3}}{_WORD}", text, re.IGNORECASE)
    return " ".join(found[0].split())[:120] if found else ""


def _roman(number: int) -> str:
    numeral = ""
    for value, letters in _ROMAN:
        while number >= value:
            numeral, number = numeral + letters, number - value
    return numeral
