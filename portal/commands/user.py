"""`user`: who may sign in, and with which role."""

from __future__ import annotations

import argparse
import getpass
import sys
from collections.abc import Callable

from archive.accounts import Accounts, Person, Role, composed
from archive.errors import ArchiveError
from archive.history import Differences
from archive.passwords import generate_password
from archive.settings import Settings
from archive.staff_log import StaffLog
from portal.commands.opened import open_archive
from portal.exitcodes import ExitCode
from portal.output import json_line, shown

SUMMARY = "List, add and change the accounts of those who sign in."

COMMAND_LINE = "command line"
"""Who the staff log names for what is done here."""

_ROLES = [role.name.lower() for role in Role]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command's arguments."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    listing = actions.add_parser("list", help="list the accounts")
    listing.add_argument("--json", action="store_true", help="print one JSON object a line")
    adding = actions.add_parser("add", help="add an account")
    adding.add_argument("name", metavar="NAME")
    adding.add_argument("--role", choices=_ROLES, default="staff", help="reader, staff (default) or admin")
    password = actions.add_parser("password", help="set a password, which signs the person out everywhere")
    password.add_argument("name", metavar="NAME")
    for with_password in (adding, password):
        with_password.add_argument("--generate", action="store_true", help="make a password and print it")
    role = actions.add_parser("role", help="give an account another role")
    role.add_argument("name", metavar="NAME")
    role.add_argument("role", metavar="ROLE", choices=_ROLES)
    for name, words in (
        ("block", "keep somebody out"),
        ("unblock", "let somebody in again"),
        ("sign-out", "sign somebody out everywhere"),
    ):
        actions.add_parser(name, help=words).add_argument("name", metavar="NAME")


def run(chosen: argparse.Namespace, settings: Settings) -> ExitCode:
    """Do what was chosen; a password is asked for before anything is changed."""
    with open_archive(settings, create=True) as archive:
        accounts = Accounts(archive.catalogue.engine)
        if chosen.action == "list":
            for person in accounts.people():
                sys.stdout.write(_line(person, as_json=chosen.json))
            return ExitCode.OK
        log = StaffLog(archive.catalogue.engine)
        action, differences = _ACTIONS[chosen.action](accounts, chosen)
        log.enter(COMMAND_LINE, action, {composed(chosen.name): differences})
    return ExitCode.OK


def _line(person: Person, *, as_json: bool) -> str:
    role = person.role.name.lower()
    if as_json:
        created_at = person.created_at.isoformat(timespec="seconds")
        return json_line(
            {"name": person.name, "role": role, "blocked": person.blocked, "created_at": created_at}
        )
    return "\t".join([shown(person.name), role, *(["blocked"] if person.blocked else [])]) + "\n"


def _add(accounts: Accounts, chosen: argparse.Namespace) -> tuple[str, Differences]:
    password = _new_password(chosen)
    accounts.add(chosen.name, Role[chosen.role.upper()], password)
    _show_generated(chosen, password)
    return "account-added", {"role": (None, chosen.role)}


def _set_password(accounts: Accounts, chosen: argparse.Namespace) -> tuple[str, Differences]:
    accounts.person(chosen.name)
    password = _new_password(chosen)
    accounts.set_password(chosen.name, password)
    _show_generated(chosen, password)
    return "account-password", {}


def _set_role(accounts: Accounts, chosen: argparse.Namespace) -> tuple[str, Differences]:
    before = accounts.person(chosen.name).role
    accounts.set_role(chosen.name, Role[chosen.role.upper()])
    return "account-role", {"role": (before.name.lower(), chosen.role)}


def _block(accounts: Accounts, chosen: argparse.Namespace) -> tuple[str, Differences]:
    before = accounts.person(chosen.name).blocked
    accounts.set_blocked(chosen.name, blocked=True)
    return "account-blocked", {"blocked": (before, True)}


def _unblock(accounts: Accounts, chosen: argparse.Namespace) -> tuple[str, Differences]:
    before = accounts.person(chosen.name).blocked
    accounts.set_blocked(chosen.name, blocked=False)
    return "account-unblocked", {"blocked": (before, False)}


def _sign_out(accounts: Accounts, chosen: argparse.Namespace) -> tuple[str, Differences]:
    accounts.person(chosen.name)
    accounts.end_sessions(chosen.name)
    return "account-signed-out", {}


_ACTIONS: dict[str, Callable[[Accounts, argparse.Namespace], tuple[str, Differences]]] = {
    "add": _add,
    "password": _set_password,
    "role": _set_role,
    "block": _block,
    "unblock": _unblock,
    "sign-out": _sign_out,
}


def _new_password(chosen: argparse.Namespace) -> str:
    """Make a password, ask for one twice at a terminal, or read a line of standard input."""
    if chosen.generate:
        return generate_password()
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    password = getpass.getpass(f"New password for {shown(chosen.name)}: ")
    if getpass.getpass("Once more: ") != password:
        raise ArchiveError("These were two different passwords; nothing was changed.")
    return password


def _show_generated(chosen: argparse.Namespace, password: str) -> None:
    """Print a password that was made, now that it holds."""
    if chosen.generate:
        sys.stdout.write(f"{password}\n")
