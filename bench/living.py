"""Searches, and single documents, while a bulk load is written into a large archive, and without it.

    python -m bench.living HOME [--load LOAD] [--files N] [--queries N] [--tries N] [--engine ENGINE]

HOME is an archive that `bench.searching` made with `--home`; a copy of it is used. `ingest` of N generated
files is the load, or `reindex`; a worker runs as `serve` starts it, but learns nothing. This process does
what the portal's does: it asks queries of all kinds one after the other, the same ones with and without the
load, each once before so that nothing of it is asked for the first time. In between, a document is uploaded
and published, its title is edited, another file takes the place of its own, and it is withdrawn; each time
search is asked until it shows.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from archive.access import Audience
from archive.editing import Editing
from archive.repository import Archive
from bench.command import command, running
from bench.express import generate, text_about
from bench.support.depositing import LOOK_SECONDS, Depositor
from bench.support.late import late
from bench.support.made_archive import open_archive
from bench.support.query_mix import Asked, QueryMix
from index.audiences import index_folder, index_of
from index.engines import ENGINES
from index.indexer import Indexer
from index.query import Query
from index.search import Search
from index.words import WHOLE
from ingest.succession import publish
from portal.garbage import keep_what_is_there

SEED = 2017
MOST_SECONDS = 2.0
BESIDE_THE_ARCHIVE = ("full-text.sqlite*", "plain-words")
"""What `bench.searching` lays beside an archive."""

UPLOADED = "uploaded, until its draft is there"
PERSON = "bench"
LETTERS = str.maketrans("0123456789", "bcdfghjklm")


@dataclass(slots=True)
class Phase:
    """What was measured with or without the load: milliseconds of searches, seconds until a step showed."""

    wall: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)
    seconds: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    changes: int = 0


class Portal:
    """What the portal's process does."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self._indexer = Indexer(archive)
        self._depositor = Depositor(archive, "living")
        self._search = Search(archive)
        self._search.warm_up()

    def close(self) -> None:
        """Let go of the index."""
        self._search.close()
        self._indexer.close()

    def ask(self, asked: Asked, phase: Phase) -> None:
        """Ask, and note how long it took."""
        wall, processor = time.perf_counter(), time.process_time()
        self._search.ask(asked.query)
        phase.processor.append((time.process_time() - processor) * 1000)
        phase.wall.append((time.perf_counter() - wall) * 1000)

    def live(self, name: str, phase: Phase) -> None:
        """Let one document come, change and go, and note how long each step took to show."""
        began = time.perf_counter()
        first, second, third = (f"{word}{name}" for word in ("zuerst", "danach", "zuletzt"))
        document = self._depositor.deposit(f"{name}.txt", text_about(first))
        phase.seconds[UPLOADED].append(time.perf_counter() - began)

        def step(what: str, do: Callable[[], object], shows: Callable[[], bool]) -> None:
            begun = time.perf_counter()
            do()
            self._indexer.index_now([document])
            while not shows():
                time.sleep(LOOK_SECONDS)
            phase.seconds[what].append(time.perf_counter() - begun)

        editing = Editing(self.archive, PERSON)
        step("published", lambda: editing.publish([document]), lambda: self._finds(first))
        step(
            "edited",
            lambda: editing.edit({document: {"title": second}}),
            lambda: self._finds(f"title:{second}"),
        )
        draft = self._depositor.deposit(f"{name}.txt", text_about(third))
        step(
            "replaced",
            lambda: publish(self.archive, [draft], PERSON),
            lambda: self._finds(third) and not self._finds(first),
        )
        step("withdrawn", lambda: editing.withdraw([document], "bench"), lambda: not self._finds(third))

    def _finds(self, text: str) -> bool:
        return self._search.ask(Query(f"+{text}")).total > 0


