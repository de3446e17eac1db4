"""Accounts: who may do what. Every button asks again whether whoever pressed it may."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from archive.accounts import AccountError, Person, Problem, Role
from archive.errors import NotFoundError
from archive.history import Differences
from archive.passwords import generate_password
from archive.staff_log import StaffLog
from portal.account import role_name
from portal.markup import tag
from portal.people import NAME, new_password, people_head, people_table, person_head, problem_words
from portal.reader import Reader
from portal.resources import resources
from portal.urls import first
from portal.views.page import current_reader, current_visitor, parameters

SECRET, PROBLEM = "new password", "problem with an account"
"""Keys of what the last button led to: shown once, then forgotten."""

NEW_NAME, NEW_ROLE = "new-name", "new-role"


def show() -> None:
    """Show the page."""
    reader, accounts = current_reader(), resources().accounts
    _ = reader.texts.gettext
    people, seen = accounts.people(), accounts.last_seen()
    chosen = next((person for person in people if person.name == first(parameters(), NAME)), None)
    with st.container(key="people"):
        st.html(people_head(reader))
        _outcome(reader)
        st.html(people_table(people, seen, chosen.name if chosen else "", reader))
        if chosen is not None:
            with st.container(key="person"):
                st.html(person_head(chosen, seen.get(chosen.name), reader))
                _actions(chosen, reader)
        with st.container(key="new-person"):
            st.html(tag("h2", _("Add an account")))
            _new(reader)


def _outcome(reader: Reader) -> None:
    """Say what the last button led to; the password of a new account is in no other place, and only now."""
    with st.container(key="outcome"):
        made: tuple[str, str] | None = st.session_state.pop(SECRET, None)
        if made is not None:
            st.html(new_password(*made, reader))
        problem: Problem | None = st.session_state.pop(PROBLEM, None)
        if problem is not None:
            st.html(tag("p", problem_words(problem, reader), css="problem", role="alert"))


def _actions(person: Person, reader: Reader) -> None:
    _ = reader.texts.gettext
    key = f"role of {person.name}"
    if st.session_state.get(key) != person.role:
        st.session_state[key] = person.role
    st.selectbox(
        _("Role"),
        list(Role),
        key=key,
        format_func=lambda role: role_name(role, reader),
        on_change=_set_role,
        args=(person.name, key),
        width=240,
    )
    with st.container(key="person-buttons", horizontal=True, gap="small"):
        st.button(_("Make a new password"), on_click=_new_password, args=(person.name,))
        st.button(_("Sign out everywhere"), on_click=_sign_out, args=(person.name,))
        block = _("Let in again") if person.blocked else _("Block")
        st.button(block, on_click=_set_blocked, args=(person.name, not person.blocked))


def _new(reader: Reader) -> None:
    _ = reader.texts.gettext
    with st.form("new-person-form", border=False):
        st.text_input(_("User name"), key=NEW_NAME, max_chars=64, autocomplete="off")
        st.selectbox(
            _("Role"),
            list(Role),
            index=list(Role).index(Role.STAFF),
            key=NEW_ROLE,
            format_func=lambda role: role_name(role, reader),
        )
        st.form_submit_button(_("Add the account"), type="primary", on_click=_add)


def _as_admin(action: str, change: Callable[[], tuple[str, Differences]]) -> None:
    """Change an account if whoever asks may, and note it. `change` returns whose account and what of it."""
    visitor = current_visitor()
    if not visitor.may(Role.ADMIN):
        return
    try:
        name, differences = change()
    except AccountError as exc:
        st.session_state[PROBLEM] = exc.problem
    except NotFoundError:
        return  # removed meanwhile: the table shows it
    else:
        StaffLog(resources().archive.catalogue.engine).enter(visitor.name, action, {name: differences})


def _add() -> None:
    def change() -> tuple[str, Differences]:
        password = generate_password()
        role: Role = st.session_state[NEW_ROLE]
        person = resources().accounts.add(st.session_state[NEW_NAME], role, password)
        st.session_state[SECRET] = (person.name, password)
        st.session_state[NEW_NAME] = ""
        return person.name, {"role": (None, role.name.lower())}

    _as_admin("account-added", change)


def _set_role(name: str, key: str) -> None:
    def change() -> tuple[str, Differences]:
        accounts, role = resources().accounts, st.session_state[key]
        before = accounts.person(name).role
        accounts.set_role(name, role)
        return name, {"role": (before.name.lower(), role.name.lower())}

    _as_admin("account-role", change)


def _new_password(name: str) -> None:
    def change() -> tuple[str, Differences]:
        password = generate_password()
        resources().accounts.set_password(name, password)
        st.session_state[SECRET] = (name, password)
        return name, {}

    _as_admin("account-password", change)


def _sign_out(name: str) -> None:
    def change() -> tuple[str, Differences]:
        resources().accounts.end_sessions(name)
        return name, {}

    _as_admin("account-signed-out", change)


def _set_blocked(name: str, blocked: bool) -> None:
    def change() -> tuple[str, Differences]:
        accounts = resources().accounts
        before = accounts.person(name).blocked
        accounts.set_blocked(name, blocked=blocked)
        return name, {"blocked": (before, blocked)}

    _as_admin("account-blocked" if blocked else "account-unblocked", change)
