"""An empty archive and ready-made documents for the tests of this package."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Iterator

import pytest

from archive.identifiers import mint_document_id
from archive.model import Document, File, Kind, Page, State, Version
from archive.repository import Archive
from archive.settings import Settings

NOW = dt.datetime(2017, 6, 29, 10, 0, tzinfo=dt.UTC)


@pytest.fixture
def settings(environment: dict[str, str]) -> Settings:
    return Settings.from_env(environment)


@pytest.fixture
def archive(settings: Settings) -> Iterator[Archive]:
    archive = Archive.open(settings)
    yield archive
    archive.close()


@pytest.fixture
def deposit(archive: Archive) -> Callable[..., Document]:
    """Deposit bytes as a published document of one page and return it."""

    def deposit(content: bytes, path: str = "panel/Fernwärme.txt", **fields: object) -> Document:
        received, sha512, size_bytes = archive.receive(io.BytesIO(content))
        name = path.rsplit("/", 1)[-1]
        file = File(name, path, "text/plain", size_bytes, sha512, 1)
        values: dict[str, object] = {
            "id": mint_document_id(),
            "title": "Fernwärme",
            "conference": "2017-krasnodar",
            "kind": Kind.PAPER,
            "state": State.PUBLISHED,
            "versions": (Version(1, NOW, (file,)),),
            "created_at": NOW,
            "updated_at": NOW,
            "languages": ("de",),
        }
        document = Document(**{**values, **fields})  # type: ignore[arg-type]
        try:
            archive.save(
                document,
                message="Deposited",
                originals={name: received.path},
                pages=[Page(1, content.decode(), languages=("de",))],
                passports={name: {"pages": 1}},
            )
        finally:
            received.discard()
        return document

    return deposit
