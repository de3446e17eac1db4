"""All engines answer alike: the same entries, counts and orders; scores differ in rounding alone."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.engine import (
    All,
    Any,
    Apart,
    Best,
    Boost,
    Clause,
    Engine,
    Entry,
    Everything,
    Group,
    Not,
    Phrase,
    Range,
    Request,
    Schema,
    Term,
    Together,
)
from tests.index.engines import ENGINES

SCHEMA = Schema(
    positions=("text", "keys"), bags=("title",), keywords=("kind", "year"), sorts=("date", "name")
)
WORDS = [f"wort{number}" for number in range(60)]
OFTEN = [1 / (1 + number) for number in range(len(WORDS))]
ENTRIES, REQUESTS, RANKED = 250, 500, 100


class Random:
    """Entries and requests by chance, the same ones for every seed."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)

    def words(self, most: int) -> str:
        return " ".join(self.chance.choices(WORDS, OFTEN, k=self.chance.randint(0, most)))

    def entry(self, number: int) -> Entry:
        return Entry(
            f"d{number}/*",
            f"d{number}",
            {
                "text": self.words(60),
                "keys": " ¶ ".join(self.words(20) for _ in range(3)),
                "title": self.words(4),
            },
            {
                "kind": tuple(self.chance.sample("abc", self.chance.randint(0, 2))),
                "year": (str(2000 + number % 9),),
            },
            {"date": self.chance.choice(["", "2001", "2002"]), "name": self.words(2)},
        )

    def kinds(self, *counts: int) -> tuple[str, ...]:
        return tuple(self.chance.sample("abc", self.chance.choice(counts)))

    def term(self) -> Term:
        field = self.chance.choice(["text", "keys", "keys", "title", "nowhere"])
        share = self.chance.choice([1.0, 1.0, 0.6, 0.3])
        return Term(field, self.word(), self.chance.choice([0.25, 1.0, 2.0, 6.0]), share)

    def word(self) -> str:
        return self.chance.choices([*WORDS, "nie"], [*OFTEN, 0.1])[0]

    def saying(self) -> Term | Phrase | Apart:
        tokens = tuple(self.word() for _ in range(self.chance.randint(1, 3)))
        match self.chance.randrange(8):
            case 0:
                return Phrase("text", tokens)
            case 1:
                return Phrase("keys", tokens, slop=self.chance.randint(1, 6), apart="¶")
            case 2:
                slots = tuple(tuple(self.term() for _ in range(2)) for _ in range(2))
                return Apart(slots, 0.5, self.chance.choice([0.5, 0.2]))
            case _:
                return self.term()

    def group(self) -> Group:
        sayings = tuple(self.saying() for _ in range(self.chance.randint(1, 5)))
        return Group(sayings, self.chance.choice([0.0, 0.5]))

    def clause(self, depth: int = 2) -> Clause:
        if not depth:
            return self.group()
        some = tuple(self.clause(depth - 1) for _ in range(self.chance.randint(1, 3)))
        match self.chance.randrange(10):
            case 0 | 1:
                return All(some)
            case 2:
                return Any(some)
            case 3:
                return Best(some)
            case 4:
                return All((*some, Not(self.group())))
            case 5:
                return All((*some, Range("year", self.chance.choice([None, 2003]), 2006)))
            case 6:
                return Boost(some[0], 2.5)
            case 7:
                return self.chance.choice([Everything(), Term("kind", "b")])
            case _:
                return self.group()

    def request(self) -> Request:
        words = tuple(self.group() for _ in range(2))
        together = Together(words, ("keys",), ("title",), "¶", 0.5, RANKED)
        return Request(
            self.chance.choice([self.clause(), Any(words)]),
            filters={"kind": self.kinds(0, 0, 1, 2)},
            facets=("kind", "year"),
            sort=self.chance.choice(["", "", "date", "-date", "name", "-name"]),
            limit=ENTRIES,
            together=self.chance.choice([None, together]),
        )


@pytest.fixture
def engines(tmp_path: Path) -> Iterator[list[Engine]]:
    """Every engine with the same entries, which came in one order, and some of which were replaced."""
    made = []
    for name, (make, _) in ENGINES.items():
        engine = make(tmp_path / name, SCHEMA)
        chance = Random(1)
        entries = [chance.entry(number) for number in range(ENTRIES)]
        engine.write([Random(2).entry(number) for number in range(0, ENTRIES, 2)], (), 1)
        engine.write(entries[:100], [each.document for each in entries], 2)
        engine.write(entries[100:], (), 3)
        made.append(engine)
    yield made
    for engine in made:
        engine.close()


def test_five_hundred_requests(engines: list[Engine]) -> None:
    chance = Random(3)
    answered = ranked = 0
    for _ in range(REQUESTS):
        request = chance.request()
        first, *others = [engine.search(request) for engine in engines]
        scores = {found.id: found.score for found in first.found}
        for other in others:
            assert (other.total, other.facets) == (first.total, first.facets), request
            assert {found.id for found in other.found} == {*scores}, request
            if request.sort:
                assert [found.id for found in other.found] == [found.id for found in first.found], request
            elif first.total <= RANKED:
                assert {found.id: found.score for found in other.found} == pytest.approx(scores), request
                assert [found.score for found in other.found] == pytest.approx([*scores.values()]), request
                ranked += 1
        answered += first.total > 0
    assert answered > 0.6 * REQUESTS
    assert ranked > 0.15 * REQUESTS


def test_the_best_are_as_good_where_many_are_found(engines: list[Engine]) -> None:
    """What is not among the hundred that are ranked may be missed, but scores hardly more."""
    chance, requests = Random(4), 0
    while requests < 100:
        request = Request(chance.clause(), limit=10)
        first, *others = [engine.search(request) for engine in engines]
        if first.total > RANKED:
            requests += 1
            for other in others:
                best = sum(found.score for found in first.found)
                assert 0.9 * best <= sum(found.score for found in other.found) <= best + 1e-9, request
