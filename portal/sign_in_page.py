"""The page for signing in: a form that works without JavaScript and that password managers understand."""

from __future__ import annotations

from urllib.parse import urlencode

from archive.passwords import LONGEST_PASSWORD
from portal.header import language_switch
from portal.identity import TOKEN_FIELD
from portal.markup import NOTHING, Markup, tag
from portal.plain import plain_page
from portal.reader import Reader
from portal.urls import SIGN_IN, Parameters

NAME_FIELD, PASSWORD_FIELD, NEXT_FIELD = "name", "password", "next"
LONGEST_NAME = 200


def sign_in_page(reader: Reader, wanted: str, token: str, *, name: str = "", problem: str = "") -> str:
    """Make the page.

    Args:
        wanted: where to go on, an address of this portal.
        token: what the form has to bring back.
        name: as it was typed before.
        problem: why signing in did not work.
    """
    _ = reader.texts.gettext
    title = _("Sign in") + " – " + _("Conference Archive")
    parameters: Parameters = {NEXT_FIELD: [wanted]} if wanted != "/" else {}
    if reader.links.lang:
        parameters = {**parameters, "lang": [reader.links.lang]}
    return plain_page(
        _content(reader, wanted, token, name, problem),
        title,
        reader,
        head=tag("meta", name="robots", content="noindex"),
        langs=language_switch(reader, SIGN_IN, parameters),
    )


def wait_words(reader: Reader, seconds: int) -> str:
    """Say how long somebody has to wait who tried too often."""
    minutes = -(-seconds // 60)
    return reader.texts.ngettext(
        "Too many attempts. Please try again in {n} minute.",
        "Too many attempts. Please try again in {n} minutes.",
        minutes,
    )


def _content(reader: Reader, wanted: str, token: str, name: str, problem: str) -> Markup:
    _ = reader.texts.gettext
    query = urlencode({"lang": reader.links.lang}) if reader.links.lang else ""
    said = tag("p", problem, css="problem", id="problem", role="alert") if problem else NOTHING
    described = "problem" if problem else None
    return tag(
        "div",
        tag("h1", _("Sign in"), tabindex="-1"),
        tag(
            "p", _("For those who look after the archive. Searching and reading need no account."), css="lead"
        ),
        said,
        tag(
            "form",
            tag("input", type="hidden", name=TOKEN_FIELD, value=token),
            tag("input", type="hidden", name=NEXT_FIELD, value=wanted),
            tag("label", _("User name"), **{"for": "name"}),
            tag(
                "input",
                id="name",
                name=NAME_FIELD,
                value=name,
                type="text",
                autocomplete="username",
                autocapitalize="none",
                spellcheck="false",
                maxlength=LONGEST_NAME,
                required=True,
                autofocus=not name,
                aria_describedby=described,
            ),
            tag("label", _("Password"), **{"for": "password"}),
            tag(
                "input",
                id="password",
                name=PASSWORD_FIELD,
                type="password",
                autocomplete="current-password",
                maxlength=LONGEST_PASSWORD,
                required=True,
                autofocus=bool(name),
                aria_describedby=described,
            ),
            tag("button", _("Sign in"), type="submit", css="primary"),
            css="form",
            method="post",
            action=f"{SIGN_IN}?{query}" if query else SIGN_IN,
        ),
        tag(
            "p",
            _("Forgotten your password? Somebody who manages the accounts can make you a new one."),
            css="hint",
        ),
        css="sign-in",
    )
