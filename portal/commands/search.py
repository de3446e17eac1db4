"""`search`: ask the archive a question."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from archive.access import Audience
from archive.settings import Settings
from index.query import Query, Wishes
from index.search import Search
from portal.commands.opened import open_archive
from portal.exitcodes import ExitCode
from portal.output import json_line
from portal.results_json import result_page_to_json
from portal.results_text import as_text

SUMMARY = "Search what the public, or staff, may read."

_FILTERS = ("language", "conference", "series", "panel", "kind", "year", "format", "creator")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command's arguments."""
    parser.add_argument("query", metavar="QUERY", help='words, "phrases", AND OR NOT, field:value')
    for name in _FILTERS:
        parser.add_argument(
            f"--{name}", action="append", default=[], help=f"only this {name}; may be repeated"
        )
    parser.add_argument("--exact", action="store_true", help="only the words as typed, in no other form")
    parser.add_argument("--no-translation", action="store_true", help="search for no translations")
    parser.add_argument("--no-names", action="store_true", help="search for no names in another script")
    parser.add_argument(
        "--without", metavar="FORM", action="append", default=[], help="leave a form out; may be repeated"
    )
    parser.add_argument("--staff", action="store_true", help="search what only staff may read, too")
    parser.add_argument("--limit", type=int, default=10, help="how many hits at most (default 10)")
    parser.add_argument("--offset", type=int, default=0, help="how many hits to pass over (default 0)")
    parser.add_argument("--explain", action="store_true", help="say what is searched and why each hit is one")
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(chosen: argparse.Namespace, settings: Settings) -> ExitCode:
    """Search and print the hits."""
    filters: dict[str, Any] = {name: tuple(getattr(chosen, name)) for name in _FILTERS}
    query = Query(
        text=chosen.query,
        **filters,
        limit=chosen.limit,
        offset=chosen.offset,
        wishes=Wishes(
            exact=chosen.exact,
            translate=not chosen.no_translation,
            names=not chosen.no_names,
            without=tuple(chosen.without),
        ),
    )
    with open_archive(settings) as archive:
        audience = Audience.STAFF if chosen.staff else Audience.PUBLIC
        page = Search(archive, audience=audience).ask(query, explain=chosen.explain)
    if chosen.json:
        sys.stdout.write(json_line(result_page_to_json(page)))
    else:
        sys.stdout.write(as_text(page))
    return ExitCode.OK
