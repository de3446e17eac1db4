"""Title, creators and date from a file's properties, where they are sane.

Properties are filled in by programs as often as by people: names of templates, of files, of the computer, and
the address that somebody signs in with. An e-mail address or a phone number is part of no title and no name.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence

from archive.contacts import count_contacts
from ingest.dates import dates_in_name
from ingest.extraction import PageText
from ingest.layers.mending import mend_line

_EMPTY_TITLE = re.compile(
    r"((powerpoint[- ]?)?(präsentation|presentation)|презентация( powerpoint)?"
    r"|untitled.*|unbenannt.*|без имени.*|(folie|slide|slajd|слайд|document|dokument|документ)\s*\d*"
    r"|(microsoft (word|powerpoint|excel) - )?\S+\.(docx?|pptx?|xlsx?|od[tps]|pdf|rtf|tex|dvi|indd|qxd)"
    r"|(powerpoint|word)-?(vorlage|template).*|(titel|title|заголовок).{0,12}|\[.*\]"
    r"|inhalt(sverzeichnis)?|(table of )?contents|содержание|оглавление|\W*|[\d\W]+)",
    re.IGNORECASE,
)
_PROGRAM_PREFIX = re.compile(r"^microsoft (word|powerpoint|excel) - ", re.IGNORECASE)
_NO_CREATOR = re.compile(
    r"(microsoft|ms)?[- ]?(office|windows)?[- ]?(user|benutzer|anwender|пользователь)"
    r"|пользователь (windows|microsoft office)|admin(istrator)?|администратор|unknown|unbekannt|неизвестн\w+"
    r"|author|autor|автор|python-(docx|pptx)|openpyxl|steve canny|owner|besitzer|home|pc|user\d*|root"
    r"|\W*|[\d\W]+",
    re.IGNORECASE,
)
TITLE_CHARACTERS = 300
"""What is longer is no title."""

_FIRST_PAGES = 3
_DATE_CHARACTERS = 40


def sane_title(title: str) -> str:
    """Return the title on one line, or "" where nobody wrote it as a title."""
    line = _PROGRAM_PREFIX.sub("", mend_line(" ".join(title.split())))
    if len(line) > TITLE_CHARACTERS or _EMPTY_TITLE.fullmatch(line) or _is_garbled(line):
        return ""
    return "" if count_contacts(line) else line


def choose_title(title: str, pages: Sequence[PageText]) -> str:
    """Choose between the title in the properties and that of the first page that has one.

    Properties outlive the file they were written for: one that the first pages do not show is believed only
    where no page has a title. Pages that are hidden give none.
    """
    proposed = sane_title(title)
    first = [page for page in pages if not page.hidden][:_FIRST_PAGES]
    shown = " ".join(page.text for page in first).casefold()
    words = re.findall(r"\w{3,}", proposed.casefold())
    on_page = next((found for page in first if (found := sane_title(page.title))), "")
    if words and sum(word in shown for word in words) >= len(words) * 0.6:
        return proposed
    return on_page or proposed


def sane_creators(creators: str) -> tuple[str, ...]:
    """Return the people named in a creator property, in order."""
    names = (mend_line(" ".join(name.split())) for name in re.split(r"[;|]", creators))
    return tuple(
        dict.fromkeys(
            name
            for name in names
            if len(name) < 200
            and not _NO_CREATOR.fullmatch(name)
            and not _is_garbled(name)
            and not count_contacts(name)
        )
    )


def sane_date(values: Iterable[str]) -> dt.date | None:
    """Return the day in the first value that has one, written as people or programs do: 2017-06-28T09:00Z."""
    found = (dated.date for value in values for dated in dates_in_name(value[:_DATE_CHARACTERS]))
    return next(found, None)


def _is_garbled(line: str) -> bool:
    """Say whether a line is Cyrillic read in a western code page, or has characters without meaning."""
    letters = [character for character in line if character.isalpha()]
    western = sum(1 for character in letters if "\xc0" <= character <= "\xff")
    return western > len(letters) * 0.5 or any(
        character == "\ufffd" or "\ue000" <= character <= "\uf8ff" or (ord(character) < 32)
        for character in line
    )
