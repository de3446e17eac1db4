"""An archive, its readers and a way to hand in files, for the tests of this package."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from archive.repository import Archive
from archive.settings import Settings
from ingest.accession import Accession
from ingest.candidate import Description
from ingest.crawl import Wishes, crawl
from ingest.intake import Intake
from ingest.outcome import Outcome
from ingest.readers import ReaderPool
from ingest.worker import Worker
from tests.ingest.drafting import HandIn, read
from tests.ingest.zipped import Unpack, unpacking_in


@pytest.fixture
def settings(environment: dict[str, str]) -> Settings:
    return Settings.from_env({**environment, "ARCHIVE_READERS": "2"})


@pytest.fixture
def archive(settings: Settings) -> Iterator[Archive]:
    archive = Archive.open(settings)
    yield archive
    archive.close()


@pytest.fixture(scope="session")
def readers() -> Iterator[ReaderPool]:
    with ReaderPool(2, 60, 2 * 1024**3, ("de", "ru", "en")) as pool:
        yield pool


@pytest.fixture
def worker(archive: Archive, readers: ReaderPool) -> Worker:
    return Worker(archive, readers)


@pytest.fixture
def hand_in(worker: Worker) -> Callable[..., dict[str, Outcome]]:
    """Ingest a folder; return the outcomes by path."""

    def hand_in(folder: Path, conference: str | None = "c") -> dict[str, Outcome]:
        outcomes = list(worker.ingest(crawl([folder], Wishes(conference=conference))))
        assert len({outcome.path for outcome in outcomes}) == len(outcomes)
        return {outcome.path: outcome for outcome in outcomes}

    return hand_in


@pytest.fixture
def accession(archive: Archive) -> Accession:
    return Accession(archive, Intake(archive))


@pytest.fixture
def hand_in_draft(archive: Archive, accession: Accession, readers: ReaderPool) -> HandIn:
    """Take in one file as an upload would: bytes, then a reading, then what becomes of it."""

    def hand_in(path: Path, name: str, *, hold: bool = True, batch: str | None = "b", **said: Any) -> Outcome:
        with path.open("rb") as stream:
            received, sha512, size_bytes = archive.receive(stream)
        description = Description("c", hold=hold, **said)
        taken = accession.take(name, name, received, sha512, size_bytes, description, batch=batch)
        if isinstance(taken, Outcome):
            return taken
        return accession.accede(taken, read(readers, taken))

    return hand_in


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Where `unpack` has its archive."""
    return tmp_path / "home"


@pytest.fixture
def unpack(tmp_path: Path) -> Iterator[Unpack]:
    """Unpacks a zip, given as bytes; what came out is there until the test ends."""
    with unpacking_in(tmp_path) as unpack:
        yield unpack
