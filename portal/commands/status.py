"""`status`: what waits, what failed, what is held, and whether all is well."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator

from archive.settings import Settings
from portal.commands.opened import open_archive
from portal.exitcodes import ExitCode
from portal.output import json_line, shown
from portal.status import Status, status_of, status_to_json

SUMMARY = "Say what waits, what failed, what is held, and whether all is well."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command's arguments."""
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(chosen: argparse.Namespace, settings: Settings) -> ExitCode:
    """Print everything; the exit code says whether files were set aside."""
    with open_archive(settings) as archive:
        status = status_of(archive)
    if chosen.json:
        sys.stdout.write(json_line(status_to_json(status)))
    else:
        sys.stdout.writelines(f"{line}\n" for line in _lines(status))
    return ExitCode.LOOK if status.work.tally.failed else ExitCode.OK


def _lines(status: Status) -> Iterator[str]:
    work, held = status.work, status.holdings
    tally = work.tally
    yield f"queue: {tally.waiting} wait, {tally.reading} are being read, {tally.failed} set aside"
    for entry in status.failed:
        yield f"  set aside: {shown(entry.path)}: {shown(entry.error)}"
    for worker in work.workers:
        doing = ", ".join(shown(path) for path in worker.in_hand) or "nothing in hand"
        yield f"worker: {worker.kind}, process {worker.process}, since {worker.started_at:%F %T} UTC: {doing}"
    if not work.workers:
        yield "worker: none is alive; serve starts one"
    for reason, count in sorted(held.drafts.items(), key=lambda pair: (-pair[1], pair[0])):
        yield f"drafts: {count}: {shown(reason) or 'to be looked at'}"
    everything = held.all
    yield (
        f"held: {everything.published} published, {everything.drafts} drafts, "
        f"{everything.withdrawn} withdrawn; {everything.files} files, {everything.size_bytes} bytes"
    )
    yield f"index: {work.index_behind} changes behind" + (
        "" if status.index_current else ", to be built anew"
    )
    yield f"disk: {status.disk.free_bytes} of {status.disk.total_bytes} bytes free"
    if status.verified is None:
        yield "verify: not yet"
    else:
        yield f"verify: {status.verified.at:%F %T} UTC, {status.verified.findings} findings"
    yield "versions: " + ", ".join(f"{name} {version}" for name, version in status.versions.items())
