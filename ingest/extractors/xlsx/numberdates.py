"""Dates and times as a spreadsheet shows them: serial numbers under the format codes of cells.

Source: ISO/IEC 29500-1, 18.8.31 (date and time formats), 18.17.4 (serial numbers).
"""

from __future__ import annotations

import datetime as dt
import locale
import re
from dataclasses import dataclass
from functools import lru_cache

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|_.|\*.|\[(?P<elapsed>h+|m+|s+)\]|\[(?P<bracket>[^\]]*)\]?'
    r"|(?P<noon>AM/PM|A/P)|(?P<fraction>[.,]0+)|(?P<date>y+|m+|d+|h+|s+|e+)|(?P<literal>[^@;0#?])",
    re.IGNORECASE | re.DOTALL,
)
_LANGUAGE = re.compile(r"\$[^-\]]*-([0-9A-F]+)", re.IGNORECASE)
_SYSTEM_FORMATS = {"F800": "dddd, mmmm d, yyyy", "F400": "h:mm:ss"}
_LAST_DAY = 2_958_465
_DAY_SECONDS = 86_400
_NO_LEAP_DAY = 60
"""Programs count 29 February 1900, a day that never was; serial numbers before it are one less."""


@dataclass(frozen=True, slots=True)
class _Form:
    """A format code taken apart: pieces of a kind each, and what holds for all of them."""

    tokens: tuple[tuple[str, str], ...]
    language: str
    digits: int
    noon: bool
    elapsed: bool


def is_date(code: str) -> bool:
    """Say whether a section of a format code shows dates or times."""
    if re.search("[0#?]", re.sub(r'"[^"]*"?|\\.|\[[^\]]*\]|[.,]0+', "", code)):
        return False
    return any(match.lastgroup in ("date", "elapsed") for match in _TOKEN.finditer(code))


def shown(code: str, value: float, *, from_1904: bool = False) -> str | None:
    """Return a serial number as date or time; None where it is outside of what the calendar holds."""
    form = _form(code)
    if abs(value) > _LAST_DAY or (value < 0 and not form.elapsed):
        return None
    seconds = round(value * _DAY_SECONDS, form.digits)
    moment = _moment(max(seconds, 0), from_1904=from_1904)
    if moment is None:
        return None
    pieces = []
    for kind, text in form.tokens:
        if kind == "minute":
            pieces.append(f"{moment.minute:0{len(text)}}")
        elif kind == "date":
            pieces.append(_part(text, moment, noon=form.noon, language=form.language))
        elif kind == "elapsed":
            unit = {"h": 3600, "m": 60, "s": 1}[text[0].lower()]
            pieces.append(f"{'-' if seconds < 0 else ''}{int(abs(seconds) // unit):0{min(len(text), 9)}}")
        elif kind == "noon":
            pieces.append("AM" if moment.hour < 12 else "PM")
        elif kind == "fraction":
            pieces.append(f"{text[0]}{moment.microsecond:06}"[: min(len(text), 4)])
        else:
            pieces.append(text)
    return "".join(pieces).strip()


@lru_cache(maxsize=256)
def _form(code: str) -> _Form:
    tokens = [(match.lastgroup or "", match[match.lastgroup or 0]) for match in _TOKEN.finditer(code)]
    language = "en"
    for kind, text in tokens:
        if kind == "bracket" and (found := _LANGUAGE.search(text)):
            identifier = found[1].upper()[-4:]
            if identifier in _SYSTEM_FORMATS:
                return _form(_SYSTEM_FORMATS[identifier])
            language = locale.windows_locale.get(int(identifier, 16), "en")
    pieces = []
    for place, (kind, text) in enumerate(tokens):
        if kind == "date":
            pieces.append(("minute" if _are_minutes(tokens, place) else "date", text.lower()))
        elif kind in ("elapsed", "noon", "fraction", "quoted", "escaped", "literal"):
            pieces.append((kind, text))
    kinds = {kind for kind, _ in tokens}
    digits = max((len(text) - 1 for kind, text in tokens if kind == "fraction"), default=0)
    return _Form(tuple(pieces), language, min(digits, 3), "noon" in kinds, "elapsed" in kinds)


def _moment(seconds: float, *, from_1904: bool) -> dt.datetime | None:
    begins = dt.datetime(1904, 1, 1) if from_1904 else dt.datetime(1899, 12, 30)
    if not from_1904 and seconds < _NO_LEAP_DAY * _DAY_SECONDS:
        begins += dt.timedelta(days=1)
    try:
        return begins + dt.timedelta(seconds=seconds)
    except OverflowError:
        return None


def _are_minutes(tokens: list[tuple[str, str]], place: int) -> bool:
    """Say whether an m stands for minutes: after hours, or before seconds; more than two never do."""
    if tokens[place][1].lower() not in ("m", "mm"):
        return False
    units = [text[0].lower() for kind, text in tokens if kind in ("date", "elapsed")]
    nth = sum(kind in ("date", "elapsed") for kind, _ in tokens[:place])
    return units[nth - 1 : nth] == ["h"] or units[nth + 1 : nth + 2] == ["s"]


def _part(text: str, moment: dt.datetime, *, noon: bool, language: str) -> str:
    width = len(text)
    match text[0]:
        case "y" | "e":
            return f"{moment.year % 100:02}" if width < 3 and text[0] == "y" else f"{moment.year:04}"
        case "m":
            return f"{moment.month:0{width}}" if width < 3 else _named("M" * min(width, 5), moment, language)
        case "d":
            return (
                f"{moment.day:0{width}}"
                if width < 3
                else _named("EEE" if width == 3 else "EEEE", moment, language)
            )
        case "h":
            hour = (moment.hour % 12 or 12) if noon else moment.hour
            return f"{hour:0{min(width, 2)}}"
        case _:
            return f"{moment.second:0{min(width, 2)}}"


def _named(pattern: str, moment: dt.datetime, language: str) -> str:
    from babel import Locale, UnknownLocaleError
    from babel.dates import format_datetime

    try:
        known = Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        known = Locale("en")
    return format_datetime(moment, pattern, locale=known)
