"""The head of every page: mark, name, links, and the switch of languages."""

from __future__ import annotations

from archive.accounts import Role
from portal.identity import ANYBODY, Visitor
from portal.markup import Markup, tag, together
from portal.reader import Reader
from portal.texts import LANGUAGES, texts_in
from portal.urls import (
    CHECK,
    CONFERENCES,
    MANAGE,
    RECORD,
    SEARCH,
    STATUS,
    UPLOAD,
    Parameters,
    page_url,
    switch_url,
)


def header(reader: Reader, path: str, parameters: Parameters, visitor: Visitor = ANYBODY) -> Markup:
    """Show the head of the page at this path, with links to the same page in the other languages."""
    _ = reader.texts.gettext
    name = tag("span", _("Conference Archive"), css="title")
    subtitle = tag("span", _("German-Russian Conferences of Partner Cities"), css="subtitle")
    pages = [
        _page(_("Search"), reader.links.start(), path == SEARCH),
        _page(_("Conferences"), reader.links.conferences(), path == CONFERENCES),
    ]
    if visitor.may(Role.STAFF):
        pages += [
            _page(_("Upload"), reader.links.upload(), path == UPLOAD),
            _page(_("Check drafts"), reader.links.check(), path == CHECK),
            _page(_("Manage"), reader.links.manage(), path in (MANAGE, RECORD)),
            _page(_("Status"), reader.links.page(STATUS), path == STATUS),
        ]
    switches = [_switch(reader, path, parameters, language) for language in LANGUAGES]
    return tag(
        "div",
        tag(
            "a",
            tag("span", css="mark", aria_hidden="true"),
            tag("span", name, " ", subtitle, css="words"),
            css="name",
            href=reader.links.start(),
        ),
        tag("nav", together(pages), css="links", aria_label=_("Main pages")),
        tag("nav", together(switches), css="langs", aria_label=_("Language of the pages")),
        css="head",
        data_address=page_url(path, parameters),
    )


def _page(name: str, url: str, current: bool) -> Markup:
    return tag("a", name, href=url, aria_current="page" if current else None, data_id=f"nav:{url}")


def _switch(reader: Reader, path: str, parameters: Parameters, language: str) -> Markup:
    code = language.upper()
    return tag(
        "a",
        code,
        href=switch_url(path, parameters, language),
        lang=language,
        hreflang=language,
        aria_label=f"{code} – {texts_in(language).language_name(language)}",
        aria_current="true" if language == reader.texts.language else None,
        data_load=True,
    )
