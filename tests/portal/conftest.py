"""A conference with some documents, as values and as a real archive that the routes serve."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas
from starlette.applications import Starlette
from starlette.testclient import TestClient

from archive.model import (
    Access,
    Agent,
    Conference,
    Document,
    File,
    Kind,
    Link,
    Page,
    Panel,
    Sensitive,
    State,
    Version,
)
from archive.repository import Archive
from archive.settings import Settings
from index.indexer import Indexer
from index.search import Search
from ingest.pictures import PictureCache
from ingest.readers import ReaderPool
from portal.cards import Shelf
from portal.reader import Reader, reader_of
from portal.resources import Resources, share
from portal.routes import EXCEPTION_HANDLERS, MIDDLEWARE, ROUTES

PDF = "application/pdf"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
NOW = dt.datetime(2017, 7, 1, 12, 0, tzinfo=dt.UTC)

PANEL = Panel(
    "2017-krasnodar/energie",
    {"de": "Energieeffizienz und Stadt", "ru": "Энергоэффективность и город"},
    working_group={"de": "Arbeitsgruppe 2"},
    description={"de": "Städte sparen Energie."},
    day=dt.date(2017, 6, 29),
    coordinators=(Agent({"de": "dena"}, "https://www.dena.de"),),
)
CONFERENCE = Conference(
    "2017-krasnodar",
    {"de": "XIV. Deutsch-Russische Städtepartnerkonferenz", "ru": "XIV конференция городов-партнёров"},
    number=14,
    start=dt.date(2017, 6, 28),
    end=dt.date(2017, 6, 30),
    place={"de": "Krasnodar", "ru": "Краснодар", "en": "Krasnodar"},
    motto={"de": "Kontakte knüpfen"},
    description={"de": "Erster Absatz.\n\nZweiter Absatz."},
    organisers=(Agent({"de": "Deutsch-Russisches Forum"}, "https://example.org/forum"),),
    partners=(Agent({"de": "Stiftung"}),),
    links=(Link({"de": "Mehr dazu"}, "https://example.org/mehr"),),
    panels=(PANEL,),
)


@pytest.fixture
def conference() -> Conference:
    return CONFERENCE


@pytest.fixture
def shelf() -> Shelf:
    return Shelf({CONFERENCE.id: CONFERENCE})


@pytest.fixture
def reader() -> Reader:
    return _reader("de")


@pytest.fixture
def reader_in() -> Callable[[str], Reader]:
    """Make a reader whose browser prefers a language."""
    return _reader


def _reader(language: str) -> Reader:
    return reader_of({}, language, dt.date(2026, 1, 1))


@pytest.fixture
def document() -> Document:
    """A German presentation of two slides, as PDF and PPTX."""
    return made("7k3mx9q2f1", {"Vortrag ä.pdf": b"%PDF-", "Vortrag ä.pptx": b"PK"}, page_count=2)


def made(identifier: str, contents: dict[str, bytes], *, page_count: int, **changes: object) -> Document:
    """A published presentation with these files; what `changes` says is different."""
    types = {"pdf": PDF, "pptx": PPTX, "html": "text/html", "svg": "image/svg+xml"}
    files = tuple(
        File(
            name,
            f"ordner/{name}",
            types[name.rsplit(".")[-1]],
            len(content),
            hashlib.sha512(content).hexdigest(),
            page_count,
        )
        for name, content in contents.items()
    )
    document = Document(
        identifier,
        "Fernwärme modernisieren",
        CONFERENCE.id,
        Kind.PRESENTATION,
        State.PUBLISHED,
        (Version(1, NOW, files),),
        NOW,
        NOW,
        panel=PANEL.id,
        creators=("Stadtwerke Karlsruhe",),
        languages=("de",),
        rights="CC BY 4.0",
    )
    return replace(document, **changes)  # type: ignore[arg-type]


def pdf(*texts: str) -> bytes:
    """A PDF of one page a text."""
    written = BytesIO()
    canvas = Canvas(written, pagesize=(320, 180), invariant=True)
    for text in texts:
        canvas.drawString(20, 120, text)
        canvas.showPage()
    canvas.save()
    return written.getvalue()


@dataclass(frozen=True)
class Served:
    """An archive that the portal serves, and what was put into it, by what it is there for."""

    client: TestClient
    archive: Archive
    documents: dict[str, Document]
    contents: dict[str, bytes]

    def file_url(self, which: str, name: str) -> str:
        return f"/files/{self.documents[which].id}/1/{name}"


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    home = tmp_path_factory.mktemp("portal")
    settings = Settings.from_env({"ARCHIVE_HOME": str(home / "archive"), "ARCHIVE_READERS": "1"})
    archive = Archive.open(settings)
    archive.save_conference(CONFERENCE)
    contents = {
        "Vortrag ä.pdf": pdf("Eins", "Zwei", "Drei"),
        "Vortrag ä.pptx": b"PK" + bytes(range(256)) * 40,
        "Seite.html": b"<script>alert(1)</script>",
        "Skizze.svg": b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
    }
    documents = {
        which: _put(archive, home, contents, which, identifier, **changes)
        for which, identifier, changes in (
            ("deck", "7k3mx9q2f1", {}),
            ("sister", "7k3mx9q2f2", {"title": "Модернизация", "languages": ("ru",)}),
            ("bilingual", "7k3mx9q2f3", {"title": "Wasser <b>&\u202e", "languages": ("de", "ru")}),
            ("draft", "7k3mx9q2f4", {"state": State.DRAFT}),
            (
                "withdrawn",
                "7k3mx9q2f5",
                {
                    "title": "Zurückgezogenes <b>",
                    "state": State.WITHDRAWN,
                    "reason": "Auf Wunsch der <i>Autorin</i>",
                    "withdrawn_at": dt.datetime(2026, 3, 1, 9, 0, tzinfo=dt.UTC),
                },
            ),
            ("staff", "7k3mx9q2f6", {"access": Access.STAFF}),
            (
                "embargoed",
                "7k3mx9q2f7",
                {"access": Access.EMBARGOED, "embargoed_until": dt.date(9999, 1, 1)},
            ),
            (
                "kept",
                "7k3mx9q2f8",
                {"title": "Klärwerk", "withheld": (Sensitive.NOTES, Sensitive.HIDDEN, Sensitive.CONTACTS)},
            ),
        )
    }
    Indexer(archive).catch_up()
    with ReaderPool(1, 60, 1 << 30, ("de", "ru", "en")) as pool:
        share(Resources(settings, archive, Search(archive), PictureCache(home / "pictures", pool)))
        app = Starlette(routes=ROUTES, middleware=MIDDLEWARE, exception_handlers=EXCEPTION_HANDLERS)
        with TestClient(app, headers={"Accept-Language": "de"}) as client:
            yield Served(client, archive, documents, contents)
        share(None)
    archive.close()


def _put(
    archive: Archive, home: Path, contents: dict[str, bytes], which: str, identifier: str, **changes: object
) -> Document:
    both = ["Vortrag ä.pdf", "Vortrag ä.pptx"]
    names = {"deck": both, "kept": both, "sister": ["Vortrag ä.pptx"]}
    used = {name: contents[name] for name in names.get(which, list(contents))}
    if which == "sister":
        changes["translation_of"] = ("7k3mx9q2f1",)
    document = made(identifier, used, page_count=3, **changes)
    if which == "kept":
        pdf_file, deck = document.current.files
        deck = replace(deck, sensitive=(Sensitive.NOTES,))
        document = replace(document, versions=(replace(document.current, files=(pdf_file, deck)),))
    originals = {name: home / name for name in used}
    for name, path in originals.items():
        path.write_bytes(contents[name])
    pages = {
        "bilingual": [Page(1, "Trinkwasser", languages=("de",)), Page(2, "питьевая вода", languages=("ru",))],
        "sister": [Page(1, "Модернизация теплоснабжения", languages=("ru",))],
        "kept": [
            Page(1, "Klärwerk", languages=("de",), notes="Notiz für Mitarbeitende"),
            Page(2, "Unterlage", languages=("de",), hidden=True),
            Page(3, "Fragen an anna@example.org", languages=("de",)),
        ],
    }.get(
        which,
        [
            Page(1, "Fernwärme modernisieren", languages=("de",)),
            Page(2, f"Netze der Fernwärme {which}", languages=("de",), notes="geheime Notiz"),
            Page(3, "verborgene Folie", languages=("de",), hidden=True),
        ],
    )
    reports = {"Vortrag ä.pptx": {"pages": 2, "notes": 1, "hidden": [2]}} if which == "kept" else {}
    archive.save(document, message="made", originals=originals, pages=pages, passports=reports)
    return document
