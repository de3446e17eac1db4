"""Documents made from the texts of others: as long as those, and with as many new words as would come.

Each is one source after the other, its pages shuffled, one in four taken from another source in the same
language. Texts alone would soon bring no new word; so words become others, the same ones all over a document,
as many as Heaps' law of the sources asks for, and half as many again become words that were made before, so
that not each of them stands in one document alone. Words that stand in many sources stay.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from archive.formats import FORMATS
from archive.model import Document, File, Kind, Page, State, Version
from bench.support.growth import Growth, growth_of, words_of
from bench.support.source_texts import Source
from index.text import TOKEN, fold, is_cyrillic, surfaces

FROM_ELSEWHERE = 0.25
"""So many pages of a document are from another source."""

COMMON = 0.05
"""A word that stands in more of the sources never becomes another one."""

FIRST_YEAR, CONFERENCES, PANELS, SERIES = 2001, 25, 6, 4
KINDS = {Kind.PRESENTATION: 60, Kind.PAPER: 25, Kind.PROGRAMME: 10, Kind.MINUTES: 5}

EXTENSIONS = ("pdf", "pptx", "docx")

_LETTERS = ("aeiou", "bcdfghklmnprstvwz", "аеиоуы", "бвгдзклмнпрстфхч")
_WORD = re.compile(TOKEN)


@dataclass(frozen=True, slots=True)
class Made:
    """A document that was made, with its pages."""

    document: Document
    pages: tuple[Page, ...]


class Maker:
    """Makes documents by chance, the same ones each time. `source` and `made` count the words of both."""

    def __init__(self, sources: Sequence[Source], seed: int) -> None:
        self._chance = random.Random(seed)
        self._sources = list(sources)
        self._chance.shuffle(self._sources)
        self.source = growth_of(source.pages for source in self._sources)
        self._law = self.source.heaps()
        self.made = Growth()
        self._by_language: defaultdict[tuple[str, ...], list[Page]] = defaultdict(list)
        for source in self._sources:
            for page in source.pages:
                self._by_language[page.languages].append(page)
        often = Counter(word for source in self._sources for word in {*words_of(source.pages)})
        self._common = {word for word, count in often.items() if count > max(1, COMMON * len(sources))}
        self._made_of: defaultdict[str, list[str]] = defaultdict(list)

    def documents(self, most_pages: int) -> Iterator[Made]:
        """Yield documents that have so many pages together."""
        number, left = 0, most_pages
        while left:
            self._chance.shuffle(self._sources)
            for source in self._sources:
                pages = self._renamed(self._pages(source)[:left])
                self.made.add(pages)
                left -= len(pages)
                number += 1
                yield Made(self._document(number, pages), pages)
                if not left:
                    return

    def _pages(self, source: Source) -> list[Page]:
        pages = self._chance.sample(source.pages, len(source.pages))
        chosen = (
            self._chance.choice(self._by_language[page.languages])
            if self._chance.random() < FROM_ELSEWHERE
            else page
            for page in pages
        )
        return [replace(page, number=number, hidden=False) for number, page in enumerate(chosen, 1)]

    def _renamed(self, pages: Sequence[Page]) -> tuple[Page, ...]:
        """Let as many words become others as are missing to what the law asks for."""
        there = dict.fromkeys(word for page in pages for word in surfaces(page.text) if word.isalpha())
        folded = list(words_of(pages))
        new = {*folded} - self.made.seen
        missing = round(self._law.different(self.made.words + len(folded))) - len(self.made.seen) - len(new)
        may_change = [word for word in there if len(word) > 3 and fold(word) not in self._common]
        self._chance.shuffle(may_change)
        others: dict[str, str] = {}
        missing = max(0, missing)
        for word in may_change[:missing]:
            others[word] = other = self._other(word, may_change)
            self._made_of[word].append(other)
        for word in may_change[missing : missing + missing // 2]:
            if self._made_of[word]:
                others[word] = self._chance.choice(self._made_of[word])
        return tuple(
            replace(page, text=_put(page.text, others), title=_put(page.title, others)) for page in pages
        )

    def _other(self, word: str, words: Sequence[str]) -> str:
        """Return a word that was not there: of German nouns often a compound, else with other letters."""
        other = word
        if word[0].isupper() and not word.isupper() and not is_cyrillic(fold(word)):
            nouns = [each for each in words[:20] if each[0].isupper() and not is_cyrillic(fold(each))]
            if nouns and self._chance.random() < 0.5:
                other = word + self._chance.choice(nouns).lower()
        while fold(other) in self.made.seen or other == word:
            at = self._chance.randrange(len(other))
            alike = next((letters for letters in _LETTERS if other[at].lower() in letters), "")
            letter = self._chance.choice(alike or "x")
            other = other[:at] + (letter.upper() if other[at].isupper() else letter) + other[at + 1 :]
            if not alike:
                other += letter
        return other

    def _document(self, number: int, pages: Sequence[Page]) -> Document:
        chance = self._chance
        conference = chance.randrange(CONFERENCES)
        words = [word for page in pages[:3] for word in surfaces(page.text)[:200] if word.isalpha()]
        begin = chance.randrange(max(1, len(words) - 6))
        languages = Counter(code for page in pages for code in page.languages)
        at = dt.datetime(FIRST_YEAR + conference, 6, 1, tzinfo=dt.UTC)
        return Document(
            id=f"d{number:06d}",
            title=" ".join(words[begin : begin + chance.randint(2, 6)]) or str(number),
            conference=f"conference-{conference:02d}",
            panel=f"conference-{conference:02d}/panel-{chance.randrange(PANELS)}",
            kind=chance.choices([*KINDS], weights=[*KINDS.values()])[0],
            state=State.PUBLISHED,
            versions=(Version(1, at, (self._file(number, len(pages)),)),),
            created_at=at,
            updated_at=at,
            creators=tuple(word.title() for word in chance.sample(words, min(2, len(words)))),
            languages=tuple(code for code, _ in languages.most_common()),
            date=at.date() + dt.timedelta(days=chance.randrange(3)),
        )

    def _file(self, number: int, page_count: int) -> File:
        extension = self._chance.choice(EXTENSIONS)
        name = f"{number}.{extension}"
        digest = hashlib.sha512(name.encode()).hexdigest()
        return File(name, name, FORMATS[extension], 1, digest, page_count)


def _put(text: str, others: Mapping[str, str]) -> str:
    return _WORD.sub(lambda match: others.get(match.group(), match.group()), text)
