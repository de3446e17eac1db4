"""What to do where nothing was found: only what may help this query, as links wherever a click does it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from index.query import Query
from portal.markup import Markup, tag, together
from portal.reader import Reader
from portal.urls import asking, is_filtered, unfiltered, wishing

QUOTES = '"“”„‟«»″＂'
"""Marks of a phrase."""


def tips(query: Query, reader: Reader) -> Markup:
    """List what to do. Words that stand together in no document are shown apart: fewer words help nothing."""
    return tag("ul", together(tag("li", tip) for tip in _tips(query, reader)), css="tips")


def named(text: str) -> str:
    """Return a query as it stands within quotation marks: without its own, if it is one phrase."""
    inner = text[1:-1]
    is_phrase = text[:1] in QUOTES and text[-1:] in QUOTES and not any(mark in inner for mark in QUOTES)
    return inner if inner and is_phrase else text


def _tips(query: Query, reader: Reader) -> Iterator[str | Markup]:
    _ = reader.texts.gettext
    if is_filtered(query):
        yield _link("unfiltered", _("Search without the filters"), reader.links.search(unfiltered(query)))
    if query.text:
        yield from _wider(query, reader)
        yield _("Check the spelling, or try a shorter word or another.")
        looked_up = reader.links.thesaurus(q=query.text)
        yield _link("thesaurus", _("Look it up in the thesaurus"), looked_up)
    yield _link("browse", _("Browse the conferences"), reader.links.conferences())


def _wider(query: Query, reader: Reader) -> Iterator[Markup]:
    """Link to what the query has excluded itself."""
    _ = reader.texts.gettext
    wishes = query.wishes
    if any(mark in query.text for mark in QUOTES):
        words = query.text.translate(dict.fromkeys(map(ord, QUOTES), " ")).split()
        url = reader.links.search(asking(query, " ".join(words)))
        yield _link("apart", _("Search for the words apart, without quotation marks"), url)
    if wishes.exact:
        all_forms = wishing(query, replace(wishes, exact=False))
        yield _link("forms", _("Search for all forms of the words"), reader.links.search(all_forms))
    elif not wishes.translate:
        translated = wishing(query, replace(wishes, translate=True))
        yield _link("translations", _("Search for translations, too"), reader.links.search(translated))


def _link(name: str, words: str, url: str) -> Markup:
    return tag("a", words, href=url, data_id=f"tip:{name}")
