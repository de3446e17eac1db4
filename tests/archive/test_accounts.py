from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import update

from archive import passwords
from archive.accounts import SESSION_IDLE, SESSION_LIFE, AccountError, Accounts, Problem, Role
from archive.catalogue import Catalogue
from archive.errors import NotFoundError
from archive.settings import Settings
from archive.tables import people, sessions

pytestmark = pytest.mark.databases

PASSWORD = "korrekt pferd batterie"


@pytest.fixture
def catalogue(settings: Settings) -> Iterator[Catalogue]:
    opened = Catalogue.open(settings.catalogue_url, settings.home / "catalogue.lock")
    yield opened
    opened.close()


@pytest.fixture
def accounts(catalogue: Catalogue) -> Accounts:
    return Accounts(catalogue.engine)


def test_the_right_password_opens_and_a_wrong_one_does_not(accounts: Accounts) -> None:
    accounts.add("anna", Role.STAFF, PASSWORD)
    found = accounts.check("anna", PASSWORD)
    assert found is not None
    assert (found.name, found.role) == ("anna", Role.STAFF)
    for wrong in ("", PASSWORD + "x", PASSWORD.upper(), "x" * 100_000):
        assert accounts.check("anna", wrong) is None
    assert accounts.check("nobody", PASSWORD) is None


def test_a_name_is_the_same_in_other_letters_and_forms(accounts: Accounts) -> None:
    accounts.add("Jörg", Role.READER, PASSWORD)
    assert accounts.check(" JO\u0308RG ", PASSWORD) is not None
    with pytest.raises(AccountError) as error:
        accounts.add("jörg", Role.READER, PASSWORD)
    assert error.value.problem is Problem.TAKEN


@pytest.mark.parametrize("name", ["", " ", "a b", "a\nb", "a\u202eb", "<b>", "a" * 65, "a/b", "a\x00"])
def test_names_that_could_mislead_are_refused(accounts: Accounts, name: str) -> None:
    with pytest.raises(AccountError) as error:
        accounts.add(name, Role.READER, PASSWORD)
    assert error.value.problem is Problem.NAME


@pytest.mark.parametrize("password", ["", "short", "x" * 9, "x" * 1001])
def test_passwords_too_short_or_too_long_are_refused(accounts: Accounts, password: str) -> None:
    accounts.add("anna", Role.READER, PASSWORD)
    for attempt in (
        lambda: accounts.add("bela", Role.READER, password),
        lambda: accounts.set_password("anna", password),
    ):
        with pytest.raises(AccountError) as error:
            attempt()
        assert error.value.problem is Problem.PASSWORD
    assert accounts.check("anna", PASSWORD) is not None


def test_a_password_is_kept_as_a_hash_only(accounts: Accounts, catalogue: Catalogue, tmp_path: Path) -> None:
    accounts.add("anna", Role.READER, PASSWORD)
    secret = accounts.begin_session("anna", "Firefox")
    with catalogue.engine.connect() as connection:
        rows = [str(connection.execute(table.select()).one()) for table in (people, sessions)]
    files = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    for kept in (*files, *(row.encode() for row in rows)):
        assert PASSWORD.encode() not in kept
        assert secret.encode() not in kept


