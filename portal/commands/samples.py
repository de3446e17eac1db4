"""`samples`: put the example conference into an empty archive, or take it out again."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from archive.settings import Settings
from index.indexer import Indexer
from ingest.crawl import Wishes
from portal.commands.ingest import ingest_paths
from portal.commands.opened import open_archive
from portal.exitcodes import ExitCode

SUMMARY = "Put the example conference into an empty archive, or take it out."

SAMPLES = Path(__file__).parent.parent.parent / "samples"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command's arguments."""
    parser.add_argument("--remove", action="store_true", help="take every example out, bytes and all")


def run(chosen: argparse.Namespace, settings: Settings) -> ExitCode:
    """Add or remove; adding does nothing where there is a conference already, or ARCHIVE_SAMPLES=no."""
    with open_archive(settings) as archive:
        conferences = archive.conferences()
        if chosen.remove:
            for conference in conferences:
                if conference.example:
                    archive.purge_conference(conference.id)
                    sys.stdout.write(f"Removed {conference.id}.\n")
            Indexer(archive).catch_up(archive.last_change())
            return ExitCode.OK
    if settings.samples and not conferences:
        folders = sorted(path.parent for path in SAMPLES.glob("[0-9]*/conference.yaml"))
        ingest_paths(folders, Wishes(), settings, as_json=False)
    return ExitCode.OK
