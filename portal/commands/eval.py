"""`eval`: measure search, across languages too, on texts with known questions and answers."""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

import ir_measures
from ir_measures import RR, R, nDCG

from archive.settings import Settings
from index.installed_dictionaries import build_installed
from index.learner import Learner
from index.parts import Part, leave_out
from index.query import Query, Wishes
from index.search import Search
from index.teaching import Teacher
from ingest.beir import Collection, Question, read_collection, write_files
from ingest.crawl import Wishes as Handed
from ingest.crawl import crawl
from ingest.errors import UsageError
from ingest.outcome import Status
from ingest.readers import ReaderPool
from portal.commands.opened import open_archive, open_worker
from portal.exitcodes import ExitCode
from portal.output import json_line
from portal.progress import Progress

SUMMARY = "Measure search on a folder of texts, queries and answers."

MEASURES = {"ndcg@10": nDCG @ 10, "mrr": RR, "recall@10": R @ 10}

DEPTH = 100
"""So many hits of a query are looked at."""

ASKED = "asked"
"""The conference of the texts that answer; those to learn from are in others."""

Run = dict[str, dict[str, float]]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command's arguments."""
    parser.add_argument("folder", metavar="DIR", type=Path, help="corpus.jsonl, queries.jsonl and qrels/")
    parser.add_argument(
        "--learn",
        metavar="DIR",
        type=Path,
        nargs="+",
        action="extend",
        default=[],
        help="further texts, to learn translations from",
    )
    parser.add_argument("--titles", action="store_true", help="index the titles of the texts too")
    parser.add_argument("--no-translation", action="store_true", help="search for no translations")
    parser.add_argument(
        "--without",
        metavar="PART",
        choices=[*map(str, Part)],
        nargs="+",
        action="extend",
        default=[],
        help=f"do without parts of the search: {', '.join(Part)}",
    )


def run(chosen: argparse.Namespace, settings: Settings) -> ExitCode:
    """Load all of it into an archive of its own, ask every question and print what came of it."""
    collection = read_collection(chosen.folder)
    if not collection.questions:
        raise UsageError(f"{chosen.folder} has no query with an answer.")
    further = [read_collection(folder) for folder in chosen.learn]
    without = frozenset(map(Part, chosen.without))
    leave_out(without)
    with TemporaryDirectory(prefix="eval-") as folder:
        home = Path(folder)
        fresh = settings_without(without, settings.elsewhere(home / "home"), home)
        names = _load(collection, further, home, fresh, titles=chosen.titles)
        _learn(fresh, without)
        wishes = Wishes(
            translate=not chosen.no_translation,
            names=Part.TRANSLITERATION not in without,
        )
        for line in _measured(collection, names, fresh, wishes):
            sys.stdout.write(json_line(line))
            sys.stdout.flush()
    return ExitCode.OK


def settings_without(parts: frozenset[Part], settings: Settings, folder: Path) -> Settings:
    """Return settings that do without dictionaries, or with some that are read without dictionary forms."""
    if Part.DICTIONARIES in parts:
        return replace(settings, dictionaries=None)
    if Part.LEMMAS in parts and settings.dictionaries is not None:
        own = folder / "dictionaries"  # those of a folder of its own are built for this archive alone
        own.symlink_to(settings.dictionaries)
        return replace(settings, dictionaries=own)
    return settings


def _load(
    collection: Collection, further: Sequence[Collection], folder: Path, settings: Settings, *, titles: bool
) -> dict[str, str]:
    """Bring all texts in by the way of all files; return the text of each document that may be an answer."""
    paths = write_files(collection, folder / ASKED, titles=titles)
    folders = [folder / ASKED]
    for number, each in enumerate(further, 1):
        folders.append(folder / f"learned-{number}")
        write_files(each, folders[-1], titles=titles)
    texts = {path: name for name, path in paths.items()}
    names: dict[str, str] = {}
    with (
        ReaderPool.of(settings) as readers,
        open_worker(settings, readers) as worker,
        Progress(
            len(collection.texts) + sum(len(each.texts) for each in further), "texts", sys.stderr
        ) as bar,
    ):
        for own in folders:
            for outcome in worker.ingest(crawl([own], Handed(), settings.home)):
                if outcome.status is Status.SKIPPED:
                    continue
                if outcome.status is not Status.DEPOSITED or outcome.document is None:
                    raise UsageError(f"{own.name}/{outcome.path} was not taken in: {outcome.error}")
                if own.name == ASKED:
                    names[outcome.document] = texts[outcome.path]
                bar.advance()
    return names


def _learn(settings: Settings, without: frozenset[Part]) -> None:
    build_installed(settings)
    if Part.LEARNING in without:
        return
    with open_archive(settings) as archive:
        if Part.FINDING in without:
            with closing(Learner(archive)) as learner:
                learner.learn()
        else:
            with closing(Teacher(archive)) as teacher:
                teacher.teach()


def _measured(
    collection: Collection, names: Mapping[str, str], settings: Settings, wishes: Wishes
) -> Iterator[dict[str, object]]:
    """Yield a line for each pair of languages, then the mean of them."""
    languages = {text.id: text.language for text in collection.texts}
    asked: dict[str, list[Question]] = defaultdict(list)
    for question in collection.questions:
        asked[question.language].append(question)
    of_directions: dict[bool, list[Mapping[str, float]]] = {True: [], False: []}
    questions = 0
    with (
        open_archive(settings) as archive,
        Progress(len(collection.questions) * len({*languages.values()}), "queries", sys.stderr) as bar,
    ):
        search = Search(archive)
        for source, target in product(sorted(asked), sorted({*languages.values()})):
            answers = {
                question.id: {
                    name: score for name, score in question.answers.items() if languages[name] == target
                }
                for question in asked[source]
            }
            run: Run = {}
            for question in asked[source]:
                if answers[question.id]:
                    run[question.id] = _answer(search, question, target, names, wishes)
                bar.advance()
            if run:
                found = _measure({name: answers[name] for name in run}, run)
                of_directions[source == target].append(found)
                questions += len(run)
                yield {"query_language": source, "document_language": target, "queries": len(run), **found}
        search.close()
    yield {
        "query_language": "mean",
        "document_language": "mean",
        "queries": questions,
        **_mean([*of_directions[True], *of_directions[False]]),
        "same_language": _mean(of_directions[True]),
        "other_language": _mean(of_directions[False]),
    }


def _answer(
    search: Search, question: Question, language: str, names: Mapping[str, str], wishes: Wishes
) -> dict[str, float]:
    """Ask a question of the texts in one language; return the texts found, the first scored highest."""
    panel = f"{ASKED}/{language}"
    found = search.ranking(Query(question.text, panel=(panel,), limit=DEPTH, wishes=wishes))
    return {names[document]: float(DEPTH - rank) for rank, document in enumerate(found)}


def _measure(answers: Mapping[str, Mapping[str, int]], run: Run) -> dict[str, float]:
    found = ir_measures.calc_aggregate(MEASURES.values(), answers, run)
    return {name: round(float(found[measure]), 4) for name, measure in MEASURES.items()}


def _mean(of_directions: Sequence[Mapping[str, float]]) -> dict[str, float]:
    if not of_directions:
        return {}
    return {
        name: round(sum(found[name] for found in of_directions) / len(of_directions), 4) for name in MEASURES
    }
