"""`passports`: the extraction reports of all files, searched."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from archive.formats import format_label
from archive.model import Document, File
from archive.records import Json
from archive.repository import Archive
from archive.settings import Settings
from ingest.mediatypes import extension_of
from portal.commands.opened import open_archive
from portal.exitcodes import ExitCode
from portal.output import json_line, shown

SUMMARY = "List how well each file could be read, and find those of which a report says something."

_LIGHTS = ("red", "amber", "green")
_SAID = ("error", "skipped", "repairs")


@dataclass(frozen=True, slots=True)
class Reported:
    """A file of a document's current version, and the report on it."""

    document: Document
    file: File
    report: Json

    @property
    def light(self) -> str:
        """Red where there is no report, as of what could not be read."""
        return str(self.report.get("light", "red"))

    @property
    def sentences(self) -> tuple[str, ...]:
        """All that the report says in words."""
        said = (self.report.get(name) for name in _SAID)
        return tuple(
            str(each) for found in said if found for each in (found if isinstance(found, list) else [found])
        )


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command's arguments."""
    parser.add_argument("words", metavar="WORD", nargs="*", help="only reports that say all of these words")
    parser.add_argument(
        "--light", action="append", choices=_LIGHTS, help="only reports of this light; may be repeated"
    )
    parser.add_argument("--conference", metavar="ID", help="only files of this conference")
    parser.add_argument("--format", metavar="EXTENSION", help="only files of this format: pdf, pptx")
    parser.add_argument("--json", action="store_true", help="print one JSON object a file")


def run(chosen: argparse.Namespace, settings: Settings) -> ExitCode:
    """Print the reports, one line a file."""
    with open_archive(settings) as archive:
        for reported in _reports(archive, chosen.conference):
            if _is_wanted(reported, chosen):
                sys.stdout.write(json_line(_to_json(reported)) if chosen.json else _line(reported))
    return ExitCode.OK


def _reports(archive: Archive, conference: str | None) -> Iterator[Reported]:
    documents = archive.documents(conference=conference, state=None)
    passports = archive.passports_of([document.id for document in documents])
    for document in documents:
        for file in document.current.files if document.versions else ():
            yield Reported(document, file, passports[document.id].get(file.name, {}))


def _is_wanted(reported: Reported, chosen: argparse.Namespace) -> bool:
    if chosen.light and reported.light not in chosen.light:
        return False
    label = format_label(reported.file.media_type)
    if chosen.format and extension_of(f"a.{chosen.format}").upper() != label:
        return False
    return _says(reported, chosen.words)


def _says(reported: Reported, words: Sequence[str]) -> bool:
    text = " ".join((reported.file.path, str(reported.report.get("tool", "")), *reported.sentences))
    return all(word.casefold() in text.casefold() for word in words)


def _line(reported: Reported) -> str:
    report, file = reported.report, reported.file
    figures = f"{report.get('pages', 0)} pages, {report.get('characters', 0)} characters"
    where = f"{reported.document.id} {shown(file.path)}"
    said = " ".join(map(shown, reported.sentences))
    return f"{reported.light:5} {where}: {format_label(file.media_type)}, {figures}. {said}".rstrip() + "\n"


def _to_json(reported: Reported) -> Json:
    document, file = reported.document, reported.file
    return {
        "document": document.id,
        "conference": document.conference,
        "state": document.state.value,
        "path": file.path,
        "file": file.name,
        "light": reported.light,
        "passport": reported.report,
    }
