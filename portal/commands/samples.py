"""`samples`: put the example conference into an empty archive, or take it out again."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path

from archive.model import Conference
from archive.repository import Archive
from archive.settings import Settings
from index.indexer import Indexer
from ingest.crawl import Wishes
from ingest.readers import ReaderPool
from portal.commands.opened import open_archive
from portal.commands.taking_in import ingest_paths
from portal.exitcodes import ExitCode

SUMMARY = "Put the example conference into an empty archive, or take it out."

SAMPLES = Path(__file__).parent.parent.parent / "samples"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command's arguments."""
    parser.add_argument("--remove", action="store_true", help="take every example out, bytes and all")


def run(chosen: argparse.Namespace, settings: Settings) -> ExitCode:
    """Add or remove; adding does nothing where there is a conference already, or ARCHIVE_SAMPLES=no."""
    with open_archive(settings, create=True) as archive:
        if chosen.remove:
            for conference in archive.conferences():
                if conference.example:
                    sys.stdout.write(_remove(archive, conference) + "\n")
            indexer = Indexer(archive)
            indexer.catch_up(archive.last_change())
            indexer.tidy()
            return ExitCode.OK
        is_empty = not archive.conferences()
    if settings.samples and is_empty:
        folders = sorted(path.parent for path in SAMPLES.glob("[0-9]*/conference.yaml"))
        with ReaderPool.of(settings) as readers:
            ingest_paths(folders, Wishes(), settings, readers, as_json=False)
    return ExitCode.OK


def _remove(archive: Archive, conference: Conference) -> str:
    """Take out the examples of a conference, and the conference too unless something else is in it."""
    others = 0
    for document in archive.documents(conference=conference.id, state=None):
        if document.example:
            archive.purge(document.id)
        else:
            others += 1
    if others:
        archive.save_conference(replace(conference, example=False))
        return f"Removed the examples of {conference.id}; {others} documents that are none stay in it."
    archive.remove_conference(conference.id)
    return f"Removed {conference.id}."
