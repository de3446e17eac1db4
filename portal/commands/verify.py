"""`verify`: check that nothing kept is damaged."""

from __future__ import annotations

import argparse
import datetime as dt
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import asdict

from archive.database import check_database
from archive.errors import CatalogueError, DamagedCatalogueError, DamagedStorageError, StorageError
from archive.findings import Finding
from archive.settings import Settings
from archive.verification import object_count, verify, verify_storage
from archive.verification_log import Verified, note_verified
from ingest.received_checks import received_findings
from portal.commands.opened import open_archive
from portal.exitcodes import ExitCode
from portal.output import json_line, shown
from portal.progress import Progress

SUMMARY = "Check every digest and every rule of the storage root; one line a finding."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command's arguments."""
    parser.add_argument("--json", action="store_true", help="print one JSON object a finding")


def run(chosen: argparse.Namespace, settings: Settings) -> ExitCode:
    """Print what is wrong; the exit code says whether anything is."""
    count, began = 0, time.monotonic()
    try:
        with Progress(object_count(settings.home), "objects", sys.stderr, only_terminal=True) as progress:
            for finding in _findings(settings, progress):
                count += 1
                progress.clear()
                _print(finding, as_json=chosen.json)
        check_database(settings.catalogue_url)
    except (CatalogueError, StorageError) as exc:
        count += isinstance(exc, DamagedCatalogueError | DamagedStorageError)
        if not count:
            raise
        sys.stderr.write(f"{shown(str(exc))}\n")
    finally:
        now = dt.datetime.now(dt.UTC).replace(microsecond=0)
        note_verified(settings.home, Verified(now, count, time.monotonic() - began))
    return ExitCode.DAMAGED if count else ExitCode.OK


def _findings(settings: Settings, progress: Progress) -> Iterator[Finding]:
    """Check storage root, catalogue and files that wait; if these cannot be opened, the storage root."""
    with ExitStack() as stack:
        try:
            archive = stack.enter_context(open_archive(settings))
        except (CatalogueError, StorageError):
            if object_count(settings.home):
                yield from verify_storage(settings, progress.advance)
            raise
        yield from verify(archive, progress.advance)
        yield from received_findings(archive)


def _print(finding: Finding, *, as_json: bool) -> None:
    sys.stdout.write(json_line(asdict(finding)) if as_json else f"{shown(finding.line)}\n")
    sys.stdout.flush()
