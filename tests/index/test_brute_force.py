"""Totals, counts of facets and the order by a field are those of a plain look at every document."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pytest

from archive.model import Conference, Document, File, Kind, Page, Panel, Version
from index.entries import collate
from index.indexer import Indexer
from index.query import Query, Sort, Wishes
from index.results import ResultPage
from index.search import FACETS, Search
from tests.index.conftest import DAY, MemoryArchive

pytestmark = pytest.mark.every_engine

WORDS = ["Blub", "Knortz", "Zwirbel", "Flumm", "Gnatz", "Schlurf", "Trubbel", "Wumms", "Quorx", "Plimm"]
"""No dictionary has them, none is part of another, so each is only itself."""

LANGUAGES = ("de", "ru", "en")
CREATORS = ("Anna Grün", "Иван Ёлкин", "Stadtwerke Süd")
FORMATS = {"pdf": "application/pdf", "odt": "application/vnd.oasis.opendocument.text"}
CONFERENCES = tuple(
    Conference(
        id=f"c{number}",
        title={"de": f"Tagung {number}"},
        series={"de": ("Reihe", "Folge")[number % 2]} if number else {},
        start=dt.date(2010 + number, 5, 1),
        panels=(Panel(f"c{number}/a", {"de": "A"}), Panel(f"c{number}/b", {"de": "B"})),
    )
    for number in range(4)
)
DOCUMENTS, QUERIES = 120, 1000
FILTERED = ("conference", "series", "panel", "kind", "year", "format", "creator")
DISTINCT_ONLY = Wishes(translate=False, names=False)


@dataclass(frozen=True)
class Held:
    """A document as the plain look sees it."""

    id: str
    pages: tuple[tuple[frozenset[str], tuple[str, ...]], ...]
    """Words and languages of each page."""
    about: frozenset[str]
    values: dict[str, tuple[str, ...]]
    date: str
    title: str

    @property
    def languages(self) -> set[str]:
        return {code for _, codes in self.pages for code in codes}

    def has(self, words: Sequence[str], languages: Sequence[str]) -> bool:
        shown = [words for words, codes in self.pages if not languages or {*codes} & {*languages}]
        if languages and not shown:
            return False
        there = frozenset[str]().union(*shown)
        if not languages or self.languages <= {*languages} or self.about <= there:
            there |= self.about
        return there.issuperset(words)

    def passes(self, filters: dict[str, tuple[str, ...]], but: str = "") -> bool:
        return all(
            not values or field == but or not {*self.values[field]}.isdisjoint(values)
            for field, values in filters.items()
        )


def _file(extension: str) -> File:
    return File(f"datei.{extension}", f"datei.{extension}", FORMATS[extension], 1, "0" * 128)


def _made(archive: MemoryArchive, chance: random.Random) -> Iterator[Held]:
    for number in range(DOCUMENTS):
        conference = chance.choice(CONFERENCES)
        title = chance.sample(WORDS, 2)
        pages = tuple(
            (tuple(chance.choices(WORDS, k=3)), (chance.choice(LANGUAGES),))
            for _ in range(chance.randint(1, 3))
        )
        formats = chance.sample(sorted(FORMATS), chance.randint(1, 2))
        creators = tuple(chance.sample(CREATORS, chance.randint(0, 2)))
        date = chance.choice([None, dt.date(2011, 1, 1), dt.date(2018, 7, 3)])
        panel = chance.choice([None, *(panel.id for panel in conference.panels)])
        kind = chance.choice([*Kind])
        document: Document = archive.put(
            f"d{number:03}",
            *(Page(at, " ".join(words), languages=codes) for at, (words, codes) in enumerate(pages, 1)),
            title=" ".join(title),
            conference=conference.id,
            panel=panel,
            kind=kind,
            creators=creators,
            date=date,
            versions=(Version(1, DAY, tuple(map(_file, formats))),),
        )
        yield Held(
            document.id,
            tuple((frozenset(words), codes) for words, codes in pages),
            frozenset(title),
            {
                "conference": (conference.id,),
                "series": tuple(conference.series.values()),
                "panel": (panel,) if panel else (),
                "kind": (kind.value,),
                "year": (str((date or conference.start or DAY).year),),
                "format": tuple(formats),
                "creator": creators,
            },
            (date or conference.start or DAY).isoformat(),
            collate(document.title),
        )


def _asked(chance: random.Random) -> Query:
    filters = {
        field: tuple(chance.sample(values, min(len(values), chance.randint(1, 2))))
        for field, values in {
            "conference": [each.id for each in CONFERENCES],
            "series": ["Reihe", "Folge", "keine"],
            "panel": ["c1/a", "c1/b", "c2/a"],
            "kind": [kind.value for kind in Kind],
            "year": ["2011", "2013", "2018"],
            "format": [*FORMATS],
            "creator": [*CREATORS],
            "language": [*LANGUAGES],
        }.items()
        if chance.random() < 0.2
    }
    words = " ".join(chance.sample(WORDS, chance.choice([0, 1, 1, 2, 3])))
    sort = chance.choice([*Sort])
    return Query(words, sort=sort, limit=200, wishes=DISTINCT_ONLY, **filters)  # type: ignore[arg-type]


def _expected(held: Sequence[Held], query: Query) -> tuple[int, dict[str, Counter[str]]]:
    words, filters = query.text.split(), {field: getattr(query, field) for field in FILTERED}
    asked = [each for each in held if each.has(words, query.language)]
    counts = {
        field: Counter(value for each in asked if each.passes(filters, field) for value in each.values[field])
        for field in FILTERED
    }
    counts["language"] = Counter(
        code for each in held if each.passes(filters) for code in each.languages if each.has(words, (code,))
    )
    return sum(each.passes(filters) for each in asked), counts


def _counts(page: ResultPage, query: Query) -> dict[str, Counter[str]]:
    """Return the counts of the facets, without the chosen values that count nothing."""
    return {
        facet.field: Counter({value: count for value, count in facet.buckets if count})
        for facet in page.facets
    }


@pytest.fixture(scope="module")
def seed() -> int:
    return 20170628


def test_a_thousand_queries(archive: MemoryArchive, indexer: Indexer, search: Search, seed: int) -> None:
    chance = random.Random(seed)
    for conference in CONFERENCES:
        archive.put_conference(conference)
    held = list(_made(archive, chance))
    indexer.catch_up()
    by_id, answered = {each.id: each for each in held}, 0
    for _ in range(QUERIES):
        query = _asked(chance)
        page = search.ask(query)
        total, counts = _expected(held, query)
        assert page.total == total, query
        assert _counts(page, query) == counts, query
        found = [by_id[hit.document.id] for hit in page.hits if hit.match == "all"]
        assert len(found) == total
        if query.sort is Sort.TITLE:
            assert found == sorted(found, key=lambda each: (each.title, each.id))
        elif query.sort in (Sort.OLDEST, Sort.NEWEST):
            by_day = sorted(found, key=lambda each: each.id)
            assert found == sorted(by_day, key=lambda each: each.date, reverse=query.sort is Sort.NEWEST)
        answered += bool(total)
    assert answered > QUERIES / 4
    assert {*counts} == {*FACETS}
