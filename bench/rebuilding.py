"""Delete all but the storage root, rebuild, and compare identifiers, records and answers to queries.

Before that, documents of the archive are edited, replaced, withdrawn and restored.

python -m bench.rebuilding FOLDER [QUERIES] [SEED]
"""

from __future__ import annotations

import random
import re
import shutil
import sys
import tempfile
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from archive.model import Document, Page
from archive.repository import Archive
from archive.settings import Settings
from bench.command import portal
from bench.support.history import archive_with_history
from index.indexer import Indexer
from index.query import Query
from index.results import Facet
from index.search import Search


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query was answered: how many, the documents with scores and pages, and counts of facets."""

    total: int
    hits: tuple[tuple[str, float, tuple[int, ...]], ...]
    facets: tuple[Facet, ...]


Answers = dict[str, Answer]


def queries(home: Path, count: int, seed: int) -> list[str]:
    """Choose queries of one to three words that stand together on a page of the archive."""
    chance = random.Random(seed)
    archive = _open(home)
    pages = [page.text for document in archive.documents() for page in archive.pages(document.id)]
    archive.close()
    runs = [words for text in pages if len(words := re.findall(r"[^\W\d_]{4,}", text)) > 3]
    chosen = []
    for words in chance.choices(runs, k=count):
        start = chance.randrange(len(words) - 2)
        chosen.append(" ".join(words[start : start + chance.choice((1, 1, 2, 3))]))
    return chosen


def answers(home: Path, asked: list[str]) -> Answers:
    """Ask each query; return documents, scores and pages."""
    archive = _open(home)
    search = Search(archive)
    found: Answers = {}
    for text in asked:
        page = search.ask(Query(text=text, limit=20))
        hits = tuple(
            (hit.document.id, round(hit.score, 3), tuple(best.number for best in hit.pages))
            for hit in page.hits
        )
        found[text] = Answer(page.total, hits, tuple(page.facets))
    archive.close()
    return found


def keep_only_storage(home: Path) -> None:
    """Delete everything in a home folder but the storage root."""
    for path in home.iterdir():
        if path.name != "storage":
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def records(home: Path) -> dict[str, tuple[Document, tuple[Page, ...]]]:
    """Return every record and its pages by identifier."""
    archive = _open(home)
    documents = archive.documents(state=None)
    pages = archive.pages_of([document.id for document in documents])
    archive.close()
    return {document.id: (document, pages[document.id]) for document in documents}


def _open(home: Path) -> Archive:
    return Archive.open(Settings.from_env({"ARCHIVE_HOME": str(home)}))


def main() -> int:
    """Run with the arguments of the command line and say what came of it."""
    folder = Path(sys.argv[1]).resolve()
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 100
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else 2017
    with tempfile.TemporaryDirectory() as name:
        archive_with_history(folder, Path(name), random.Random(seed)).close()
        home = Path(name) / "home"
        with closing(_open(home)) as archive, closing(Indexer(archive)) as indexer:
            indexer.catch_up()
        portal(home, "learn")
        asked = queries(home, count, seed)
        before, kept = answers(home, asked), records(home)
        keep_only_storage(home)
        rebuilt = portal(home, "rebuild")
        same_records = records(home) == kept
        after = answers(home, asked)
        whole = portal(home, "verify").code == 0
    differing = [text for text in asked if after[text] != before[text]]
    pages = sum(len(of_document) for _, of_document in kept.values())
    states = Counter(document.state.value for document, _ in kept.values())
    hits = sum(bool(found.hits) for found in before.values())
    in_states = ", ".join(f"{number} {state}" for state, number in sorted(states.items()))
    said = (
        f"{len(kept)} documents ({in_states}), {pages} pages",
        f"records, versions and text the same: {same_records}",
        f"{count} queries (seed {seed}), {hits} with hits, {len(differing)} answered otherwise",
        f"verify finds nothing: {whole}",
        f"rebuild took {rebuilt.seconds:.1f} s, {1000 * rebuilt.seconds / pages:.1f} s for 1,000 pages",
    )
    sys.stdout.write("; ".join(said) + "\n")
    sys.stdout.writelines(f"otherwise: {text}\n" for text in differing)
    return 0 if same_records and whole and not differing else 1


if __name__ == "__main__":
    sys.exit(main())
