"""Messages between the pool and its reader processes: four bytes of length, then JSON in UTF-8."""

from __future__ import annotations

import json
import struct
from typing import BinaryIO

from archive.records import Json

MAX_BYTES = 256 * 1024 * 1024
"""A longer message is refused by both sides."""

HEADER = struct.Struct(">I")


def pack(message: Json) -> bytes:
    """Return a message as sent. Raises ValueError where it is too long."""
    body = json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    if len(body) > MAX_BYTES:
        raise ValueError(f"a message of {len(body)} bytes is too long")
    return HEADER.pack(len(body)) + body


def unpack(body: bytes) -> Json:
    """Return the message in a frame without its header. Raises ValueError where it is none."""
    message = json.loads(body.decode("utf-8", "surrogatepass"))
    if not isinstance(message, dict):
        raise ValueError("a message is a JSON object")
    return message


def receive(stream: BinaryIO) -> Json | None:
    """Read one message; None at the end of the stream."""
    header = stream.read(HEADER.size)
    if len(header) < HEADER.size:
        return None
    (length,) = HEADER.unpack(header)
    return unpack(stream.read(length))
