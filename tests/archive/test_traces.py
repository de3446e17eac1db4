"""What is left of a document that was deleted for good: that there was one, and nothing that it said."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select

from archive.editing import Editing
from archive.errors import EditError
from archive.model import Document, State
from archive.objects import document_object
from archive.pictures import pictures_of
from archive.repository import Archive
from archive.restoration import drop_unstored
from archive.staff_log import StaffLog
from archive.tables import intake

pytestmark = pytest.mark.databases

Deposit = Callable[..., Document]


def draw(archive: Archive, document: Document) -> Path:
    """Leave a picture of a document's first page where the portal does."""
    folder = pictures_of(archive.settings.home / "pictures", document.current.files[0].sha512)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "1-352.webp").write_bytes(b"picture")
    return folder


def enter(archive: Archive, document: str, batch: str | None, **changes: object) -> None:
    """Enter a file that became a document, or that was found in it."""
    values = {
        "conference": "2017-krasnodar",
        "path": "ordner/a.txt",
        "received": "",
        "sha512": "aa",
        "size_bytes": 4,
        "media_type": "text/plain",
        "description": {"title": "Geheimsache"},
        "state": "done",
        "status": "held",
        "error": "",
        "document": document,
        "batch": batch,
        "proposals": {"title": {"value": "Geheimsache", "reason": "first_page", "details": {}}},
    }
    with archive.catalogue.engine.begin() as connection:
        connection.execute(insert(intake).values({**values, **changes}))


def entries(archive: Archive) -> list[Any]:
    with archive.catalogue.engine.connect() as connection:
        return list(connection.execute(select(intake).order_by(intake.c.id)))


def test_pictures_go_with_the_last_document_that_has_their_file(archive: Archive, deposit: Deposit) -> None:
    one, other = deposit(b"same", "a.txt"), deposit(b"same", "b.txt")
    folder = draw(archive, one)
    archive.purge(one.id)
    assert [path.name for path in folder.iterdir()] == ["1-352.webp"]
    archive.purge(other.id)
    assert not folder.exists()


def test_pictures_of_earlier_versions_go_too(archive: Archive, deposit: Deposit) -> None:
    document = deposit(b"first", "a.txt")
    folder = draw(archive, document)
    newer = deposit(b"second", "b.txt")
    version = replace(newer.current, number=2)
    original = archive.original(newer.id, 1, "b.txt")
    both = replace(document, versions=(document.current, version))
    archive.save(both, message="Replaced by a new version", originals={"b.txt": original})
    archive.purge(document.id)
    assert not folder.exists()


def test_pictures_of_what_was_replaced_before_it_was_published_go_too(
    archive: Archive, deposit: Deposit
) -> None:
    document, other = deposit(b"first", "a.txt"), deposit(b"second", "b.txt")
    folder, of_other = draw(archive, document), draw(archive, other)
    original = archive.original(other.id, 1, "b.txt")
    corrected = replace(document, versions=(other.current,))
    archive.save(corrected, message="Replaced before it was published", originals={"b.txt": original})
    archive.purge(document.id)
    assert not folder.exists()
    assert of_other.exists()


def test_the_log_keeps_who_changed_what_and_not_what_it_said(archive: Archive, deposit: Deposit) -> None:
    document, other = deposit(b"Text"), deposit(b"Anderer", "b.txt")
    editing = Editing(archive, "olga", batch="b")
    editing.edit({document.id: {"title": "Geheimsache", "creators": ["Erika Muster"]}})
    both = editing.edit({document.id: {"rights": "Vertrag 17"}, other.id: {"rights": "CC0"}})
    archive.purge(document.id)
    log = StaffLog(archive.catalogue.engine)
    assert log.step(both.id).differences == {
        document.id: {"rights": (None, None)},
        other.id: {"rights": ("", "CC0")},
    }
    assert {name for step in log.steps() for name in step.differences[document.id]} == {
        "title",
        "creators",
        "rights",
    }
    home = archive.settings.home
    for word in ("Geheimsache", "Erika Muster", "Vertrag 17"):
        assert not [path for path in home.rglob("*") if path.is_file() and word.encode() in path.read_bytes()]


def test_files_of_a_batch_tell_that_their_document_was_deleted(archive: Archive, deposit: Deposit) -> None:
    document, other = deposit(b"Text"), deposit(b"Anderer", "b.txt")
    enter(archive, document.id, "b1")
    enter(archive, document.id, "b2", status="unchanged", path="anderswo/a.txt")
    enter(archive, document.id, None)
    enter(archive, other.id, "b1", proposals={"title": {"value": "B"}, "similar": {"value": [document.id]}})
    archive.purge(document.id)
    one, two, rest = entries(archive)
    assert [(each.batch, each.path, each.status, each.document) for each in (one, two)] == [
        ("b1", "ordner/a.txt", "deleted", document.id),
        ("b2", "anderswo/a.txt", "deleted", document.id),
    ]
    assert {(each.sha512, each.proposals, len(each.description)) for each in (one, two)} == {("", None, 0)}
    assert (rest.status, rest.proposals) == ("held", {"title": {"value": "B"}})


def test_a_check_is_made_with_the_record_as_it_is_then(archive: Archive, deposit: Deposit) -> None:
    document = deposit(b"Text", state=State.DRAFT)
    Editing(archive, "olga").publish([document.id])

    def only_drafts(now: Document) -> None:
        if now.state is not State.DRAFT:
            raise EditError("no")

    with pytest.raises(EditError):
        archive.purge(document.id, only_drafts)
    assert archive.document(document.id).state is State.PUBLISHED


def test_purge_cut_off_before_the_catalogue_is_finished_by_the_next_writer(
    archive: Archive, deposit: Deposit, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = deposit(b"Text")
    folder = draw(archive, document)
    with monkeypatch.context() as patch:
        patch.setattr("archive.repository.forget_pictures", lambda *_: Path("/gone").stat())
        with pytest.raises(Exception, match="could not be written"):
            archive.purge(document.id)
    archive.recover()
    assert not folder.exists()
    assert archive.documents(state=None) == ()


def test_a_rebuild_without_an_object_leaves_log_and_intake_alone(archive: Archive, deposit: Deposit) -> None:
    document = deposit(b"Text")
    enter(archive, document.id, "b1")
    step = Editing(archive, "olga").edit({document.id: {"title": "Neu"}})
    shutil.move(archive.storage.folder(document_object(document.id)), archive.settings.home / "elsewhere")
    drop_unstored(archive)
    assert archive.documents(state=None) == ()
    assert StaffLog(archive.catalogue.engine).step(step.id).differences == step.differences
    assert [each.status for each in entries(archive)] == ["held"]