def main() -> int:
    """Measure and print tables; 1 where a step took longer to show than it may."""
    parser = argparse.ArgumentParser(prog="python -m bench.living")
    parser.add_argument("home", type=Path)
    parser.add_argument("--load", choices=("ingest", "reindex"), default="ingest")
    parser.add_argument("--files", type=int, default=5000)
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("--tries", type=int, default=20)
    parser.add_argument("--engine", choices=[*ENGINES], default=next(iter(ENGINES)))
    chosen = parser.parse_args()
    with TemporaryDirectory(prefix="living-") as folder:
        home, bulk = Path(folder) / "home", Path(folder) / "bulk"
        shutil.copytree(chosen.home, home, ignore=shutil.ignore_patterns(*BESIDE_THE_ARCHIVE))
        load = [chosen.load]
        if chosen.load == "ingest":
            generate(bulk, chosen.files)
            load += [str(bulk), "--conference", "bulk"]
        with closing(open_archive(home, ARCHIVE_ENGINE=chosen.engine)) as archive:
            queries = _prepare(archive, chosen.queries)
            phases = _measure(archive, load, queries, chosen.tries)
    _report(phases)
    return int(any(max(took) > MOST_SECONDS for what, took in _steps(phases) if what != UPLOADED))


def _prepare(archive: Archive, queries: int) -> list[Asked]:
    """Bring the indexes to where they are kept, and return what is asked."""
    with closing(Indexer(archive)) as indexer:
        indexer.catch_up()
    with closing(index_of(archive, Audience.PUBLIC)) as live:
        engine = live.engine()
        if engine is None:
            raise LookupError(archive.settings.home)
        return QueryMix(archive, engine.vocabulary("text", WHOLE), SEED).mixed(queries)


def _measure(
    archive: Archive, load_words: Sequence[str], queries: Sequence[Asked], tries: int
) -> dict[str, Phase]:
    phases = {"alone": Phase(), "beside the load": Phase()}
    home, engine = archive.settings.home, archive.settings.engine
    worker = (sys.executable, "-m", "bench.support.working")
    with closing(Portal(archive)) as portal, running(worker, home, ARCHIVE_ENGINE=engine):
        warm = Phase()
        portal.live("warm", warm)
        for asked in queries:
            portal.ask(asked, warm)
        keep_what_is_there()  # as the portal does when it is warm
        _run(portal, "alleine", queries, tries, phases["alone"], lambda: True)
        with running(command(*load_words), home, ARCHIVE_ENGINE=engine) as load:
            at = archive.last_change()
            while archive.last_change() == at and not _is_building(archive) and load.poll() is None:
                time.sleep(LOOK_SECONDS)
            _run(portal, "daneben", queries, tries, phases["beside the load"], lambda: load.poll() is None)
    return phases


def _is_building(archive: Archive) -> bool:
    return sum(1 for _ in index_folder(archive, Audience.PUBLIC).glob("index-*")) > 1


def _run(
    portal: Portal,
    name: str,
    queries: Sequence[Asked],
    tries: int,
    phase: Phase,
    goes_on: Callable[[], bool],
) -> None:
    """Ask all queries with a document in between now and then, as long as it goes on."""
    at = portal.archive.last_change()
    every = max(1, len(queries) // tries)
    for number, asked in enumerate(queries):
        if not goes_on():
            break
        if number % every == 0:
            portal.live(f"{name}{str(number).translate(LETTERS)}", phase)
        portal.ask(asked, phase)
    phase.changes = portal.archive.last_change() - at


def _steps(phases: dict[str, Phase]) -> Iterator[tuple[str, list[float]]]:
    for phase in phases.values():
        yield from phase.seconds.items()


def _report(phases: dict[str, Phase]) -> None:
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    _say(f"Load of the machine over the last 1, 5, 15 minutes: {load}.")
    counts = (f"{len(phase.wall)} searches, {phase.changes} changes {name}" for name, phase in phases.items())
    _say(f"{'; '.join(counts)}.\n")
    _say(f"| | {' | '.join(phases)} | ratio |\n|---|{'--:|' * (len(phases) + 1)}")
    alone, beside = phases.values()
    _row("searches, ms on the clock", alone.wall, beside.wall, 1)
    _row("searches, ms of the processor", alone.processor, beside.processor, 1)
    for what in beside.seconds:
        _row(f"{what}, s", alone.seconds[what], beside.seconds[what], 2)


def _row(name: str, alone: list[float], beside: list[float], digits: int) -> None:
    cells = (f"{median(c):.{digits}f} / {late(c):.{digits}f} / {max(c):.{digits}f}" for c in (alone, beside))
    ratio = f"{median(beside) / median(alone):.2f} / {late(beside) / late(alone):.2f}"
    _say(f"| {name} | {' | '.join(cells)} | {ratio} |")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
