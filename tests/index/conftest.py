"""A small archive in memory, with what the index asks of the real one."""

from __future__ import annotations

import datetime as dt
import gc
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from archive.errors import NotFoundError
from archive.model import Change, Conference, Document, Kind, Page, Panel, State
from archive.settings import ENGINES as ENGINE_NAMES
from archive.settings import Settings
from archive.storage import Storage
from archive.stored import Stored
from index.engine import Engine
from index.indexer import Indexer
from index.search import Search
from tests.index.engines import ENGINES, ENTRIES, SCHEMA

DAY = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


class MemoryArchive:
    """Documents, pages and the change feed; nothing is kept."""

    def __init__(self, home: Path, **settings: str) -> None:
        names = {f"ARCHIVE_{name.upper()}": value for name, value in settings.items()}
        self.settings = Settings.from_env({"ARCHIVE_HOME": str(home), **names})
        self.stored = Stored(Storage(home / "storage"))
        self._documents: dict[str, Document] = {}
        self._pages: dict[str, tuple[Page, ...]] = {}
        self._conferences: dict[str, Conference] = {}
        self._changes: list[Change] = []
        self.refused: set[frozenset[str]] = set()

    def put_conference(self, conference: Conference) -> None:
        self._conferences[conference.id] = conference

    def put(self, identifier: str, *texts: str | Page, language: str = "de", **values: object) -> Document:
        """Add or replace a document; texts become pages in `language`."""
        pages = tuple(
            replace(text, number=number)
            if isinstance(text, Page)
            else Page(number, text, languages=tuple(language.split()))
            for number, text in enumerate(texts, 1)
        )
        described = {
            "title": "Ohne Titel",
            "conference": "c2017",
            "kind": Kind.PRESENTATION,
            "state": State.PUBLISHED,
            "versions": (),
            "created_at": DAY,
            "updated_at": DAY,
            **values,
        }
        document = Document(id=identifier, **described)  # type: ignore[arg-type]
        self._documents[identifier], self._pages[identifier] = document, pages
        self.touch(identifier)
        return document

    def change(self, identifier: str, **values: object) -> None:
        self._documents[identifier] = replace(self._documents[identifier], **values)  # type: ignore[arg-type]
        self.touch(identifier)

    def purge(self, identifier: str) -> None:
        del self._documents[identifier], self._pages[identifier]
        self.touch(identifier)

    def touch(self, identifier: str) -> None:
        self._changes.append(Change(len(self._changes) + 1, identifier))

    def forget_changes(self) -> None:
        """Become an archive whose catalogue was built anew."""
        self._changes = []
        for identifier in self._documents:
            self.touch(identifier)

    def document(self, identifier: str) -> Document:
        if identifier not in self._documents:
            raise NotFoundError("document", identifier)
        return self._documents[identifier]

    def documents_by_id(self, identifiers: Sequence[str]) -> dict[str, Document]:
        return {name: self._documents[name] for name in identifiers if name in self._documents}

    def documents(self) -> tuple[Document, ...]:
        return tuple(each for each in self._documents.values() if each.state is State.PUBLISHED)

    def pages(self, identifier: str) -> tuple[Page, ...]:
        return self._pages.get(identifier, ())

    def pages_of(self, identifiers: Sequence[str]) -> dict[str, tuple[Page, ...]]:
        return {name: self.pages(name) for name in identifiers}

    def some_pages(self, numbers: Mapping[str, Iterable[int]]) -> dict[str, tuple[Page, ...]]:
        return {
            name: tuple(page for page in self.pages(name) if page.number in {*some})
            for name, some in numbers.items()
        }

    def changed_since(self, sequence: int, identifiers: Sequence[str]) -> frozenset[str]:
        return frozenset(change.document for change in self._changes[sequence:]).intersection(identifiers)

    def translation_relations(self) -> tuple[tuple[str, str], ...]:
        return tuple(
            (name, original) for name, each in self._documents.items() for original in each.translation_of
        )

    def refused_translations(self) -> frozenset[frozenset[str]]:
        return frozenset(self.refused)

    def conference(self, identifier: str) -> Conference:
        if identifier not in self._conferences:
            raise NotFoundError("conference", identifier)
        return self._conferences[identifier]

    def changes(self, after: int, limit: int) -> tuple[Change, ...]:
        return tuple(self._changes[after : after + limit])

    def last_change(self) -> int:
        return len(self._changes)


KRASNODAR = Conference(
    id="c2017",
    title={"de": "XIV. Städtepartnerkonferenz", "ru": "XIV конференция городов-партнёров"},
    place={"de": "Krasnodar", "ru": "Краснодар"},
    start=dt.date(2017, 6, 28),
    panels=(Panel("c2017/energy", {"de": "Energieeffizienz"}), Panel("c2017/youth", {"de": "Jugend"})),
)
AACHEN = Conference(id="c2023", title={"de": "Konferenz in Aachen"}, start=dt.date(2023, 6, 1))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run tests that ask for it with every engine, all others with the one that is set by default."""
    if "engine_name" in metafunc.fixturenames:
        every = metafunc.definition.get_closest_marker("every_engine") is not None
        metafunc.parametrize("engine_name", ENGINES if every else [ENGINE_NAMES[0]], scope="module")


@pytest.fixture(autouse=True)
def _own_garbage(request: pytest.FixtureRequest) -> Iterator[None]:
    """Have what a test may leave open, as its mark says, be found in it and not in a later one."""
    yield
    if request.node.get_closest_marker("filterwarnings") is not None:
        gc.collect()


@pytest.fixture
def archive(tmp_path: Path, engine_name: str) -> MemoryArchive:
    made = MemoryArchive(tmp_path, engine=engine_name)
    made.put_conference(KRASNODAR)
    made.put_conference(AACHEN)
    return made


@pytest.fixture
def make_archive(tmp_path: Path, engine_name: str) -> Callable[..., MemoryArchive]:
    def make(name: str, **settings: str) -> MemoryArchive:
        made = MemoryArchive(tmp_path / name, engine=engine_name, **settings)
        made.put_conference(KRASNODAR)
        made.put_conference(AACHEN)
        return made

    return make


@pytest.fixture
def today() -> list[dt.date]:
    """The day it is, to be changed."""
    return [dt.date(2026, 1, 1)]


@pytest.fixture
def indexer(archive: MemoryArchive, today: list[dt.date]) -> Iterator[Indexer]:
    made = Indexer(archive, lambda: today[0])  # type: ignore[arg-type]
    yield made
    made.close()


@pytest.fixture
def search(archive: MemoryArchive, today: list[dt.date]) -> Iterator[Search]:
    made = Search(archive, lambda: today[0])  # type: ignore[arg-type]
    yield made
    made.close()


@pytest.fixture(params=ENGINES)
def engine_kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def engine(engine_kind: str, tmp_path: Path) -> Iterator[Engine]:
    engine = ENGINES[engine_kind][0](tmp_path, SCHEMA)
    engine.write(ENTRIES, (), 4)
    yield engine
    engine.close()
