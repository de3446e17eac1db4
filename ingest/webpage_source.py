"""The HTML in what a browser saved as one file: alone, with its pictures written into it, or as MHTML.

Of MHTML only the page itself is taken, never what it embeds. Nothing is parsed deeper than one level, so that
time and memory grow with the size of the file and with nothing else.

Source: RFC 2557, MIME Encapsulation of Aggregate Documents.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from email.parser import BytesHeaderParser

from ingest.errors import WebPageError

MAX_BYTES = 8 * 1024 * 1024
"""No page is longer once what it embeds is left out."""

MAX_SAVED_BYTES = 64 * 1024 * 1024
"""No file is longer, with all that is embedded."""

_MAX_PARTS = 5000
_MAX_LEVELS = 4
_MAX_HEAD_BYTES = 64 * 1024
_EMBEDDED = re.compile(rb"data:[\w.+/;=,-]{0,200}base64,[A-Za-z0-9+/=%]*")
_SCENERY = (b"style", b"script")
_HEADERS_FIRST = re.compile(rb"\s{0,20}[A-Za-z][A-Za-z-]{1,60}:[^\n]{0,2000}\r?\n")
_WEB_ADDRESS = re.compile(r"https?://\S{1,2000}")


class TooLargePageError(WebPageError):
    """A saved page is too large, even without what it embeds."""

    def __init__(self) -> None:
        super().__init__(
            f"The page has more than {MAX_BYTES // 1024**2} MB without its pictures. Save it without what it "
            "embeds (in the browser: Web page, complete)."
        )


@dataclass(frozen=True, slots=True)
class Source:
    """The HTML of a page. `saved_from`: its address, if its file names it beside the HTML."""

    html: bytes
    saved_from: str = ""


def source_of(content: bytes) -> Source:
    """Take the HTML out of a saved page. Raises WebPageError."""
    if len(content) > MAX_SAVED_BYTES:
        raise TooLargePageError
    source = _of_mhtml(content) if is_mhtml(content) else Source(content)
    if len(source.html) <= MAX_BYTES:
        return source
    html = _EMBEDDED.sub(b"", source.html)
    for tag in _SCENERY:
        html = b"".join(_without(html, tag))
    if len(html) > MAX_BYTES:
        raise TooLargePageError
    return Source(html, source.saved_from)


def is_mhtml(content: bytes) -> bool:
    """Tell whether a file begins with the headers of MHTML."""
    if not _HEADERS_FIRST.match(content[:4096]):
        return False
    return _headers(content).get_content_type() == "multipart/related"


def _of_mhtml(content: bytes) -> Source:
    headers = _headers(content)
    boundary = headers.get_boundary()
    if not boundary:
        raise WebPageError("The page is MHTML without parts. Save it again, as HTML.")
    for html in html_parts(content):
        address = _WEB_ADDRESS.fullmatch(str(headers.get("Snapshot-Content-Location") or "").strip())
        return Source(html, address[0] if address else "")
    raise WebPageError("The page is MHTML without HTML in it. Save it again, as HTML.")


def html_parts(content: bytes, levels: int = _MAX_LEVELS) -> Iterator[bytes]:
    """Yield the HTML of a page that was saved as MHTML, then that of its frames."""
    boundary = _headers(content).get_boundary()
    if not boundary or not levels:
        return
    for part in _parts(content, b"--" + boundary.encode("latin-1", "replace")):
        kind = _headers(part).get_content_type()
        if kind in ("text/html", "application/xhtml+xml"):
            yield _html(message_from_bytes(part))
        elif kind.startswith("multipart/"):
            yield from html_parts(part, levels - 1)


def _headers(content: bytes) -> Message:
    return BytesHeaderParser().parsebytes(content[:_MAX_HEAD_BYTES].lstrip())


def _parts(content: bytes, mark: bytes) -> Iterator[bytes]:
    """Yield what lies between the marks, and the last part of a file that is cut."""
    place = content.find(b"\n" + mark)
    for _ in range(_MAX_PARTS):
        is_last = content.startswith(b"--", place + 1 + len(mark))
        start = content.find(b"\n", place + 1) if place >= 0 and not is_last else -1
        if start < 0:
            return
        place = content.find(b"\n" + mark, start)
        yield content[start + 1 : place] if place >= 0 else content[start + 1 :]


def _html(message: Message) -> bytes:
    """Decode a part; where its header names a code page, as UTF-8."""
    payload = message.get_payload(decode=True)
    html = payload if isinstance(payload, bytes) else b""
    charset = message.get_content_charset()
    if charset:
        try:
            return html.decode(charset).encode()
        except (LookupError, UnicodeError):
            pass
    return html


def _without(html: bytes, tag: bytes) -> Iterator[bytes]:
    """Yield what is outside of all elements of a name."""
    lowered, place = html.lower(), 0
    while (start := lowered.find(b"<" + tag, place)) >= 0:
        end = lowered.find(b"</" + tag, start)
        if end < 0:
            break
        yield html[place:start]
        place = end + len(tag) + 2
    yield html[place:]