def test_an_outdated_hash_is_made_anew_at_the_next_sign_in(
    accounts: Accounts, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    accounts.add("anna", Role.READER, PASSWORD)
    with catalogue.engine.connect() as connection:
        before = connection.execute(people.select()).one().password
    monkeypatch.setattr("archive.accounts.is_outdated", lambda _: True)
    assert accounts.check("anna", PASSWORD) is not None
    with catalogue.engine.connect() as connection:
        assert connection.execute(people.select()).one().password != before
    assert accounts.check("anna", PASSWORD) is not None


def test_a_session_is_known_by_its_secret_until_it_is_ended(accounts: Accounts) -> None:
    accounts.add("anna", Role.STAFF, PASSWORD)
    here, there = accounts.begin_session("anna", "Firefox"), accounts.begin_session("anna", "Safari")
    assert here != there
    assert len(here) >= 43
    found = accounts.session_person(here)
    assert found is not None
    assert found.name == "anna"
    assert {session.agent for session in accounts.sessions("anna")} == {"Firefox", "Safari"}
    assert set(accounts.last_seen()) == {"anna"}
    accounts.end_session(here)
    assert accounts.session_person(here) is None
    assert accounts.session_person(there) is not None
    accounts.end_sessions("anna")
    assert accounts.session_person(there) is None
    assert accounts.last_seen() == {}


@pytest.mark.parametrize(
    ("column", "age"), [("seen_at", SESSION_IDLE), ("created_at", SESSION_LIFE)], ids=["idle", "life"]
)
def test_a_session_ends_by_itself(
    accounts: Accounts, catalogue: Catalogue, column: str, age: dt.timedelta
) -> None:
    accounts.add("anna", Role.STAFF, PASSWORD)
    secret = accounts.begin_session("anna", "")

    def aged(by: dt.timedelta) -> None:
        with catalogue.engine.begin() as connection:
            connection.execute(update(sessions).values({column: dt.datetime.now(dt.UTC) - by}))

    aged(age - dt.timedelta(minutes=1))
    assert accounts.session_person(secret) is not None
    aged(age + dt.timedelta(minutes=1))
    assert accounts.session_person(secret) is None
    assert accounts.sessions("anna") == ()
    assert accounts.last_seen() == {}


def _block(accounts: Accounts) -> None:
    accounts.set_blocked("anna", blocked=True)


def _new_password(accounts: Accounts) -> None:
    accounts.set_password("anna", "another password")


@pytest.mark.parametrize("change", [_block, _new_password])
def test_who_is_blocked_or_has_a_new_password_is_signed_out(
    accounts: Accounts, change: Callable[[Accounts], None]
) -> None:
    accounts.add("anna", Role.STAFF, PASSWORD)
    secret = accounts.begin_session("anna", "")
    change(accounts)
    assert accounts.session_person(secret) is None
    assert accounts.check("anna", PASSWORD) is None


def test_a_new_role_holds_at_once_in_sessions_that_are_there(accounts: Accounts) -> None:
    accounts.add("anna", Role.STAFF, PASSWORD)
    secret = accounts.begin_session("anna", "")
    accounts.set_role("anna", Role.READER)
    found = accounts.session_person(secret)
    assert found is not None
    assert found.role is Role.READER


def test_the_last_admin_stays(accounts: Accounts) -> None:
    accounts.add("anna", Role.ADMIN, PASSWORD)
    accounts.add("bela", Role.ADMIN, PASSWORD)
    accounts.set_blocked("bela", blocked=True)
    for attempt in (
        lambda: accounts.set_role("anna", Role.STAFF),
        lambda: accounts.set_blocked("ANNA", blocked=True),
    ):
        with pytest.raises(AccountError) as error:
            attempt()
        assert error.value.problem is Problem.LAST_ADMIN
    assert accounts.person("anna").role is Role.ADMIN
    assert not accounts.person("anna").blocked


def test_two_admins_who_block_each_other_at_once_do_not_both_succeed(accounts: Accounts) -> None:
    names = [f"admin{number}" for number in range(4)]
    for name in names:
        accounts.add(name, Role.ADMIN, PASSWORD)

    def block(name: str) -> None:
        with suppress(AccountError):  # one of them, whichever comes last
            accounts.set_blocked(name, blocked=True)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(block, names))
    assert len([person for person in accounts.people() if not person.blocked]) == 1


def test_nobody_is_changed_who_is_not_there(accounts: Accounts) -> None:
    for attempt in (
        lambda: accounts.set_role("nobody", Role.STAFF),
        lambda: accounts.set_password("nobody", PASSWORD),
        lambda: accounts.set_blocked("nobody", blocked=True),
        lambda: accounts.person("nobody"),
    ):
        with pytest.raises(NotFoundError):
            attempt()


def test_a_generated_password_is_taken_and_never_the_same() -> None:
    made = {passwords.generate_password() for _ in range(200)}
    assert len(made) == 200
    assert all(passwords.is_password(password) and password.isascii() for password in made)
