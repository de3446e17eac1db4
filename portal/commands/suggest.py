"""`suggest`: complete what somebody begins to type."""

from __future__ import annotations

import argparse
import sys

from archive.settings import Settings
from index.search import Search
from index.suggest import MOST
from portal.commands.opened import open_archive
from portal.exitcodes import ExitCode
from portal.output import json_line, shown
from portal.results_json import suggestions_to_json

SUMMARY = "Suggest what to search for from its first letters."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command's arguments."""
    parser.add_argument("text", metavar="TEXT", help="what has been typed so far")
    parser.add_argument("--limit", type=int, default=MOST, help=f"how many at most (default {MOST}, no more)")
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(chosen: argparse.Namespace, settings: Settings) -> ExitCode:
    """Print the suggestions, each with its kind."""
    with open_archive(settings) as archive:
        found = Search(archive).suggest(chosen.text, max(chosen.limit, 0))
    if chosen.json:
        sys.stdout.write(json_line(suggestions_to_json(found)))
    else:
        sys.stdout.writelines(f"{each.kind.value:<10}  {shown(each.text)}\n" for each in found)
    return ExitCode.OK
