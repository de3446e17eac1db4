"""What is proposed to readers is the same as in an archive that only ever held what they may read."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from archive.model import Access, Page, State
from index.indexer import Indexer
from index.query import Query
from index.search import Search
from tests.index.conftest import MemoryArchive

pytestmark = pytest.mark.every_engine

Make = Callable[..., MemoryArchive]

TODAY = dt.date(2026, 1, 1)
DOCUMENTS = 24
WORDS = {
    "de": """Fernwärme Gebäude Stadt Städte Trinkwasser Müllabfuhr Straße Straßenbahn Jugend Schule
        Wärmenetz Förderung Größe Energie Energieeffizienz Partnerschaft Klärwerk Heizwerk
        Rathaus Bürger Beteiligung""",
    "ru": """теплоснабжение здание город города вода мусор ёлка школа молодёжь энергия энергоэффективность
        партнёрство котельная сеть участие житель дорога трамвай""",
    "en": """district heating building city water waste street youth school energy efficiency partnership
        boiler network citizen participation tramway funding""",
}
NAMES = ("Maria Schnittke", "Иван Ёлкин", "Förderverein Süd", "Stadtwerke Wolgograd", "John Heatherington")
LETTERS = str.maketrans("0123456789", "bcdfghjklm")
UNREADABLE: tuple[dict[str, object], ...] = (
    {"access": Access.STAFF},
    {"state": State.WITHDRAWN},
    {"state": State.DRAFT},
    {"access": Access.EMBARGOED, "embargoed_until": dt.date(2030, 1, 1)},
)


class Two:
    """An archive with a history, and new ones that hold what may be read of it, and never held more."""

    def __init__(self, seed: int, make: Make) -> None:
        self.random = random.Random(seed)
        self.make = make
        self.whole = make(f"whole{seed}")
        self.public: dict[str, tuple[list[Page], dict[str, object]]] = {}
        self.own: list[str] = []
        """Words that one document alone has."""
        for number in range(DOCUMENTS):
            self.put(f"d{number:02}", readable=self.random.random() < 0.5)
        self.search = Search(self.whole, lambda: TODAY)  # type: ignore[arg-type]

    def put(self, name: str, *, readable: bool) -> None:
        languages = self.random.choice(["de", "ru", "en", "de ru"]).split()
        own = [f"{self.random.choice(self.pool(code))}{name.translate(LETTERS)}" for code in languages]
        self.own += own
        described: dict[str, object] = {
            "title": " ".join([*self.text(languages, 3), own[0]]),
            "creators": tuple(self.random.sample(NAMES, self.random.randint(0, 2))),
            "panel": self.random.choice([None, "c2017/energy", "c2017/youth"]),
            "conference": self.random.choice(["c2017", "c2023"]),
        }
        pages = [self.page(languages, own) for _ in range(self.random.randint(1, 3))]
        kept_back = {} if readable else self.random.choice(UNREADABLE)
        self.whole.put(name, *pages, **described, **kept_back)
        if readable:
            seen = [replace(page, notes="") for page in pages if not page.hidden]
            self.public[name] = seen, described

    def page(self, languages: list[str], own: list[str]) -> Page:
        text = " ".join([*self.text(languages, 12), *own])
        notes = " ".join(self.text(["de", "ru", "en"], 4)) if self.random.random() < 0.3 else ""
        hidden = self.random.random() < 0.2
        return Page(1, text, notes=notes, languages=(self.random.choice(languages),), hidden=hidden)

    def pool(self, language: str) -> list[str]:
        return [word for word in WORDS[language].split() if word.isalpha()]

    def text(self, languages: list[str], words: int) -> list[str]:
        pools = [self.pool(code) for code in languages]
        found = [self.random.choice(self.random.choice(pools)) for _ in range(words)]
        return [word.upper() if self.random.random() < 0.4 else word for word in found]

    def withdraw(self, name: str) -> None:
        self.whole.change(name, state=State.WITHDRAWN)
        del self.public[name]

    def answers(
        self, one: Search, other: Search, public: MemoryArchive
    ) -> Iterator[tuple[list[object], list[object]]]:
        """Yield what each of the two proposes, question by question."""
        words = [word for language in WORDS for word in self.pool(language)]
        words += [name for each in NAMES for name in each.split()]
        for word in words:
            asked = [word[:2], word[:4], f"{self.random.choice(words)} {word[:3]}"]
            yield [one.suggest(each) for each in asked], [other.suggest(each) for each in asked]
            at = self.random.randrange(1, len(word))
            wrong = Query(f"{word[:at]}q{word[at + 1 :]}")
            yield [one.ask(wrong).did_you_mean], [other.ask(wrong).did_you_mean]
        for word in self.own:
            wrong, begun = Query(f"{word}q"), word[:-1]
            yield [one.ask(wrong).did_you_mean], [other.ask(wrong).did_you_mean]
            yield [one.suggest(begun)], [other.suggest(begun)]
            yield self.sought(word, one), self.sought(word, other)
        for name in self.public:
            yield self.similar(name, self.whole, one), self.similar(name, public, other)

    def sought(self, word: str, search: Search) -> list[object]:
        """Return what is told of the words that fit a pattern or are spelt like one."""
        trace = search.ask(Query(f"{word[:3]}* {word}~2"), explain=True).trace
        return [] if trace is None else [*trace.words]

    def similar(self, name: str, archive: MemoryArchive, search: Search) -> list[object]:
        return [each.id for each in search.similar(archive.document(name))]

    def check(self) -> None:
        public = self.make(f"public{self.random.random()}")
        for name, (pages, described) in self.public.items():
            public.put(name, *pages, **described)
        for archive in (self.whole, public):
            indexer = Indexer(archive, lambda: TODAY)  # type: ignore[arg-type]
            indexer.catch_up()
            indexer.close()
        said, fresh = 0, Search(public, lambda: TODAY)  # type: ignore[arg-type]
        for one, other in self.answers(self.search, fresh, public):
            assert one == other
            said += any(other)
        fresh.close()
        assert said > len(self.public), "there was something to propose"


@pytest.mark.parametrize("seed", range(3))
def test_what_may_not_be_read_changes_no_proposal(seed: int, make_archive: Make) -> None:
    two = Two(seed, make_archive)
    two.check()
    for name in list(two.public)[::3]:
        two.withdraw(name)
    two.check()
    two.put("d99", readable=True)
    two.put("d98", readable=False)
    two.check()
    two.search.close()
