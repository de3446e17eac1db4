"""Streamlit's page shell, made ours: language, title, style before the first paint, and 404 where nothing is.

Streamlit answers every path with the same HTML, status 200, `lang="en"` and its own name as title. This is
the only file that knows that HTML; a test checks that each of the places replaced is there.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from urllib.parse import parse_qs

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from archive.accounts import Role
from archive.errors import NotFoundError
from archive.model import Document
from portal.components import upload_scripts
from portal.guard import request_visitor, sign_in_url
from portal.header import language_switch
from portal.identity import ANYBODY, Visitor
from portal.markup import NOTHING, Markup, tag, text, together
from portal.missing import missing
from portal.plain import plain_page
from portal.reader import Reader, reader_of
from portal.resources import Resources, WithdrawnError, resources
from portal.suggesting import suggest_script
from portal.theme import GUARD_SCRIPT, SCRIPT, head_links, theme_url
from portal.titles import missing_title, page_title
from portal.tombstone import tombstone, tombstone_title
from portal.uploading import upload_texts
from portal.urls import PAGES, Parameters

_UNWANTED = re.compile(
    r'<link rel="shortcut icon"[^>]*>|<link\s+rel="preload"[^>]*as="font"[^>]*>'
    r'|<link rel="service-desc"[^>]*>|<!--.*?-->|<script>\s*window\.prerenderReady = false\s*</script>',
    re.DOTALL,
)
_BARRING = frozenset((b"if-none-match", b"if-modified-since", b"range", b"accept-encoding"))
_NOSCRIPT = re.compile(r"<noscript>.*?</noscript>", re.DOTALL)


class ShellMiddleware:
    """Rewrites the HTML of pages and answers 404 where Streamlit would show a page that is none."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request; only the shell's HTML is touched."""
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            await self.app(scope, receive, send)
            return
        answer = _Answer(scope, send)
        scope["headers"] = [pair for pair in scope["headers"] if not _bars_rewriting(pair[0], scope["path"])]
        await self.app(scope, receive, answer.send)
        if answer.shell:
            # It is asked for whole. Of HEAD, too: the length told is that of the page as it would be.
            if answer.is_coded or scope["method"] == "HEAD":
                headers = [pair for pair in scope["headers"] if pair[0] not in _BARRING]
                answer.body = b""
                await self.app({**scope, "method": "GET", "headers": headers}, receive, answer.send)
            response = await run_in_threadpool(_page, scope, answer.body.decode())
            await response(scope, receive, send)


class _Answer:
    """Passes an answer on, unless it is the shell: then its body is kept."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self._scope, self._send = scope, send
        self.shell = False
        self.is_coded = False
        """Compressed, or a part of it."""
        self.body = b""

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = Headers(raw=message["headers"])
            content_type = headers.get("content-type", "")
            # The endpoint is put into the scope by the router; Streamlit's own files are one mount.
            static = isinstance(self._scope.get("endpoint"), StaticFiles)
            self.shell = static and message["status"] in (200, 206) and content_type.startswith("text/html")
            self.is_coded = message["status"] == 206 or "content-encoding" in headers
        if not self.shell:
            await self._send(message)
        elif message["type"] == "http.response.body":
            self.body += message.get("body", b"")


def _bars_rewriting(header: bytes, path: str) -> bool:
    """Tell whether a request header could make the shell come compressed, in part, or not at all."""
    shell_path = path in PAGES or "." not in path.rsplit("/", 1)[-1]
    return shell_path and header in _BARRING


def _page(scope: Scope, shell: str) -> Response:
    """Make the page at the requested path from the shell, or the one that says that there is none."""
    parameters = parse_qs(scope["query_string"].decode("latin-1"), keep_blank_values=True, errors="replace")
    accepted = Headers(scope=scope).get("accept-language", "")
    visitor = request_visitor(Request(scope))
    reader = reader_of(parameters, accepted, dt.date.today(), visitor.audience)
    headers = {
        "Cache-Control": "private, no-cache" if visitor.person is None else "no-store",
        "Vary": "Accept-Language, Cookie",
        "Content-Language": reader.texts.language,
    }
    role = PAGES.get(scope["path"])
    if role is not None:
        if visitor.person is None:
            query = scope["query_string"].decode("latin-1")
            wanted = f"{scope['path']}?{query}" if query else scope["path"]
            return RedirectResponse(
                sign_in_url(wanted, reader.links.lang), 303, {"Cache-Control": "no-store"}
            )
        if not visitor.may(role):
            return HTMLResponse(not_found_page(reader), 403, headers)
    shared, langs = resources(), language_switch(reader, scope["path"], parameters)
    try:
        title = page_title(scope["path"], parameters, shared, reader)
    except WithdrawnError as exc:
        return HTMLResponse(tombstone_page(exc.document, shared, reader, langs), 410, headers)
    except NotFoundError:
        return HTMLResponse(not_found_page(reader, langs), 404, headers)
    return HTMLResponse(rewrite(shell, title, reader, parameters, visitor), headers=headers)


def not_found_page(reader: Reader, langs: Markup = NOTHING) -> str:
    """Make the page of an address at which there is nothing; `langs` links to it in other languages."""
    return plain_page(missing(reader), missing_title(reader), reader, langs=langs)


def tombstone_page(document: Document, shared: Resources, reader: Reader, langs: Markup = NOTHING) -> str:
    """Make the page at the addresses of a document that was withdrawn; `langs` as above."""
    content = tombstone(document, shared.shelf().conference(document), reader)
    robots = tag("meta", name="robots", content="noindex")
    return plain_page(content, tombstone_title(document, reader), reader, head=robots, langs=langs)


def rewrite(
    shell: str, title: str, reader: Reader, parameters: Parameters, visitor: Visitor = ANYBODY
) -> str:
    """Put language, title, style and script into the shell."""
    head = together(
        [
            head_links(),
            tag("meta", name="description", content=reader.texts.gettext("Archive of conference slides")),
            tag("meta", name="labels", content=json.dumps(_labels(reader), ensure_ascii=False)),
            tag("script", src=theme_url(SCRIPT)),
            suggest_script(reader),
            tag("script", src=theme_url(GUARD_SCRIPT)) if visitor.may(Role.STAFF) else "",
            upload_scripts(visitor.token, upload_texts(reader)) if visitor.may(Role.STAFF) else "",
        ]
    )
    shell = _UNWANTED.sub("", shell)
    shell = shell.replace('<html lang="en">', f'<html lang="{reader.texts.language}">', 1)
    shell = shell.replace("<title>Streamlit</title>", f"{tag('title', title)}{head}", 1)
    return _NOSCRIPT.sub(lambda _: _without_script(reader), shell, count=1)


def _labels(reader: Reader) -> dict[str, str]:
    """Translate words of Streamlit's that no setting reaches; the script puts them in their places."""
    _ = reader.texts.gettext
    return {"Skip to main content": _("Skip to main content"), "Clear entry": _("Clear entry")}


def _without_script(reader: Reader) -> Markup:
    _ = reader.texts.gettext
    said = _("Searching needs JavaScript. Every document also has a page without it, under its address /d/…")
    return tag("noscript", tag("p", text(said)))
