"""One's own account as a page: who one is, where one is signed in, and a new password."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from urllib.parse import urlencode

from archive.accounts import Role, Session
from archive.passwords import LONGEST_PASSWORD, PASSWORD_LENGTH
from portal.header import sign_out_form
from portal.identity import TOKEN_FIELD, Visitor
from portal.markup import DOT, NOTHING, Markup, tag, together
from portal.reader import Reader
from portal.urls import Parameters, first

PASSWORD = "/account/password"
"""The route that takes a new password, since only a route can set a cookie."""

OLD_FIELD, NEW_FIELD, SAID = "old", "new", "said"


class Said(StrEnum):
    """What came of a new password, as the address of the page says it."""

    CHANGED = "changed"
    WRONG = "wrong"
    UNUSABLE = "unusable"
    TOO_OFTEN = "too-often"


def account_page(
    visitor: Visitor, sessions: Sequence[Session], here: str, parameters: Parameters, reader: Reader
) -> Markup:
    """Show the account of a visitor. `here`: the digest of the session they look from."""
    _ = reader.texts.gettext
    role = role_name(visitor.person.role, reader) if visitor.person else ""
    return tag(
        "div",
        tag("h1", _("Your account"), tabindex="-1"),
        tag("p", together((tag("strong", visitor.name, dir="auto"), tag("span", role)), DOT), css="lead"),
        _said(first(parameters, SAID), reader),
        tag("section", tag("h2", _("New password")), _password_form(visitor, reader)),
        tag(
            "section",
            tag("h2", _("Where you are signed in")),
            _sessions(sessions, here, reader),
            tag(
                "div",
                sign_out_form(reader, visitor, _("Sign out everywhere"), everywhere=True),
                css="buttons",
            ),
        ),
        css="account-page",
    )


def role_name(role: Role, reader: Reader) -> str:
    """Name a role."""
    _ = reader.texts.gettext
    return {Role.READER: _("Reader"), Role.STAFF: _("Staff"), Role.ADMIN: _("Admin")}[role]


def _said(said: str, reader: Reader) -> Markup:
    _ = reader.texts.gettext
    length = _("A password has at least {n} characters.").format(n=PASSWORD_LENGTH)
    words = {
        Said.CHANGED: _("Your password was changed. You are signed out everywhere else."),
        Said.WRONG: _("The password you have now was not right. Nothing was changed."),
        Said.UNUSABLE: f"{length} {_('Nothing was changed.')}",
        Said.TOO_OFTEN: _("Too many attempts. Please wait ten minutes. Nothing was changed."),
    }
    if said not in words:
        return NOTHING
    good = said == Said.CHANGED
    return tag("p", words[Said(said)], css="done" if good else "problem", role="status" if good else "alert")


def _password_form(visitor: Visitor, reader: Reader) -> Markup:
    _ = reader.texts.gettext
    query = f"?{urlencode({'lang': reader.links.lang})}" if reader.links.lang else ""
    hint = _("At least {n} characters. Several words are easy to remember and hard to guess.")
    return tag(
        "form",
        tag("input", type="hidden", name=TOKEN_FIELD, value=visitor.token),
        # Password managers want to know whose password it is.
        tag("input", type="text", name="name", value=visitor.name, autocomplete="username", hidden=True),
        tag("label", _("Password you have now"), **{"for": "old"}),
        _field("old", OLD_FIELD, "current-password", None),
        tag("label", _("New password"), **{"for": "new"}),
        _field("new", NEW_FIELD, "new-password", "new-hint", minlength=PASSWORD_LENGTH),
        tag("p", hint.format(n=PASSWORD_LENGTH), css="hint", id="new-hint"),
        tag("button", _("Change password"), type="submit", css="primary", data_id="change-password"),
        css="form",
        method="post",
        action=f"{PASSWORD}{query}",
    )


def _field(
    identifier: str, name: str, autocomplete: str, described: str | None, minlength: int | None = None
) -> Markup:
    return tag(
        "input",
        id=identifier,
        name=name,
        type="password",
        autocomplete=autocomplete,
        minlength=minlength,
        maxlength=LONGEST_PASSWORD,
        required=True,
        aria_describedby=described,
    )


def _sessions(sessions: Sequence[Session], here: str, reader: Reader) -> Markup:
    _ = reader.texts.gettext
    items = []
    for session in sessions:
        seen = _("last seen {moment}").format(moment=reader.texts.moment(session.seen_at))
        mark = tag("strong", _("this browser")) if session.digest == here else NOTHING
        name = tag("span", browser_name(session.agent) or _("Unknown browser"))
        items.append(tag("li", together((name, mark, tag("small", seen)), DOT)))
    return tag("ul", together(items), css="sessions")


def browser_name(agent: str) -> str:
    """Name browser and system in few words, as far as a browser tells; empty if it does not."""
    browsers = (
        ("Edg/", "Edge"),
        ("OPR/", "Opera"),
        ("YaBrowser/", "Yandex Browser"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    )
    systems = (
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS X", "macOS"),
        ("Linux", "Linux"),
    )
    names = [next((name for mark, name in known if mark in agent), "") for known in (browsers, systems)]
    return ", ".join(name for name in names if name)
