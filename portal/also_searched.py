"""What else is searched: switches, each form a link that leaves it out, and the rest in a fold.

The switches come first and all of them always, so that none moves under the pointer that has changed it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import islice, zip_longest

from index.explained import Explained
from index.query import Query, Wishes
from index.results import Alternative, Expansion
from index.tree import Reason
from portal.markup import NOTHING, Markup, lang, tag, together
from portal.reader import Reader
from portal.reason_names import reason_heading, reason_name
from portal.seen_translated import seen_translated
from portal.urls import wishing, without

TOLD = 8
"""So many forms are shown at once."""

LEAST_TOLD = 0.2
"""What weighs less is told in the fold. Words that share a meaning (district heating) weigh less each."""

UNFOLDED_WORDS = 12
"""Of so many words of a query the fold tells the forms."""

_TOLD_FIRST = (Reason.TRANSLATION, Reason.SCRIPT, Reason.LAYOUT)
"""What a reader may not expect; forms and spellings of the word itself are told in the fold."""


def also_searched(
    expanded: tuple[Expansion, ...], query: Query, reader: Reader, explained: Iterable[Explained] = ()
) -> Markup:
    """Show what else was searched for the words of a query, what was left out, and the switches.

    Args:
        explained: translations with where the archive has seen them.
    """
    if not query.text:
        return NOTHING
    told = _told(expanded)
    parts = (
        _switches(query, reader),
        _line(told, query, reader),
        _left_out(query, reader),
        _fold(expanded, {other.form for _, other in told}, query, reader),
        seen_translated(explained, frozenset(other.form.casefold() for _, other in told), reader),
    )
    label = reader.texts.gettext("What is searched")
    return tag("div", *parts, css="also", role="group", aria_label=label)


def _told(expanded: tuple[Expansion, ...]) -> list[tuple[str, Alternative]]:
    """Return what is shown at once, with its word: the weightiest of each word in turn, each form once.

    A part of a compound that is told (fern, of Fernwärme) is told in the fold.
    """
    columns = [
        [
            (word.word, other)
            for other in word.alternatives
            if other.reason in _TOLD_FIRST and other.weight >= LEAST_TOLD
        ]
        for word in expanded
    ]
    in_turn = (each for row in zip_longest(*columns) for each in row if each is not None)
    by_form: dict[str, tuple[str, Alternative]] = {}
    for word, other in in_turn:
        by_form.setdefault(other.form, (word, other))
    wholes = {(other.language, other.form.casefold()) for _, other in by_form.values()}
    told = (pair for pair in by_form.values() if not _is_part(pair[1], wholes))
    return list(islice(told, TOLD))


def _is_part(other: Alternative, wholes: set[tuple[str, str]]) -> bool:
    form = other.form.casefold()
    return any(language == other.language and form != whole and form in whole for language, whole in wholes)


def _line(told: list[tuple[str, Alternative]], query: Query, reader: Reader) -> Markup:
    if not told:
        return NOTHING
    links = together((_leave_out(word, other, query, reader) for word, other in told), ", ")
    return tag("p", reader.texts.gettext("Also searched:"), " ", links, css="wordings")


def _leave_out(word: str, other: Alternative, query: Query, reader: Reader) -> Markup:
    _ = reader.texts.gettext
    why = f"{word}: {reason_name(other.reason, other.language, reader)}"
    return tag(
        "a",
        other.form,
        tag("span", "\N{NO-BREAK SPACE}×", aria_hidden="true"),
        css="wording",
        href=reader.links.search(without(query, other.form)),
        lang=lang(other.language),
        title=why,
        aria_label=_("{form} – search without it").format(form=f"{other.form} ({why})"),
        data_keep=True,
        data_id=f"form:{other.form}",
    )


def _left_out(query: Query, reader: Reader) -> Markup:
    """Show the forms that are not searched, to be taken back."""
    _ = reader.texts.gettext
    links = together(
        (
            tag(
                "a",
                tag("s", form),
                css="wording",
                href=reader.links.search(without(query, form)),
                aria_label=_("{form} – search it again").format(form=form),
                data_keep=True,
                data_id=f"form:{form}",
            )
            for form in query.wishes.without
        ),
        ", ",
    )
    return tag("p", _("Not searched:"), " ", links, css="wordings") if links else NOTHING


def _switches(query: Query, reader: Reader) -> Markup:
    _ = reader.texts.gettext
    wishes = query.wishes
    translated = replace(wishes, translate=not wishes.translate)
    named = replace(wishes, names=not wishes.names)
    exact = replace(wishes, exact=not wishes.exact)
    shown = (
        _switch("translate", _("Translations"), translated, query, reader),
        _switch("names", _("Names in other scripts"), named, query, reader),
        _switch("exact", _("Only as typed"), exact, query, reader),
    )
    return tag("p", together(shown), css="switches")


def _switch(name: str, label: str, changed: Wishes, query: Query, reader: Reader) -> Markup:
    """Show a switch; where only what was typed is searched, the others are off and cannot be changed."""
    box = tag("span", css="box", aria_hidden="true")
    if query.wishes.exact and name != "exact":
        return tag("span", box, label, css="off", role="checkbox", aria_checked="false", aria_disabled="true")
    return tag(
        "a",
        box,
        label,
        role="checkbox",
        aria_checked="true" if getattr(query.wishes, name) else "false",
        href=reader.links.search(wishing(query, changed)),
        data_keep=True,
        data_id=f"wish:{name}",
    )


def _fold(expanded: tuple[Expansion, ...], told: set[str], query: Query, reader: Reader) -> Markup:
    """Show what is not told at once: word by word, reason by reason."""
    rows: list[Markup] = []
    count = 0
    for word in expanded[:UNFOLDED_WORDS]:
        others = [other for other in word.alternatives if other.form not in told]
        count += len(others)
        if others:
            rows += [tag("dt", word.word), tag("dd", together(_groups(word.word, others, query, reader)))]
    if not rows:
        return NOTHING
    said = reader.texts.ngettext("{n} more form", "{n} more forms", count)
    return tag("details", tag("summary", said), tag("dl", *rows), css="more-forms", data_fold="more-forms")


def _groups(word: str, others: list[Alternative], query: Query, reader: Reader) -> Iterable[Markup]:
    for reason in reversed(Reason):
        links = together(
            (_leave_out(word, other, query, reader) for other in others if other.reason == reason), ", "
        )
        if links:
            heading = tag("span", reason_heading(reason, reader), css="label")
            yield tag("p", heading, " ", links, css="wordings")
