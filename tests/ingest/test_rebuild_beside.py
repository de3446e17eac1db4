"""What is deleted while everything is made again is left out, and is no damage."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from archive.errors import CatalogueError
from archive.objects import conference_object
from archive.repository import Archive
from archive.restoration import recatalogue_conference
from index.indexer import Indexer
from ingest.rebuild import read_documents, rebuild
from tests.ingest.drafting import OTHER, HandIn, published, write_pdf

if TYPE_CHECKING:
    from archive.model import Document
    from ingest.readers import ReaderPool


def two(archive: Archive, hand_in_draft: HandIn, tmp_path: Path) -> tuple[Document, Document]:
    return (
        published(archive, hand_in_draft, write_pdf(tmp_path / "a"), "a.pdf"),
        published(archive, hand_in_draft, write_pdf(tmp_path / "b", OTHER), "b.pdf"),
    )


def test_records_of_what_goes_while_they_are_read_are_left_out(
    archive: Archive, hand_in_draft: HandIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, gone = two(archive, hand_in_draft, tmp_path)
    listed = list(archive.storage.objects())
    names = list(archive.storage.identifiers())
    archive.purge(gone.id)
    with monkeypatch.context() as context:
        context.setattr(archive.storage, "objects", lambda: iter(listed))
        assert list(archive.stored.documents()) == [kept]
        context.setattr(archive.storage, "identifiers", lambda: iter(names))
        assert list(archive.stored.documents()) == [kept]


def test_document_deleted_before_its_turn_is_not_called_damaged(
    archive: Archive, hand_in_draft: HandIn, readers: ReaderPool, tmp_path: Path
) -> None:
    documents = two(archive, hand_in_draft, tmp_path)
    archive.purge(documents[0].id)
    assert [done.problem for done in read_documents(archive, readers, documents)] == ["", ""]
    assert archive.documents(state=None) == (documents[1],)


def test_document_changed_and_then_deleted_does_not_end_it(
    archive: Archive,
    hand_in_draft: HandIn,
    readers: ReaderPool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    changed, other = two(archive, hand_in_draft, tmp_path)
    version = replace(changed.current, note="changed")
    archive.save(replace(changed, versions=(version,)), message="Edited")
    one_by_one = lambda jobs: ((key, readers.read(path, kind)) for key, path, kind in jobs)  # noqa: E731
    monkeypatch.setattr(readers, "read_all", one_by_one)
    done = []
    for each in read_documents(archive, readers, (changed, other)):
        archive.purge(changed.id)
        done.append(each.document)
    assert done == [other.id]


def test_conference_removed_before_its_turn_does_not_end_it(
    archive: Archive,
    hand_in_draft: HandIn,
    readers: ReaderPool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    kept, _ = two(archive, hand_in_draft, tmp_path)

    def removed_first(archive: Archive, identifier: str) -> None:
        archive.storage.remove(conference_object(identifier), tmp_path)
        recatalogue_conference(archive, identifier)

    monkeypatch.setattr("ingest.rebuild.recatalogue_conference", removed_first)
    assert kept.id in [done.document for done in rebuild(archive, Indexer(archive), readers)]


def test_rebuild_from_nothing_that_dies_is_gone_on_with_before_files_come_in(
    archive: Archive, hand_in_draft: HandIn, readers: ReaderPool, tmp_path: Path
) -> None:
    for document in two(archive, hand_in_draft, tmp_path):
        archive.catalogue.remove_document(document.id)
    for conference in archive.conferences():
        archive.catalogue.remove_conference(conference.id)
    begun = rebuild(archive, Indexer(archive), readers)
    next(begun)
    begun.close()
    with pytest.raises(CatalogueError, match="python -m portal rebuild"):
        Archive.open(archive.settings)
    again = Archive.open(archive.settings, rebuilding=True)
    assert len(list(rebuild(again, Indexer(again), readers))) == 2
    again.close()
    Archive.open(archive.settings).close()
