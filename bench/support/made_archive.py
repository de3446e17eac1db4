"""An archive of made documents: in the catalogue as if they had been read, without originals.

What is learned of translations comes from an archive of parallel texts of its own, so that those are not
among the texts that are searched.
"""

from __future__ import annotations

import datetime as dt
import re
import shutil
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from archive.model import Conference, Document, Kind, Page, Panel, State
from archive.repository import Archive
from archive.settings import Settings
from bench.support.made_documents import CONFERENCES, FIRST_YEAR, PANELS, SERIES, Made
from index.learner import Learner
from index.live_lexicon import lexicon_folder
from ingest.beir import Collection, read_collection

PARAGRAPHS = 4
"""So many paragraphs of a parallel text become a page."""

_EMPTY_LINES = re.compile(r"\n\s*\n")


def open_archive(home: Path, **more: str) -> Archive:
    """Open an archive in a folder, with these settings and none of the caller."""
    return Archive.open(Settings.from_env({"ARCHIVE_HOME": str(home), **more}))


def with_engine(archive: Archive, engine: str) -> Archive:
    """Open an archive again with another search engine, whose index lies below the same folder."""
    home = archive.settings.home / engine
    home.mkdir(exist_ok=True)
    with suppress(FileExistsError):
        (home / "storage").symlink_to(archive.settings.home / "storage")
    other = open_archive(home, ARCHIVE_ENGINE=engine, ARCHIVE_CATALOGUE_URL=archive.settings.catalogue_url)
    if lexicon_folder(archive).exists() and not lexicon_folder(other).exists():
        shutil.copytree(lexicon_folder(archive), lexicon_folder(other))
    return other


def fill(archive: Archive, documents: Iterable[Made]) -> None:
    """Save conferences, and put documents into the catalogue."""
    for number in range(CONFERENCES):
        year, name = FIRST_YEAR + number, f"conference-{number:02d}"
        panels = tuple(
            Panel(f"{name}/panel-{each}", {"de": f"Panel {each}", "ru": f"Секция {each}"})
            for each in range(PANELS)
        )
        archive.save_conference(
            Conference(
                name,
                {"de": f"Konferenz {year}"},
                {"de": f"Reihe {number % SERIES}"},
                start=dt.date(year, 6, 1),
                panels=panels,
            )
        )
    for made in documents:
        archive.catalogue.put_document(made.document, made.pages)


def learn(archive: Archive, parallel: Path) -> int:
    """Let the archive know what parallel texts teach; return how many translations."""
    collection = read_collection(parallel)
    with TemporaryDirectory(prefix="parallel-") as home:
        other = open_archive(Path(home))
        _fill_with(other, collection)
        learned = Learner(other).learn()
        shutil.copytree(lexicon_folder(other), lexicon_folder(archive))
        other.close()
    return learned.size.entries


def _fill_with(archive: Archive, collection: Collection) -> None:
    names = {text.id: f"p{number:06d}" for number, text in enumerate(collection.texts)}
    at = dt.datetime(FIRST_YEAR, 1, 1, tzinfo=dt.UTC)
    for text in collection.texts:
        parts = [part for part in _EMPTY_LINES.split(text.text) if part.strip()]
        pages = [
            Page(number, "\n\n".join(parts[begin : begin + PARAGRAPHS]), languages=(text.language,))
            for number, begin in enumerate(range(0, len(parts), PARAGRAPHS), 1)
        ]
        document = Document(
            id=names[text.id],
            title=text.title or text.id,
            conference="parallel",
            kind=Kind.PAPER,
            state=State.PUBLISHED,
            versions=(),
            created_at=at,
            updated_at=at,
            languages=(text.language,),
            translation_of=(names[text.translation_of],) if text.translation_of in names else (),
        )
        archive.catalogue.put_document(document, pages)
