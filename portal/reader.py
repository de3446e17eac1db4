"""Who looks at a page: the language, links that keep it, today's date, and what may be shown."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from archive.access import Audience
from archive.model import Conference, Kind
from portal.texts import Texts, choose_language, texts_in
from portal.urls import Links, Parameters, first

_ROMAN = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


@dataclass(frozen=True)
class Reader:
    """A reader of the portal: anybody, or staff who see more than others."""

    texts: Texts
    links: Links
    today: dt.date
    audience: Audience = Audience.PUBLIC

    def kind(self, kind: str) -> str:
        """Name a kind of document."""
        _ = self.texts.gettext
        names = {
            Kind.PRESENTATION: _("Presentation"),
            Kind.PROGRAMME: _("Programme"),
            Kind.PAPER: _("Paper"),
            Kind.MINUTES: _("Minutes"),
            Kind.OTHER: _("Other document"),
        }
        return names.get(kind, kind)  # type: ignore[call-overload, no-any-return]

    def page(self, kind: Kind, number: int, label: str = "") -> str:
        """Name a page by its number, and what it is called in print: of a presentation it is a slide."""
        _ = self.texts.gettext
        message = _("Slide {number}") if kind is Kind.PRESENTATION else _("Page {number}")
        name = message.format(number=number)
        return f"{name} ({label})" if label else name

    def pages(self, kind: Kind) -> str:
        """Name the pages of a document before their numbers."""
        _ = self.texts.gettext
        return _("Slides") if kind is Kind.PRESENTATION else _("Pages")

    def conference(self, conference: Conference) -> str:
        """Name a conference in few words: „XIV. Krasnodar 2017“, else by its title."""
        place = self.texts.say(conference.place)
        if not place:
            return self.texts.say(conference.title) or conference.id
        name = f"{place} {conference.start.year}" if conference.start else place
        number = self.ordinal(conference)
        return f"{number} {name}" if number else name

    def place(self, conference: Conference) -> str:
        """Name a conference in fewer words, for where its days are told beside it: „XIV. Krasnodar“."""
        place = self.texts.say(conference.place)
        if not place:
            return self.texts.say(conference.title) or conference.id
        return f"{self.ordinal(conference)} {place}".strip()

    def ordinal(self, conference: Conference) -> str:
        """Write the number of a conference in its series in Roman figures; empty if it has none."""
        if not conference.number or not 0 < conference.number < 400:
            return ""
        left, figures = conference.number, ""
        for value, figure in _ROMAN:
            figures += figure * (left // value)
            left %= value
        return self.texts.gettext("{numeral}").format(numeral=figures)


def reader_of(
    parameters: Parameters, accept_language: str, today: dt.date, audience: Audience = Audience.PUBLIC
) -> Reader:
    """Make the reader that a request speaks of."""
    asked = first(parameters, "lang")
    language = choose_language(asked, accept_language)
    return Reader(texts_in(language), Links(asked if asked == language else ""), today, audience)
