"""Make a conference of the little that is known when its files are about to come."""

from __future__ import annotations

import datetime as dt

from archive.errors import NotFoundError
from archive.identifiers import SLUG_LENGTH, slug
from archive.model import Conference, Translations
from archive.repository import Archive

_LONGEST_WORDS = SLUG_LENGTH - len("2017--999")


def new_conference(
    archive: Archive,
    title: Translations,
    *,
    place: Translations | None = None,
    start: dt.date | None = None,
    year: str = "",
    by: str = "",
) -> Conference:
    """Keep a new conference and return it; one of the same title, place and start is returned as it is.

    Its identifier is made of the year and the place, or the title: `2017-krasnodar`.

    Args:
        year: four digits, where the day of the start is not known.
    """
    place = place or {}
    for known in archive.conferences():
        if (known.title, known.place, known.start) == (title, place, start):
            return known
    when = f"{start.year:04}" if start else year
    words = slug(next(iter((place or title).values())))[:_LONGEST_WORDS].strip("-")
    wanted = f"{when}-{words}" if when else words
    identifier, number = wanted, 1
    while _is_there(archive, identifier):
        number += 1
        identifier = f"{wanted}-{number}"
    conference = Conference(identifier, title, start=start, place=place)
    archive.save_conference(conference, message="Conference added", by=by)
    return conference


def _is_there(archive: Archive, identifier: str) -> bool:
    try:
        archive.conference(identifier)
    except NotFoundError:
        return False
    return True
