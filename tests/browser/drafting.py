"""Drafts made at once, as reading an upload would leave them, for tests of what staff do with them."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

from sqlalchemy import update

from archive.identifiers import mint_document_id
from archive.model import Conference, Document, File, Kind, Page, Panel, Sensitive, State, Version
from archive.records import Json
from archive.repository import Archive
from archive.settings import Settings
from archive.tables import intake
from ingest.batches import Batches
from ingest.candidate import Description
from ingest.intake import Intake

PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
CONFERENCES = (
    Conference(
        "2017-krasnodar",
        {"de": "XIV. Konferenz"},
        number=14,
        start=dt.date(2017, 6, 28),
        place={"de": "Krasnodar"},
        panels=(
            Panel("2017-krasnodar/energie", {"de": "Energie und Stadt"}),
            Panel("2017-krasnodar/bildung", {"de": "Bildung und Jugend"}),
        ),
    ),
    Conference(
        "2015-karlsruhe",
        {"de": "XIII. Konferenz"},
        number=13,
        start=dt.date(2015, 6, 1),
        place={"de": "Karlsruhe"},
    ),
)


def opened(home: Path) -> Archive:
    """Open the archive of a portal beside it."""
    return Archive.open(Settings.from_env({"ARCHIVE_HOME": str(home)}))


def draft_batch(
    archive: Archive, titles: list[str], **special: dict[str, object]
) -> tuple[str, dict[str, str]]:
    """Make a batch with a draft for each title: its identifier, and those of the drafts by title.

    `special`: title with _ for spaces -> what is different: `pages`, `sensitive`, `reason`, `proposals`.
    """
    for conference in CONFERENCES:
        archive.save_conference(conference)
    batch = Batches(archive.catalogue.engine).begin("a-staff", "upload", CONFERENCES[0].id)
    made = {
        title: _draft(archive, batch.id, title, special.get(title.replace(" ", "_"), {})) for title in titles
    }
    return batch.id, made


def _draft(archive: Archive, batch: str, title: str, special: dict[str, object]) -> str:
    received, sha512, size_bytes = archive.receive(io.BytesIO(title.encode()))
    name, now = f"{title}.pptx", dt.datetime.now(dt.UTC).replace(microsecond=0)
    queue = Intake(archive)
    ticket = queue.enter(
        f"ordner/{name}", received, sha512, size_bytes, PPTX, Description(CONFERENCES[0].id), batch=batch
    )
    reason = str(special.get("reason", ""))
    pages = special.get("pages", [] if reason else [Page(1, f"Text von {title}", languages=("de",))])
    assert isinstance(pages, list)
    sensitive = special.get("sensitive", ())
    assert isinstance(sensitive, tuple)
    file = File(name, f"ordner/{name}", PPTX, size_bytes, sha512, len(pages) or None, sensitive)
    document = Document(
        mint_document_id(),
        title,
        CONFERENCES[0].id,
        Kind.PRESENTATION,
        State.DRAFT,
        (Version(1, now, (file,)),),
        now,
        now,
        languages=("de",),
        reason=reason,
    )
    passport: Json = {
        "light": "red" if reason else "green",
        "notes": 1 if Sensitive.NOTES in sensitive else 0,
    }
    archive.save(
        document,
        message="Deposited",
        originals={name: received.path},
        pages=pages,
        passports={name: passport},
    )
    values = {
        "state": "done",
        "status": "held" if reason else "deposited",
        "document": document.id,
        "error": reason,
        "proposals": special.get(
            "proposals", {"title": {"value": title, "reason": "first_page", "details": {}}}
        ),
    }
    with archive.catalogue.engine.begin() as connection:
        connection.execute(update(intake).where(intake.c.id == ticket.id).values(values))
    received.discard()
    return document.id
