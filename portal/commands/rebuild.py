"""`rebuild`: make everything derived again from the storage root."""

from __future__ import annotations

import argparse
import sys

from archive.settings import Settings
from index.indexer import Indexer
from ingest.rebuild import rebuild
from portal.commands.opened import open_archive, reader_pool
from portal.exitcodes import ExitCode
from portal.progress import Progress

SUMMARY = "Read every original again; fill catalogue and index from the storage root alone."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command's arguments: there are none."""


def run(chosen: argparse.Namespace, settings: Settings) -> ExitCode:
    """Rebuild, with progress."""
    with open_archive(settings) as archive, reader_pool(settings) as readers:
        total = sum(1 for _ in archive.stored_documents())
        with Progress(total, "documents", sys.stderr) as progress:
            for _ in rebuild(archive, Indexer(archive), readers):
                progress.advance()
            progress.close("catalogue and index are as the storage root has it")
    return ExitCode.OK
