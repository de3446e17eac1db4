from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from archive.errors import ArchiveError, CatalogueError, NotFoundError, StorageError
from archive.model import Conference, Document, Page, State, Version
from archive.repository import Archive
from archive.restoration import recatalogue
from archive.settings import Settings
from archive.tables import metadata
from archive.verification import verify

NOW = dt.datetime(2017, 6, 29, 10, 0, tzinfo=dt.UTC)
Deposit = Callable[..., Document]


def test_deposit_is_found_by_id_path_and_bytes(archive: Archive, deposit: Deposit) -> None:
    document = deposit(b"Text")
    assert archive.document(document.id) == document
    assert archive.find_path("2017-krasnodar", "panel/Fernwärme.txt") == document
    assert archive.find_bytes(document.current.files[0].sha512) == document
    assert archive.original(document.id, 1, "Fernwärme.txt").read_bytes() == b"Text"
    assert archive.pages(document.id) == (Page(1, "Text", languages=("de",)),)
    assert archive.passports(document.id) == {"Fernwärme.txt": {"pages": 1}}
    assert list(verify(archive)) == []


def test_what_is_not_there_is_not_found(archive: Archive, deposit: Deposit) -> None:
    document = deposit(b"Text")
    assert archive.find_path("2017-krasnodar", "other") is None
    for version, name in ((2, "Fernwärme.txt"), (1, "../../record.json"), (1, "other")):
        with pytest.raises(NotFoundError):
            archive.original(document.id, version, name)
    with pytest.raises(NotFoundError):
        archive.document("0000000000")
    with pytest.raises(NotFoundError):
        archive.conference("none")


def test_new_version_keeps_the_old_one(archive: Archive, deposit: Deposit) -> None:
    document = deposit(b"old")
    received, sha512, size_bytes = archive.receive(io.BytesIO(b"new"))
    file = replace(document.current.files[0], sha512=sha512, size_bytes=size_bytes)
    newer = replace(document, versions=(*document.versions, Version(2, NOW, (file,))))
    archive.save(newer, message="Replaced", originals={file.name: received.path}, pages=[Page(1, "new")])
    received.discard()
    assert archive.original(document.id, 1, file.name).read_bytes() == b"old"
    assert archive.original(document.id, 2, file.name).read_bytes() == b"new"
    assert archive.find_bytes(document.current.files[0].sha512) is None
    assert archive.pages(document.id)[0].text == "new"
    assert list(verify(archive)) == []


def test_edit_of_the_record_keeps_what_was_read(archive: Archive, deposit: Deposit) -> None:
    document = deposit(b"Text")
    archive.save(replace(document, title="Neu"), message="Edited")
    assert archive.document(document.id).title == "Neu"
    assert archive.pages(document.id)[0].text == "Text"


def test_files_of_one_stem_are_found_whatever_their_spelling(archive: Archive, deposit: Deposit) -> None:
    document = deposit(b"Text", "panel/Fernwa\u0308rme.txt")
    assert archive.find_stem("2017-krasnodar", "panel/FERNWÄRME.pdf") == (document,)
    assert archive.find_stem("2017-krasnodar", "other/Fernwärme.pdf") == ()


def test_translations_are_found_in_both_directions_and_across(archive: Archive, deposit: Deposit) -> None:
    german = deposit(b"1", "a", title="Deutsch")
    russian = deposit(b"2", "b", title="Русский", translation_of=(german.id,))
    english = deposit(b"3", "c", title="English", translation_of=(german.id,))
    assert archive.translations(german.id) == (english, russian)
    assert archive.translations(russian.id) == (german, english)
    assert archive.translation_relations() == tuple(
        sorted([(russian.id, german.id), (english.id, german.id)])
    )


def test_every_change_is_announced_once_and_in_order(archive: Archive, deposit: Deposit) -> None:
    one, two = deposit(b"1", "a"), deposit(b"2", "b")
    archive.save(replace(one, title="Neu"), message="Edited")
    archive.purge(two.id)
    changes = archive.changes(0, 10)
    assert [change.document for change in changes] == [one.id, two.id, one.id, two.id]
    assert [change.sequence for change in changes] == sorted(change.sequence for change in changes)
    assert archive.last_change() == changes[-1].sequence
    assert archive.changes(changes[1].sequence, 1) == (changes[2],)


