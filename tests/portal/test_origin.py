from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect

from portal.middleware import origin
from portal.middleware.origin import OriginMiddleware, is_own
from portal.middleware.security import SecurityHeadersMiddleware
from portal.middleware.unavailable import UnavailableMiddleware
from portal.routes import MIDDLEWARE

ELSEWHERE = [
    {"Origin": "https://evil.example"},
    {"Origin": "http://testserver.evil.example"},
    {"Origin": "http://testserver:81"},
    {"Origin": "null"},
    {"Origin": ""},
    {"Origin": "http://"},
    {"Origin": "http://[::1"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"},
    {"Sec-Fetch-Site": "none", "Origin": "https://evil.example"},
]
OWN = [
    {},
    {"Origin": "http://testserver"},
    {"Origin": "http://TESTSERVER:80"},
    {"Origin": "https://testserver", "Host": "testserver:443"},
    {"Sec-Fetch-Site": "same-origin", "Origin": "http://behind.a.proxy"},
    {"Sec-Fetch-Site": "none"},
    {"Origin": "https://archive.example.org"},
]


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """The middleware before routes that stand for all others, Streamlit's own among them."""
    monkeypatch.setattr(origin, "_base_url", lambda: "https://archive.example.org")

    def answer(_request: Request) -> PlainTextResponse:
        return PlainTextResponse("done")

    async def talk(socket: WebSocket) -> None:
        await socket.accept()
        await socket.send_text("hello")
        await socket.close()

    routes = [
        Route("/write", answer, methods=["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]),
        WebSocketRoute("/_stcore/stream", talk),
    ]
    with TestClient(Starlette(routes=routes, middleware=[Middleware(OriginMiddleware)])) as client:
        yield client


@pytest.mark.parametrize("headers", ELSEWHERE, ids=str)
def test_writes_and_sockets_of_other_sites_are_refused(client: TestClient, headers: dict[str, str]) -> None:
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        answer = client.request(method, "/write", headers=headers)
        assert answer.status_code == 403
        assert "another site" in answer.json()["error"]
    with pytest.raises(WebSocketDisconnect), client.websocket_connect("/_stcore/stream", headers=headers):
        pass
    for method in ("GET", "OPTIONS"):
        assert client.request(method, "/write", headers=headers).status_code == 200


@pytest.mark.parametrize("headers", OWN, ids=str)
def test_writes_and_sockets_of_the_portal_and_of_programs_are_let_through(
    client: TestClient, headers: dict[str, str]
) -> None:
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        assert client.request(method, "/write", headers=headers).status_code == 200
    with client.websocket_connect("/_stcore/stream", headers=headers) as socket:
        assert socket.receive_text() == "hello"


def test_without_an_address_in_the_settings_only_the_host_counts() -> None:
    headers = Headers({"Host": "archive.example.org", "Origin": "https://archive.example.org"})
    assert is_own(headers)
    assert not is_own(Headers({"Host": "other", "Origin": "https://archive.example.org"}))


def test_the_whole_application_is_behind_it() -> None:
    outermost = [SecurityHeadersMiddleware, UnavailableMiddleware, OriginMiddleware]
    assert [one.cls for one in MIDDLEWARE][:3] == outermost, "the first two let every request through"
