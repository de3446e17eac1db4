"""The start page: what this is, words to try, the conferences, and what is new."""

from __future__ import annotations

from collections.abc import Sequence

from archive.model import Document
from index.query import Query
from portal.cards import Shelf, small_card
from portal.conferences import Holding, conference_card
from portal.markup import NOTHING, Markup, tag, together
from portal.reader import Reader

EXAMPLES = {
    "de": ("Energieeffizienz", "Fernwärme", "Städtepartnerschaft", "Bürgerbeteiligung"),
    "ru": ("энергоэффективность", "теплоснабжение", "города-партнёры", "участие граждан"),
    "en": ("energy efficiency", "district heating", "town twinning", "citizen participation"),
}
"""Queries to begin with, by language of the interface."""

CONFERENCES_SHOWN, NEWEST_SHOWN = 8, 6


def hero(reader: Reader) -> Markup:
    """Show what this is, above the search field."""
    _ = reader.texts.gettext
    lead = _(
        "Search in one language; find presentations, programmes and papers in German, Russian and English, "
        "down to the slide."
    )
    title = _("Slides and papers of the partner city conferences, in full text")
    return tag("div", tag("h1", title, tabindex="-1"), tag("p", lead, css="lead"), css="hero")


def start(holdings: Sequence[Holding], newest: Sequence[Document], shelf: Shelf, reader: Reader) -> Markup:
    """Show what is below the search field."""
    _ = reader.texts.gettext
    examples = (
        tag("a", words, css="plain", href=reader.links.search(Query(text=words)), data_id=f"try:{words}")
        for words in EXAMPLES[reader.texts.language]
    )
    parts = [tag("p", tag("span", _("For example")), together(examples), css="tries")]
    if holdings:
        cards = together(conference_card(holding, reader) for holding in holdings[:CONFERENCES_SHOWN])
        parts += [tag("h2", _("Conferences")), tag("div", cards, css="conferences"), _more(holdings, reader)]
    if newest:
        small = together(small_card(document, shelf, reader) for document in newest)
        parts += [tag("h2", _("New in the archive")), tag("div", small, css="newest")]
    return tag("div", *parts, css="start")


def _more(holdings: Sequence[Holding], reader: Reader) -> Markup:
    if len(holdings) <= CONFERENCES_SHOWN:
        return NOTHING
    name = reader.texts.gettext("All conferences")
    return tag("p", tag("a", name, css="plain", href=reader.links.conferences()))
