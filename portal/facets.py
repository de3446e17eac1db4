"""Facets beside the results, and the chips of those chosen. Every value is a link that toggles it."""

from __future__ import annotations

from index.query import Query
from index.results import Bucket, Facet
from portal.cards import Shelf
from portal.markup import NOTHING, Markup, tag, together
from portal.reader import Reader
from portal.urls import FILTERS, toggled, unfiltered, values_of

MANY = 8
"""A facet with more values than this gets a field to filter them and scrolls in itself."""

MOST_SHOWN = 100
"""So many values of a facet are shown, the most frequent."""

_ONLY_TO_CHOOSE = frozenset(("series", "format", "creator"))
"""A single value of these tells nothing."""


def facet_column(facets: tuple[Facet, ...], query: Query, shelf: Shelf, reader: Reader) -> Markup:
    """Show all facets; on narrow screens they fold into one button with the number of filters set."""
    label = reader.texts.gettext("Filter")
    found = {facet.field: facet.buckets for facet in facets}
    shown = ((field, _with_chosen(found.get(field, ()), field, query)) for field in FILTERS)
    groups = together(
        _group(field, buckets[:MOST_SHOWN], query, shelf, reader)
        for field, buckets in shown
        if len(buckets) > (field in _ONLY_TO_CHOOSE and not values_of(query, field))
    )
    if not groups:
        return NOTHING
    chosen = sum(len(values_of(query, field)) for field in FILTERS)
    summary = tag("summary", f"{label} ({chosen})" if chosen else label)
    return tag(
        "details", summary, tag("div", groups, role="group", aria_label=label), css="facets", data_id="facets"
    )


def chips(query: Query, shelf: Shelf, reader: Reader) -> Markup:
    """Show every filter set as a chip that removes it; empty if there is none."""
    chosen = [(field, value) for field in FILTERS for value in values_of(query, field)]
    if not chosen:
        return NOTHING
    remove_all = tag(
        "a",
        reader.texts.gettext("Remove all filters"),
        css="plain",
        href=reader.links.search(unfiltered(query)),
        data_keep=True,
        data_id="chips:none",
    )
    shown = (_chip(field, value, query, shelf, reader) for field, value in chosen)
    return tag("p", together(shown), remove_all, css="chips")


def facet_name(field: str, reader: Reader) -> str:
    """Name a field that filters."""
    _ = reader.texts.gettext
    names = {
        "language": _("Language"),
        "conference": _("Conference"),
        "kind": _("Kind"),
        "panel": _("Panel"),
        "year": _("Year"),
        "series": _("Series"),
        "format": _("Format"),
        "creator": _("Creator"),
    }
    return names[field]


def value_name(field: str, value: str, shelf: Shelf, reader: Reader) -> str:
    """Name a value of a field as people know it."""
    if field == "language":
        return reader.texts.language_name(value)
    if field == "kind":
        return reader.kind(value)
    if field == "panel":
        return shelf.panel(value, reader) or value
    if field == "series":
        return shelf.series(value, reader) or value
    if field == "format":
        return value.upper()
    if field == "conference" and value in shelf.conferences:
        return reader.conference(shelf.conferences[value])
    return value


def _with_chosen(found: tuple[Bucket, ...], field: str, query: Query) -> tuple[Bucket, ...]:
    """Return the values to show: a chosen one that finds nothing stays, so that it can be taken away."""
    known = {bucket.value for bucket in found}
    missing = tuple(Bucket(value, 0) for value in values_of(query, field) if value not in known)
    if field == "year":
        return tuple(sorted((*found, *missing), key=lambda bucket: bucket.value, reverse=True))
    return (*found, *missing)


def _group(field: str, buckets: tuple[Bucket, ...], query: Query, shelf: Shelf, reader: Reader) -> Markup:
    name = facet_name(field, reader)
    values = together(_value(field, bucket, query, shelf, reader) for bucket in buckets)
    finder = NOTHING
    if len(buckets) > MANY:
        label = reader.texts.gettext("Find in “{facet}”").format(facet=name)
        finder = tag(
            "input", css="finder", type="search", placeholder=label, aria_label=label, data_id=f"find:{field}"
        )
    return tag(
        "section",
        tag("h2", name, id=f"facet-{field}"),
        finder,
        tag("ul", values, aria_labelledby=f"facet-{field}", data_scroll=field),
        css="facet many" if finder else "facet",
    )


def _value(field: str, bucket: Bucket, query: Query, shelf: Shelf, reader: Reader) -> Markup:
    toggle = tag(
        "a",
        tag("span", css="box", aria_hidden="true"),
        tag("span", value_name(field, bucket.value, shelf, reader), css="value"),
        " ",
        tag("span", reader.texts.number(bucket.documents), css="count"),
        role="checkbox",
        aria_checked="true" if bucket.value in values_of(query, field) else "false",
        href=reader.links.search(toggled(query, field, bucket.value)),
        data_keep=True,
        data_id=f"{field}:{bucket.value}",
    )
    return tag("li", toggle)


def _chip(field: str, value: str, query: Query, shelf: Shelf, reader: Reader) -> Markup:
    label = f"{facet_name(field, reader)}: {value_name(field, value, shelf, reader)}"
    return tag(
        "a",
        label,
        " ",
        tag("span", "×", aria_hidden="true"),
        css="chip",
        href=reader.links.search(toggled(query, field, value)),
        aria_label=reader.texts.gettext("{filter} – remove this filter").format(filter=label),
        data_keep=True,
        data_id=f"chip:{field}:{value}",
    )
