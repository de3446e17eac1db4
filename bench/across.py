"""How high a query stands the document that it seeks, which is in another language than the query.

    python -m bench.across FOLDER [--home HOME] [--no-translation] [--missed]

FOLDER holds real conferences, one in each of its folders; the queries are tests/corpus/across_languages.csv,
in words of people who look for a topic. Nothing is learned from: what is known of other languages are
dictionaries and thesaurus. HOME keeps what was read for the next time. With `--missed`, the queries whose
document is not first are told, with what is.
"""

from __future__ import annotations

import argparse
import csv
import sys
import tempfile
import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from archive.model import Document
from archive.repository import Archive
from archive.settings import Settings
from bench.command import PROJECT, portal
from index.indexer import Indexer
from index.installed_dictionaries import build_installed
from index.query import Query, Wishes
from index.results import Hit
from index.search import Search

QUERIES = PROJECT / "tests" / "corpus" / "across_languages.csv"

DEPTHS = (1, 3, 10)


@dataclass(frozen=True, slots=True)
class Question:
    """A query, its language, and the paths of the documents that answer it, below the folder."""

    text: str
    language: str
    answers: frozenset[str]


def main() -> int:
    """Read, ask, print; 1 where there are no files."""
    parser = argparse.ArgumentParser(prog="python -m bench.across")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--home", type=Path)
    parser.add_argument("--no-translation", action="store_true")
    parser.add_argument("--missed", action="store_true")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as fresh:
        home = chosen.home or Path(fresh)
        if not (home / "catalogue.sqlite").exists():
            portal(home, "ingest", *map(str, sorted(chosen.folder.resolve().iterdir())))
        ranks = ask(home, questions(), translate=not chosen.no_translation, tell=chosen.missed)
    _print(ranks)
    return 0 if any(ranks.values()) else 1


def questions() -> tuple[Question, ...]:
    """Return the queries of the table."""
    with QUERIES.open(encoding="utf-8", newline="") as file:
        return tuple(
            Question(row["query"], row["language"], frozenset(row["documents"].split("|")))
            for row in csv.DictReader(file)
        )


def ask(
    home: Path, asked: Sequence[Question], *, translate: bool, tell: bool = False
) -> Mapping[Question, int]:
    """Return at which place each query has the first of its answers, 0 for none among the first ten."""
    settings = Settings.from_env({"ARCHIVE_HOME": str(home)})
    build_installed(settings)
    archive = Archive.open(settings)
    indexer, search = Indexer(archive), Search(archive)
    indexer.catch_up()
    ranks = {}
    for question in asked:
        page = search.ask(Query(question.text, limit=max(DEPTHS), wishes=Wishes(translate=translate)))
        right = (rank for rank, hit in enumerate(page.hits, 1) if answers(hit.document, question))
        ranks[question] = next(right, 0)
        if tell and ranks[question] != 1:
            _tell(question, ranks[question], page.hits)
    search.close()
    indexer.close()
    archive.close()
    return ranks


def answers(document: Document, question: Question) -> bool:
    """Tell whether a document is one of those sought; its paths may lack the folder of the conference."""
    return any(path.endswith(own) for own in paths(document) for path in question.answers)


def paths(document: Document) -> frozenset[str]:
    """Return where the files of a document were when they were handed in."""
    found = (file.path for version in document.versions for file in version.files)
    return frozenset(unicodedata.normalize("NFC", path) for path in found)


def _tell(question: Question, rank: int, hits: Sequence[Hit]) -> None:
    first = next(iter(sorted(paths(hits[0].document))), "") if hits else "nothing"
    match = hits[0].match if hits else ""
    sys.stdout.write(f"{rank or '-':>3}  {question.language} {question.text}: first is {first} ({match})\n")


def _print(ranks: Mapping[Question, int]) -> None:
    by_language: defaultdict[str, list[int]] = defaultdict(list)
    for question, rank in ranks.items():
        by_language[question.language].append(rank)
    by_language["all"] = [*ranks.values()]
    sys.stdout.write(
        f"{'language':<10}{'queries':>8}" + "".join(f"{f'first {n}':>10}" for n in DEPTHS) + "\n"
    )
    for language, found in by_language.items():
        within = (sum(0 < rank <= depth for rank in found) for depth in DEPTHS)
        sys.stdout.write(
            f"{language:<10}{len(found):>8}" + "".join(f"{count:>10}" for count in within) + "\n"
        )


if __name__ == "__main__":
    sys.exit(main())
