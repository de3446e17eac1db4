"""How fast each engine indexes and searches a large archive.

    python -m bench.searching CORPUS PAGES [--parallel FOLDER] [--home FOLDER] [--queries N]

An archive of so many pages is made from the files below CORPUS, see `support/made_documents.py`. FOLDER holds
parallel texts (`corpus.jsonl`), from which translations are learned; dictionaries are those that are
installed. What is measured are seconds and milliseconds of the processor, since other work may go on. Each
query is asked once. Beside the engines, SQLite is asked with its full text search on the same texts; an index
of plain words, and what Tantivy takes by itself, are built to compare with. With `--home`, the archive is
kept there and used again.
"""

from __future__ import annotations

import argparse
import resource
import shutil
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from archive.access import Audience
from archive.repository import Archive
from bench.support.bare_tantivy import BareTantivy
from bench.support.full_text import FullText
from bench.support.growth import Growth
from bench.support.late import late
from bench.support.made_archive import fill, learn, open_archive, with_engine
from bench.support.made_documents import Maker
from bench.support.plain_words import build_plain
from bench.support.query_mix import Asked, QueryMix
from bench.support.source_texts import sources_below
from index.audiences import index_folder, index_of
from index.engine import Entry
from index.engines import ENGINES
from index.entries import SCHEMA
from index.entry_maker import EntryMaker
from index.index_writer import BATCH, IndexWriter
from index.query import Wishes
from index.readership import Readership
from index.search import Search
from index.words import WHOLE
from portal.garbage import keep_what_is_there

SEED = 2017
WARM_UP = 20
PLAIN_WISHES = Wishes(translate=False)


def main() -> int:
    """Measure and print tables."""
    parser = argparse.ArgumentParser(prog="python -m bench.searching")
    parser.add_argument("corpus", type=Path)
    parser.add_argument("pages", type=int)
    parser.add_argument("--parallel", type=Path)
    parser.add_argument("--home", type=Path)
    parser.add_argument("--queries", type=int, default=400)
    chosen = parser.parse_args()
    with TemporaryDirectory(prefix="searching-") as temporary:
        home = chosen.home or Path(temporary)
        is_new = not (home / "catalogue.sqlite").exists()
        with closing(open_archive(home)) as archive:
            if is_new:
                _make(archive, chosen.corpus, chosen.pages, chosen.parallel)
                _build(archive)
            _ask(archive, chosen.queries)
    _say(f"Most memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB.")
    return 0


def _make(archive: Archive, corpus: Path, pages: int, parallel: Path | None) -> None:
    maker = Maker(sources_below(corpus), SEED)
    fill(archive, maker.documents(pages))
    _say("| | words | different, at 1/10, 1/2, all | Heaps' exponent | pages, words a document | quartiles |")
    _say("|---|--:|--:|--:|--:|--:|")
    for name, growth in (("source", maker.source), ("made", maker.made)):
        _say(f"| {name} | {growth.words:,} | {_described(growth)} |")
    if parallel is not None:
        _say(f"\n{learn(archive, parallel):,} translations were learned.")


def _described(growth: Growth) -> str:
    different = ", ".join(f"{count:,}" for _, count in growth.different())
    pages, words, *quartiles = growth.shape()
    return (
        f"{different} | {growth.heaps().exponent:.3f} | {pages:.1f}, {words:,.0f} "
        f"| {', '.join(f'{each:,.0f}' for each in quartiles)}"
    )


def _build(archive: Archive) -> None:
    """Build all indexes, and say how long it took and how large they are."""
    _say("\n| | seconds of processor | size on disk |\n|---|--:|--:|")
    plain, database = _beside(archive)
    with _building("index of plain words", plain):
        build_plain(archive, plain)
    with _building("SQLite FTS5", database), closing(FullText(database)) as full_text:
        full_text.build(archive)
    for engine in ENGINES:
        with (
            closing(with_engine(archive, engine)) as other,
            closing(IndexWriter(other, Audience.PUBLIC)) as writer,
            _building(f"index, {engine}", index_folder(other, Audience.PUBLIC)),
        ):
            writer.catch_up()
    _write_alone(archive)


