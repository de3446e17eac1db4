"""Pages that need no JavaScript: the frame that landing pages and the page of a wrong address share."""

from __future__ import annotations

from portal.markup import NOTHING, Markup, tag, together
from portal.reader import Reader
from portal.theme import head_links


def plain_page(
    content: Markup, title: str, reader: Reader, *, head: Markup = NOTHING, langs: Markup = NOTHING
) -> str:
    """Make a whole HTML page in the reader's language.

    Args:
        head: more for its head, such as meta tags.
        langs: links to the same page in the other languages.
    """
    _ = reader.texts.gettext
    name = tag("span", _("Conference Archive"), css="title")
    subtitle = tag("span", _("German-Russian Conferences of Partner Cities"), css="subtitle")
    banner = tag(
        "header",
        tag(
            "a",
            tag("span", css="mark", aria_hidden="true"),
            tag("span", name, " ", subtitle, css="words"),
            css="name",
            href=reader.links.start(),
        ),
        tag(
            "nav",
            tag("a", _("Search"), href=reader.links.start()),
            tag("a", _("Conferences"), href=reader.links.conferences()),
            css="links",
            aria_label=_("Main pages"),
        ),
        langs,
        css="head",
    )
    heads = (
        tag("meta", charset="utf-8"),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("title", title),
        head_links(),
        head,
    )
    body = tag("div", banner, tag("main", content), css="plain-page")
    page = tag("html", tag("head", together(heads)), tag("body", body), lang=reader.texts.language)
    return f"<!DOCTYPE html>\n{page}\n"
