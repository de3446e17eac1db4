from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import bagit
import pytest

from archive.dublincore import from_xml
from archive.editing import Editing
from archive.errors import NotFoundError
from archive.model import Document, State
from archive.repository import Archive
from archive.settings import Settings
from ingest.bag_places import is_bag
from ingest.bags import BagError, write_bag
from ingest.outcome import Outcome, Status
from ingest.readers import ReaderPool
from ingest.restore import MESSAGE, open_bag, restore

TEXT = "Fernwärme für Krasnodar und seine Partnerstädte in Deutschland. " * 20
HandInFolder = Callable[..., dict[str, Outcome]]


@pytest.fixture
def full(archive: Archive, hand_in: HandInFolder, tmp_path: Path) -> Archive:
    """An archive with a document of two versions, a withdrawn one, a draft, and a Cyrillic name."""
    folder = tmp_path / "in"
    for path in ("Panel 1/erster.txt", "Panel 1/Второй доклад.txt", "dritter.txt"):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(f"{path} {TEXT}")
    (folder / "leer.txt").write_bytes(b"")
    hand_in(folder)
    (folder / "Panel 1/erster.txt").write_text(f"=1+1 neu {TEXT}")
    hand_in(folder)
    named = {document.current.files[0].path: document for document in archive.documents(state=None)}
    Editing(archive, "anna").withdraw([named["dritter.txt"].id], "Rechte ungeklärt")
    Editing(archive, "anna").edit({named["Panel 1/erster.txt"].id: {"title": "=SUM(A1)", "rights": "CC0"}})
    return archive


@pytest.fixture
def bag(full: Archive, tmp_path: Path) -> Path:
    write_bag(full, "c", tmp_path / "bag")
    return tmp_path / "bag"


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Archive]:
    other = Archive.open(Settings.from_env({"ARCHIVE_HOME": str(tmp_path / "other")}))
    yield other
    other.close()


def everything(archive: Archive) -> dict[str, object]:
    """Return conferences, records, pages and originals of an archive."""
    documents = archive.documents(state=None)
    bytes_of = {
        (document.id, version.number, file.name): archive.original(
            document.id, version.number, file.name
        ).read_bytes()
        for document in documents
        for version in document.versions
        for file in version.files
    }
    pages = archive.pages_of([document.id for document in documents])
    return {"conferences": archive.conferences(), "documents": documents, "pages": pages, "bytes": bytes_of}


def test_a_bag_read_into_an_empty_archive_gives_the_same_archive(
    full: Archive, bag: Path, empty: Archive, readers: ReaderPool
) -> None:
    outcomes = {outcome.path: outcome for outcome in restore(empty, readers, open_bag(bag))}
    assert everything(empty) == everything(full)
    statuses = sorted(outcome.status for outcome in outcomes.values())
    assert statuses == [Status.DEPOSITED] * 3 + [Status.HELD] * 2
    assert any("Rechte ungeklärt" in outcome.error for outcome in outcomes.values())
    again = list(restore(empty, readers, open_bag(bag)))
    assert {outcome.status for outcome in again} == {Status.UNCHANGED}
    assert everything(empty) == everything(full)


def test_a_bag_is_valid_and_can_be_read_without_this_program(full: Archive, bag: Path) -> None:
    bagit.Bag(str(bag)).validate()
    documents = {document.id: document for document in full.documents(state=None)}
    content = (bag / "data/documents.csv").read_bytes().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(content, newline=""), delimiter=";"))
    assert {row["id"] for row in rows} == set(documents)
    first = next(row for row in rows if row["rights"] == "CC0")
    assert (first["title"], first["version"], first["state"]) == ("'=SUM(A1)", "2", "published")
    for identifier, document in documents.items():
        folder = bag / "data/documents" / identifier
        elements = from_xml((folder / "dublincore.xml").read_bytes())
        assert document.title in [element.value for element in elements if element.name == "title"]
        texts = (folder / "text.txt").read_text().split("\f")
        assert [text for text in texts if text] == [page.text for page in full.pages(identifier)]


def test_a_bag_is_written_whole_or_not_at_all(full: Archive, tmp_path: Path) -> None:
    document = full.documents()[0]
    original = full.original(document.id, 1, document.versions[0].files[0].name)
    original.chmod(0o644)
    original.write_bytes(b"other")
    with pytest.raises(BagError, match="no longer what was received"):
        write_bag(full, "c", tmp_path / "out")
    assert not [path for path in tmp_path.iterdir() if "out" in path.name]


