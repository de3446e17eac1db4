"""`verify`: check that nothing kept is damaged."""

from __future__ import annotations

import argparse
import datetime as dt
import sys
import time

from archive.database import check_database
from archive.errors import DamagedCatalogueError
from archive.settings import Settings
from archive.verification import verify
from archive.verification_log import Verified, note_verified
from portal.commands.opened import open_archive
from portal.exitcodes import ExitCode
from portal.output import shown

SUMMARY = "Check every digest and every rule of the storage root; one line a finding."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command's arguments: there are none."""


def run(chosen: argparse.Namespace, settings: Settings) -> ExitCode:
    """Print what is wrong; the exit code says whether anything is."""
    findings, began = 0, time.monotonic()
    with open_archive(settings) as archive:
        for finding in verify(archive):
            findings += 1
            sys.stdout.write(f"{shown(finding.place)}: {shown(finding.problem)}\n")
    try:
        check_database(settings.catalogue_url)
    except DamagedCatalogueError:
        findings += 1
        raise
    finally:
        now = dt.datetime.now(dt.UTC).replace(microsecond=0)
        note_verified(settings.home, Verified(now, findings, time.monotonic() - began))
    return ExitCode.DAMAGED if findings else ExitCode.OK
