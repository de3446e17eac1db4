"""`rebuild`: make everything derived again from the storage root."""

from __future__ import annotations

import argparse
import sys

from archive.database import check_database, set_aside
from archive.errors import DamagedCatalogueError
from archive.settings import Settings
from archive.usable import refuse_unusable
from index.indexer import Indexer
from ingest.queue import Queue
from ingest.readers import ReaderPool
from ingest.rebuild import rebuild
from ingest.unclaimed import FOLDER, keep_unclaimed
from portal.commands.opened import open_archive
from portal.exitcodes import ExitCode
from portal.output import shown
from portal.progress import Progress

SUMMARY = "Read every original again; fill catalogue and index from the storage root alone."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command's arguments: there are none."""


def run(chosen: argparse.Namespace, settings: Settings) -> ExitCode:
    """Rebuild, with progress; a catalogue that turns out to be damaged is kept under another name."""
    refuse_unusable(settings.home)
    try:
        check_database(settings.catalogue_url)
        return _rebuild(settings)
    except DamagedCatalogueError as exc:
        sys.stderr.write(shown(_make_way(settings, exc)) + "\n")
        return _rebuild(settings)


def _make_way(settings: Settings, damage: DamagedCatalogueError) -> str:
    """Rename a damaged catalogue, and the bytes that only it can name; say so."""
    received = settings.home / "received"
    waiting = [folder for folder in (received, settings.home / "uploads") if any(folder.glob("*"))]
    kept = set_aside(settings.catalogue_url, *waiting)
    if kept is None:
        raise damage
    said = f"The catalogue is damaged; it is kept as {kept}."
    if waiting:
        said += f" Files that waited lie beside {received}, without their names: hand them in again."
    return said


def _rebuild(settings: Settings) -> ExitCode:
    problems = 0
    with open_archive(settings, rebuilding=True) as archive, ReaderPool.of(settings) as readers:
        total = sum(1 for _ in archive.stored.documents())
        with Progress(total, "documents", sys.stderr) as progress:
            for done in rebuild(archive, Indexer(archive), readers):
                progress.advance()
                if done.problem:
                    problems += 1
                    sys.stdout.write(shown(f"{done.document}: {done.problem}") + "\n")
            progress.close(
                f"{problems} published documents could not be read again"
                if problems
                else "catalogue and index are as the storage root has it"
            )
        Queue(archive).close_gone()
        if unclaimed := keep_unclaimed(archive):
            said = f"Files that came in and that the catalogue does not name: {unclaimed}. They are kept in "
            said += (
                f"{settings.home / FOLDER}, without their names. Look at them, and hand in what is missing."
            )
            sys.stderr.write(shown(said) + "\n")
    return ExitCode.LOOK if problems else ExitCode.OK
