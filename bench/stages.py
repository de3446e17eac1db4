"""Where the time goes between a folder of files and their being found: processor seconds stage by stage.

    python -m bench.stages FOLDER

Everything is done by one process, one stage after the other; `ingest` does several at once. Processor time
leaves out waiting for the disk, which the last column adds.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from archive.access import Audience
from archive.model import Document
from archive.repository import Archive
from archive.settings import Settings
from bench.command import PROJECT
from index.audiences import index_of
from index.engine import Entry
from index.entries import entries
from ingest.accession import Accession
from ingest.conferences import keep_described
from ingest.crawl import Wishes, crawl
from ingest.extraction import Extraction, ExtractionError
from ingest.extractors import extract
from ingest.intake import Intake, Ticket
from ingest.language import languages_of
from ingest.mediatypes import extension_of
from ingest.outcome import Outcome
from ingest.passport import Passport
from ingest.reading import Reading

_START = "import portal.commands.ingest, portal.commands.taking_in"
_READER_START = "import ingest.reader_main, ingest.extractors.pdf, ingest.extractors.pptx"


@dataclass(slots=True)
class Spent:
    """What a stage took so far, in seconds of processor and clock."""

    times: int = 0
    processor: float = 0.0
    clock: float = 0.0


class Stages:
    """What each stage took, in the order in which they were first met."""

    def __init__(self) -> None:
        self.spent: defaultdict[str, Spent] = defaultdict(Spent)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Add what the block takes to a stage."""
        began, processor = time.perf_counter(), _processor()
        try:
            yield
        finally:
            spent = self.spent[name]
            spent.times += 1
            spent.clock += time.perf_counter() - began
            spent.processor += _processor() - processor

    def table(self) -> str:
        """Return a table in Markdown."""
        lines = ["| stage | times | processor s | clock s |", "|---|---:|---:|---:|"]
        for name, spent in self.spent.items():
            lines.append(f"| {name} | {spent.times} | {spent.processor:.2f} | {spent.clock:.2f} |")
        processor = sum(spent.processor for spent in self.spent.values())
        clock = sum(spent.clock for spent in self.spent.values())
        return "\n".join([*lines, f"| all | | {processor:.2f} | {clock:.2f} |"]) + "\n"


def main() -> int:
    """Take every file through all stages and print the table."""
    folder, stages = Path(sys.argv[1]).resolve(), Stages()
    with stages.stage("start of the command"):
        _python(_START)
    with stages.stage("start of a reader"):
        _python(_READER_START)
    with tempfile.TemporaryDirectory() as home:
        settings = Settings.from_env({"ARCHIVE_HOME": home})
        with closing(Archive.open(settings)) as archive:
            _bring_in(folder, archive, stages)
            _index(archive, stages)
    sys.stdout.write(stages.table())
    return 0


def _bring_in(folder: Path, archive: Archive, stages: Stages) -> None:
    with stages.stage("find the files"):
        found = crawl([folder], Wishes("corpus", None, None), archive.settings.home)
    keep_described(archive, found)
    accession = Accession(archive, Intake(archive))
    for candidate in found.candidates:
        with stages.stage("keep the bytes, enter the queue"):
            ticket = accession.receive(candidate)
        if isinstance(ticket, Outcome):
            continue
        accession.keep_place(ticket.description)
        reading = _read(ticket, archive.settings.languages, stages)
        with stages.stage("make it a document"):
            accession.accede(ticket, reading)


def _read(ticket: Ticket, known: tuple[str, ...], stages: Stages) -> Reading | ExtractionError:
    try:
        with stages.stage(f"read {extension_of(ticket.path).upper()}"):
            extraction = extract(ticket.received.path, ticket.media_type)
    except ExtractionError as exc:
        return exc
    with stages.stage("tell the languages"):
        languages = languages_of(_texts(extraction), known)
    with stages.stage("hand it from reader to writer"):
        passport = Passport.of(extraction, ticket.media_type, 0, languages.shares)
        reading = Reading(extraction, languages.pages, languages.document, passport)
        return Reading.from_json(reading.to_json())


def _texts(extraction: Extraction) -> list[str]:
    return [page.text or page.notes for page in extraction.pages]


def _index(archive: Archive, stages: Stages) -> None:
    """Analyse everything, then write it: what one commit of the indexer does."""
    made: list[Entry] = []
    documents: tuple[Document, ...] = archive.documents()
    pages = archive.pages_of([document.id for document in documents])
    for document in documents:
        conference = archive.conference(document.conference)
        with stages.stage("analyse the text"):
            made += entries(document, pages[document.id], conference, archive.settings.languages)
    _name, engine = index_of(archive, Audience.PUBLIC).begin()
    with closing(engine), stages.stage("write the index"):
        engine.write(made, (), archive.last_change())


def _python(program: str) -> None:
    subprocess.run([sys.executable, "-c", program], cwd=PROJECT, check=True)


def _processor() -> float:
    """Return the seconds of processor that this process and those it waited for have taken."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


if __name__ == "__main__":
    sys.exit(main())