def test_conference_is_kept_once_and_its_documents_are_due_again(archive: Archive, deposit: Deposit) -> None:
    document = deposit(b"1")
    before = archive.last_change()
    conference = Conference("2017-krasnodar", {"de": "Krasnodar"})
    assert archive.save_conference(conference)
    assert not archive.save_conference(conference)
    assert archive.conferences() == (conference,)
    assert [change.document for change in archive.changes(before, 10)] == [document.id]


def test_purge_leaves_nothing(archive: Archive, deposit: Deposit) -> None:
    document = deposit(b"secret bytes")
    archive.save_conference(Conference("2017-krasnodar", {"de": "Krasnodar"}))
    with pytest.raises(ArchiveError, match="has documents"):
        archive.remove_conference("2017-krasnodar")
    archive.purge(document.id)
    archive.remove_conference("2017-krasnodar")
    assert archive.documents(state=None) == ()
    assert archive.conferences() == ()
    assert list(archive.stored.documents()) == []
    assert list(verify(archive)) == []
    home = archive.settings.home
    assert not [path for path in home.rglob("*") if path.is_file() and b"secret bytes" in path.read_bytes()]
    with pytest.raises(NotFoundError):
        archive.purge(document.id)


def test_drafts_are_listed_only_when_asked_for(archive: Archive, deposit: Deposit) -> None:
    draft = deposit(b"1", state=State.DRAFT)
    assert archive.documents() == ()
    assert archive.newest(5) == ()
    assert archive.documents(state=None) == (draft,)


