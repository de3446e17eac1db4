"""The words of a manifest in German, Russian and English: columns, kinds, languages, access, dates."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from archive.model import Access, Kind

K = TypeVar("K")


class Column(StrEnum):
    """What a column says."""

    PATH = "path"
    CONFERENCE = "conference"
    PANEL = "panel"
    TITLE = "title"
    CREATORS = "creators"
    KIND = "kind"
    LANGUAGE = "language"
    DATE = "date"
    RIGHTS = "rights"
    ACCESS = "access"
    EMBARGO = "embargo"
    TRANSLATION_OF = "translation_of"


def folded(text: str) -> str:
    """Return a word as the tables below have it: without case, and with spaces only."""
    return " ".join(re.sub(r"[\s_:*-]+", " ", text.casefold()).split()).replace("ё", "е")


_COLUMN_WORDS = {
    Column.PATH: "path|file|file name|filename|pfad|datei|dateiname|dateipfad|"
    "путь|файл|имя файла|путь к файлу",
    Column.CONFERENCE: "conference|konferenz|tagung|veranstaltung|конференция|мероприятие",
    Column.PANEL: "panel|session|section|workshop|working group|sitzung|sektion|arbeitsgruppe|ag|панель|"
    "секция|сессия|панельная дискуссия|рабочая группа",
    Column.TITLE: "title|titel|überschrift|heading|название|заголовок|заглавие|наименование",
    Column.CREATORS: "creators|creator|author|authors|speaker|speakers|autor|autoren|autorinnen|verfasser|"
    "urheber|referent|referenten|referentin|vortragende|автор|авторы|докладчик|докладчики|создатель|создатели",
    Column.KIND: "kind|type|art|typ|dokumentart|dokumenttyp|вид|тип|вид документа|тип документа",
    Column.LANGUAGE: "language|languages|sprache|sprachen|язык|языки",
    Column.DATE: "date|datum|tag|дата",
    Column.RIGHTS: "rights|licence|license|rechte|lizenz|nutzungsrechte|права|лицензия",
    Column.ACCESS: "access|zugang|zugriff|sichtbarkeit|доступ|видимость",
    Column.EMBARGO: "embargo|embargo until|embargoed until|sperrfrist|gesperrt bis|öffentlich ab|эмбарго|"
    "эмбарго до|открыть с",
    Column.TRANSLATION_OF: "translation of|übersetzung von|original|перевод|перевод с|перевод файла|оригинал",
}
_KIND_WORDS = {
    Kind.PRESENTATION: "presentation|slides|talk|präsentation|vortrag|folien|презентация|доклад|слайды",
    Kind.PROGRAMME: "programme|program|agenda|programm|tagesordnung|программа|повестка|повестка дня",
    Kind.PAPER: "paper|article|beitrag|aufsatz|artikel|papier|статья|тезисы",
    Kind.MINUTES: "minutes|protokoll|niederschrift|протокол|стенограмма",
    Kind.OTHER: "other|sonstiges|andere|anderes|другое|прочее|иное",
}
_LANGUAGE_WORDS = {
    "de": "de|deu|ger|german|deutsch|немецкий|нем",
    "ru": "ru|rus|russian|russisch|русский|рус",
    "en": "en|eng|english|englisch|английский|англ",
    "": "und|unknown|unbekannt|неизвестно|неизвестен",
    "other": "other|andere|другой",
}
_ACCESS_WORDS = {
    Access.PUBLIC: "public|open|öffentlich|offen|открытый|открыто|публичный|общий|для всех",
    Access.STAFF: "staff|internal|intern|mitarbeiter|nur intern|закрытый|закрыто|сотрудники|внутренний|"
    "только сотрудники|для сотрудников",
}


def _inverted(words: Mapping[K, str]) -> dict[str, K]:
    return {word: key for key, line in words.items() for word in line.split("|")}


COLUMNS = _inverted(_COLUMN_WORDS)
"""What a column is, by its name, `folded`."""
_KINDS = _inverted(_KIND_WORDS)
_LANGUAGES = _inverted(_LANGUAGE_WORDS)
_ACCESS = _inverted(_ACCESS_WORDS)

_OTHER_LANGUAGE = re.compile(r"[a-z]{2,3}(?:[ -][a-z0-9]{2,8})*")
_DAY = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4}|\d{2})", re.ASCII)
_LAST_SHORT_YEAR = 69
"""29.6.69 is a day of 2069, 29.6.70 one of 1970."""
_UNTIL = re.compile(r"^(?:until|from|embargo(?: until| bis)?|bis|ab|до|с)\s+", re.IGNORECASE)


def kind_of(text: str) -> Kind | None:
    """Read a kind; None where there is none of that name."""
    return _KINDS.get(folded(text))


def languages_of(text: str) -> tuple[tuple[str, ...], str]:
    """Read languages.

    Returns:
        Their codes, a language that the archive is not made for as "other"; and the first that is none.
    """
    codes: list[str] = []
    for part in filter(None, (folded(part) for part in re.split(r"[,;/+&|\n]", text))):
        code = _LANGUAGES.get(part)
        if code is None:
            code = _LANGUAGES.get(part.split(" ")[0])
        if code is None and _OTHER_LANGUAGE.fullmatch(part):
            code = "other"
        if code is None:
            return (), part
        if code and code not in codes:
            codes.append(code)
    return tuple(codes), ""


def day_of(text: str) -> dt.date | None:
    """Read a day, 2017-06-28, 28.06.2017 or 28.6.17; None where it is none."""
    try:
        if found := _DAY.fullmatch(text.strip()):
            return dt.date(_year(found[3]), int(found[2]), int(found[1]))
        return dt.date.fromisoformat(text.strip()[:10]) if _is_iso(text.strip()) else None
    except ValueError:
        return None


def _year(figures: str) -> int:
    year = int(figures)
    if len(figures) > 2:
        return year
    return year + (2000 if year <= _LAST_SHORT_YEAR else 1900)


def _is_iso(text: str) -> bool:
    return bool(re.fullmatch(r"\d{4}-\d{2}-\d{2}(?:[T ]00:00(?::00)?)?", text, re.ASCII))


def access_of(text: str) -> tuple[Access | None, dt.date | None]:
    """Read who may see a file, and from which day on everybody may."""
    if (access := _ACCESS.get(folded(text))) is not None:
        return access, None
    until = embargo_of(text)
    return (Access.EMBARGOED, until) if until else (None, None)


def embargo_of(text: str) -> dt.date | None:
    """Read the day until which a file is kept from the public; None where there is none."""
    return day_of(_UNTIL.sub("", text.strip()))


def names_of(text: str) -> tuple[str, ...]:
    """Part names by semicolons or line breaks: a comma may stand inside a name."""
    names = (" ".join(name.split()) for name in re.split(r"[;\n|]", text))
    return tuple(dict.fromkeys(name for name in names if name))
