"""How long the archive takes to learn its dictionary, and in how much memory, by the number of pairs.

    python -m bench.learning FOLDER [--pairs N ...]

FOLDER holds parallel texts: `corpus.jsonl`, whose identifiers end in the language and whose paragraphs, with
empty lines between, answer to one another. Documents of some 1,000 words are made of them by chance, German
with Russian. One word in ten is left out, so that no two segments are the same, and one in fifty takes a
number, since words grow in number with texts. Each number of pairs is learned in a process of its own.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import random
import re
import resource
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from archive.model import Document, Kind, Page, State
from archive.repository import Archive
from archive.settings import Settings
from bench.command import PROJECT
from index.learner import Learner
from index.live_lexicon import public_lexicon

PAIRS = (100, 1000, 10000)
WORDS = 1000
PAGE_PARAGRAPHS = 4
LEFT_OUT, NEW = 0.1, 0.02
NOW = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


def main() -> int:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(prog="python -m bench.learning")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pairs", type=int, nargs="+", default=PAIRS)
    parser.add_argument("--here", type=int, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.here:
        sys.stdout.write(_measure(chosen.folder, chosen.here))
        return 0
    sys.stdout.write(
        "| pairs | segments | translations | seconds of processor | most memory | file | again |\n"
    )
    sys.stdout.write("|---|---|---|---|---|---|---|\n")
    for pairs in chosen.pairs:
        arguments = [
            sys.executable,
            "-m",
            "bench.learning",
            str(chosen.folder.resolve()),
            "--here",
            str(pairs),
        ]
        subprocess.run(arguments, cwd=PROJECT, check=True)
    return 0


def _measure(folder: Path, pairs: int) -> str:
    with TemporaryDirectory(prefix="learning-") as home:
        archive = Archive.open(Settings.from_env({"ARCHIVE_HOME": home}))
        for document, pages in _documents(_paragraphs(folder / "corpus.jsonl"), pairs):
            archive.catalogue.put_document(document, pages)
        learner = Learner(archive)
        before, began = _megabytes(), time.process_time()
        learned = learner.learn()
        seconds, began = time.process_time() - began, time.process_time()
        learner.learn()
        again = time.process_time() - began
        live = public_lexicon(archive)
        size = (Path(home) / "lexicon/public" / live.state().name).stat().st_size / 1e6
        archive.close()
    return (
        f"| {learned.size.pairs} | {learned.size.segments} | {learned.size.entries} | {seconds:.1f} "
        f"| {_megabytes():.0f} MB ({before:.0f} before) | {size:.0f} MB | {again:.2f} s |\n"
    )


def _paragraphs(corpus: Path) -> list[tuple[str, str]]:
    """Return paragraphs in German with their Russian translations."""
    texts: defaultdict[str, dict[str, list[str]]] = defaultdict(dict)
    with corpus.open(encoding="utf-8") as lines:
        for line in map(json.loads, lines):
            topic, _, language = line["_id"].rpartition(".")
            texts[topic][language] = [part for part in re.split(r"\n\s*\n", line["text"]) if part.strip()]
    return [
        pair
        for _, of_topic in sorted(texts.items())
        if len(of_topic.get("de", ())) == len(of_topic.get("ru", ()))
        for pair in zip(of_topic.get("de", ()), of_topic.get("ru", ()), strict=True)
    ]


def _documents(paragraphs: list[tuple[str, str]], pairs: int) -> Iterator[tuple[Document, list[Page]]]:
    chance = random.Random(7)
    for number in range(pairs):
        chosen: list[tuple[str, str]] = []
        while sum(len(german.split()) for german, _ in chosen) < WORDS:
            german, russian = chance.choice(paragraphs)
            seed = chance.random()
            chosen.append((_changed(german, random.Random(seed)), _changed(russian, random.Random(seed))))
        for side, language in enumerate(("de", "ru")):
            texts = [each[side] for each in chosen]
            pages = [
                Page(page, "\n\n".join(texts[start : start + PAGE_PARAGRAPHS]), languages=(language,))
                for page, start in enumerate(range(0, len(texts), PAGE_PARAGRAPHS), 1)
            ]
            yield (
                Document(
                    id=f"{language}{number}",
                    title=f"{number}",
                    conference="c",
                    kind=Kind.PAPER,
                    state=State.PUBLISHED,
                    versions=(),
                    created_at=NOW,
                    updated_at=NOW,
                    languages=(language,),
                    translation_of=(f"de{number}",) if language == "ru" else (),
                ),
                pages,
            )


def _changed(text: str, chance: random.Random) -> str:
    """Leave out words, and put a number to some."""
    words = []
    for word in text.split():
        drawn = chance.random()
        if drawn >= LEFT_OUT:
            words.append(f"{word}{chance.randrange(10**6)}" if drawn < LEFT_OUT + NEW else word)
    return " ".join(words)


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    sys.exit(main())