def test_nothing_is_written_over_and_no_unknown_conference(full: Archive, tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    with pytest.raises(BagError, match="is there already"):
        write_bag(full, "c", tmp_path / "there")
    with pytest.raises(BagError, match="Nothing can be written"):
        write_bag(full, "c", tmp_path / "no" / "such" / "folder")
    with pytest.raises(NotFoundError):
        write_bag(full, "unknown", tmp_path / "out")


def test_what_was_restored_in_part_gets_the_rest(
    full: Archive, bag: Path, empty: Archive, readers: ReaderPool, monkeypatch: pytest.MonkeyPatch
) -> None:
    save, calls = Archive.save, 0

    def interrupted(self: Archive, document: Document, **more: object) -> None:
        nonlocal calls
        calls += 1
        if calls == 3:
            raise KeyboardInterrupt
        save(self, document, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(Archive, "save", interrupted)
    with pytest.raises(KeyboardInterrupt):
        list(restore(empty, readers, open_bag(bag)))
    monkeypatch.setattr(Archive, "save", save)
    list(restore(empty, readers, open_bag(bag)))
    assert everything(empty) == everything(full)


def test_a_document_of_the_same_identifier_stays_as_it_is(
    full: Archive, bag: Path, readers: ReaderPool
) -> None:
    document = full.documents()[0]
    Editing(full, "anna").edit({document.id: {"title": "Anders"}})
    before = everything(full)
    failed = [outcome for outcome in restore(full, readers, open_bag(bag)) if outcome.status is Status.FAILED]
    assert {outcome.document for outcome in failed} == {document.id}
    assert everything(full) == before


def _first(bag: Path) -> Path:
    return next(
        folder
        for folder in sorted((bag / "data/documents").iterdir())
        if json.loads((folder / "record.json").read_text())["state"] == State.PUBLISHED
    )


def _flip(bag: Path) -> None:
    path = next(path for path in (_first(bag) / "originals").rglob("*.txt"))
    path.write_bytes(path.read_bytes()[:-1] + b"?")


def _lose(bag: Path) -> None:
    next((_first(bag) / "originals").rglob("*.txt")).unlink()


def _add(bag: Path) -> None:
    (bag / "data/more.txt").write_text("more")


def _link(bag: Path) -> None:
    (bag / "data/link").symlink_to("/etc/passwd")


def _rename(bag: Path) -> None:
    folder = _first(bag)
    folder.rename(folder.with_name("7k3mx9q2f1"))


def _records(bag: Path, **values: object) -> None:
    path = _first(bag) / "record.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), **values}))


def _path(bag: Path) -> None:
    path = _first(bag) / "record.json"
    record = json.loads(path.read_text())
    record["versions"][0]["files"][0]["name"] = "../../../../etc/passwd"
    path.write_text(json.dumps(record))


@pytest.mark.parametrize(
    ("harm", "says", "signed"),
    [
        (_flip, "damaged", False),
        (_lose, "damaged", False),
        (_add, "damaged", False),
        (_link, "symbolic links", False),
        (_rename, "another document", True),
        (lambda bag: _records(bag, conference="other"), "another document", True),
        (lambda bag: _records(bag, versions=[]), "another document", True),
        (lambda bag: _records(bag, id=None), "no record", True),
        (lambda bag: _records(bag, title=7, versions="x"), "no record", True),
        (lambda bag: _records(bag, format="of the future"), "no record", True),
        (_path, "is not there", True),
        (lambda bag: (bag / "data/conference.json").write_text("[]"), "no record of a conference", True),
    ],
)
def test_a_bag_that_is_not_as_it_should_be_is_refused_whole(
    bag: Path, empty: Archive, tmp_path: Path, harm: Callable[[Path], object], says: str, signed: bool
) -> None:
    harm(bag)
    if signed:  # somebody made the bag like this on purpose: all digests are right
        payload = tmp_path / "payload"
        (bag / "data").rename(payload)
        shutil.rmtree(bag)
        bagit.make_bag(str(payload), checksums=["sha512"])
        payload.rename(bag)
    with pytest.raises(BagError, match=says):
        open_bag(bag)
    assert empty.documents(state=None) == ()


def test_other_folders_are_no_bags(bag: Path, tmp_path: Path) -> None:
    assert is_bag(bag)
    assert not is_bag(bag / "data")
    assert not is_bag(tmp_path / "nothing")


def test_the_history_says_where_it_came_from(bag: Path, empty: Archive, readers: ReaderPool) -> None:
    from archive.history import history_of_document

    list(restore(empty, readers, open_bag(bag)))
    document = next(document for document in empty.documents() if len(document.versions) == 2)
    assert [event.message for event in history_of_document(empty.storage, document.id)] == [MESSAGE] * 2
