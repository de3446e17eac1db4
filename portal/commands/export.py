"""`export`: write a conference as one BagIt bag."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from archive.settings import Settings
from ingest.bags import write_bag
from portal.commands.opened import open_archive
from portal.exitcodes import ExitCode
from portal.progress import Progress

SUMMARY = "Write a conference with all that is kept of it as one BagIt bag, which `ingest` reads back."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command's arguments."""
    parser.add_argument("conference", metavar="CONFERENCE", help="identifier of the conference")
    parser.add_argument("out", metavar="OUT", type=Path, help="the bag's folder; it must not be there yet")


def run(chosen: argparse.Namespace, settings: Settings) -> ExitCode:
    """Export, with progress on standard error."""
    with open_archive(settings) as archive:
        total = len(archive.documents(conference=chosen.conference, state=None))
        with Progress(total, "documents", sys.stderr) as progress:
            written = write_bag(archive, chosen.conference, chosen.out, lambda _: progress.advance())
            progress.close(f"{written} documents in {chosen.out}")
    return ExitCode.OK
