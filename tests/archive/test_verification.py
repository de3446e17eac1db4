"""`verify` finds every damage to the storage root, names the file, and names no other."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest

from archive.editing import Editing
from archive.model import Conference, Document, State
from archive.repository import Archive
from archive.verification import verify
from bench.support.damage import DAMAGES, Damage, files_by_kind, flipped

Deposit = Callable[..., Document]
Way = Callable[[Path, Path, random.Random], AbstractContextManager[Damage]]

FLIPS = 60

KINDS = {
    "0=ocfl_1.1",
    "extension config",
    "newest version's inventory",
    "newest version's sidecar",
    "object declaration",
    "ocfl_layout.json",
    "older version's inventory",
    "older version's sidecar",
    "original",
    "record",
    "root inventory",
    "root sidecar",
}


@pytest.fixture
def kinds(archive: Archive, deposit: Deposit) -> dict[str, list[Path]]:
    """Every file of an archive with versions, drafts and withdrawn documents, by kind."""
    editing = Editing(archive, "anna")
    archive.save_conference(Conference("2017-krasnodar", {"ru": "Краснодар"}))
    archive.save_conference(Conference("2017-krasnodar", {"ru": "Краснодар", "de": "Krasnodar"}))
    first, second = deposit(b"Text one", "a.txt"), deposit("Текст два".encode(), "б.pdf")
    deposit(b"Text three", "c.txt", state=State.DRAFT)
    editing.edit({first.id: {"title": "„Fernwärme“ \\ Теплоснабжение"}, second.id: {"title": "2"}})
    editing.withdraw([second.id], "Rechte ungeklärt")
    editing.restore([second.id])
    return files_by_kind(archive.storage.root)


def names(archive: Archive, way: Way, path: Path, chance: random.Random) -> str:
    """Damage a file; return what is wrong with the findings, nothing if all is well."""
    with way(path, archive.storage.root, chance) as done:
        found = {finding.place for finding in verify(archive)}
    return f"{path}, {done.what}: found {found}" if found != set(done.places) else ""


def test_every_flipped_byte_is_found_and_named(archive: Archive, kinds: dict[str, list[Path]]) -> None:
    seed = random.randrange(10**6)
    chance = random.Random(seed)
    assert set(kinds) == KINDS
    for number in range(FLIPS):
        kind = sorted(kinds)[number % len(kinds)]
        wrong = names(archive, flipped, chance.choice(kinds[kind]), chance)
        assert not wrong, f"seed {seed}"
    assert list(verify(archive)) == []


@pytest.mark.parametrize("way", DAMAGES.values(), ids=DAMAGES)
def test_worse_damage_is_found_and_named(archive: Archive, kinds: dict[str, list[Path]], way: object) -> None:
    seed = random.randrange(10**6)
    chance = random.Random(seed)
    for kind in sorted(kinds):
        wrong = names(archive, cast(Way, way), chance.choice(kinds[kind]), chance)
        assert not wrong, f"seed {seed}"
    assert list(verify(archive)) == []


def test_damage_here_does_not_keep_the_rest_from_being_checked(archive: Archive, deposit: Deposit) -> None:
    one, two, three = deposit(b"1", "a"), deposit(b"2", "b"), deposit(b"3", "c")
    damaged = archive.original(one.id, 1, "a")
    damaged.write_bytes(b"x")
    also = archive.original(three.id, 1, "c")
    also.unlink()
    archive.catalogue.remove_document(two.id)
    home = archive.settings.home
    assert {finding.place for finding in verify(archive)} == {
        str(damaged.relative_to(home)),
        str(also.relative_to(home)),
        two.id,
    }


def test_an_object_that_is_gone_is_named_with_its_folder(archive: Archive, deposit: Deposit) -> None:
    document = deposit(b"Text")
    folder = archive.original(document.id, 1, "Fernwärme.txt").parents[2]
    folder.rename(archive.settings.home / "moved")
    found = list(verify(archive))
    assert [finding.place for finding in found][-1] == document.id
    assert str(folder.relative_to(archive.settings.home)) in found[-1].problem
    assert found[0].problem == "is an empty folder, which OCFL forbids"


def test_objects_that_changed_places_are_found(archive: Archive, deposit: Deposit) -> None:
    one, two = (archive.original(deposit(name, "a").id, 1, "a").parents[2] for name in (b"1", b"2"))
    one.rename(one.parent / "moved")
    two.rename(one)
    (one.parent / "moved").rename(two)
    home = archive.settings.home
    found = {finding.place: finding.problem for finding in verify(archive)}
    assert set(found) == {str(one.relative_to(home)), str(two.relative_to(home))}
    assert all("belongs into" in problem for problem in found.values())


def test_hard_links_within_the_root_are_found(archive: Archive, deposit: Deposit) -> None:
    one, two = deposit(b"same", "a"), deposit(b"same", "b")
    paths = sorted([archive.original(one.id, 1, "a"), archive.original(two.id, 1, "b")])
    assert paths[0].stat().st_nlink == 1
    paths[1].unlink()
    paths[1].hardlink_to(paths[0])
    (finding,) = verify(archive)
    assert {finding.place, finding.problem.split()[5].rstrip(",")} == {
        str(path.relative_to(archive.settings.home)) for path in paths
    }


def test_what_is_taken_from_another_object_is_no_hard_link(archive: Archive, deposit: Deposit) -> None:
    document = deposit(b"Text")
    name = document.current.files[0].name
    first = archive.original(document.id, 1, name)
    own = replace(document, id="0000000000")
    archive.save(own, message="Taken out", originals={name: first})
    second = archive.original(own.id, 1, name)
    assert second.read_bytes() == b"Text"
    assert first.stat().st_nlink == second.stat().st_nlink == 1


def test_a_folder_that_cannot_be_listed_is_found_and_the_rest_checked(
    archive: Archive, deposit: Deposit
) -> None:
    one, two, three = (archive.original(deposit(name, "a").id, 1, "a") for name in (b"1", b"2", b"3"))
    one.write_bytes(b"x")
    two.parents[1].chmod(0)
    three.parents[2].chmod(0)
    try:
        if list(two.parents[1].glob("*")):
            pytest.skip("this user may read every folder")
        found = {finding.place: finding.problem for finding in verify(archive)}
    finally:
        two.parents[1].chmod(0o700)
        three.parents[2].chmod(0o700)
    assert "is damaged" in found[str(one.relative_to(archive.settings.home))]
    assert "Permission denied" in found[str(two.relative_to(archive.settings.home))]
    assert "Permission denied" in found[str(three.parents[2].relative_to(archive.settings.home))]


def test_what_a_dead_writer_began_is_finished_and_no_damage(
    archive: Archive, deposit: Deposit, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = deposit(b"Text")

    def die(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("archive.storage.replace_bytes", die)
        with pytest.raises(KeyboardInterrupt):
            archive.save(replace(document, title="Neu"), message="Edited")
    assert list(verify(archive)) == []
    assert archive.document(document.id).title == "Neu"


def test_a_journal_that_is_damaged_is_found_and_the_rest_checked(archive: Archive, deposit: Deposit) -> None:
    document = deposit(b"Text")
    entry = archive.settings.home / "journal" / "entry"
    entry.mkdir()
    (entry / "intent.json").write_bytes(b"{")
    path = archive.original(document.id, 1, "Fernwärme.txt")
    path.write_bytes(b"Texx")
    found = [finding.place for finding in verify(archive)]
    assert found == ["journal", str(path.relative_to(archive.settings.home))]


def test_nothing_is_found_beside_a_writer(archive: Archive, deposit: Deposit) -> None:
    documents = [deposit(f"Text {number}".encode(), f"{number}.txt") for number in range(4)]
    stopped = threading.Event()

    def write() -> None:
        editing, number = Editing(archive, "anna"), 0
        while not stopped.is_set():
            number += 1
            editing.edit({documents[number % 4].id: {"title": f"Title {number}"}})
            archive.purge(deposit(f"Gone {number}".encode(), f"gone {number}.txt").id)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        found = [finding.line for _ in range(8) for finding in verify(archive)]
    finally:
        stopped.set()
        writer.join()
    assert found == []
    assert archive.document(documents[1].id).title != "Fernwärme"
