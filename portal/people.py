"""The accounts as a table, and what may go wrong with them in the reader's words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from archive.accounts import Person, Problem
from archive.passwords import LONGEST_PASSWORD, PASSWORD_LENGTH
from portal.account import role_name
from portal.markup import DOT, Markup, tag, together
from portal.reader import Reader
from portal.urls import PEOPLE

NAME = "name"
"""Parameter of the address: the account that is shown."""


def people_head(reader: Reader) -> Markup:
    """Show what this page is for."""
    _ = reader.texts.gettext
    roles = _(
        "Readers sign in and see what everybody sees. Staff bring documents in and keep them in order. "
        "Admins do all that, and look after the accounts."
    )
    return tag("div", tag("h1", _("Accounts"), tabindex="-1"), tag("p", roles, css="lead"))


def people_table(
    people: Sequence[Person], seen: Mapping[str, dt.datetime], chosen: str, reader: Reader
) -> Markup:
    """List everybody. `seen`: when those signed in were last seen. `chosen`: whose account is open."""
    _ = reader.texts.gettext
    heads = (_("User name"), _("Role"), _("Signed in"), _("Since"))
    rows = (_row(person, seen.get(person.name), person.name == chosen, reader) for person in people)
    return tag(
        "div",
        tag(
            "table",
            tag("thead", tag("tr", together(tag("th", head, scope="col") for head in heads))),
            tag("tbody", together(rows)),
            css="people",
        ),
        css="scroll",
    )


def person_url(name: str, reader: Reader) -> str:
    """Link to one account on the page of accounts."""
    language = {"lang": reader.links.lang} if reader.links.lang else {}
    return f"{PEOPLE}?{urlencode({NAME: name, **language})}"


def person_head(person: Person, seen: dt.datetime | None, reader: Reader) -> Markup:
    """Show whose account is open below the table."""
    return tag(
        "div",
        tag("h2", person.name, dir="auto"),
        tag("p", together((role_name(person.role, reader), *_state(person, seen, reader)), DOT), css="meta"),
    )


def problem_words(problem: Problem, reader: Reader) -> str:
    """Say why an account cannot be made or changed."""
    _ = reader.texts.gettext
    words = {
        Problem.NAME: _("A name has 1 to 64 letters, digits or signs of . @ + - _ and no spaces."),
        Problem.TAKEN: _("There is an account with this name already."),
        Problem.PASSWORD: _("A password has {least} to {most} characters.").format(
            least=PASSWORD_LENGTH, most=LONGEST_PASSWORD
        ),
        Problem.LAST_ADMIN: _("Somebody has to be left who may manage accounts."),
    }
    return words[problem]


def new_password(name: str, password: str, reader: Reader) -> Markup:
    """Show a password that was made, this once."""
    _ = reader.texts.gettext
    said = _("The new password of {name}, shown only this once:").format(name=name)
    advice = _("Hand it over in person or by phone; it can be changed under “Your account”.")
    return tag(
        "div",
        tag("p", said),
        tag("p", tag("code", password)),
        tag("p", advice, css="hint"),
        css="secret",
        role="status",
    )


def _row(person: Person, seen: dt.datetime | None, chosen: bool, reader: Reader) -> Markup:
    url = person_url(person.name, reader)
    link = tag("a", person.name, href=url, data_id=f"person:{person.name}", data_keep=True, dir="auto")
    return tag(
        "tr",
        tag("th", link, scope="row"),
        tag("td", role_name(person.role, reader)),
        tag("td", together(_state(person, seen, reader), DOT) or "–"),
        tag("td", reader.texts.short_date(person.created_at.date())),
        css="blocked" if person.blocked else "",
        aria_current="true" if chosen else None,
    )


def _state(person: Person, seen: dt.datetime | None, reader: Reader) -> tuple[str, ...]:
    _ = reader.texts.gettext
    blocked = (tag("strong", _("blocked")),) if person.blocked else ()
    if seen is None:
        return blocked
    return (*blocked, _("last seen {moment}").format(moment=reader.texts.moment(seen)))
