"""`thesaurus`: what the thesaurus has, load SKOS files beside it, take them out, write it as one file."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from archive.repository import Archive
from archive.settings import Settings
from index.live_thesaurus import LiveThesaurus, Thesauri
from index.thesaurus_editing import ThesaurusEditing
from index.vocabulary import own_thesaurus
from portal.commands.opened import open_archive
from portal.commands.user import COMMAND_LINE
from portal.exitcodes import ExitCode
from portal.output import json_line, shown

SUMMARY = "Say what the thesaurus has; load SKOS files beside it, take them out, write it as one file."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command's arguments."""
    parser.add_argument("--load", metavar="FILE", type=Path, nargs="+", default=[], help="load SKOS files")
    parser.add_argument(
        "--remove", metavar="NAME", nargs="+", default=[], help="take out loaded files of these names"
    )
    parser.add_argument("--export", metavar="FILE", type=Path, help="write all of it as Turtle; - for output")
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(chosen: argparse.Namespace, settings: Settings) -> ExitCode:
    """Do what was chosen, in this order; then say what there is, unless it was written to the output."""
    with open_archive(settings) as archive:
        editing = ThesaurusEditing(archive, COMMAND_LINE)
        for path in chosen.load:
            with path.open("rb") as source:
                editing.load(path.name, source)
        for name in chosen.remove:
            _remove(archive, editing, name)
        thesauri = LiveThesaurus(archive).thesauri()
    if chosen.export is not None:
        _export(thesauri, chosen.export)
        if str(chosen.export) == "-":
            return ExitCode.OK
    if chosen.json:
        sys.stdout.write(json_line(_to_json(thesauri)))
    else:
        sys.stdout.writelines(f"{line}\n" for line in _lines(thesauri))
    return ExitCode.OK


def _remove(archive: Archive, editing: ThesaurusEditing, name: str) -> None:
    paths = [file.path for file in archive.stored.thesaurus().files if file.name == name]
    for path in paths or [name]:
        editing.unload(path)


def _export(thesauri: Thesauri, path: Path) -> None:
    # imports rdflib, needed here only
    from index.skos_writing import to_turtle

    content = to_turtle(thesauri.together)
    if str(path) == "-":
        sys.stdout.write(content.decode())
    else:
        path.write_bytes(content)


def _to_json(thesauri: Thesauri) -> dict[str, object]:
    added, changed, removed = map(len, _edits(thesauri))
    return {
        "concepts": len(thesauri.together.concepts),
        "own": len(thesauri.own.concepts),
        "edits": {"added": added, "changed": changed, "removed": removed},
        "files": [
            {
                "name": file.name,
                "concepts": _held(thesauri, file.path),
                "size_bytes": file.size_bytes,
                "sha512": file.sha512,
                "received_at": file.received_at.isoformat(),
                "by": file.by,
            }
            for file in thesauri.record.files
        ],
    }


def _lines(thesauri: Thesauri) -> Iterator[str]:
    added, changed, removed = map(len, _edits(thesauri))
    yield f"concepts: {len(thesauri.together.concepts)}"
    yield (
        f"own: {len(thesauri.own.concepts)}; by staff {added} added, {changed} changed, {removed} taken out"
    )
    for file in thesauri.record.files:
        held = _held(thesauri, file.path)
        said = "cannot be read" if held is None else f"{held} concepts"
        yield f"file: {shown(file.name)}: {said}, {file.received_at:%F %T} UTC, {shown(file.by)}"


def _held(thesauri: Thesauri, path: str) -> int | None:
    return len(thesauri.loaded[path].concepts) if path in thesauri.loaded else None


def _edits(thesauri: Thesauri) -> tuple[list[str], list[str], list[str]]:
    edits, own = thesauri.record.edits, own_thesaurus().concepts
    removed = [uri for uri, edit in edits.items() if edit.after is None]
    added = [uri for uri, edit in edits.items() if edit.after is not None and uri not in own]
    changed = [uri for uri in edits if uri not in {*removed, *added}]
    return added, changed, removed
