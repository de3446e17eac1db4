"""Queries as people ask them, drawn by chance from the texts of an archive, the same ones each time."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from archive.model import Document, Page
from archive.repository import Archive
from index.function_words import WITHOUT_CONTENT
from index.query import Query, Sort
from index.text import fold, surfaces

FREQUENT, RARE = 0.1, 3
"""A frequent word stands in that share of the documents, a rare one in so many at most."""

SAMPLED = 400
"""The words of so many documents are asked for."""

DEEPEST = 400
"""The last hit that is asked for with a page of results."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A query of one kind, and its words; the last letters of one that ends in `*` are left open."""

    kind: str
    query: Query
    words: tuple[str, ...]
    is_phrase: bool = False


class QueryMix:
    """Draws queries. `often` tells in how many documents a folded word is."""

    def __init__(self, archive: Archive, often: Mapping[str, int], seed: int) -> None:
        self._chance = random.Random(seed)
        every = sorted(archive.documents(), key=lambda document: document.id)
        sampled = self._chance.sample(every, min(SAMPLED, len(every)))
        pages = archive.pages_of([document.id for document in sampled])
        self._pages = [
            (document, page)
            for document in sampled
            for page in pages[document.id]
            if len(_content(page)) >= 8 and len(page.languages) == 1
        ]
        content = sorted(word for word in often if _has_content(word))
        self._frequent = [word for word in content if often[word] >= FREQUENT * len(every)]
        self._rare = [word for word in content if often[word] <= RARE]

    def mixed(self, count: int) -> list[Asked]:
        """Return queries of all kinds, in a random order."""
        kinds: Sequence[tuple[int, Callable[[], Asked]]] = (
            (10, lambda: self._words("one frequent word", self._chance.choice(self._frequent))),
            (10, lambda: self._words("one rare word", self._chance.choice(self._rare))),
            (10, lambda: self._some_words(1)),
            (20, lambda: self._some_words(2)),
            (10, lambda: self._some_words(3)),
            (8, lambda: self._some_words(4)),
            (12, self._phrase),
            (5, self._wildcard),
            (10, self._filtered),
            (5, self._deep),
        )
        chosen = self._chance.choices(*zip(*((make, weight) for weight, make in kinds), strict=True), k=count)
        return [make() for make in chosen]

    def across(self, count: int, languages: Sequence[str]) -> Iterator[tuple[Asked, Asked]]:
        """Yield one to four words, asked of pages in their own language, and of those in another."""
        for _ in range(count):
            _, page = self._page(lambda page: page.languages[0] in languages)
            words = self._of(page, self._chance.randint(1, 4))
            own = page.languages[0]
            other = self._chance.choice([code for code in languages if code != own])
            asked = self._words(f"{len(words)} words", *words)
            yield (
                replace(asked, query=replace(asked.query, language=(own,))),
                replace(asked, query=replace(asked.query, language=(other,))),
            )

    def _words(self, kind: str, *words: str) -> Asked:
        return Asked(kind, Query(" ".join(words)), words)

    def _some_words(self, count: int) -> Asked:
        _, page = self._page()
        names = ("one word", "two words", "three words", "four words")
        return self._words(names[count - 1], *self._of(page, count))

    def _phrase(self) -> Asked:
        while True:
            _, page = self._page()
            words = surfaces(page.text)
            begin = self._chance.randrange(len(words) - 3)
            words = words[begin : begin + self._chance.randint(2, 3)]
            if all(map(str.isalpha, words)) and any(map(_has_content, map(fold, words))):
                return Asked("phrase", Query(f'"{" ".join(words)}"'), tuple(words), is_phrase=True)

    def _wildcard(self) -> Asked:
        _, page = self._page()
        word = max(self._of(page, 3), key=len)
        return self._words("wildcard", f"{word[: max(4, len(word) * 2 // 3)]}*")

    def _filtered(self) -> Asked:
        document, page = self._page()
        asked = self._words("words and filters", *self._of(page, self._chance.randint(1, 2)))
        filters: dict[str, tuple[str, ...]] = {
            "language": page.languages,
            "conference": (document.conference,),
            "kind": (document.kind.value,),
            "year": (str(document.date.year),) if document.date else (),
        }
        chosen = self._chance.sample(sorted(filters), self._chance.randint(1, 2))
        sort = Sort.NEWEST if self._chance.random() < 0.3 else Sort.RELEVANCE
        query = replace(asked.query, sort=sort)
        for field in chosen:
            query = _with_filter(query, field, filters[field])
        return replace(asked, query=query)

    def _deep(self) -> Asked:
        asked = self._words("deep page", self._chance.choice(self._frequent))
        offset = self._chance.randrange(50, DEEPEST, asked.query.limit)
        return replace(asked, query=replace(asked.query, offset=offset))

    def _page(self, wanted: Callable[[Page], bool] = lambda _: True) -> tuple[Document, Page]:
        while True:
            found = self._chance.choice(self._pages)
            if wanted(found[1]):
                return found

    def _of(self, page: Page, count: int) -> tuple[str, ...]:
        return tuple(self._chance.sample(_content(page), count))


def _with_filter(query: Query, field: str, values: tuple[str, ...]) -> Query:
    match field:
        case "language":
            return replace(query, language=values)
        case "conference":
            return replace(query, conference=values)
        case "kind":
            return replace(query, kind=values)
        case _:
            return replace(query, year=values)


def _content(page: Page) -> list[str]:
    return sorted({word for word in surfaces(page.text) if word.isalpha() and _has_content(fold(word))})


def _has_content(folded: str) -> bool:
    return len(folded) > 3 and folded.isalpha() and folded not in WITHOUT_CONTENT
