"""Somebody who uploads, for tests: a client of the tus protocol at the portal that the tests serve."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from sqlalchemy import select

from archive.accounts import Accounts, Role
from archive.tables import intake
from portal.identity import COOKIE, token_of
from portal.routes.uploads import CONTENT_TYPE, VERSION

if TYPE_CHECKING:
    from httpx2 import Response

    from tests.portal.conftest import Served

PASSWORD = "korrekt pferd batterie"


class Uploader:
    """Somebody who is signed in, with a client of the protocol."""

    def __init__(self, served: Served, name: str, role: Role) -> None:
        accounts = Accounts(served.archive.catalogue.engine)
        if name not in [person.name for person in accounts.people()]:
            accounts.add(name, role, PASSWORD)
        secret = accounts.begin_session(name, "test")
        self.served = served
        self.headers = {
            "Cookie": f"{COOKIE}={secret}",
            "X-Token": token_of(secret),
            "Tus-Resumable": VERSION,
        }

    def ask(self, method: str, path: str, content: bytes | None = None, **headers: str) -> Response:
        own = {name.replace("_", "-"): value for name, value in headers.items()}
        given = {**self.headers, **own}
        return self.served.client.request(
            method, path, content=content, headers={name: value for name, value in given.items() if value}
        )

    def begin(self, **wanted: object) -> Response:
        wanted = wanted or {"conference": "2017-krasnodar"}
        return self.served.client.post("/uploads/batches", json=wanted, headers=self.headers)

    def batch(self) -> str:
        return str(self.begin().json()["batch"])

    def create(self, batch: str, path: str, size: int, **headers: str) -> Response:
        metadata = f"batch {encoded(batch)},path {encoded(path)},modified {encoded('1498600000000')}"
        return self.ask(
            "POST", "/uploads", **{"Upload_Length": str(size), "Upload_Metadata": metadata, **headers}
        )

    def send(self, url: str, offset: int, content: bytes, **headers: str) -> Response:
        given = {"Upload_Offset": str(offset), "Content_Type": CONTENT_TYPE, **headers}
        return self.ask("PATCH", url, content, **given)

    def entries(self, batch: str) -> list[tuple[str, int]]:
        with self.served.archive.catalogue.engine.connect() as connection:
            query = select(intake.c.path, intake.c.size_bytes).where(intake.c.batch == batch)
            return [(row.path, row.size_bytes) for row in connection.execute(query.order_by(intake.c.id))]


def encoded(text: str) -> str:
    return base64.b64encode(text.encode()).decode()
