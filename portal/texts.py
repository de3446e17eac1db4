"""The portal's own words in the reader's language: gettext catalogues, dates, sizes, names of languages.

Catalogues are the `.po` files in `locales/LANGUAGE/LC_MESSAGES/`, one for each part of the portal, read as
they are, so that nothing has to be compiled. Messages are written in English: its catalogue holds what
differs. What the archive holds (titles, descriptions) is not translated here, only chosen: see `Texts.pick`.
"""

from __future__ import annotations

import datetime as dt
import functools
import gettext
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from archive.model import Translations
from portal.markup import seen

LANGUAGES = ("de", "ru", "en")
"""Languages of the interface, in the order of the switch; the first is used where none is asked for."""

CATALOGUES = Path(__file__).parent / "locales"

WORD_JOINER, NO_BREAK_SPACE = "\u2060", "\u00a0"
"""Keep a date range on one line."""

_FORMATS = {"de": "de", "ru": "ru", "en": "en_GB"}
_ACCEPTED = re.compile(r"\s*([A-Za-z]{1,8}|\*)(?:-[A-Za-z0-9-]*)?\s*(?:;\s*q\s*=\s*([0-9.]+))?\s*")


@dataclass(frozen=True)
class Texts:
    """Everything the interface says, in one language."""

    language: str
    _catalogue: gettext.NullTranslations

    def gettext(self, message: str) -> str:
        """Translate a message of the interface."""
        return self._catalogue.gettext(message)

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        """Translate a message that counts; `{n}` becomes the number as people write it."""
        return self._catalogue.ngettext(singular, plural, number).replace("{n}", self.number(number))

    def pick(self, translations: Translations) -> tuple[str, str]:
        """Choose a text in the reader's language, else in the next best. Returns (text, its language)."""
        for language in (self.language, *LANGUAGES, *sorted(translations)):
            if translations.get(language):
                return translations[language], language
        return "", self.language

    def say(self, translations: Translations) -> str:
        """Choose a text as `pick` does, without its language."""
        return seen(self.pick(translations)[0])

    def number(self, number: int) -> str:
        """Write a whole number with its thousands grouped."""
        return format_decimal(number, locale=self._locale)

    def size(self, size_bytes: int) -> str:
        """Write a size: „1,2 MB“, „48 kB“."""
        _ = self.gettext
        if size_bytes < 100_000:
            return _("{n} kB").format(n=self.number(max(1, round(size_bytes / 1000))))
        megabytes = round(size_bytes / 1_000_000, 1 if size_bytes < 100_000_000 else None)
        return _("{n} MB").format(n=format_decimal(megabytes, locale=self._locale))

    def date(self, day: dt.date) -> str:
        """Write a date in full: „28. Juni 2017“."""
        return format_date(day, "long", locale=self._locale)

    def short_date(self, day: dt.date) -> str:
        """Write a date in figures, or as short as the language has it: „28.06.2017“."""
        return format_date(day, "medium", locale=self._locale)

    def moment(self, at: dt.datetime) -> str:
        """Write when something was done, in the time of the machine."""
        here = at.astimezone()
        return f"{self.short_date(here.date())}, {here:%H:%M}"

    def dates(self, start: dt.date | None, end: dt.date | None) -> str:
        """Write the days of a conference, kept on one line: „28.–30. Juni 2017“. Empty without a start."""
        if start is None:
            return ""
        if end is None or end <= start:
            return self.date(start)
        if (start.year, start.month) == (end.year, end.month):
            first, space = f"{start.day}{'.' if self.language == 'de' else ''}", ""
        elif start.year == end.year:
            first, space = format_skeleton("MMMMd", start, locale=self._locale), NO_BREAK_SPACE
        else:
            first, space = self.date(start), NO_BREAK_SPACE
        return f"{first}{space}{WORD_JOINER}–{WORD_JOINER}{space}{self.date(end)}"

    def language_name(self, code: str) -> str:
        """Name a language as the archive codes it, the first letter large."""
        if code == "other":
            return self.gettext("Other language")
        name = self.language_in_words(code)
        return name[:1].upper() + name[1:]

    def language_in_words(self, code: str) -> str:
        """Name a language as it stands within a sentence."""
        if code == "other":
            return self.gettext("another language")
        return Locale(self.language).languages.get(code) or code

    @property
    def _locale(self) -> str:
        return _FORMATS[self.language]


@functools.cache
def texts_in(language: str) -> Texts:
    """Load the catalogue of one of `LANGUAGES`."""
    compiled = io.BytesIO()
    write_mo(compiled, read_catalogue(language))
    compiled.seek(0)
    return Texts(language, gettext.GNUTranslations(compiled))


def read_catalogue(language: str) -> Catalog:
    """Read all `.po` files of a language. Raises ValueError where two of them have the same message."""
    whole = Catalog(locale=language)
    for path in sorted((CATALOGUES / language / "LC_MESSAGES").glob("*.po")):
        with path.open("rb") as part:
            for message in read_po(part, locale=language):
                if message.id and message.id in whole:
                    raise ValueError(f"{path.name} translates {message.id!r}, which another file has as well")
                if message.id:
                    whole[message.id] = message
    return whole


def choose_language(asked: str, accept_language: str) -> str:
    """Choose the language of the interface: the one asked for, else the browser's, else the first."""
    if asked in LANGUAGES:
        return asked
    return next((code for code in _accepted(accept_language) if code in LANGUAGES), LANGUAGES[0])


def _accepted(header: str) -> Iterable[str]:
    weighed: list[tuple[float, str]] = []
    for part in header.split(","):
        found = _ACCEPTED.fullmatch(part)
        if found is None:
            continue
        try:
            weight = float(found[2]) if found[2] else 1.0
        except ValueError:
            continue
        if weight > 0:
            weighed.append((weight, found[1].lower()))
    return [code for _, code in sorted(weighed, key=lambda pair: -pair[0])]
