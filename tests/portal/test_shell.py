"""The page shell, on Streamlit's own HTML as it is installed: no runtime and no browser."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.testclient import TestClient
from streamlit import file_util
from streamlit.web.server.starlette.starlette_static_routes import create_streamlit_static_assets_routes

from portal.reader import reader_of
from portal.routes import EXCEPTION_HANDLERS, MIDDLEWARE, ROUTES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.portal.conftest import Served


@pytest.fixture(scope="module")
def client(served: Served) -> Iterator[TestClient]:
    routes = [*ROUTES, *create_streamlit_static_assets_routes(base_url="")]
    app = Starlette(routes=routes, middleware=MIDDLEWARE, exception_handlers=EXCEPTION_HANDLERS)
    with TestClient(app) as client:
        yield client


def test_streamlits_html_still_has_what_is_replaced() -> None:
    from pathlib import Path

    shell = (Path(file_util.get_static_dir()) / "index.html").read_text()
    for part in ('<html lang="en">', "<title>Streamlit</title>", "<noscript>", "prerenderReady = false"):
        assert shell.count(part) == 1


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("/", "Архив конференций"),
        ("/?q=вода", "вода – Архив конференций"),
        ("/conferences", "Конференции – Архив конференций"),
        ("/conferences?id=2017-krasnodar", "XIV Краснодар 2017 – Архив конференций"),
        ("/document?d=7k3mx9q2f3", "Wasser &lt;b&gt;&amp; – Архив конференций"),
    ],
)
def test_pages_have_language_title_and_style_from_the_first_byte(
    client: TestClient, path: str, title: str
) -> None:
    answer = client.get(path, headers={"Accept-Language": "ru", "If-None-Match": "*", "Range": "bytes=0-9"})
    assert answer.status_code == 200
    assert '<html lang="ru">' in answer.text
    assert f"<title>{title}</title>" in answer.text
    assert '<link rel="stylesheet" href="/theme/portal.css?v=' in answer.text
    assert answer.headers["vary"] == "Accept-Language, Cookie"
    assert answer.headers["content-length"] == str(len(answer.content))


def test_head_tells_the_length_of_the_page(client: TestClient) -> None:
    assert client.head("/").headers["content-length"] == client.get("/").headers["content-length"]


def test_the_shell_runs_no_script_but_files(client: TestClient) -> None:
    page = client.get("/").text
    assert re.findall(r"<script(?![^>]*\bsrc=)[^>]*>", page) == []
    assert ">Streamlit<" not in page
    assert "_stcore/agent" not in page


@pytest.mark.parametrize(
    "path",
    [
        "/nothing",
        "/document",
        "/document?d=nothing",
        "/document?d=7k3mx9q2f4",
        "/document?d=7k3mx9q2f6",
        "/document?d=7k3mx9q2f7",
        "/conferences?id=nothing",
        "/static/js/nothing.js",
        "/search/deeper",
        "/main",
    ],
)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_where_there_is_nothing_the_answer_is_404(client: TestClient, method: str, path: str) -> None:
    answer = client.request(method, path, headers={"Accept-Language": "en"})
    assert answer.status_code == 404
    if method == "GET":
        assert "There is nothing at this address" in answer.text
        assert '<html lang="en">' in answer.text


def test_streamlits_own_files_are_left_as_they_are(client: TestClient) -> None:
    script = re.search(r'src="\.(/static/js/[^"]+)"', client.get("/").text)
    assert script is not None
    answer = client.get(script[1])
    assert answer.status_code == 200
    assert "immutable" in answer.headers["cache-control"]


def test_the_address_chooses_the_language_before_the_browser() -> None:
    from datetime import date

    reader = reader_of({"lang": ["en"]}, "ru", date(2026, 1, 1))
    assert (reader.texts.language, reader.links.lang) == ("en", "en")
    assert reader_of({"lang": ["xx"]}, "ru", date(2026, 1, 1)).links.lang == ""


@pytest.mark.parametrize("path", ["/robots.txt", "/index.html", "/.env", "/static/nothing.html"])
@pytest.mark.parametrize(
    "headers", [{"Accept-Encoding": "gzip"}, {"Range": "bytes=0-9"}, {"Accept-Encoding": "identity"}], ids=str
)
def test_an_address_like_a_file_is_404_however_it_is_asked_for(
    served: Served, path: str, headers: dict[str, str]
) -> None:
    routes = [*ROUTES, *create_streamlit_static_assets_routes(base_url="")]
    pressed = [*MIDDLEWARE, Middleware(GZipMiddleware)]  # as Streamlit has it
    app = Starlette(routes=routes, middleware=pressed, exception_handlers=EXCEPTION_HANDLERS)
    with TestClient(app) as client:
        answer = client.get(path, headers={**headers, "Accept-Language": "en"})
    assert answer.status_code == 404
    assert "There is nothing at this address" in answer.text