def _write_alone(archive: Archive) -> None:
    """Say how long each engine takes for the same entries, and Tantivy alone for the tokens in them."""
    folder = archive.settings.home / "entries-alone"
    shutil.rmtree(folder, ignore_errors=True)
    engines = {name: engine.create(folder / name, SCHEMA) for name, engine in ENGINES.items()}
    bare = BareTantivy(folder / "bare", SCHEMA)
    seconds = dict.fromkeys((*engines, "Tantivy alone"), 0.0)
    for sequence, entries in enumerate(_entries(archive), 1):
        for name, engine in engines.items():
            began = time.process_time()
            engine.write(entries, (), sequence)
            while (put_in_place := engine.merge()) is not None:
                put_in_place()
            seconds[name] += time.process_time() - began
        began = time.process_time()
        bare.write(entries)
        seconds["Tantivy alone"] += time.process_time() - began
    _say("\n| the same entries written | seconds of processor |\n|---|--:|")
    for name, spent in seconds.items():
        _say(f"| {name} | {spent:.1f} |")
    shutil.rmtree(folder)


def _entries(archive: Archive) -> Iterator[list[Entry]]:
    """Yield the entries of the public, as many at a time as become one commit."""
    maker = EntryMaker(archive, Readership(archive, Audience.PUBLIC))
    documents = archive.documents()
    for begin in range(0, len(documents), BATCH):
        yield [*maker.entries(documents[begin : begin + BATCH])]


@contextmanager
def _building(name: str, place: Path) -> Iterator[None]:
    began = time.process_time()
    yield
    seconds = time.process_time() - began
    files = [place] if place.is_file() else [path for path in place.rglob("*") if path.is_file()]
    _say(f"| {name} | {seconds:.1f} | {sum(path.stat().st_size for path in files) / 1e6:.1f} MB |")


def _beside(archive: Archive) -> tuple[Path, Path]:
    home = archive.settings.home
    return home / "plain-words", home / "full-text.sqlite"


def _ask(archive: Archive, queries: int) -> None:
    with ExitStack() as stack:
        archives = {name: stack.enter_context(closing(with_engine(archive, name))) for name in ENGINES}
        searches = {name: stack.enter_context(closing(Search(each))) for name, each in archives.items()}
        full_text = stack.enter_context(closing(FullText(_beside(archive)[1])))
        live = stack.enter_context(closing(index_of(archives["whoosh"], Audience.PUBLIC)))
        engine = live.engine()
        if engine is None:
            raise LookupError(archive.settings.home)
        mix = QueryMix(archive, engine.vocabulary("text", WHOLE), SEED)
        warm_up, mixed = mix.mixed(WARM_UP), mix.mixed(queries)
        across = list(mix.across(queries // 2, archive.settings.languages))
        for search in searches.values():
            search.warm_up()
            for asked in warm_up:
                search.ask(asked.query)
        keep_what_is_there()  # as the portal does when it is warm
        ways: dict[str, Callable[[Asked], object]] = {
            name: partial(_ask_of, search) for name, search in searches.items()
        }
        plain: dict[str, Callable[[Asked], object]] = {
            f"{name}, no translations": partial(_ask_plainly, search) for name, search in searches.items()
        }
        _report("All kinds of queries", _times(mixed, {**ways, **plain, "SQLite FTS5": full_text.search}))
        own = _times([one for one, _ in across], plain)
        other = _times([two for _, two in across], ways)
        _report("Words asked of pages in their own language, and of pages in another", own | other)
        again = _times(mixed, {f"{name}, again": way for name, way in ways.items()})
        _report("The same queries once more", again)


def _ask_of(search: Search, asked: Asked) -> object:
    return search.ask(asked.query)


def _ask_plainly(search: Search, asked: Asked) -> object:
    return search.ask(replace(asked.query, wishes=PLAIN_WISHES))


@dataclass(frozen=True, slots=True)
class _Time:
    kind: str
    milliseconds: float


def _times(queries: Iterable[Asked], ways: dict[str, Callable[[Asked], object]]) -> dict[str, list[_Time]]:
    """Ask each query in every way; which way is first changes, since what it reads is then in memory."""
    found: dict[str, list[_Time]] = {name: [] for name in ways}
    names = list(ways)
    for asked in queries:
        names = [*names[1:], names[0]]
        for name in names:
            began = time.process_time()
            ways[name](asked)
            found[name].append(_Time(asked.kind, (time.process_time() - began) * 1000))
    return found


def _report(title: str, times: dict[str, list[_Time]]) -> None:
    _say(f"\n{title}, milliseconds, median / 95 % / slowest:\n")
    _say(f"| | queries | {' | '.join(times)} |")
    _say(f"|---|--:|{'--:|' * len(times)}")
    some = next(iter(times.values()))
    for kind in (*sorted({each.kind for each in some}), ""):
        columns = [
            [each.milliseconds for each in of_way if kind in ("", each.kind)] for of_way in times.values()
        ]
        cells = " | ".join(f"{median(c):.1f} / {late(c):.1f} / {max(c):.1f}" for c in columns)
        _say(f"| {kind or 'all'} | {len(columns[0])} | {cells} |")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
