"""The head of every page: mark, name, links, who is signed in, and the switch of languages."""

from __future__ import annotations

from archive.accounts import Role
from portal.guard import sign_in_url
from portal.identity import ANYBODY, TOKEN_FIELD, Visitor
from portal.markup import Markup, tag, together
from portal.reader import Reader
from portal.texts import LANGUAGES, texts_in
from portal.urls import (
    ACCOUNT,
    CHECK,
    CONFERENCES,
    MANAGE,
    PEOPLE,
    RECORD,
    SEARCH,
    SIGN_OUT,
    STATUS,
    THESAURUS,
    TRANSLATIONS,
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
        _page(_("Thesaurus"), reader.links.page(THESAURUS), path == THESAURUS),
    ]
    if visitor.may(Role.STAFF):
        pages += [
            _page(_("Upload"), reader.links.upload(), path == UPLOAD),
            _page(_("Check drafts"), reader.links.check(), path == CHECK),
            _page(_("Manage"), reader.links.manage(), path in (MANAGE, RECORD)),
            _page(_("Translations"), reader.links.page(TRANSLATIONS), path == TRANSLATIONS),
            _page(_("Status"), reader.links.page(STATUS), path == STATUS),
        ]
    if visitor.may(Role.ADMIN):
        pages.append(_page(_("Accounts"), reader.links.page(PEOPLE), path == PEOPLE))
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
        _account(reader, path, parameters, visitor),
        language_switch(reader, path, parameters),
        css="head" if visitor.person is None else "head signed-in",
        data_address=page_url(path, parameters),
    )


def _page(name: str, url: str, current: bool) -> Markup:
    return tag("a", name, href=url, aria_current="page" if current else None, data_id=f"nav:{url}")


def language_switch(reader: Reader, path: str, parameters: Parameters) -> Markup:
    """Link to the same page in each of the languages."""
    switches = together(_switch(reader, path, parameters, language) for language in LANGUAGES)
    return tag("nav", switches, css="langs", aria_label=reader.texts.gettext("Language of the pages"))


def _account(reader: Reader, path: str, parameters: Parameters, visitor: Visitor) -> Markup:
    """Say who is signed in and let them sign out; lead anybody else to the page for signing in."""
    _ = reader.texts.gettext
    if visitor.person is None:
        url = sign_in_url(page_url(path, parameters), reader.links.lang)
        return tag("span", tag("a", _("Sign in"), href=url, rel="nofollow", data_load=True), css="account")
    return tag(
        "span",
        tag(
            "a",
            visitor.name,
            css="who",
            href=reader.links.page(ACCOUNT),
            title=_("Your account"),
            aria_current="page" if path == ACCOUNT else None,
            data_id="nav:account",
        ),
        sign_out_form(reader, visitor, _("Sign out")),
        css="account",
    )


def sign_out_form(reader: Reader, visitor: Visitor, name: str, *, everywhere: bool = False) -> Markup:
    """Make the button that signs out, here or everywhere."""
    fields = {TOKEN_FIELD: visitor.token, "next": reader.links.start()}
    if everywhere:
        fields["everywhere"] = "1"
    hidden = together(tag("input", type="hidden", name=key, value=value) for key, value in fields.items())
    button = tag("button", name, type="submit", data_id="sign-out-everywhere" if everywhere else "sign-out")
    return tag("form", hidden, button, method="post", action=SIGN_OUT)


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
