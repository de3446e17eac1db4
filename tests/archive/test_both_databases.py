"""What the two databases could do differently, and do the same: odd texts, order, times, races, the feed."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from archive.accounts import AccountError, Accounts, Role
from archive.catalogue import Catalogue
from archive.errors import ArchiveError, NotFoundError
from archive.model import Conference, Document, Page, Panel
from archive.repository import Archive
from archive.search_log import SearchLog
from archive.settings import Settings
from archive.staff_log import StaffLog
from archive.tables import intake, metadata
from archive.verification import verify
from archive.waiting import on_their_way

pytestmark = pytest.mark.databases

Deposit = Callable[..., Document]


def test_migrations_make_the_tables_that_the_program_uses(archive: Archive) -> None:
    with archive.catalogue.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_titles_come_in_one_order(archive: Archive, deposit: Deposit) -> None:
    titles = ["zebra", "Äpfel", "apfel", "Birne", "яблоко", "Груша", "_", "Zebra 2", "Z bra"]
    for number, title in enumerate(titles):
        deposit(f"{number}".encode(), f"{number}.txt", title=title)
    assert [document.title for document in archive.documents()] == [
        "_",
        "apfel",
        "Birne",
        "Z bra",
        "zebra",
        "Zebra 2",
        "Äpfel",
        "Груша",
        "яблоко",
    ]


def test_names_come_in_one_order(archive: Archive) -> None:
    accounts = Accounts(archive.catalogue.engine)
    for name in ("olga_z", "olga-a", "olga.b", "ольга", "öl", "zoe"):
        accounts.add(name, Role.STAFF, "a long password")
    assert [each.name for each in accounts.people()] == ["olga-a", "olga.b", "olga_z", "zoe", "öl", "ольга"]


def test_nul_and_other_odd_signs_are_kept_and_found(archive: Archive, deposit: Deposit) -> None:
    text = "Fern\0wärme \ufffe\U0010ffff \u202e"
    document = deposit(b"Text", "a\0b/c\0.txt", title=text, panel=None)
    assert archive.document(document.id).title == text
    archive.save(document, message="Read again", pages=[Page(1, text, title=text, notes=text)])
    (page,) = archive.pages(document.id)
    assert page.text.replace("\N{REPLACEMENT CHARACTER}", "\0") == text
    assert archive.catalogue.find_path(document.conference, "a\0b/c\0.txt") == document
    assert list(verify(archive)) == []


def test_pages_keep_their_languages_and_what_they_are_called(archive: Archive, deposit: Deposit) -> None:
    document = deposit(b"Text")
    pages = (
        Page(1, "Город City", languages=("ru", "en")),
        Page(2, "", label="A-2"),
        Page(3, "x"),
    )
    archive.save(document, message="Read again", pages=pages)
    assert archive.pages(document.id) == pages
    assert [page.language for page in archive.pages(document.id)] == ["ru", "", ""]


def test_single_pages_are_read_in_order_and_those_that_are_not_are_left_out(
    archive: Archive, deposit: Deposit
) -> None:
    one, other = deposit(b"One", "1.txt"), deposit(b"Other", "2.txt")
    pages = tuple(
        Page(number, f"Seite {number}", title="Titel", languages=("de",)) for number in range(1, 13)
    )
    for document in (one, other):
        archive.save(document, message="Read again", pages=pages)
    read = archive.some_pages({one.id: [12, 2, 99], other.id: {1}, "nowhere": [1], "empty": []})
    assert read == {one.id: (pages[1], pages[11]), other.id: (pages[0],), "nowhere": (), "empty": ()}
    assert archive.some_pages({one.id: [*range(11, 0, -1), 3]}) == {one.id: pages[:11]}
    assert archive.some_pages({}) == {}


def test_it_is_told_which_documents_changed_since(archive: Archive, deposit: Deposit) -> None:
    one, other = deposit(b"One", "1.txt"), deposit(b"Other", "2.txt")
    before = archive.last_change()
    assert archive.changed_since(before, [one.id, other.id]) == frozenset()
    archive.save(other, message="Read again", pages=[Page(1, "Neu")])
    assert archive.changed_since(before, [one.id, other.id]) == {other.id}
    assert archive.changed_since(before, [one.id]) == archive.changed_since(0, []) == frozenset()
    assert archive.changed_since(0, [one.id, other.id, "nowhere"]) == {one.id, other.id}


@pytest.mark.parametrize("identifier", ["\0", "a\0", "x" * 5000, "'; --", "%", "\\"])
def test_what_is_no_identifier_is_not_found(archive: Archive, identifier: str) -> None:
    with pytest.raises(NotFoundError):
        archive.document(identifier)
    with pytest.raises(NotFoundError):
        archive.conference(identifier)
    with pytest.raises(NotFoundError):
        Accounts(archive.catalogue.engine).person(identifier)


def test_a_nul_in_what_is_said_of_a_file_does_not_hide_that_it_waits(archive: Archive) -> None:
    for panel in ("c/energie", "c/energie-2", None):
        values = {
            "conference": "c",
            "path": "a",
            "received": "r",
            "sha512": "s",
            "size_bytes": 2**40,
            "media_type": "text/plain",
            "description": {"panel": panel, "title": "c/energie \0 \ud800"},
            "state": "waiting",
            "error": "\0",
        }
        with archive.catalogue.engine.begin() as connection:
            connection.execute(intake.insert().values(values))
    assert on_their_way(archive.catalogue.engine, "c", "c/energie") == 1
    assert on_their_way(archive.catalogue.engine, "c") == 3


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"translation_of": ("x" * 11,)}, "target in relations has 11 characters, 10 at most"),
        ({"conference": "c" * 65}, "conference in documents"),
        ({"panel": "c/" + "p" * 129}, "panel in documents"),
        ({"title": "\ud800"}, "title in documents cannot be written"),
        ({"versions": 2**31}, "version in files is too large a number"),
    ],
)
def test_what_one_of_the_databases_refuses_is_refused_before_it_is_in_the_journal(
    archive: Archive, deposit: Deposit, changes: dict[str, Any], told: str
) -> None:
    document = deposit(b"Text")
    if "versions" in changes:
        changes = {"versions": (replace(document.current, number=changes["versions"]),)}
    with pytest.raises(ArchiveError, match=told):
        archive.save(replace(document, **changes), message="Edited")
    archive.save(replace(document, title="Neu", translation_of=("7k3mx9q2f3",) * 2), message="Edited")
    assert archive.document(document.id).title == "Neu"
    assert not any((archive.settings.home / "journal").iterdir())


def test_names_of_255_bytes_and_long_paths_are_kept(archive: Archive, deposit: Deposit) -> None:
    for name in ("ж" * 125 + ".txt", "x" * 251 + ".txt"):
        path = f"{'ordner/' * 500}{name}"
        document = deposit(name.encode(), path)
        assert archive.catalogue.find_path(document.conference, path) == document
        assert archive.passports(document.id) == {name: {"pages": 1}}


def test_times_are_utc_whatever_the_server_is_set_to(archive: Archive, deposit: Deposit) -> None:
    before = dt.datetime.now(dt.UTC)
    accounts = Accounts(archive.catalogue.engine)
    accounts.add("olga", Role.STAFF, "a long password")
    step = StaffLog(archive.catalogue.engine).enter("olga", "sign-in")
    kept = accounts.person("olga").created_at, StaffLog(archive.catalogue.engine).step(step.id).at
    for moment in kept:
        assert moment.utcoffset() == dt.timedelta(0)
        assert before <= moment <= dt.datetime.now(dt.UTC)


def test_a_refused_statement_leaves_nothing_behind(archive: Archive) -> None:
    accounts = Accounts(archive.catalogue.engine)
    accounts.add("olga", Role.ADMIN, "a long password")
    for _ in range(20):  # More than a pool has connections.
        with pytest.raises(AccountError):
            accounts.add("Olga", Role.STAFF, "another password")
    assert accounts.person("olga").role is Role.ADMIN


def test_the_same_query_noted_by_many_at_once_is_counted_once_each(archive: Archive) -> None:
    log = SearchLog(archive.catalogue.engine)
    start = threading.Barrier(8)

    def note(_: int) -> None:
        start.wait()
        log.note("Fernwärme", "de")

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(note, range(8)))
    assert [(each.query, each.times) for each in log.entries()] == [("fernwärme", 8)]


def test_who_follows_the_feed_misses_no_change_of_many_writers(
    archive: Archive, deposit: Deposit, settings: Settings
) -> None:
    """Writers hold the archive's lock elsewhere; here nobody does, as if they were on several machines."""
    document = deposit(b"Text")
    writers = [Catalogue.open(settings.catalogue_url, settings.home / "lock") for _ in range(4)]
    after = archive.last_change()
    seen: list[int] = []
    done = threading.Event()

    def write(number: int) -> None:
        for _ in range(10):
            writers[number].put_document(replace(document, id=f"{number}234567890"))

    def follow() -> None:
        last = after
        while True:
            is_over = done.is_set()
            for change in archive.catalogue.changes(last, 3):
                seen.append(change.sequence)
                last = change.sequence
            if is_over and last == archive.last_change():
                return

    with ThreadPoolExecutor(5) as threads:
        following = threads.submit(follow)
        list(threads.map(write, range(4)))
        done.set()
        following.result()
    assert len(seen) == 40
    assert seen == [change.sequence for change in archive.catalogue.changes(after, 1000)]
    for writer in writers:
        writer.close()


def test_a_changed_conference_brings_what_it_concerns_into_the_feed(
    archive: Archive, deposit: Deposit
) -> None:
    first, second = (Panel(f"2017-krasnodar/{name}", {"de": name}) for name in ("energie", "jugend"))
    conference = Conference("2017-krasnodar", {"de": "XIV. Konferenz"}, panels=(first,))
    archive.save_conference(conference)
    energy = deposit(b"Energie", panel=first.id)
    youth = deposit(b"Jugend", path="b.txt", panel=second.id)
    none = deposit(b"Keines", path="c.txt")

    def due(changed: Conference) -> set[str]:
        after = archive.last_change()
        archive.save_conference(changed)
        return {change.document for change in archive.changes(after, 100)}

    both = replace(conference, panels=(first, second))
    assert due(both) == {youth.id}
    assert due(replace(both, panels=(replace(first, title={"de": "Wärme"}), second))) == {energy.id}
    assert due(conference) == {energy.id, youth.id}
    assert due(replace(conference, place={"de": "Krasnodar"})) == {energy.id, youth.id, none.id}
