"""An archive that the portal serves with its pages, and browsers of every kind of visitor before it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.web.server.starlette.starlette_static_routes import create_streamlit_static_assets_routes

from archive.accounts import AccountError, Role
from portal.identity import COOKIE, TOKEN_HEADER, token_of
from portal.resources import resources
from portal.routes import EXCEPTION_HANDLERS, MIDDLEWARE, ROUTES

PASSWORD = "korrekt pferd batterie"


@contextmanager
def browser(role: Role | None = None, *, base_url: str = "http://testserver") -> Iterator[TestClient]:
    """A browser before the portal's routes and Streamlit's page shell, signed in with a role."""
    routes = [*ROUTES, *create_streamlit_static_assets_routes(base_url="")]
    app = Starlette(routes=routes, middleware=MIDDLEWARE, exception_handlers=EXCEPTION_HANDLERS)
    with TestClient(app, base_url, headers={"Accept-Language": "en"}, follow_redirects=False) as client:
        if role is not None:
            client.cookies.set(COOKIE, session(role))
        yield client


def session(role: Role) -> str:
    """Sign somebody of a role in without a form; return the secret."""
    accounts, name = resources().accounts, person(role)
    return accounts.begin_session(name, "test")


def person(role: Role) -> str:
    """Make sure that there is somebody of a role, not blocked; return their name."""
    accounts, name = resources().accounts, f"a-{role.name.lower()}"
    try:
        accounts.add(name, role, PASSWORD)
    except AccountError:
        accounts.set_blocked(name, blocked=False)
    return name


def token(client: TestClient) -> dict[str, str]:
    """The header with the token that a page shown to this browser has."""
    return {TOKEN_HEADER: token_of(client.cookies.get(COOKIE, ""))}


def form_token(client: TestClient) -> str:
    """Open the page for signing in; return the token of its form."""
    page = client.get("/sign-in").text
    found = re.search(r'name="token" value="([0-9a-f]{64})"', page)
    assert found is not None
    return found[1]


def sign_in(client: TestClient, name: str, password: str = PASSWORD, **fields: str) -> int:
    """Sign in by the form; return the status."""
    given = {"token": form_token(client), "name": name, "password": password, **fields}
    return client.post("/sign-in", data=given).status_code
