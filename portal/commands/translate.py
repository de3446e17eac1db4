"""`translate`: what the archive takes for translations of words, why, and where it saw them."""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from collections.abc import Iterable, Iterator
from contextlib import closing

from archive.settings import LANGUAGES, Settings
from index.explained import Explained
from index.live_translator import LiveTranslator
from portal.commands.opened import open_archive
from portal.exitcodes import ExitCode
from portal.output import json_line, shown
from portal.translations_json import explained_to_json

SUMMARY = "Say what a search takes for translations of words, why, and where the archive saw them."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command's arguments."""
    parser.add_argument("words", metavar="WORDS", help="a word, or several")
    parser.add_argument(
        "--language", choices=LANGUAGES, help="of the words; without it, as a search would take them"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object a translation")


def run(chosen: argparse.Namespace, settings: Settings) -> ExitCode:
    """Print translations with their examples, of what the public may read."""
    with open_archive(settings) as archive, closing(LiveTranslator(archive)) as translator:
        found = translator.explained(chosen.words, chosen.language, dt.date.today())
    if chosen.json:
        sys.stdout.writelines(json_line(explained_to_json(each)) for each in found)
    else:
        sys.stdout.writelines(f"{line}\n" for line in _lines(found))
    return ExitCode.OK


def _lines(found: Iterable[Explained]) -> Iterator[str]:
    before = ("", "")
    for each in found:
        if (each.word, each.language) != before:
            before = (each.word, each.language)
            yield shown(f"{each.word} ({each.language})")
        translation = each.translation
        why = ", ".join(dict.fromkeys(source.origin.value for source in translation.sources))
        by = f", by way of {translation.via}" if translation.via else ""
        yield shown(f"  {translation.key} ({translation.language}) {translation.probability:.0%}: {why}{by}")
        for example in each.examples:
            for passage in (example.source, example.target):
                place = f"page {passage.page_number}" if passage.page_number else "title"
                yield shown(f"    {passage.document}, {place}: {passage.text}")
