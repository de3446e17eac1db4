"""`ingest`: bring files and folders into the archive."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

from archive.errors import IdentifierError
from archive.identifiers import parse_panel_id
from archive.model import Kind
from archive.settings import Settings
from index.follower import Follower
from index.indexer import Indexer
from ingest.crawl import Crawl, Wishes, crawl
from ingest.errors import UsageError
from ingest.outcome import Outcome, Status
from ingest.restore import is_bag, open_bag, restore
from ingest.saved_page import crawl_page
from ingest.unpacking import Unpacking
from portal.commands.opened import open_archive, open_worker, reader_pool
from portal.exitcodes import ExitCode
from portal.output import json_line, shown
from portal.progress import Progress

SUMMARY = "Bring files and folders into the archive."


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
    if chosen.saved_page is not None:
        return _ingest_page(chosen, settings)
    if not chosen.paths:
        raise UsageError("Name a PATH to bring in, a file or folder, or a saved page with --saved-page.")
    if any(map(is_bag, chosen.paths)):
        return _restore(chosen, settings)
    conference = chosen.conference
    if chosen.panel is not None and conference is None:
        conference = _conference_of(chosen.panel)
    kind = Kind(chosen.kind) if chosen.kind else None
    wishes = Wishes(conference, chosen.panel, kind, hold=chosen.draft)
    needs_a_look = ingest_paths(chosen.paths, wishes, settings, manifest=chosen.manifest, as_json=chosen.json)
    return ExitCode.LOOK if needs_a_look else ExitCode.OK


def _ingest_page(chosen: argparse.Namespace, settings: Settings) -> ExitCode:
    if chosen.paths or chosen.panel or chosen.kind or chosen.manifest:
        raise UsageError("--saved-page goes with --conference and --json only; it names its files itself.")
    with Unpacking(settings.home) as unpacking:
        found = crawl_page(chosen.saved_page, chosen.conference, settings.home, unpacking)
        needs_a_look = ingest_found(found, settings, as_json=chosen.json)
    return ExitCode.LOOK if needs_a_look else ExitCode.OK


def _restore(chosen: argparse.Namespace, settings: Settings) -> ExitCode:
    """Read bags back; they say of each of their files what it is."""
    given = (chosen.conference, chosen.panel, chosen.kind, chosen.manifest, chosen.draft or None)
    if not all(map(is_bag, chosen.paths)) or any(value is not None for value in given):
        raise UsageError(
            "A bag that export wrote is read back as it is: name nothing but bags, and no options."
        )
    code = ExitCode.OK
    with open_archive(settings, create=True) as archive, reader_pool(settings) as readers:
        for bag in map(open_bag, chosen.paths):
            total = sum(len(each.files) for document in bag.documents for each in document.versions)
            with Progress(total, "files", sys.stderr) as progress:
                for outcome in restore(archive, readers, bag):
                    code = ExitCode.LOOK if _needs_a_look(outcome) else code
                    progress.advance()
                    _print(outcome, chosen.json)
                progress.close(f"{len(bag.documents)} documents of {bag.conference.id}")
        indexer = Indexer(archive)
        indexer.catch_up(archive.last_change())
        indexer.close()
    return code


def ingest_paths(
    paths: list[Path], wishes: Wishes, settings: Settings, *, manifest: Path | None = None, as_json: bool
) -> bool:
    """Ingest with progress on standard error and results on standard output.

    Returns:
        Whether staff have to look at one of the files.
    """
    with Unpacking(settings.home) as unpacking:
        found = crawl(paths, wishes, settings.home, manifest=manifest, unpacking=unpacking)
        return ingest_found(found, settings, as_json=as_json)


def ingest_found(found: Crawl, settings: Settings, *, as_json: bool) -> bool:
    """Ingest what was found, as `ingest_paths` does."""
    for message in found.messages:
        sys.stderr.write(shown(message) + "\n")
    counts: Counter[Status] = Counter()
    needs_a_look = False
    with (
        Follower(settings) as follower,
        open_worker(settings, follower=follower) as worker,
        Progress(len(found.candidates), "files", sys.stderr) as progress,
    ):
        for outcome in map(found.remarked, worker.ingest(found)):
            counts[outcome.status] += 1
            needs_a_look |= _needs_a_look(outcome)
            progress.advance()
            _print(outcome, as_json)
        progress.close(", ".join(f"{counts[status]} {status.value}" for status in Status if counts[status]))
    return needs_a_look


def _needs_a_look(outcome: Outcome) -> bool:
    """Tell whether a file is held or not kept."""
    return outcome.status in (Status.HELD, Status.FAILED)


def _conference_of(panel: str) -> str:
    try:
        return parse_panel_id(panel)[0]
    except IdentifierError as exc:
        raise UsageError(f"--panel needs --conference, or write it as CONFERENCE/PANEL. {exc}") from exc


def _print(outcome: Outcome, as_json: bool) -> None:
    if as_json:
        sys.stdout.write(json_line(outcome.to_json()))
        sys.stdout.flush()
    elif outcome.error and outcome.status is not Status.SKIPPED:
        sys.stdout.write(f"{outcome.status.value}: {shown(outcome.path)}: {shown(outcome.error)}\n")
