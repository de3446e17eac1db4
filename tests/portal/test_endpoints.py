"""Streamlit answers at the addresses that its pages need, and at no other."""

from __future__ import annotations

from collections.abc import Iterator
from unittest.mock import MagicMock

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient
from streamlit import config
from streamlit.web.server.starlette.starlette_app import create_streamlit_routes

from portal.middleware.endpoints import CLOSED, NEEDED, EndpointsMiddleware, is_closed
from portal.routes import MIDDLEWARE, ROUTES
from portal.urls import PAGES

FILE = {"file": ("a.bin", b"x" * 1000)}


def streamlits() -> list[str]:
    """Every address of Streamlit's but the files of its pages, with something in its gaps."""
    paths = [getattr(route, "path", "") for route in create_streamlit_routes(MagicMock())]
    return sorted({path.partition("{")[0] for path in paths if path.strip("/")})


@pytest.fixture
def client() -> Iterator[TestClient]:
    """The middleware before something that would answer at every address."""

    def answer(_request: Request) -> PlainTextResponse:
        return PlainTextResponse("answered")

    methods = ["GET", "POST", "PUT", "DELETE", "OPTIONS"]
    outer = MIDDLEWARE[: [one.cls for one in MIDDLEWARE].index(EndpointsMiddleware) + 1]
    app = Starlette(routes=[Route("/{path:path}", answer, methods=methods)], middleware=outer)
    with TestClient(app) as client:
        yield client


def test_every_address_of_streamlits_is_needed_or_closed(client: TestClient) -> None:
    paths = streamlits()
    assert "/_stcore/upload_file/" in paths
    assert "/_stcore/metrics" in paths
    for path in paths:
        if path in NEEDED:
            continue
        for method in ("GET", "POST", "PUT", "DELETE", "OPTIONS"):
            assert client.request(method, path).status_code == 404, (method, path)


def test_nobody_leaves_a_file_in_memory(client: TestClient) -> None:
    assert client.put("/_stcore/upload_file/known/file", files=FILE).status_code == 404


@pytest.mark.parametrize("path", sorted(NEEDED | set(PAGES) | {"/applications", "/static/js/a.js"}))
def test_what_pages_need_is_open(path: str) -> None:
    assert not is_closed(path)


def test_none_of_our_own_addresses_is_closed() -> None:
    for route in ROUTES:
        assert not is_closed(getattr(route, "path", "")), route


def test_no_other_site_may_speak_to_the_pages() -> None:
    assert config.get_option("client.allowedOrigins") == []
    assert "/auth" in CLOSED
