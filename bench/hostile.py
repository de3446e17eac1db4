"""How long hostile queries take in a large archive: none may take longer than two seconds of the processor.

    python -m bench.hostile HOME [--queries N] [--seed N] [--hits N] [--engine ENGINE]

HOME is an archive that `bench.searching` made with `--home`, or any other that is at rest; an index that this
program did not make is built anew. Asked are the queries of a list, and N more by chance (see
`support/hostile_queries.py`), for so many hits. Each is asked once, as the public asks it.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from archive.access import Audience
from archive.repository import Archive
from bench.support.hostile_queries import HostileQueries
from bench.support.late import late
from bench.support.made_archive import open_archive
from index.audiences import index_of
from index.engines import ENGINES
from index.index_writer import IndexWriter
from index.query import Query, Sort
from index.search import Search
from index.words import WHOLE
from portal.garbage import keep_what_is_there

MOST_SECONDS = 2.0
SLOWEST = 5
SHOWN = 70
"""So many characters of a query are printed."""


@dataclass(frozen=True, slots=True)
class Took:
    """A query with the seconds of processor it took, and what the reader was told of it."""

    name: str
    seconds: float
    message: str


def main() -> int:
    """Ask and print tables; 1 where a query took longer than it may."""
    parser = argparse.ArgumentParser(prog="python -m bench.hostile")
    parser.add_argument("home", type=Path)
    parser.add_argument("--queries", type=int, default=500)
    parser.add_argument("--seed", type=int, default=random.randrange(1 << 30))
    parser.add_argument("--hits", type=int, default=10)
    parser.add_argument("--engine", choices=[*ENGINES], default=next(iter(ENGINES)))
    chosen = parser.parse_args()
    with closing(open_archive(chosen.home, ARCHIVE_ENGINE=chosen.engine)) as archive:
        with closing(IndexWriter(archive, Audience.PUBLIC)) as writer:
            writer.catch_up()
        hostile = _queries(archive)
        with closing(Search(archive)) as search:
            search.warm_up()
            search.ask(Query("Wärme* Stadt"))
            keep_what_is_there()  # as the portal does when it is warm
            chance = random.Random(chosen.seed)
            ways: dict[str, list[Took]] = {
                "the list": _listed(search, hostile, chosen.hits, explain=False),
                "the list again, explained": _listed(search, hostile, chosen.hits, explain=True),
                f"by chance, seed {chosen.seed}": [
                    _timed(search, "", _varied(text, chance, chosen.hits))
                    for text in hostile.by_chance(chosen.queries, chosen.seed)
                ],
            }
    _report(ways)
    return int(any(took.seconds > MOST_SECONDS for each in ways.values() for took in each))


def _queries(archive: Archive) -> HostileQueries:
    with closing(index_of(archive, Audience.PUBLIC)) as live:
        engine = live.engine()
        if engine is None:
            raise LookupError(archive.settings.home)
        return HostileQueries(engine.vocabulary("text", WHOLE))


def _listed(search: Search, hostile: HostileQueries, hits: int, *, explain: bool) -> list[Took]:
    return [_timed(search, name, Query(text, limit=hits), explain=explain) for name, text in hostile.listed()]


def _varied(text: str, chance: random.Random, hits: int) -> Query:
    """Return a query in some order, perhaps of pages in one language, perhaps far down."""
    return Query(
        text,
        language=chance.choice(((), (), ("de",), ("ru", "en"))),
        sort=chance.choice(list(Sort)),
        limit=hits,
        offset=chance.choice((0, 0, 0, 1_000)),
    )


def _timed(search: Search, name: str, query: Query, *, explain: bool = False) -> Took:
    began = time.process_time()
    page = search.ask(query, explain=explain)
    seconds = time.process_time() - began
    shown = ascii(query.text[:SHOWN])[1:-1] if not query.text.isprintable() else query.text[:SHOWN]
    described = f"{name}: {shown}" if name else shown
    return Took(f"{described}{'…' * (len(query.text) > SHOWN)}", seconds, page.message)


def _report(ways: dict[str, list[Took]]) -> None:
    _say("| | queries | median | 95 % | slowest | with a message |\n|---|--:|--:|--:|--:|--:|")
    for name, told in ways.items():
        seconds = sorted(took.seconds for took in told)
        spoken = sum(bool(took.message) for took in told)
        figures = f"{median(seconds):.3f} | {late(seconds):.3f} | {seconds[-1]:.3f}"
        _say(f"| {name} | {len(told)} | {figures} | {spoken} |")
    _say("\nSeconds of the processor. The slowest:\n")
    _each(told for each in ways.values() for told in each)


def _each(told: Iterable[Took]) -> None:
    for took in sorted(told, key=lambda each: -each.seconds)[:SLOWEST]:
        _say(f"- {took.seconds:.3f}: `{took.name}`{f' ({took.message})' if took.message else ''}")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
