"""Conferences: what the archive holds of each, the card of one, and the list of all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from archive.model import Agent, Conference, Document
from portal.cards import example_badge, language_badges
from portal.markup import NOTHING, Markup, link, tag, together
from portal.reader import Reader


@dataclass(frozen=True, slots=True)
class Holding:
    """What a reader may find of a conference: how many documents, in which languages."""

    conference: Conference
    document_count: int
    languages: tuple[str, ...]


def holding(conference: Conference, documents: Sequence[Document]) -> Holding:
    """Sum up the documents of a conference."""
    return Holding(conference, len(documents), languages_of(documents))


def languages_of(documents: Iterable[Document]) -> tuple[str, ...]:
    """Return the languages of some documents, those of most documents first."""
    counts: dict[str, int] = {}
    for document in documents:
        for language in document.languages:
            counts[language] = counts.get(language, 0) + 1
    return tuple(sorted(counts, key=lambda code: (-counts[code], code)))


def conference_card(held: Holding, reader: Reader, heading: str = "h3") -> Markup:
    """Show a conference as a card: number, city, days, how many documents, in which languages."""
    conference = held.conference
    ordinal, place = reader.ordinal(conference), reader.texts.say(conference.place)
    numeral = tag("span", ordinal, css="numeral", aria_hidden="true") if ordinal and place else NOTHING
    year = str(conference.start.year) if conference.start else ""
    name = " ".join(part for part in (place, year) if part) if place else reader.conference(conference)
    url = reader.links.conference(conference.id)
    count = reader.texts.ngettext("{n} document", "{n} documents", held.document_count)
    badges = language_badges(held.languages, reader)
    example = example_badge(reader) if conference.example else NOTHING
    return tag(
        "article",
        numeral,
        tag(
            "div",
            tag(heading, tag("a", name, href=url, data_id=f"conference:{conference.id}")),
            tag("p", reader.texts.dates(conference.start, conference.end), css="days"),
            tag("p", count, css="count"),
            tag("p", badges, example, css="badges"),
        ),
        css="conference",
    )


def conference_list(holdings: Sequence[Holding], reader: Reader) -> Markup:
    """Show all conferences, as the page that leads to them."""
    _ = reader.texts.gettext
    cards = together(conference_card(held, reader, "h2") for held in holdings)
    return tag(
        "div",
        tag("h1", _("Conferences"), tabindex="-1"),
        tag("p", _("What was shown and said, by conference and panel."), css="lead"),
        tag("div", cards, css="conferences")
        if cards
        else tag("p", _("There is no conference in this archive yet.")),
        css="browse",
    )


def agents(people: Iterable[Agent], reader: Reader) -> Markup:
    """List people or bodies, with links to their web pages."""
    items = []
    for agent in people:
        name, language = reader.texts.pick(agent.name)
        items.append(tag("li", link(agent.url or "", name, lang=language)))
    return tag("ul", together(items), css="agents")
