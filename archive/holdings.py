"""What is held, counted: documents by conference and language, files by format, drafts by reason."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import Engine, select

from archive import tables
from archive.model import Document, State
from archive.records import document_from_json

_AT_ONCE = 500


@dataclass
class Held:
    """How much of something there is. Files of all versions count, since all are kept."""

    published: int = 0
    drafts: int = 0
    withdrawn: int = 0
    files: int = 0
    size_bytes: int = 0

    def add(self, document: Document) -> None:
        """Count one document with its files."""
        self.published += document.state is State.PUBLISHED
        self.drafts += document.state is State.DRAFT
        self.withdrawn += document.state is State.WITHDRAWN
        for version in document.versions:
            self.files += len(version.files)
            self.size_bytes += sum(file.size_bytes for file in version.files)


@dataclass
class Format:
    """How much there is of one format."""

    files: int = 0
    size_bytes: int = 0


@dataclass(frozen=True, slots=True)
class Holdings:
    """All that is held. Languages are those of published documents; `drafts` counts by the reason given."""

    all: Held = field(default_factory=Held)
    conferences: Mapping[str, Held] = field(default_factory=dict)
    languages: Mapping[str, int] = field(default_factory=dict)
    formats: Mapping[str, Format] = field(default_factory=dict)
    drafts: Mapping[str, int] = field(default_factory=dict)


def count_holdings(engine: Engine) -> Holdings:
    """Count everything, in one pass over all records."""
    everything = Held()
    conferences: defaultdict[str, Held] = defaultdict(Held)
    formats: defaultdict[str, Format] = defaultdict(Format)
    languages: Counter[str] = Counter()
    drafts: Counter[str] = Counter()
    query = select(tables.documents.c.record)
    with engine.connect().execution_options(yield_per=_AT_ONCE) as connection:
        for record in connection.scalars(query):
            document = document_from_json(record)
            everything.add(document)
            conferences[document.conference].add(document)
            for file in (file for version in document.versions for file in version.files):
                formats[file.media_type].files += 1
                formats[file.media_type].size_bytes += file.size_bytes
            if document.state is State.PUBLISHED:
                languages.update(document.languages)
            elif document.state is State.DRAFT:
                drafts[document.reason] += 1
    return Holdings(everything, dict(conferences), dict(languages), dict(formats), dict(drafts))
