"""What staff do to the thesaurus changes at once what a search finds."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from archive.model import Document, File, Kind, Page, State, Version
from archive.repository import Archive
from archive.settings import Settings
from index.indexer import Indexer
from index.query import Query
from index.search import Search
from index.thesaurus import Concept
from index.thesaurus_editing import ThesaurusEditing

NOW = dt.datetime(2017, 6, 29, 10, 0, tzinfo=dt.UTC)
SLIDE = "Новый зюзюкатор на площади города"

KIOSK = Concept("", {"de": "Wurstbude", "ru": "зюзюкатор", "en": "sausagery"})
SKOS = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<urn:y:a> a skos:Concept ; skos:prefLabel "Wurstbude"@de, "зюзюкатор"@ru .
""".encode()


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """An archive with one Russian slide, indexed."""
    archive = Archive.open(Settings.from_env({"ARCHIVE_HOME": str(tmp_path)}))
    received, sha512, size_bytes = archive.receive(io.BytesIO(SLIDE.encode()))
    file = File("a.txt", "a.txt", "text/plain", size_bytes, sha512, 1)
    document = Document(
        id="7k3mx9q2f1",
        title="Без названия",
        conference="2017-krasnodar",
        kind=Kind.PAPER,
        state=State.PUBLISHED,
        versions=(Version(1, NOW, (file,)),),
        created_at=NOW,
        updated_at=NOW,
        languages=("ru",),
    )
    page = Page(1, SLIDE, languages=("ru",))
    archive.save(document, message="Deposited", originals={"a.txt": received.path}, pages=[page])
    received.discard()
    with closing(Indexer(archive)) as indexer:
        indexer.catch_up()
    yield archive
    archive.close()


@pytest.fixture
def found(archive: Archive) -> Iterator[Callable[[str], int]]:
    """Search as a portal does that stays open."""
    with ExitStack() as opened:
        search = opened.enter_context(closing(Search(archive)))
        yield lambda text: search.ask(Query(text=text)).total


def test_an_edit_changes_what_a_search_finds(archive: Archive, found: Callable[[str], int]) -> None:
    editing = ThesaurusEditing(archive, "anna")
    assert (found("зюзюкатор"), found("Wurstbude")) == (1, 0)
    made = editing.add(KIOSK)
    assert found("Wurstbude") == found("sausagery") == 1
    editing.save(made, Concept(made.uri, {"de": "Imbiss", "ru": "зюзюкатор", "en": "sausagery"}))
    assert (found("Wurstbude"), found("Imbiss")) == (0, 1)
    editing.remove(made.uri)
    assert (found("Wurstbude"), found("Imbiss")) == (0, 0)


def test_a_loaded_file_changes_what_a_search_finds(archive: Archive, found: Callable[[str], int]) -> None:
    editing = ThesaurusEditing(archive, "anna")
    assert found("Wurstbude") == 0
    file = editing.load("a.ttl", io.BytesIO(SKOS))
    assert found("Wurstbude") == 1
    editing.unload(file.path)
    assert found("Wurstbude") == 0


def test_suggestions_know_what_staff_added(archive: Archive) -> None:
    with closing(Search(archive)) as search:
        assert "новый зюзюкатор" not in [each.text for each in search.suggest("зюз")]
        ThesaurusEditing(archive, "anna").add(
            Concept("", {"de": "Wurstbude", "ru": "новый зюзюкатор", "en": "sausagery"})
        )
        assert "новый зюзюкатор" in [each.text for each in search.suggest("зюз")]
