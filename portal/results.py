"""A page of results: count, order, what else was searched, cards; or what to do when nothing was found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from index.explained import Explained
from index.query import Query, Sort
from index.results import Hit, ResultPage
from portal.also_searched import also_searched
from portal.cards import Shelf, hit_card
from portal.facets import chips, facet_column
from portal.markup import NOTHING, Markup, tag, together
from portal.pager import pager
from portal.reader import Reader
from portal.tips import named, tips
from portal.urls import asking


def results(
    page: ResultPage, query: Query, shelf: Shelf, reader: Reader, explained: Iterable[Explained] = ()
) -> Markup:
    """Show the answer to a query.

    Args:
        explained: translations of its words with where the archive has seen them.
    """
    if not page.hits:
        return _nothing(page, query, shelf, reader)
    count = _count(page, reader)
    heading = tag("h1", count, " ", _took(page, reader), css="count", tabindex="-1")
    found = (
        tag("div", heading, _sorts(query, reader), css="bar"),
        _message(page, reader),
        _relaxed(page, reader),
        _meant(page, query, reader),
        also_searched(page.expanded, query, reader, explained),
        chips(query, shelf, reader),
        _cards(page.hits, query, shelf, reader),
        pager(page.total, query, reader),
    )
    return tag(
        "div",
        facet_column(page.facets, query, shelf, reader),
        tag("div", *found, css="found"),
        css="results",
        data_announce=count,
    )


def _count(page: ResultPage, reader: Reader) -> str:
    if page.total == 0 and page.hits:
        return reader.texts.gettext("No document has all the words")
    return reader.texts.ngettext("{n} hit", "{n} hits", page.total)


def _took(page: ResultPage, reader: Reader) -> Markup:
    took = reader.texts.number(max(1, round(page.took_ms)))
    return tag("small", reader.texts.gettext("in {n} ms").format(n=took))


def _sorts(query: Query, reader: Reader) -> Markup:
    _ = reader.texts.gettext
    names = {Sort.RELEVANCE: _("Relevance"), Sort.NEWEST: _("Newest first"), Sort.TITLE: _("Title")}
    if query.sort is Sort.OLDEST:
        names[Sort.OLDEST] = _("Oldest first")
    links = together(
        tag(
            "a",
            name,
            href=reader.links.search(replace(query, sort=sort, offset=0)),
            aria_current="true" if sort is query.sort else None,
            data_keep=True,
            data_id=f"sort:{sort}",
        )
        for sort, name in names.items()
    )
    return tag("nav", links, css="sorts", aria_label=_("Order"))


def _message(page: ResultPage, reader: Reader) -> Markup:
    """Say what was not understood, in the reader's language where it is one of the usual things."""
    _ = reader.texts.gettext
    known = {
        "no_index": _("The search index is being built. Please try again in a moment."),
        "syntax": _("Part of the query was not understood; its words were searched."),
        "too_long": _("The query is very long; only its beginning was searched."),
        "patterns": _("Only the first words with wildcards, fuzzy spelling or nearness were searched."),
        "wildcard": _("Words with wildcards need two letters; others were left out."),
        "cut": _("Very many words fit the wildcard; only the most frequent were searched."),
    }
    message = known.get(page.message_code, page.message)
    return tag("p", message, css="message") if message else NOTHING


def _relaxed(page: ResultPage, reader: Reader) -> Markup:
    """Say what is shown where no document has all the words."""
    _ = reader.texts.gettext
    if page.total or not any(hit.match == "some" for hit in page.hits):
        return NOTHING
    said = (
        _("In no document: {words}.").format(words=", ".join(page.absent))
        if page.absent
        else _("The words occur, but not together.")
    )
    rule = _("Shown are documents with at least one of them, the best first; each says what it lacks.")
    return tag("p", said, " ", rule, css="message")


def _meant(page: ResultPage, query: Query, reader: Reader) -> Markup:
    """Link to what was perhaps meant, under the same filters."""
    if not page.did_you_mean:
        return NOTHING
    _ = reader.texts.gettext
    url = reader.links.search(asking(query, page.did_you_mean))
    link = tag("a", page.did_you_mean, href=url, css="plain", dir="auto", data_id="meant")
    return tag("p", _("Did you mean:"), " ", link, "?", css="message meant")


def _cards(hits: tuple[Hit, ...], query: Query, shelf: Shelf, reader: Reader) -> Markup:
    """Show the hits; where only some have all words, under a line that says so."""
    _ = reader.texts.gettext
    captions = {"all": _("All words occur"), "some": _("Only some of the words")}
    mixed = any(hit.match == "some" for hit in hits)
    shown: list[Markup] = []
    before = ""
    for hit in hits:
        if mixed and hit.match != before:
            shown.append(tag("p", tag("span", captions[hit.match]), css="caption"))
        before = hit.match
        shown.append(hit_card(hit, query, shelf, reader))
    return tag("div", together(shown), css="cards mixed" if mixed else "cards")


def _nothing(page: ResultPage, query: Query, shelf: Shelf, reader: Reader) -> Markup:
    _ = reader.texts.gettext
    said = _("Nothing found with these filters")
    if query.text:
        said = _("Nothing found for “{query}”").format(query=named(query.text))
    found = (
        tag("h1", said, css="count", tabindex="-1", dir="auto"),
        _message(page, reader),
        _meant(page, query, reader),
        also_searched(page.expanded, query, reader),
        chips(query, shelf, reader),
        tips(query, reader),
    )
    return tag(
        "div",
        facet_column(page.facets, query, shelf, reader),
        tag("div", *found, css="found nothing"),
        css="results",
        data_announce=said,
    )
