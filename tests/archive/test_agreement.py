"""A catalogue or a storage root from an older backup: nothing is changed by what the other does not say."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable
from dataclasses import replace

import pytest

from archive.errors import CatalogueError, StorageError
from archive.model import Conference, Document, Page, Version
from archive.objects import document_object
from archive.repository import Archive
from archive.restoration import recatalogue
from tests.archive.conftest import NOW

Deposit = Callable[..., Document]


def retitle(archive: Archive, document: Document, title: str) -> Document:
    return archive.revise(document.id, lambda before: replace(before, title=title), message="Edited")[1]


def test_older_catalogue_does_not_undo_what_was_edited_since(archive: Archive, deposit: Deposit) -> None:
    older = deposit(b"Text")
    newer = retitle(archive, older, "Wärme")
    archive.catalogue.put_document(older, None, {})
    with pytest.raises(
        CatalogueError, match=f"{older.id} as the storage root has it.*python -m portal rebuild"
    ):
        retitle(archive, older, "Kälte")
    assert archive.stored.document(older.id) == newer
    assert recatalogue(archive, newer, None, None)
    assert retitle(archive, newer, "Kälte").title == "Kälte"


def test_older_catalogue_does_not_put_a_version_in_place_of_another(
    archive: Archive, deposit: Deposit
) -> None:
    older = deposit(b"first")
    for content in (b"second", b"third"):
        received, sha512, size_bytes = archive.receive(io.BytesIO(content))
        file = replace(older.current.files[0], sha512=sha512, size_bytes=size_bytes)
        newer = replace(older, versions=(*older.versions, Version(2, NOW, (file,))))
        originals, pages = {file.name: received.path}, [Page(1, content.decode())]
        if content == b"second":
            archive.save(newer, message="Replaced", originals=originals, pages=pages)
            archive.catalogue.put_document(older, None, {})
        else:
            with pytest.raises(CatalogueError, match="older backup"):
                archive.save(newer, message="Replaced", originals=originals, pages=pages)
        received.discard()
    assert archive.original(older.id, 2, file.name).read_bytes() == b"second"


def test_older_storage_root_does_not_get_a_record_without_its_files(
    archive: Archive, deposit: Deposit
) -> None:
    document = deposit(b"Text")
    folder = archive.storage.folder(document_object(document.id))
    shutil.rmtree(folder)
    with pytest.raises(StorageError, match=f"Restore {folder} from a backup"):
        retitle(archive, document, "Wärme")
    assert not folder.exists()


def test_catalogue_without_a_document_does_not_get_it_a_second_time(
    archive: Archive, deposit: Deposit
) -> None:
    document = deposit(b"Text")
    archive.catalogue.remove_document(document.id)
    with pytest.raises(CatalogueError, match="older backup"):
        archive.save(document, message="Restored")


def test_older_catalogue_does_not_undo_what_was_said_of_a_conference(archive: Archive) -> None:
    older, newer = (Conference("c", {"de": title}) for title in ("Alt", "Neu"))
    archive.save_conference(older)
    archive.save_conference(newer)
    archive.catalogue.put_conference(older)
    with pytest.raises(CatalogueError, match="does not have c as the storage root has it"):
        archive.save_conference(replace(older, place="Krasnodar"))
    assert archive.stored.conference("c") == newer


def test_record_of_an_earlier_program_is_the_same_record(
    archive: Archive, deposit: Deposit, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = deposit(b"Text")
    monkeypatch.setattr("archive.agreement.dump", lambda record: b"written otherwise")
    assert retitle(archive, document, "Wärme").title == "Wärme"
