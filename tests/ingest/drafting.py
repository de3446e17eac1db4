"""Files made on the spot, and a way to hand them in one by one, for tests of what staff look at first."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Protocol

from pptx import Presentation
from reportlab.pdfgen.canvas import Canvas
from sqlalchemy import select

from archive.model import Document, State
from archive.repository import Archive
from archive.tables import intake as table
from ingest.intake import Ticket
from ingest.outcome import Outcome
from ingest.readers import ReaderPool

SLIDES = (
    "Fernwärme modernisieren und dabei die Energieeffizienz der ganzen Stadt erhöhen",
    "Das Kraftwerk speist ein Netz von vierzig Kilometern Länge in drei Stadtteilen",
    "Die Sanierung der Leitungen beginnt im Sommer und dauert zwei volle Jahre",
)
OTHER = ("Jugend und Sport verbinden die Partnerstädte seit vielen Jahren im ganzen Land",) * 3


class HandIn(Protocol):
    def __call__(
        self, path: Path, name: str, *, hold: bool = True, batch: str | None = "b", **said: Any
    ) -> Outcome: ...


def write_deck(path: Path, slides: tuple[str, ...] = SLIDES, notes: str = "") -> Path:
    deck = Presentation()
    for text in slides:
        slide = deck.slides.add_slide(deck.slide_layouts[1])
        slide.shapes.title.text = text.split(" ", 1)[0]
        slide.placeholders[1].text = text
        if notes:
            slide.notes_slide.notes_text_frame.text = notes
    deck.save(str(path))
    return path


def write_pdf(path: Path, slides: tuple[str, ...] = SLIDES, contact: str = "") -> Path:
    canvas = Canvas(str(path), invariant=True)
    for text in slides:
        canvas.drawString(50, 700, f"{text.split(' ', 1)[0]} {text}")
        canvas.drawString(50, 600, contact)
        canvas.showPage()
    canvas.save()
    return path


def read(readers: ReaderPool, ticket: Ticket) -> Any:
    ((_, reading),) = readers.read_all([(ticket, ticket.received.path, ticket.media_type)])
    return reading


def rows(archive: Archive) -> list[Any]:
    with archive.catalogue.engine.connect() as connection:
        return list(connection.execute(select(table).order_by(table.c.id)))


def draft(archive: Archive, outcome: Outcome) -> Document:
    document = archive.document(str(outcome.document))
    assert document.state is State.DRAFT
    return document


def published(archive: Archive, hand_in_draft: HandIn, path: Path, name: str) -> Document:
    outcome = hand_in_draft(path, name, hold=False, batch=None)
    return archive.document(str(outcome.document))
