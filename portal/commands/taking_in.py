"""Take files in and tell what became of each: what `ingest` and `samples` do once they know what to take."""

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
from ingest.crawl import Crawl, Wishes, crawl
from ingest.errors import UsageError
from ingest.outcome import Outcome, Status
from ingest.readers import ReaderPool
from ingest.unpacking import Unpacking
from portal.commands.opened import open_archive, open_worker
from portal.exitcodes import ExitCode
from portal.output import json_line, shown
from portal.progress import Progress


def ingest_chosen(chosen: argparse.Namespace, settings: Settings, readers: ReaderPool) -> ExitCode:
    """Ingest the paths that the command line names, as it says."""
    conference = chosen.conference
    if chosen.panel is not None and conference is None:
        conference = _conference_of(chosen.panel)
    kind = Kind(chosen.kind) if chosen.kind else None
    wishes = Wishes(conference, chosen.panel, kind, hold=chosen.draft)
    needs_a_look = ingest_paths(
        chosen.paths, wishes, settings, readers, manifest=chosen.manifest, as_json=chosen.json
    )
    return ExitCode.LOOK if needs_a_look else ExitCode.OK


def ingest_page(chosen: argparse.Namespace, settings: Settings, readers: ReaderPool) -> ExitCode:
    """Ingest a saved web page with the downloads beside it."""
    from ingest.saved_page import crawl_page

    with Follower(settings) as follower, Unpacking(settings.home) as unpacking:
        found = crawl_page(chosen.saved_page, chosen.conference, settings.home, unpacking)
        needs_a_look = _ingest_found(found, settings, readers, follower, as_json=chosen.json)
    return ExitCode.LOOK if needs_a_look else ExitCode.OK


def restore_bags(paths: list[Path], settings: Settings, readers: ReaderPool, *, as_json: bool) -> ExitCode:
    """Read bags back; they say of each of their files what it is."""
    from index.indexer import Indexer
    from ingest.restore import open_bag, restore

    code = ExitCode.OK
    with open_archive(settings, create=True) as archive:
        for bag in map(open_bag, paths):
            total = sum(len(each.files) for document in bag.documents for each in document.versions)
            with Progress(total, "files", sys.stderr) as progress:
                for outcome in restore(archive, readers, bag):
                    code = ExitCode.LOOK if _needs_a_look(outcome) else code
                    progress.advance()
                    _print(outcome, as_json)
                progress.close(f"{len(bag.documents)} documents of {bag.conference.id}")
        indexer = Indexer(archive)
        indexer.catch_up(archive.last_change())
        indexer.close()
    return code


def ingest_paths(
    paths: list[Path],
    wishes: Wishes,
    settings: Settings,
    readers: ReaderPool,
    *,
    manifest: Path | None = None,
    as_json: bool,
) -> bool:
    """Ingest with progress on standard error and results on standard output.

    Returns:
        Whether staff have to look at one of the files.
    """
    with Follower(settings) as follower, Unpacking(settings.home) as unpacking:
        found = crawl(paths, wishes, settings.home, manifest=manifest, unpacking=unpacking)
        return _ingest_found(found, settings, readers, follower, as_json=as_json)


def _ingest_found(
    found: Crawl, settings: Settings, readers: ReaderPool, follower: Follower, *, as_json: bool
) -> bool:
    """Ingest what was found, as `ingest_paths` does."""
    for message in found.messages:
        sys.stderr.write(shown(message) + "\n")
    counts: Counter[Status] = Counter()
    needs_a_look = False
    with (
        open_worker(settings, readers, follower=follower) as worker,
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
