"""A small client of the tus protocol, signed in, as the page for uploads uses it.

Source: tus resumable upload protocol 1.0.0 (https://tus.io/protocols/resumable-upload).
"""

from __future__ import annotations

import base64
import http.client
import json
from pathlib import Path

from portal.identity import COOKIE, token_of

CHUNK_BYTES = 16 * 1024 * 1024
"""As portal/components/upload.js has it."""

PIECE_BYTES = 256 * 1024


class Client:
    """A small client of the tus protocol, signed in."""

    def __init__(self, port: int, secret: str) -> None:
        self._port = port
        self._headers = {
            "Cookie": f"{COOKIE}={secret}",
            "X-Token": token_of(secret),
            "Tus-Resumable": "1.0.0",
        }

    def ask(self, method: str, path: str, body: bytes = b"", **headers: str) -> http.client.HTTPResponse:
        """Send a request and return the answer, read."""
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=300)
        own = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body, {**self._headers, **own})
        answer = connection.getresponse()
        answer.body = answer.read()  # type: ignore[attr-defined]
        connection.close()
        if answer.status >= 300:
            raise RuntimeError(f"{method} {path}: {answer.status} {answer.body!r}")  # type: ignore[attr-defined]
        return answer

    def send(self, url: str, content: Path, offset: int, until: int, *, cut: bool = False) -> None:
        """Send one chunk; `cut`: break the connection before it is complete."""
        length = min(CHUNK_BYTES, content.stat().st_size - offset)
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=300)
        connection.putrequest("PATCH", url)
        headers = {"Content-Type": "application/offset+octet-stream", "Upload-Offset": str(offset)}
        for name, value in {**self._headers, **headers, "Content-Length": str(length)}.items():
            connection.putheader(name, value)
        connection.endheaders()
        with content.open("rb") as stream:
            stream.seek(offset)
            left = min(length, until - offset)
            while left:
                piece = stream.read(min(PIECE_BYTES, left))
                connection.send(piece)
                left -= len(piece)
        if not cut:
            answer = connection.getresponse()
            if answer.status != 204:
                raise RuntimeError(f"PATCH {url}: {answer.status} {answer.read()!r}")
        connection.close()

    def offset(self, url: str) -> int:
        """Ask how much has arrived."""
        return int(self.ask("HEAD", url).headers["Upload-Offset"])

    def begin_batch(self, conference: str) -> str:
        """Begin a batch for a conference; return its identifier."""
        begun = self.ask("POST", "/uploads/batches", json.dumps({"conference": conference}).encode())
        return str(json.loads(begun.body)["batch"])  # type: ignore[attr-defined]

    def create(self, batch: str, path: str, size_bytes: int) -> str:
        """Announce a file; return the address to which its bytes go."""
        metadata = ",".join(
            f"{key} {base64.b64encode(value.encode()).decode()}"
            for key, value in {"batch": batch, "path": path}.items()
        )
        answer = self.ask("POST", "/uploads", Upload_Length=str(size_bytes), Upload_Metadata=metadata)
        return answer.headers["Location"]
