"""Mails: their subject, from whom, to whom and when, and their text; mails they carry come after it.

Of a text in two forms the plain one is read, the other where that says little or nothing. Attachments are
counted.

Source: RFC 5322; RFC 2045 to 2047 (MIME); RFC 1847 (multipart/encrypted).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.header import decode_header
from email.message import Message
from email.utils import getaddresses
from pathlib import Path

from ingest.charset import decode, decode_declared
from ingest.extraction import DamagedError, EncryptedError, Extraction
from ingest.extractors.decoding import unreadable
from ingest.extractors.flow import Block, paginate
from ingest.extractors.html import page_of
from ingest.extractors.properties import sane_creators, sane_title

_SHOWN = ("From", "To", "Cc", "Date")
_ENCRYPTED = ("multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime")
_REPLY = re.compile(r"^\s*((re|aw|wg|fwd?|antw|отв|на|fw)\s*(\[\d+\])?\s*:\s*)+", re.IGNORECASE)
_MOST_BYTES = 64 * 1024 * 1024
_DEEPEST = 20
_MOST_ADDRESSES = 50
_MUCH_MORE = 3
"""A form with so many times the words of the plain one has what that only points to."""


def extract(path: Path) -> Extraction:
    """Read a mail."""
    with path.open("rb") as stream:
        content = stream.read(_MOST_BYTES + 1)
    try:
        message = message_from_bytes(content)
    except RecursionError as exc:
        raise DamagedError from exc
    if not message.keys():
        raise DamagedError
    if message.get_content_type() in _ENCRYPTED and message.get_param("smime-type") != "signed-data":
        raise EncryptedError
    mail = _Mail()
    blocks = list(mail.blocks(message))
    skipped = []
    if len(content) > _MOST_BYTES:
        skipped.append("The end of the file is missing.")
    skipped += mail.skipped
    if mail.attachments:
        skipped.append(f"Embedded files that were not read: {mail.attachments}.")
    names = [name for name, _ in getaddresses([_header(message, "From")])[:_MOST_ADDRESSES] if name]
    return Extraction(
        paginate(blocks),
        title=sane_title(_REPLY.sub("", _header(message, "Subject"))),
        creators=sane_creators(";".join(names)),
        counts={"embedded files": mail.attachments} if mail.attachments else {},
        skipped=tuple(skipped),
        tool="email",
    )


class _Mail:
    """Reads one mail and what it carries."""

    def __init__(self) -> None:
        self.attachments = 0
        self.skipped: list[str] = []

    def blocks(self, message: Message, depth: int = 0) -> Iterator[Block]:
        """Yield the headers that people read, then the text."""
        subject = _header(message, "Subject")
        if subject:
            yield Block(subject, heading=True, starts_page=depth > 0)
        for name in _SHOWN:
            if said := _header(message, name):
                yield Block(f"{name}: {said}")
        yield from self._part(message, depth)

    def _part(self, part: Message, depth: int) -> Iterator[Block]:
        kind = part.get_content_type()
        if part.is_multipart():
            inner = _parts(part)
            if depth > _DEEPEST:
                self.attachments += 1
            elif kind == "message/rfc822":
                for message in inner:
                    yield from self.blocks(message, depth + 1)
            elif kind == "multipart/alternative":
                yield from self._alternative(inner, depth + 1)
            else:
                for each in inner:
                    yield from self._part(each, depth + 1)
        elif part.get_filename() or kind not in ("text/plain", "text/html"):
            self.attachments += 1
        else:
            yield from self._text(part)

    def _alternative(self, forms: list[Message], depth: int) -> Iterator[Block]:
        """Read the first form that has text, the plainest, unless another says much more than that.

        Of the others, the files that they bring along are counted, but for pictures.
        """
        read: list[tuple[int, _Mail, list[Block]]] = []
        for form in forms:
            mail = _Mail()
            blocks = list(mail._part(form, depth))
            read.append((sum(len(block.text.split()) for block in blocks), mail, blocks))
            self.attachments += sum(map(_is_attached, _leaves(form)))
        most = max((words for words, _, _ in read), default=0)
        _, mail, blocks = next((each for each in read if each[0] * _MUCH_MORE >= most), (0, _Mail(), []))
        self.skipped += mail.skipped
        yield from blocks

    def _text(self, part: Message) -> Iterator[Block]:
        payload = part.get_payload(decode=True)
        content = payload if isinstance(payload, bytes) else b""
        if not content.strip():
            return
        charset = str(part.get_content_charset() or "")
        text, encoding = decode_declared(content, charset) if charset else decode(content)
        self.skipped += unreadable(text, encoding)
        if part.get_content_type() == "text/html":
            yield from page_of(text, whole=True).blocks
        else:
            for paragraph in re.split(r"\n\s*\n", text.replace("\r\n", "\n")):
                yield Block(paragraph.strip("\n") + "\n")


def _is_attached(part: Message) -> bool:
    """Say whether a part is a file, and no picture that belongs to the text."""
    kind = part.get_content_maintype()
    return kind != "image" and (kind != "text" or part.get_filename() is not None)


def _leaves(message: Message) -> Iterator[Message]:
    """Yield the parts of a mail that have no parts."""
    waiting = [message]
    while waiting:
        part = waiting.pop()
        if part.is_multipart():
            waiting += _parts(part)
        else:
            yield part


def _parts(message: Message) -> list[Message]:
    inner = message.get_payload()
    return [each for each in inner if isinstance(each, Message)] if isinstance(inner, list) else []


def _header(message: Message, name: str) -> str:
    """Return a header on one line, decoded; bytes without a declared encoding as they read."""
    raw = message.get(name)
    if raw is None:
        return ""
    try:
        pieces = decode_header(raw)
    except (ValueError, LookupError):
        pieces = [(str(raw), None)]
    return " ".join("".join(_decoded(*piece) for piece in pieces).split())


def _decoded(content: bytes | str, charset: str | None) -> str:
    data = content.encode("utf-8", "surrogateescape") if isinstance(content, str) else content
    if charset and charset != "unknown-8bit":
        return decode_declared(data, charset)[0]
    return decode(data)[0]
