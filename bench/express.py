"""Time until one uploaded file is found, alone and beside a bulk load.

    python -m bench.express [FILES] [TRIES]

A worker runs as `serve` starts it. A file comes in as an upload does and waits as a draft; it is published,
and asked for until search finds it. First with nothing else under way, then while `ingest` of FILES generated
files (5,000 unless said otherwise) runs in a process of its own. This process does what the portal's does.
"""

from __future__ import annotations

import json
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from archive.editing import Editing
from archive.repository import Archive
from archive.settings import Settings
from bench.command import command, running
from bench.support.depositing import LOOK_SECONDS, Depositor
from index.indexer import Indexer
from index.query import Query
from index.search import Search

SYLLABLES = ("stadt", "werk", "netz", "wasser", "plan", "bau", "rat", "amt", "land", "weg", "kreis", "haus")
"""Words of the bulk load are made of these, so that it has a vocabulary as large as real files have."""


@dataclass(frozen=True, slots=True)
class Try:
    """Seconds of one upload: until its draft was there, until its record was published, until it was found.

    The last two count from the moment in which publishing was asked for.
    """

    draft: float
    published: float
    found: float
    pending: int
    """How many changes the index was behind then."""


class Portal:
    """What the portal's process does for one upload."""

    def __init__(self, home: Path) -> None:
        self._archive = Archive.open(Settings.from_env({"ARCHIVE_HOME": str(home)}))
        self._indexer = Indexer(self._archive)
        self._search = Search(self._archive)
        self._depositor = Depositor(self._archive, "express")
        self._search.warm_up()

    def close(self) -> None:
        """Let go of everything."""
        self._search.close()
        self._indexer.close()
        self._archive.close()

    def changes(self) -> int:
        """Return how much happened to the archive."""
        return self._archive.last_change()

    def once(self, word: str) -> Try:
        """Upload, publish and find one file that has this word."""
        began = time.perf_counter()
        document = self._depositor.deposit(f"{word}.txt", text_about(word))
        drafted = time.perf_counter()
        pending = self._archive.last_change() - self._search.sequence()
        asked = time.perf_counter()
        Editing(self._archive, "bench").publish([document])
        published = time.perf_counter()
        self._indexer.index_now([document])
        while not self._search.ask(Query(word)).total:
            time.sleep(LOOK_SECONDS)
        return Try(drafted - began, published - asked, time.perf_counter() - asked, pending)


def text_about(word: str) -> bytes:
    """Make a small text that has a word."""
    return f"{word}. Fernwärme für die Partnerstädte, ein Vortrag über {word}.\n".encode() * 40


def generate(folder: Path, files: int) -> None:
    """Make small texts of about 150 words each, no two alike."""
    chance = random.Random(1)
    for number in range(files):
        words = [
            "".join(chance.choices(SYLLABLES, k=chance.randint(1, 3))) + chance.choice(("", "e", "en"))
            for _ in range(150)
        ]
        path = folder / f"panel-{number % 10}" / f"{number:05}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"Vortrag {number}. {' '.join(words)}.\n", encoding="utf-8")


def measure(home: Path, files: int, tries: int) -> Iterator[tuple[str, list[Try]]]:
    """Yield the tries with nothing else under way, then those beside the bulk load."""
    bulk = home.parent / "bulk"
    generate(bulk, files)
    portal = Portal(home)
    with running(command("work"), home):
        portal.once("aufwärmen")
        yield "alone", [portal.once(f"alleine{number}") for number in range(tries)]
        with running(command("ingest", str(bulk), "--conference", "bulk"), home) as load:
            beside: list[Try] = []
            at = portal.changes()
            while load.poll() is None and len(beside) < tries:
                if portal.changes() >= at + (len(beside) + 1) * files // (tries + 1):
                    beside.append(portal.once(f"daneben{len(beside)}"))
                time.sleep(LOOK_SECONDS)
            yield "beside the bulk load", beside
    portal.close()


def main() -> int:
    """Run and print one JSON line a figure; 1 where one was not found within two seconds of publishing."""
    files = int(sys.argv[1]) if len(sys.argv) > 1 else 5000
    tries = int(sys.argv[2]) if len(sys.argv) > 2 else 15
    medians: list[float] = []
    worst = 0.0
    with tempfile.TemporaryDirectory() as folder:
        for name, done in measure(Path(folder) / "home", files, tries):
            _print({"what": name, "tries": len(done), "files": files})
            for what in ("draft", "published", "found", "pending"):
                figures = [float(getattr(one, what)) for one in done]
                _print({"what": what, "median": statistics.median(figures), "max": max(figures)})
            medians.append(statistics.median(one.found for one in done))
            worst = max([worst, *(one.found for one in done)])
    _print({"what": "found, beside / alone", "ratio": medians[1] / medians[0], "worst": worst})
    return 0 if worst <= 2 else 1


def _print(line: dict[str, object]) -> None:
    rounded = {key: round(value, 3) if isinstance(value, float) else value for key, value in line.items()}
    sys.stdout.write(json.dumps(rounded, ensure_ascii=False) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
