"""`learn`: learn the archive's own dictionary from its translations."""

from __future__ import annotations

import argparse
import sys
from contextlib import closing
from dataclasses import asdict
from typing import Self

from archive.settings import Settings
from index.teaching import Teacher
from portal.commands.opened import open_archive
from portal.exitcodes import ExitCode
from portal.output import json_line
from portal.progress import Progress

SUMMARY = "Learn the archive's own dictionary from documents that are translations of one another."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command's arguments."""
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(chosen: argparse.Namespace, settings: Settings) -> ExitCode:
    """Learn, unless what is known was learned from the same, and say how much is known."""
    with open_archive(settings) as archive:
        teacher = Teacher(archive)
        with closing(teacher), Told() as told:
            learned = teacher.teach(progress=told)
            likenesses = teacher.likenesses()
    size, sure = learned.size, sum(each.is_sure for each in likenesses)
    if chosen.json:
        told_of = {"anew": learned.anew, "found": len(likenesses), "sure": sure}
        sys.stdout.write(json_line({**told_of, **asdict(size), "seconds": learned.seconds}))
        return ExitCode.OK
    sys.stdout.write(
        f"{'learned' if learned.anew else 'known already'}: {size.entries} translations of {size.words} "
        f"words, from {size.segments} segments of {size.pairs} pairs, {learned.seconds:.1f} s\n"
        f"found by their words: {len(likenesses)} pairs, {sure} of them sure\n"
    )
    return ExitCode.OK


class Told:
    """Progress on the terminal, once it is known of how many pairs."""

    def __init__(self) -> None:
        self._progress: Progress | None = None
        self._done = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._progress is not None:
            self._progress.clear()

    def __call__(self, done: int, all_: int) -> None:
        if self._progress is None:
            self._progress = Progress(all_, "pairs", sys.stderr, only_terminal=True)
        self._progress.advance(done - self._done)
        self._done = done
