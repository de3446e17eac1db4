"""The account that is made at the first start that finds none, so that somebody can sign in."""

from __future__ import annotations

import logging
import sys
from contextlib import suppress

from streamlit import config

from archive.accounts import FIRST_PERSON, AccountError, Accounts, Role
from archive.errors import ArchiveError
from archive.passwords import generate_password
from archive.settings import Settings
from archive.staff_log import StaffLog
from portal.output import shown
from portal.resources import resources
from portal.urls import SIGN_IN

log = logging.getLogger(__name__)


def welcome() -> None:
    """Make the first account where there is none, and say on standard output how to sign in.

    Runs beside the first requests. An archive that cannot be opened is no reason to end: whoever asks for a
    page is told, and the next start tries again.
    """
    try:
        shared = resources()
        password = make_first_account(shared.accounts, shared.settings)
        if password is None:
            return
        StaffLog(shared.archive.catalogue.engine).enter(
            FIRST_PERSON, "account-added", {FIRST_PERSON: {"role": (None, Role.ADMIN.name.lower())}}
        )
    except (ArchiveError, OSError) as exc:
        log.warning("The first account was not made: %s", exc)
        return
    said = f"password {password}, shown only this once" if password else "as ARCHIVE_STAFF_PASSWORD says"
    line = f"Sign in at {_address(shared.settings)}{SIGN_IN} as {FIRST_PERSON}, {said}"
    with suppress(OSError):  # nobody reads it
        sys.stdout.write(shown(line) + "\n")
        sys.stdout.flush()


def make_first_account(accounts: Accounts, settings: Settings) -> str | None:
    """Make the account of an admin if there is none at all.

    Returns:
        The password that was made for it, empty where the settings gave one; None if nothing was done.
    """
    if accounts.people():
        return None
    generated = "" if settings.staff_password else generate_password()
    try:
        accounts.add(FIRST_PERSON, Role.ADMIN, settings.staff_password or generated)
    except AccountError:  # another process was faster
        return None
    return generated


def _address(settings: Settings) -> str:
    """Return where the portal is: as the settings say, else on this machine; empty if the port is unknown."""
    port = config.get_option("server.port") if config.is_manually_set("server.port") else None
    return settings.base_url or (f"http://localhost:{port}" if port else "")
