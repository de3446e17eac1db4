"""`ingest`: bring files and folders into the archive."""

from __future__ import annotations

import argparse
from pathlib import Path

from archive.model import Kind
from archive.settings import Settings
from ingest.bag_places import is_bag
from ingest.errors import UsageError
from ingest.readers import ReaderPool
from portal.exitcodes import ExitCode

SUMMARY = "Bring files and folders into the archive."

EARLY_READERS = 2
"""So many readers get ready while this process loads all else; more start when there is more to read."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command's arguments."""
    parser.add_argument(
        "paths", nargs="*", metavar="PATH", type=Path, help="a file, or a folder or zip with all in it"
    )
    parser.add_argument("--conference", metavar="ID", help="conference of all files; made if there is none")
    parser.add_argument("--panel", metavar="ID", help="panel of all files; made if there is none")
    parser.add_argument(
        "--manifest", metavar="FILE", type=Path, help="table (CSV, XLSX) that describes the files"
    )
    parser.add_argument(
        "--saved-page",
        metavar="FILE",
        type=Path,
        help="saved web page of a conference, with its downloads beside it; all become drafts",
    )
    parser.add_argument("--kind", choices=[kind.value for kind in Kind], help="kind of all files")
    parser.add_argument("--draft", action="store_true", help="publish nothing: all become drafts for a look")
    parser.add_argument("--json", action="store_true", help="print one JSON object a file")


def run(chosen: argparse.Namespace, settings: Settings) -> ExitCode:
    """Ingest; the exit code says whether some files need a look."""
    bags = [path for path in chosen.paths if is_bag(path)]
    _refuse_contradictions(chosen, bags)
    with ReaderPool.of(settings) as readers:
        readers.start(EARLY_READERS)
        from portal.commands import taking_in

        if chosen.saved_page is not None:
            return taking_in.ingest_page(chosen, settings, readers)
        if bags:
            return taking_in.restore_bags(bags, settings, readers, as_json=chosen.json)
        return taking_in.ingest_chosen(chosen, settings, readers)


def _refuse_contradictions(chosen: argparse.Namespace, bags: list[Path]) -> None:
    if chosen.saved_page is not None:
        if chosen.paths or chosen.panel or chosen.kind or chosen.manifest:
            raise UsageError(
                "--saved-page goes with --conference and --json only; it names its files itself."
            )
    elif not chosen.paths:
        raise UsageError("Name a PATH to bring in, a file or folder, or a saved page with --saved-page.")
    given = (chosen.conference, chosen.panel, chosen.kind, chosen.manifest, chosen.draft or None)
    if bags and (bags != chosen.paths or any(value is not None for value in given)):
        raise UsageError(
            "A bag that export wrote is read back as it is: name nothing but bags, and no options."
        )
