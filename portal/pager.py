"""The pages of something long, as links: the first, the last, and those around the one shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from index.query import Query
from portal.markup import NOTHING, Markup, tag, together
from portal.reader import Reader
from portal.urls import HITS_PER_PAGE, LAST_PAGE

AROUND = 2
"""Pages linked to on each side of the one shown."""


def pager(total: int, query: Query, reader: Reader) -> Markup:
    """Link to the other pages of `total` hits; empty if there is only one page."""
    _ = reader.texts.gettext
    last = min(-(-total // HITS_PER_PAGE), LAST_PAGE)
    current = query.offset // HITS_PER_PAGE + 1
    if last <= 1:
        return NOTHING

    def url(number: int) -> str:
        return reader.links.search(replace(query, offset=(number - 1) * HITS_PER_PAGE))

    links: list[Markup] = []
    if current > 1:
        links.append(
            tag("a", "‹ " + _("Previous"), href=url(current - 1), rel="prev", data_id="pager:previous")
        )
    links += number_links(current, last, url, reader)
    if current < last:
        links.append(tag("a", _("Next") + " ›", href=url(current + 1), rel="next", data_id="pager:next"))
    return tag("nav", together(links), css="pager", aria_label=_("Pages of results"))


def number_links(current: int, last: int, url: Callable[[int], str], reader: Reader) -> Iterator[Markup]:
    """Link to pages by their numbers, with a sign where some are left out."""
    _ = reader.texts.gettext
    shown_before = 0
    for number in shown_numbers(current, last):
        if number - shown_before > 1:
            yield tag("span", "…", aria_hidden="true")
        shown_before = number
        yield tag(
            "a",
            str(number),
            href=url(number),
            aria_label=_("Page {number}").format(number=number),
            aria_current="page" if number == current else None,
            data_id=f"pager:{number}",
        )


def shown_numbers(current: int, last: int) -> list[int]:
    """Choose the pages that are linked to, in order."""
    near = (number for number in range(current - AROUND, current + AROUND + 1) if 1 <= number <= last)
    return sorted({1, last, *near})
