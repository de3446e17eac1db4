"""How well the archive finds translations by itself: precision and recall, with what is known hidden from it.

    python -m bench.pairs FOLDER...

A folder with `corpus.jsonl` holds texts of which it is known which are translations of one another: by their
`translation_of`, or where none has any, by identifiers that differ only in the language they end in. Any
other folder holds files with a `conference.yaml`, as the samples do. All are read by the way of all files,
then what they say of translations is taken back, and the archive begins with the dictionaries that are
installed and the thesaurus. `right`: pairs of a work in two languages that were found and are sure; `of`: as
many as there are. 1 where fewer of those that are sure are right than aimed at.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory

from archive.editing import Editing, Values
from archive.repository import Archive
from archive.settings import Settings
from index.finder import Finder
from index.installed_dictionaries import build_installed
from index.pairs import Likeness
from index.translated import pairs as known_pairs
from ingest.beir import Collection, read_collection, write_files
from ingest.crawl import Wishes, crawl
from ingest.readers import ReaderPool
from portal.commands.opened import open_worker

AIM = 0.99
"""Of the pairs that the archive is sure of."""

Truth = frozenset[frozenset[str]]
"""Pairs of documents that are translations of one another."""


@dataclass(frozen=True, slots=True)
class Score:
    """How many pairs were found, how many of them are right, and how many there are."""

    found: int
    right: int
    there: int

    @property
    def precision(self) -> float:
        """Return the share of what was found that is right; 1 where nothing was found."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Return the share of what there is that was found."""
        return self.right / self.there if self.there else 1.0


def main() -> int:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(prog="python -m bench.pairs")
    parser.add_argument("folders", nargs="+", type=Path)
    chosen = parser.parse_args()
    sys.stdout.write(
        "| folder | documents | pairs | sure | right | precision | recall | found at all | right of them "
        "| seconds of processor |\n|---|---|---|---|---|---|---|---|---|---|\n"
    )
    well = [_measure(folder.resolve()) for folder in chosen.folders]
    return 0 if all(well) else 1


def _measure(folder: Path) -> bool:
    with TemporaryDirectory(prefix="pairs-") as name:
        home = Path(name)
        settings = Settings.from_env().elsewhere(home / "home")
        archive, truth = _filled(folder, home, settings)
        build_installed(settings)
        began = time.process_time()
        finder = Finder(archive)
        finder.find()
        seconds = time.process_time() - began
        likenesses = finder.likenesses()
        documents = len(archive.documents())
        archive.close()
    sure = score([each for each in likenesses if each.is_sure], truth)
    everything = score(likenesses, truth)
    sys.stdout.write(
        f"| {folder.name} | {documents} | {sure.there} | {sure.found} | {sure.right} | {sure.precision:.3f} "
        f"| {sure.recall:.3f} | {everything.found} | {everything.right} | {seconds:.1f} |\n"
    )
    sys.stdout.flush()
    return sure.precision >= AIM


def score(likenesses: Iterable[Likeness], truth: Truth) -> Score:
    """Count what was found against what is true."""
    found = {each.documents for each in likenesses}
    return Score(len(found), len(found & truth), len(truth))


def _filled(folder: Path, home: Path, settings: Settings) -> tuple[Archive, Truth]:
    """Bring a folder into an archive in which nothing says what is a translation, and say what is."""
    if not (folder / "corpus.jsonl").is_file():
        _ingest(folder, settings)
        archive = Archive.open(settings)
        truth = _hidden(archive)
        return archive, truth
    collection = read_collection(folder)
    paths = write_files(collection, home / "texts", titles=False)
    documents = _ingest(home / "texts", settings)
    archive = Archive.open(settings)
    _hidden(archive)
    names = {text: documents[path] for text, path in paths.items() if path in documents}
    return archive, frozenset(
        frozenset(names[each] for each in pair) for pair in translations_of(collection) if pair <= {*names}
    )


def _ingest(folder: Path, settings: Settings) -> Mapping[str, str]:
    """Bring files in; return the document of each path."""
    documents: dict[str, str] = {}
    with ReaderPool.of(settings) as readers, open_worker(settings, readers) as worker:
        for outcome in worker.ingest(crawl([folder], Wishes(), settings.home)):
            if outcome.document is not None:
                documents[outcome.path] = outcome.document
    return documents


def _hidden(archive: Archive) -> Truth:
    """Take back what records say of translations; return what they said."""
    published = {each.id: each for each in archive.documents()}
    truth = known_pairs(published, (), archive.settings.languages)
    nothing: Values = {"translation_of": []}
    said = {name: nothing for name, each in published.items() if each.translation_of}
    Editing(archive, "bench").edit(said)
    return frozenset(frozenset((each.source, each.target)) for each in truth)


def translations_of(collection: Collection) -> Iterator[frozenset[str]]:
    """Yield the pairs of texts that are the same work in two languages."""
    works: defaultdict[str, list[str]] = defaultdict(list)
    languages = {text.id: text.language for text in collection.texts}
    named = any(text.translation_of for text in collection.texts)
    for text in collection.texts:
        stem, _, ending = text.id.rpartition(".")
        work = text.translation_of or text.id if named else stem if ending == text.language else text.id
        works[work].append(text.id)
    for texts in works.values():
        for one, other in combinations(texts, 2):
            if languages[one] != languages[other]:
                yield frozenset((one, other))


if __name__ == "__main__":
    sys.exit(main())
