"""What `verify` says about where damaged files are still whole, and about damage that was meant."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import ocfl
import pytest
from sqlalchemy import insert

from archive.declarations import OBJECT_DECLARATION, OBJECT_DECLARED
from archive.findings import NO_COPY, Finding
from archive.inventories import INVENTORY, SIDECAR, encoded, parse, sha512_of, sidecar
from archive.model import Document
from archive.objects import document_object
from archive.repository import Archive
from archive.restoration import redeclare
from archive.tables import intake
from archive.verification import verify

Deposit = Callable[..., Document]

ONE_VERSION = (
    b'{"id": "x", "head": "v1", "manifest": {"a": [%s]}, "versions": {"v1": {"state": {"a": ["name"]}}}}'
)


@pytest.fixture
def folder(archive: Archive, deposit: Deposit) -> Path:
    """An object of three versions."""
    document = deposit(b"Text", "Fernwärme.txt")
    archive.save(replace(document, title="Zwei"), message="Edited")
    archive.save(replace(document, title="Drei „№“"), message="Edited")
    return archive.storage.folder(document_object(document.id))


def only(archive: Archive, path: Path) -> Finding:
    """Return the only finding, which has to be of that file."""
    (finding,) = verify(archive)
    assert finding.place == shown(archive, path)
    return finding


def shown(archive: Archive, path: Path) -> str:
    return str(path.relative_to(archive.settings.home))


def flip(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[:40] + bytes([content[40] ^ 1]) + content[41:])


@pytest.mark.parametrize("name", [INVENTORY, SIDECAR])
@pytest.mark.parametrize("at_root", [True, False])
def test_the_newest_inventory_and_sidecar_have_their_other_copy(
    archive: Archive, folder: Path, name: str, at_root: bool
) -> None:
    root, newest = folder / name, folder / "v3" / name
    damaged, whole = (root, newest) if at_root else (newest, root)
    before = damaged.read_bytes()
    flip(damaged)
    finding = only(archive, damaged)
    assert finding.whole_copy == shown(archive, whole)
    assert finding.whole_copy in finding.line
    assert (archive.settings.home / finding.whole_copy).read_bytes() == before


def test_of_an_older_sidecar_is_said_what_it_has_to_say(archive: Archive, folder: Path) -> None:
    damaged = folder / "v1" / SIDECAR
    before = damaged.read_text()
    flip(damaged)
    assert before.strip() in only(archive, damaged).remedy


def test_of_an_older_inventory_there_is_no_copy(archive: Archive, folder: Path) -> None:
    flip(folder / "v2" / INVENTORY)
    assert only(archive, folder / "v2" / INVENTORY).remedy == NO_COPY


def test_sidecars_damaged_together_are_both_named_with_what_they_have_to_say(
    archive: Archive, folder: Path
) -> None:
    before = (folder / SIDECAR).read_text().strip()
    (folder / SIDECAR).write_bytes(b"")
    flip(folder / "v3" / SIDECAR)
    found = list(verify(archive))
    assert [finding.place for finding in found] == [
        shown(archive, folder / SIDECAR),
        shown(archive, folder / "v3" / SIDECAR),
    ]
    assert all(before in finding.remedy for finding in found)


def test_inventories_changed_alike_are_found_by_their_sidecars(archive: Archive, folder: Path) -> None:
    changed = (folder / INVENTORY).read_bytes().replace(b"Edited", b"edited")
    for path in (folder / INVENTORY, folder / "v3" / INVENTORY):
        path.write_bytes(changed)
    found = {finding.place for finding in verify(archive)}
    assert {shown(archive, folder / INVENTORY), shown(archive, folder / "v3" / INVENTORY)} <= found


def test_an_inventory_changed_with_its_sidecar_is_found_by_the_other(archive: Archive, folder: Path) -> None:
    changed = (folder / INVENTORY).read_bytes().replace(b"Edited", b"edited")
    (folder / INVENTORY).write_bytes(changed)
    (folder / SIDECAR).write_bytes(sidecar(sha512_of(changed)))
    assert shown(archive, folder / INVENTORY) in {finding.place for finding in verify(archive)}


def test_bytes_changed_with_all_inventories_are_found_by_the_record(
    archive: Archive, deposit: Deposit
) -> None:
    document = deposit(b"Text")
    path = archive.original(document.id, 1, "Fernwärme.txt")
    path.write_bytes(b"Fake")
    folder = archive.storage.folder(document_object(document.id))
    sha512 = document.current.files[0].sha512
    changed = (folder / INVENTORY).read_bytes().replace(sha512.encode(), sha512_of(b"Fake").encode())
    for place in (folder, folder / "v1"):
        (place / INVENTORY).write_bytes(encoded(json.loads(changed)))
        (place / SIDECAR).write_bytes(sidecar(sha512_of((place / INVENTORY).read_bytes())))
    (finding,) = verify(archive)
    assert finding.place == document.id
    assert "another SHA-512" in finding.problem


def test_content_is_found_in_another_object(archive: Archive, deposit: Deposit) -> None:
    one, two = deposit(b"same", "a"), deposit(b"same", "b")
    damaged, whole = archive.original(one.id, 1, "a"), archive.original(two.id, 1, "b")
    damaged.write_bytes(b"sane")
    assert only(archive, damaged).whole_copy == shown(archive, whole)


def test_a_copy_that_is_damaged_too_is_not_called_whole(archive: Archive, deposit: Deposit) -> None:
    one, two = deposit(b"same", "a"), deposit(b"same", "b")
    for path in (archive.original(one.id, 1, "a"), archive.original(two.id, 1, "b")):
        path.write_bytes(b"sane")
    assert {finding.remedy for finding in verify(archive)} == {NO_COPY}


def test_files_that_changed_places_tell_whose_bytes_they_have(archive: Archive, deposit: Deposit) -> None:
    paths = [archive.original(deposit(name, "a").id, 1, "a") for name in (b"1", b"2")]
    paths[0].write_bytes(b"2")
    paths[1].write_bytes(b"1")
    for finding in verify(archive):
        (other,) = (path for path in paths if shown(archive, path) != finding.place)
        assert shown(archive, other) in finding.problem


def test_a_record_is_whole_in_the_catalogue(archive: Archive, folder: Path) -> None:
    damaged = max((folder / "v3" / "content").iterdir())
    document = json.loads(damaged.read_bytes())["id"]
    flip(damaged)
    assert f"data/documents/{document}/record.json" in only(archive, damaged).remedy


def test_an_older_record_is_nowhere_else(archive: Archive, folder: Path) -> None:
    damaged = max((folder / "v2" / "content").iterdir())
    flip(damaged)
    assert only(archive, damaged).remedy == NO_COPY


def test_a_declaration_as_once_written_is_found_and_written_anew(archive: Archive, folder: Path) -> None:
    declaration = folder / OBJECT_DECLARATION
    declaration.write_bytes(OBJECT_DECLARED.rstrip(b"\n"))
    finding = only(archive, declaration)
    assert OBJECT_DECLARED.decode().strip() in finding.remedy
    redeclare(archive)
    assert list(verify(archive)) == []


def test_the_whole_root_is_valid_by_ocfl_py(archive: Archive, folder: Path) -> None:
    assert folder.exists()
    assert ocfl.StorageRoot(root=str(archive.storage.root)).validate(log_warnings=True)


def test_earlier_inventories_follow_from_the_newest(folder: Path) -> None:
    newest = parse((folder / INVENTORY).read_bytes())
    for number in (1, 2, 3):
        assert newest.as_of(number)[0] == (folder / f"v{number}" / INVENTORY).read_bytes()


def test_an_inventory_as_once_written_is_known_again(folder: Path) -> None:
    newest = parse((folder / INVENTORY).read_bytes())
    earlier = json.loads((folder / "v1" / INVENTORY).read_bytes())
    assert newest.as_of(1)[1] == json.dumps(earlier, sort_keys=True, indent=1).encode()
    assert newest.as_of(1)[1] != newest.as_of(1)[0]


@pytest.mark.parametrize(
    "content",
    [
        b"[" * 100_000,
        b"{}",
        b"null",
        b'{"id": 1, "head": ["v1"], "manifest": 2, "versions": []}',
        ONE_VERSION % b'"../../../etc/passwd"',
        ONE_VERSION % b'"v1/../../../../x"',
        ONE_VERSION % b'"v1/content/not-there"',
        ONE_VERSION % b'"v1/content/a\\u0000b"',
        ONE_VERSION % b'"v1/content/\\ud800"',
        ONE_VERSION.replace(b'"x"', b'"\\ud800"') % b'"v1/content/x"',
        ONE_VERSION % b"3",
        b'{"id": "x", "head": "v999999999", "manifest": {}, "versions": {"v999999999": {"state": {}}}}',
        b"\xff\xfe\x00",
    ],
)
def test_inventories_that_lie_are_findings(
    archive: Archive, deposit: Deposit, folder: Path, content: bytes
) -> None:
    other = archive.original(deposit(b"other", "other.txt").id, 1, "other.txt")
    other.write_bytes(b"damaged")
    for place in (folder, folder / "v3"):
        (place / INVENTORY).write_bytes(content)
        (place / SIDECAR).write_bytes(sidecar(sha512_of(content)))
    found = [finding.place for finding in verify(archive)]
    assert shown(archive, other) in found
    assert any(place.startswith(shown(archive, folder)) for place in found)


def test_an_object_of_others_is_found(archive: Archive, tmp_path: Path, deposit: Deposit) -> None:
    deposit(b"Text")
    folder = tmp_path / "entry"
    folder.mkdir()
    archive.storage.stage("urn:somebody:else", {"a.txt": b"theirs"}, "Made", folder)
    archive.storage.place("urn:somebody:else", folder)
    (finding,) = verify(archive)
    assert "no document, no conference and not the thesaurus" in finding.problem


def test_what_is_received_counts_as_a_copy(archive: Archive, deposit: Deposit) -> None:
    document = deposit(b"Text")
    received, sha512, size_bytes = archive.receive(io.BytesIO(b"Text"))
    values = {"received": received.name, "sha512": sha512, "size_bytes": size_bytes, "state": "waiting"}
    other = {"conference": "c", "path": "a", "media_type": "text/plain", "description": {}, "error": ""}
    with archive.catalogue.engine.begin() as connection:
        connection.execute(insert(intake).values(**values, **other))
    damaged = archive.original(document.id, 1, "Fernwärme.txt")
    damaged.write_bytes(b"Texx")
    assert only(archive, damaged).whole_copy == f"received/{received.name}"
    received.release()
