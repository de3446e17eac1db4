"""The days of a conference as people write them, in German, Russian and English.

Read: 28. – 30.06.2017 · 28. Juni bis 1. Juli 2017 · с 28 по 30 июня 2017 · June 28–30, 2017 · 28 June to
1 July 2017. Single days are read in dates.py.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from ingest.dates import FIRST_YEAR, dates_in

MAX_DAYS = 60
"""No conference is longer."""

_MONTHS = {
    stem: number
    for number, stems in enumerate(
        (
            "jan jän янв",
            "feb фев",
            "mar mär mrz мар",
            "apr апр",
            "mai may мая май",
            "jun июн",
            "jul июл",
            "aug авг",
            "sep сен",
            "okt oct окт",
            "nov ноя",
            "dez dec дек",
        ),
        1,
    )
    for stem in stems.split()
}
_WORD = rf"(?:{'|'.join(_MONTHS)})[a-zäа-я]{{0,8}}\.?"
_TO = r"\s{0,3}(?:[-–—]|bis(?: zum)?|und|until|to|through|and|по|до|и)\s{0,3}"
_NTH = r"(?:\.|st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)(?!\d)"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        r"(?<!\d)(?P<first_year>(?:19|20)\d\d)-(?P<first_month>\d\d)-(?P<first>\d\d)"
        + _TO
        + rf"{_YEAR}-(?P<month>\d\d)-(?P<last>\d\d)(?!\d)",
        r"(?<![\d.])(?P<first>\d\d?)\.?\s?(?:(?P<first_month>\d\d?)\.\s?(?P<first_year>(?:19|20)\d\d)?)?"
        + _TO
        + rf"(?P<last>\d\d?)\.\s?(?P<month>\d\d?)\.\s?{_YEAR}",
        rf"(?<![\d.])(?P<first>\d\d?){_NTH}(?:\s+(?P<first_month>{_WORD})(?:\s+(?P<first_year>(?:19|20)\d\d))?)?"
        + _TO
        + rf"(?P<last>\d\d?){_NTH}\s+(?P<month>{_WORD}),?\s+{_YEAR}",
        rf"\b(?P<first_month>{_WORD})\s+(?P<first>\d\d?){_NTH}(?:,\s+(?P<first_year>(?:19|20)\d\d))?"
        + _TO
        + rf"(?:(?P<month>{_WORD})\s+)?(?P<last>\d\d?){_NTH},?\s+{_YEAR}",
    )
)


@dataclass(frozen=True, slots=True)
class Period:
    """From the first day to the last; the same where it is one. `text`: how that is written."""

    start: dt.date
    end: dt.date
    text: str


def period_in(text: str) -> Period | None:
    """Return the first period of a text, else its first day as one; None where there is neither."""
    found = [
        (match.start(), period)
        for form in _FORMS
        for match in form.finditer(text)
        if (period := _period(match)) is not None
    ]
    if found:
        return min(found, key=lambda each: each[0])[1]
    return next((Period(day.date, day.date, day.text) for day in dates_in(text)), None)


def _period(match: re.Match[str]) -> Period | None:
    parts = match.groupdict()
    month, first_month = _month(parts["month"]), _month(parts["first_month"])
    year = int(parts["year"])
    try:
        end = dt.date(year, month or first_month, int(parts["last"]))
        start = dt.date(int(parts["first_year"] or year), first_month or month, int(parts["first"]))
    except ValueError:
        return None
    if start > end and parts["first_year"] is None and start.month > end.month:
        start = start.replace(year=year - 1)  # from December to January
    if start.year < FIRST_YEAR or not 0 <= (end - start).days <= MAX_DAYS:
        return None
    return Period(start, end, " ".join(match[0].split()))


def _month(text: str | None) -> int:
    if not text:
        return 0
    return int(text) if text.isdecimal() else _MONTHS[text[:3].casefold()]
