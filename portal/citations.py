"""How to cite a document: one sentence of plain text that ends in an address that stays."""

from __future__ import annotations

from archive.model import Conference, Document
from portal.reader import Reader
from portal.urls import landing_url


def citation(document: Document, conference: Conference | None, reader: Reader, base_url: str) -> str:
    """Cite the current version: „Creators (year): Title. Kind, conference, days. Archive, address“."""
    _ = reader.texts.gettext
    day = document.date or (conference.start if conference else None)
    year = f" ({day.year})" if day else ""
    creators = "; ".join(document.creators)
    lead = f"{creators}{year}: " if creators else ""
    title = document.title if creators else f"{document.title}{year}"
    where = [reader.kind(document.kind)]
    if conference is not None:
        days = reader.texts.dates(conference.start, conference.end)
        where += [reader.texts.say(conference.title), reader.texts.say(conference.place), days]
    version = _("version {number}").format(number=document.current.number)
    example = " [" + _("Example") + "]" if document.example else ""
    archive = _("Conference Archive")
    return (
        f"{lead}{_sentence(title)}{example} {_sentence(', '.join(part for part in where if part))} "
        f"{archive}, {version}, {base_url}{landing_url(document.id)}"
    )


def _sentence(words: str) -> str:
    return words if words.endswith((".", "?", "!")) else words + "."