@pytest.mark.parametrize("step", ["storage.place", "catalogue.put_document", "_journal.finish"])
def test_deposit_cut_off_between_two_writes_is_finished_by_the_next_writer(
    archive: Archive, deposit: Deposit, settings: Settings, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    owner, name = step.split(".")
    first = deposit(b"first", "a")

    def die(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(getattr(archive, owner), name, die)
        with pytest.raises(KeyboardInterrupt):
            deposit(b"second", "b")
    again = Archive.open(settings)
    again.save_conference(Conference("next-writer", {}))
    assert {document.title for document in again.documents()} == {"Fernwärme"}
    assert len(again.documents()) == 2
    second = next(document for document in again.documents() if document != first)
    assert again.pages(second.id)[0].text == "second"
    assert again.original(second.id, 1, "b").read_bytes() == b"second"
    assert list(verify(again)) == []
    again.close()


def test_deposit_cut_off_while_staging_never_happened(
    archive: Archive, deposit: Deposit, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(archive._journal, "commit", die)
        with pytest.raises(KeyboardInterrupt):
            deposit(b"second")
    again = Archive.open(settings)
    again.save_conference(Conference("next-writer", {}))
    assert again.documents(state=None) == ()
    assert list(again.stored.documents()) == []
    assert list((settings.home / "journal").iterdir()) == []
    assert list(verify(again)) == []
    again.close()


def test_new_version_cut_off_before_the_inventory_is_finished(
    archive: Archive, deposit: Deposit, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = deposit(b"old")

    def die(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("archive.storage.replace_bytes", die)
        with pytest.raises(KeyboardInterrupt):
            archive.save(replace(document, title="Neu"), message="Edited")
    again = Archive.open(settings)
    again.save_conference(Conference("next-writer", {}))
    assert again.document(document.id).title == "Neu"
    assert list(verify(again)) == []
    again.close()


def test_object_cut_off_while_a_file_is_written_into_it_is_whole_again(
    archive: Archive, deposit: Deposit, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    document, replace_file = deposit(b"Text"), Path.replace

    def die_before_the_name(source: Path, target: Path) -> Path:
        if "storage" in Path(target).parts:
            raise SystemExit
        return replace_file(source, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", die_before_the_name)
        patch.setattr(Path, "unlink", lambda *_, **__: None)
        with pytest.raises(SystemExit):
            archive.save(replace(document, title="Neu"), message="Edited")
    again = Archive.open(settings)
    again.save_conference(Conference("next-writer", {}))
    assert [each.title for each in again.documents()] == ["Neu"]
    assert list(verify(again)) == []
    again.close()


def test_too_large_file_is_refused_and_leaves_nothing(settings: Settings) -> None:
    archive = Archive.open(replace(settings, max_file_bytes=10))
    with pytest.raises(StorageError, match="ARCHIVE_MAX_FILE_MB"):
        archive.receive(io.BytesIO(b"x" * 11))
    assert list((settings.home / "received").iterdir()) == []
    archive.close()


def test_flipped_byte_is_found_and_named(archive: Archive, deposit: Deposit) -> None:
    document = deposit(b"Text")
    path = archive.original(document.id, 1, "Fernwärme.txt")
    path.write_bytes(b"Texx")
    (finding,) = verify(archive)
    assert finding.place == str(path.relative_to(archive.settings.home))


def test_missing_catalogue_entry_is_found(archive: Archive, deposit: Deposit) -> None:
    document = deposit(b"Text")
    archive.catalogue.remove_document(document.id)
    assert [finding.place for finding in verify(archive)] == [document.id]


def test_catalogue_of_a_newer_program_is_refused(settings: Settings) -> None:
    archive = Archive.open(settings)
    with archive.catalogue.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    archive.close()
    with pytest.raises(CatalogueError, match="newer version"):
        Archive.open(settings)


def test_damaged_catalogue_says_how_to_mend_it(tmp_path: Path) -> None:
    settings = Settings.from_env({"ARCHIVE_HOME": str(tmp_path / "home")})
    settings.home.mkdir()
    (settings.home / "catalogue.sqlite").write_bytes(b"no database" * 100)
    with pytest.raises(CatalogueError, match="rebuild"):
        Archive.open(settings)


def test_home_that_cannot_be_made_is_explained(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError, match="ARCHIVE_HOME"):
        Archive.open(Settings.from_env({"ARCHIVE_HOME": str(tmp_path / "file" / "home")}))


def test_name_of_255_bytes_and_odd_characters_is_stored(archive: Archive, deposit: Deposit) -> None:
    path = "панель/" + "ж" * 100 + ' "?*<>|\\ .pdf'
    document = deposit(b"Text", path)
    assert archive.original(document.id, 1, path.rsplit("/", 1)[-1]).read_bytes() == b"Text"
    assert list(verify(archive)) == []


def test_reading_goes_on_while_a_writer_is_at_work(
    archive: Archive, deposit: Deposit, settings: Settings
) -> None:
    document = deposit(b"Text")
    with archive.locked():
        other = Archive.open(settings)
        assert other.document(document.id) == document
        other.close()


def test_lost_catalogue_is_refused_until_it_is_rebuilt(
    archive: Archive, deposit: Deposit, settings: Settings
) -> None:
    document = deposit(b"Text")
    with archive.catalogue.engine.begin() as connection:
        metadata.drop_all(connection)
        connection.exec_driver_sql("DROP TABLE alembic_version")
    archive.close()
    for path in settings.home.glob("catalogue.sqlite*"):
        path.unlink()
    with pytest.raises(CatalogueError, match="rebuild"):
        Archive.open(settings)
    rebuilding = Archive.open(settings, rebuilding=True)
    assert recatalogue(rebuilding, document, [Page(1, "Text")], {})
    rebuilding.close()
    again = Archive.open(settings)
    assert again.document(document.id) == document
    again.close()


def test_archive_that_is_not_there_is_not_made_by_looking(settings: Settings) -> None:
    with pytest.raises(StorageError, match="ARCHIVE_HOME"):
        Archive.open(settings, create=False)
    assert not settings.home.exists()


def test_changed_document_is_not_recatalogued_with_an_old_reading(archive: Archive, deposit: Deposit) -> None:
    before = deposit(b"Text")
    version = replace(before.current, note="changed")
    archive.save(replace(before, versions=(version,)), message="Edited")
    assert not recatalogue(archive, before, [Page(1, "old")], {})
    assert archive.pages(before.id)[0].text == "Text"


def test_purged_document_is_not_recatalogued(archive: Archive, deposit: Deposit) -> None:
    document = deposit(b"Text")
    archive.purge(document.id)
    assert recatalogue(archive, document, [Page(1, "Text")], {})
    assert archive.documents(state=None) == ()


@pytest.mark.parametrize("pages", [[Page(2, "x")], [Page(1, "x"), Page(1, "y")], [Page(1, "\ud800")]])
def test_pages_that_no_catalogue_takes_are_refused_before_anything_is_written(
    archive: Archive, deposit: Deposit, pages: list[Page]
) -> None:
    document = deposit(b"Text")
    with pytest.raises(ValueError, match=r"numbered|surrogates"):
        archive.save(document, message="Read again", pages=pages)
    assert list(verify(archive)) == []


def test_missing_pages_and_conferences_are_found(archive: Archive, deposit: Deposit) -> None:
    document = deposit(b"Text")
    archive.save_conference(Conference("k", {"de": "K"}))
    with archive.catalogue.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM pages")
        connection.exec_driver_sql("DELETE FROM conferences")
    assert {finding.place for finding in verify(archive)} == {document.id, "k"}
