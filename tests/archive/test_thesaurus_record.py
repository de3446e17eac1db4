"""What staff made of the thesaurus: kept in the storage root, with its versions, and checked there."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
from collections.abc import Mapping

import pytest

from archive.errors import StorageError
from archive.gaps import Gap, listen
from archive.objects import RECORD, THESAURUS
from archive.repository import Archive
from archive.settings import Settings
from archive.staff_log import StaffLog
from archive.thesaurus_record import (
    LOAD,
    ConceptEdit,
    ThesaurusFile,
    ThesaurusRecord,
    thesaurus_from_json,
    thesaurus_to_json,
)
from archive.verification import verify
from tests.archive.conftest import NOW

HEAT = {"preferred": {"de": "Fernwärme", "ru": "теплоснабжение"}, "related": ["urn:x:supply"]}
EDITS = {"urn:x:heat": ConceptEdit(None, HEAT), "urn:x:supply": ConceptEdit(HEAT, None)}
SKOS = b"<urn:x:a> a <http://www.w3.org/2004/02/skos/core#Concept> ."
FILE = ThesaurusFile(
    "Wörter.ttl", "files/1.ttl", "text/turtle", len(SKOS), hashlib.sha512(SKOS).hexdigest(), NOW, "anna", 1
)


def edit(archive: Archive, edits: Mapping[str, ConceptEdit], by: str = "anna") -> None:
    archive.revise_thesaurus(
        lambda record: ThesaurusRecord(edits, record.files), message="edit-concept", by=by
    )


@pytest.fixture
def loaded(archive: Archive) -> Archive:
    """An archive with edits and one loaded file."""
    edit(archive, EDITS)
    received, _, _ = archive.receive(io.BytesIO(SKOS))
    archive.revise_thesaurus(
        lambda record: ThesaurusRecord(record.edits, (FILE,)),
        message="load-thesaurus",
        by="anna",
        originals={FILE.path: received.path},
    )
    received.discard()
    return archive


def test_a_record_is_read_as_it_was_written() -> None:
    record = ThesaurusRecord(EDITS, (FILE,))
    assert thesaurus_from_json(json.loads(json.dumps(thesaurus_to_json(record)))) == record


def test_nothing_is_kept_before_staff_were_at_it(archive: Archive) -> None:
    assert archive.stored.thesaurus() == ThesaurusRecord()
    assert archive.stored.thesaurus_stamp() == ""
    archive.revise_thesaurus(lambda record: record, message="nothing")
    assert not archive.storage.exists(THESAURUS)


def test_edits_and_files_lie_in_the_storage_root(loaded: Archive) -> None:
    assert loaded.stored.thesaurus() == ThesaurusRecord(EDITS, (FILE,))
    assert loaded.stored.thesaurus_file(FILE).read_bytes() == SKOS
    assert not list(verify(loaded))


def test_every_edit_is_a_version_with_its_author(archive: Archive) -> None:
    edit(archive, EDITS)
    first = archive.stored.thesaurus_stamp()
    edit(archive, {}, by="olga")
    revisions = list(archive.storage.revisions(THESAURUS, RECORD))
    assert [(each.by, each.message) for each in revisions] == [
        ("anna", "edit-concept"),
        ("olga", "edit-concept"),
    ]
    assert first != archive.stored.thesaurus_stamp()


def test_a_file_taken_out_stays_in_the_versions_before(loaded: Archive) -> None:
    path = loaded.stored.thesaurus_file(FILE)
    loaded.revise_thesaurus(lambda record: ThesaurusRecord(record.edits), message="unload", by="anna")
    assert loaded.stored.thesaurus().files == ()
    assert path.read_bytes() == SKOS
    assert not list(verify(loaded))


def test_an_archive_with_nothing_but_a_thesaurus_is_no_half(archive: Archive, settings: Settings) -> None:
    edit(archive, EDITS)
    archive.close()
    again = Archive.open(settings)
    assert again.stored.thesaurus().edits == EDITS
    again.close()


def test_the_storage_root_alone_brings_it_back(loaded: Archive, settings: Settings) -> None:
    loaded.close()
    for path in settings.home.glob("catalogue.sqlite*"):
        path.unlink()
    again = Archive.open(settings, rebuilding=True)
    assert again.stored.thesaurus() == ThesaurusRecord(EDITS, (FILE,))
    assert again.stored.thesaurus_file(FILE).read_bytes() == SKOS
    again.close()


def test_damage_to_a_loaded_file_is_found(loaded: Archive) -> None:
    loaded.stored.thesaurus_file(FILE).write_bytes(SKOS.replace(b"urn:x:a", b"urn:x:b"))
    (finding,) = verify(loaded)
    assert "is damaged" in finding.problem
    assert finding.place.endswith(".ttl")


def test_an_object_that_is_gone_is_named(loaded: Archive) -> None:
    top = loaded.storage.folder(THESAURUS).relative_to(loaded.storage.root).parts[0]
    shutil.rmtree(loaded.storage.root / top)
    assert not list(verify(loaded)), "nobody is known to have edited it"
    StaffLog(loaded.catalogue.engine).enter("anna", LOAD, {"a.ttl": {}})
    (finding,) = verify(loaded)
    assert "was edited by anna" in finding.problem
    assert "backup" in finding.remedy


def test_a_record_that_names_no_file_or_another_is_found(archive: Archive) -> None:
    other = ThesaurusFile("b.ttl", "files/2.ttl", "text/turtle", 1, "0" * 128, NOW, "anna", 1)
    received, _, _ = archive.receive(io.BytesIO(SKOS))
    archive.revise_thesaurus(
        lambda _: ThesaurusRecord(files=(FILE, other)), message="", originals={FILE.path: received.path}
    )
    received.discard()
    (finding,) = verify(archive)
    assert finding.problem == "names the file 'b.ttl', which is not stored"


@pytest.mark.parametrize("gap", [Gap.INTENDED, Gap.INVENTORY_PLACED, Gap.CATALOGUED])
def test_what_a_dead_writer_began_is_finished(archive: Archive, gap: Gap) -> None:
    def die(passed: Gap) -> None:
        if passed is gap:
            raise InterruptedError

    listen(die)
    try:
        with pytest.raises((InterruptedError, StorageError)):
            edit(archive, EDITS)
    finally:
        listen(None)
    archive.recover()
    assert archive.stored.thesaurus().edits == EDITS
    assert not list(verify(archive))


def test_a_record_of_a_newer_program_is_refused(archive: Archive) -> None:
    record = {**thesaurus_to_json(ThesaurusRecord()), "format": "konferenzarchiv thesaurus 2"}
    staging = archive.settings.home / "staging-by-hand"
    staging.mkdir()
    archive.storage.stage(THESAURUS, {RECORD: json.dumps(record).encode()}, "", staging)
    archive.storage.place(THESAURUS, staging)
    with pytest.raises(StorageError, match="newer program"):
        archive.stored.thesaurus()
    (finding,) = verify(archive)
    assert "cannot be read" in finding.problem
