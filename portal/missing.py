"""What a reader sees where there is nothing: the same for a wrong address and for what must not be read."""

from __future__ import annotations

from portal.markup import Markup, tag, together
from portal.reader import Reader


def missing(reader: Reader) -> Markup:
    """Say that nothing is here, and lead on."""
    _ = reader.texts.gettext
    ways = (
        tag("a", _("Search the archive"), href=reader.links.start(), css="button"),
        tag("a", _("Browse the conferences"), href=reader.links.conferences(), css="button"),
    )
    return tag(
        "div",
        tag("p", "404", css="numeral", aria_hidden="true"),
        tag("h1", _("There is nothing at this address"), tabindex="-1"),
        tag("p", _("It may be mistyped, or what was here is no longer public."), css="lead"),
        tag("p", together(ways), css="buttons"),
        css="missing",
    )
