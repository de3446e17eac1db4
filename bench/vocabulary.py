"""Which concepts of the project's own thesaurus occur in the texts of folders.

    python -m bench.vocabulary FOLDER... [--missing]

A concept occurs where one page has all words of one of its labels, each by one of the keys that a search for
the word looks under, be it in a compound. The columns of languages count the concepts of which a label in
that language occurs, in whatever language the page is. With --missing, concepts that do not occur are named.
1 where fewer occur than aimed at.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rdflib import Graph, Literal
from rdflib.namespace import SKOS

from bench.command import PROJECT
from bench.support.corpus_reading import readings_below
from index.keys import document_keys, part_keys, query_keys
from index.text import surfaces

THESAURUS = PROJECT / "index" / "vocabulary"
LANGUAGES = ("de", "ru", "en")

AIM = 0.8
"""Of the concepts of all domains."""

Places = Mapping[str, set[int]]
"""Key of a word -> the pages that have it, numbered through all folders."""


@dataclass(frozen=True, slots=True)
class Concept:
    """The local name of a concept, and the languages in which one of its labels occurs."""

    name: str
    languages: frozenset[str]


def main() -> int:
    """Read, look up, print."""
    parser = argparse.ArgumentParser(prog="python -m bench.vocabulary")
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--missing", action="store_true")
    chosen = parser.parse_args()
    folders: Sequence[Path] = [folder.resolve() for folder in chosen.folders]
    places = places_of_words(text for folder in folders for text in _pages_below(folder))
    domains = {
        path.stem: concepts_of(path, places)
        for path in sorted(THESAURUS.glob("*.ttl"))
        if path.name != "scheme.ttl"
    }
    everything = [concept for concepts in domains.values() for concept in concepts]
    sys.stdout.write("| | concepts | occur | | de | ru | en |\n|---|---|---|---|---|---|---|\n")
    for domain, concepts in (*domains.items(), ("all", everything)):
        sys.stdout.write(_row(domain, concepts))
    if chosen.missing:
        for domain, concepts in domains.items():
            missing = ", ".join(concept.name for concept in concepts if not concept.languages)
            sys.stdout.write(f"\n{domain}: {missing}\n")
    return 0 if _share(everything) >= AIM else 1


def places_of_words(pages: Iterable[str]) -> Places:
    """Note on which pages a word stands, under each of the keys that it is found under."""
    places: defaultdict[str, set[int]] = defaultdict(set)
    for number, text in enumerate(pages):
        for key in {key for surface in set(surfaces(text)) for key in document_keys(surface)}:
            places[key].add(number)
    return dict(places)


def concepts_of(path: Path, places: Places) -> list[Concept]:
    """Look the concepts of one domain up, each by all its labels."""
    graph = Graph().parse(path)
    languages: defaultdict[str, set[str]] = defaultdict(set)
    for relation in (SKOS.prefLabel, SKOS.altLabel):
        for concept, label in graph.subject_objects(relation):
            of_concept = languages[str(concept).rpartition(":")[2]]
            if isinstance(label, Literal) and occurs(str(label), places):
                of_concept.add(label.language or "")
    return [Concept(name, frozenset(found)) for name, found in sorted(languages.items())]


def occurs(label: str, places: Places) -> bool:
    """Tell whether one page has all words of a label."""
    words = [
        set().union(*(places.get(key, set()) for key in (*query_keys(word), *part_keys(word))))
        for word in surfaces(label)
    ]
    return bool(words) and bool(set.intersection(*words))


def _pages_below(folder: Path) -> Iterable[str]:
    for _, reading in sorted(readings_below(folder).items()):
        for page in reading.extraction.pages:
            yield "\n".join((page.title, page.text, page.notes))


def _row(domain: str, concepts: Sequence[Concept]) -> str:
    occurring = sum(1 for concept in concepts if concept.languages)
    by_language = " | ".join(
        str(sum(1 for concept in concepts if code in concept.languages)) for code in LANGUAGES
    )
    return f"| {domain} | {len(concepts)} | {occurring} | {_share(concepts):.0%} | {by_language} |\n"


def _share(concepts: Sequence[Concept]) -> float:
    return sum(1 for concept in concepts if concept.languages) / max(len(concepts), 1)


if __name__ == "__main__":
    sys.exit(main())
