"""Dates as people write them: on a title page or in a file's name, in German, Russian and English.

Read: 24.09.2019 · 24/9/2019 · 2019-09-24 · 20190924 (in names) · 24. September 2019 · 24 сентября 2019 г. ·
September 24, 2019 · the first day of 24.–26. September 2019. Day before month where both are numbers, as in
the languages of the archive; months without a day are no date.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

FIRST_YEAR = 1950
"""No conference file is older."""

_MONTHS = (
    r"jan(?:uary|uar)?|jänner|янв(?:аря|арь)?",
    r"feb(?:ruary|ruar)?|feber|фев(?:раля|раль)?",
    r"mar(?:ch)?|märz?|mrz|мар(?:та|т)?",
    r"apr(?:il)?|апр(?:еля|ель)?",
    r"may|mai|ма[яй]",
    r"june?|juni?|июн[яь]?",
    r"july?|juli?|июл[яь]?",
    r"aug(?:ust)?|авг(?:уста|уст)?",
    r"sept?(?:ember)?|сент?(?:ября|ябрь)?",
    r"oct(?:ober)?|okt(?:ober)?|окт(?:ября|ябрь)?",
    r"nov(?:ember)?|ноя(?:бря|брь)?",
    r"dec(?:ember)?|dez(?:ember)?|дек(?:абря|абрь)?",
)
_MONTH = "|".join(f"(?:{names})" for names in _MONTHS)
_YEAR = r"(?P<year>(?:19|20)\d\d)(?!\d)"
_UNTIL = r"(?:\s*(?:[-–—/&]|bis|und|until|to|and|по|и)\s*\d{1,2}(?:\.|st|nd|rd|th)?)?"
"""The last day of several, which is not kept."""

_DATES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<!\d){_YEAR}(?P<separator>[-_./])(?P<month>\d\d?)(?P=separator)(?P<day>\d\d?)(?!\d)",
        rf"(?<![\d.])(?P<day>\d\d?)\.?(?:\s?[-–—]\s?\d\d?)?(?P<separator>[./_-])\s?(?P<month>\d\d?)(?P=separator)\s?{_YEAR}",
        rf"(?<!\d)(?P<day>\d\d?)(?:\.|st|nd|rd|th)?{_UNTIL}(?:\s+of)?\s*(?P<name>{_MONTH})\.?,?\s*{_YEAR}",
        rf"\b(?P<name>{_MONTH})\.?\s+(?P<day>\d\d?)(?:st|nd|rd|th)?{_UNTIL},?\s+{_YEAR}",
    )
)
_IN_ONE = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<month>[01]\d)(?P<day>[0-3]\d)(?!\d)")
"""As programs and orderly people name files."""


@dataclass(frozen=True, slots=True)
class Dated:
    """A day, and how it is written where it was found."""

    date: dt.date
    text: str


def dates_in(text: str) -> tuple[Dated, ...]:
    """List the dates of a text in the order in which they stand there."""
    return tuple(dated for _, dated in sorted(_found(text, _DATES), key=lambda found: found[0]))


def dates_in_name(name: str) -> tuple[Dated, ...]:
    """List the dates of a file's name."""
    spaced = name.replace("_", " ")
    found = [*_found(name, (*_DATES, _IN_ONE)), *_found(spaced, _DATES)]
    return tuple(dict.fromkeys(dated for _, dated in sorted(found, key=lambda each: each[0])))


def choose_date(
    found: Iterable[Dated], start: dt.date | None, end: dt.date | None, today: dt.date
) -> Dated | None:
    """Choose the date of a file among those found in it.

    Within the days of its conference where these are known; else the first that can be true, which is not
    later than a year from now.
    """
    latest = today + dt.timedelta(days=366)
    for dated in found:
        if start is not None and start <= dated.date <= (end or start):
            return dated
        if start is None and dated.date <= latest:
            return dated
    return None


def _found(text: str, patterns: Iterable[re.Pattern[str]]) -> Iterator[tuple[int, Dated]]:
    for pattern in patterns:
        for match in pattern.finditer(text):
            if (date := _date(match)) is not None:
                yield match.start(), Dated(date, " ".join(match[0].split()))


def _date(match: re.Match[str]) -> dt.date | None:
    parts = match.groupdict()
    try:
        date = dt.date(int(parts["year"]), _month(parts), int(parts["day"]))
    except ValueError:
        return None
    return date if date.year >= FIRST_YEAR else None


def _month(parts: dict[str, str]) -> int:
    if "name" not in parts:
        return int(parts["month"])
    return next(
        number
        for number, names in enumerate(_MONTHS, 1)
        if re.fullmatch(names, parts["name"], re.IGNORECASE) is not None
    )
