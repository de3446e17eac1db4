"""`verify`: check that nothing kept is damaged."""

from __future__ import annotations

import argparse
import sys

from archive.database import check_database
from archive.settings import Settings
from archive.verification import verify
from portal.commands.opened import open_archive
from portal.exitcodes import ExitCode
from portal.output import shown

SUMMARY = "Check every digest and every rule of the storage root; one line a finding."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command's arguments: there are none."""


def run(chosen: argparse.Namespace, settings: Settings) -> ExitCode:
    """Print what is wrong; the exit code says whether anything is."""
    whole = True
    with open_archive(settings) as archive:
        for finding in verify(archive):
            whole = False
            sys.stdout.write(f"{shown(finding.place)}: {shown(finding.problem)}\n")
    check_database(settings.catalogue_url)
    return ExitCode.OK if whole else ExitCode.DAMAGED
