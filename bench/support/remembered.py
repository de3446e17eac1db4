"""Queries as people ask who remember something of a document, each made from one document by chance.

A passage is drawn (a title, a name, the heading of a page, a line of a programme, 15 running words of a
page), and words of it are taken in the manner of one kind:

- `title`, `heading`: two to four of its words with content, in their order.
- `name`: a creator of the record, or two or three capitalised words that are a line of their own, the last of
  which no dictionary has.
- `programme`: three to five words behind a time of day, in their order.
- `words`: two to four words with content, in any order.
- `phrase`: four to seven running words; one of them is left out, or two neighbours change places.
- `wrong`: three or four words with content, one of them in place of another that the document does not have.
- `inflected`: two or three words, at least one of them in another form, which stands in the archive.

The answer is the document. A query is left out where its passage stands in another document as well, and
where each of its words stands in more than a tenth of the documents: nobody remembers that.
"""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from archive.model import Document, Page
from index.function_words import WITHOUT_CONTENT
from index.keys import dictionary_forms
from index.lemmas import lemmas
from index.text import clean, fold, surfaces

LANGUAGES = ("de", "ru", "en")
STRETCH_WORDS = 15
MIN_LETTERS = 4
"""Shorter words are not what somebody remembers of a text; of a title they may be."""

TELLING_SHARE = 0.1
"""Of the words of a query, one at least stands in no larger share of the documents: it tells something."""

TRIES = 20
"""So often a document is looked at for a query of a kind."""

_CLOCK = r"\d{1,2}(?::[0-5]\d|[.:]?(?:[0-5]\d)?\s*Uhr|[.][0-5]0)(?!\d)(?:\s*[AaPp][.]?[Mm]\b[.]?)?"
_TIME = re.compile(rf"^\D{{0,12}}{_CLOCK}(?:\s*(?:-|–|—|bis|до|to)\s*{_CLOCK})?\W*(.*)")
_NAME = re.compile(r"(?:[A-ZÄÖÜА-ЯЁ][a-zäöüßа-яё]+[ -]){1,2}[A-ZÄÖÜА-ЯЁ][a-zäöüßа-яё]+")


@dataclass(frozen=True, slots=True)
class Item:
    """A query with the document it was made from."""

    kind: str
    language: str
    text: str
    document: str


Taken = tuple[str, Sequence[str]]
"""A passage, and the words of a query made from it."""


class Memory:
    """Makes queries from documents with their pages."""

    def __init__(self, documents: Mapping[Document, Sequence[Page]], seed: int) -> None:
        """`seed`: the same one makes the same queries of the same texts.

        What identifiers are does not matter, nor what the queries of other documents are.
        """
        self._seed = seed
        self._chance = random.Random(seed)
        self._texts = {
            document.id: _run("\n".join([document.title, *document.creators, *(page.text for page in pages)]))
            for document, pages in documents.items()
        }
        self._pages = {
            document: [page for page in documents[document] if page.languages]
            for document in sorted(documents, key=lambda each: [page.text for page in documents[each]])
        }
        self._often = Counter(word for text in self._texts.values() for word in {*text.split()})
        self._forms: defaultdict[str, list[str]] = defaultdict(list)
        for word in sorted(self._often):
            if len(word) >= MIN_LETTERS and word.isalpha():
                for form in lemmas(word, "ru")[:1] or lemmas(word, "de")[:1] or lemmas(word, "en")[:1]:
                    self._forms[fold(form)].append(word)
        self._kinds: dict[str, Callable[[Document, Page], Taken | None]] = {
            "title": self._title,
            "name": self._name,
            "heading": self._heading,
            "programme": self._programme,
            "words": self._words,
            "phrase": self._phrase,
            "wrong": self._wrong,
            "inflected": self._inflected,
        }

    def items(self, each: int) -> Iterator[Item]:
        """Yield queries: of each kind in each language at most so many, of a document one at a time."""
        for kind, make in self._kinds.items():
            for language in LANGUAGES:
                made: dict[str, Item] = {}
                for number in range(each):
                    before = len(made)
                    for item in self._round(f"{self._seed} {kind} {language} {number}", kind, language, make):
                        if len(made) < each:
                            made.setdefault(item.text.casefold(), item)
                    if len(made) in (each, before):
                        break
                yield from made.values()

    def _round(
        self, seed: str, kind: str, language: str, make: Callable[[Document, Page], Taken | None]
    ) -> Iterator[Item]:
        """Yield a query of each document that has one in a language, documents in a new order."""
        documents = [*enumerate(self._pages)]
        for place, document in random.Random(seed).sample(documents, len(documents)):
            self._chance = random.Random(f"{seed} {place}")
            pages = [page for page in self._pages[document] if page.languages[0] == language]
            for _ in range(TRIES if pages else 0):
                taken = make(document, self._chance.choice(pages))
                if taken is not None and self._tells(taken[1]) and self._is_own(document, taken[0]):
                    yield Item(kind, language, " ".join(taken[1]), document.id)
                    break

    def _tells(self, words: Sequence[str]) -> bool:
        rarest = min(self._often[word] for word in _run(" ".join(words)).split())
        return rarest <= TELLING_SHARE * len(self._pages)

    def _is_own(self, document: Document, passage: str) -> bool:
        run = _run(passage)
        return all(run not in text for name, text in self._texts.items() if name != document.id)

    def _title(self, document: Document, page: Page) -> Taken | None:
        if page.languages[0] != next(iter(document.languages), ""):
            return None
        return self._in_order(document.title, _content(document.title, 2))

    def _heading(self, document: Document, page: Page) -> Taken | None:
        return self._in_order(page.title, _content(page.title, 2))

    def _in_order(self, passage: str, words: list[str]) -> Taken | None:
        if len(words) < 2:
            return None
        places = self._chance.sample(range(len(words)), min(len(words), self._chance.randint(2, 4)))
        return passage, [words[place] for place in sorted(places)]

    def _name(self, document: Document, page: Page) -> Taken | None:
        names = [creator.partition("(")[0] for creator in document.creators]
        names += [line for line in map(str.strip, page.text.splitlines()) if _is_name(line)]
        names = [name for name in names if len(surfaces(name)) > 1]
        if not names:
            return None
        name = self._chance.choice(names)
        return name, surfaces(name)

    def _programme(self, document: Document, page: Page) -> Taken | None:
        found = [match[1].strip() for line in page.text.splitlines() if (match := _TIME.match(line.strip()))]
        lines = [line for line in found if len(_content(line, 2)) >= 2 and len(surfaces(line)) >= 3]
        if not lines:
            return None
        line = self._chance.choice(lines)
        return line, surfaces(line)[: self._chance.randint(3, 5)]

    def _stretch(self, page: Page) -> list[str]:
        words = [clean(word) for word in surfaces(page.text)]
        start = self._chance.randrange(max(1, len(words) - STRETCH_WORDS + 1))
        return words[start : start + STRETCH_WORDS]

    def _words(self, document: Document, page: Page) -> Taken | None:
        return self._some(self._stretch(page), 2, 4)

    def _some(self, stretch: list[str], least: int, most: int) -> Taken | None:
        words = _content(" ".join(stretch), MIN_LETTERS)
        if len(words) < most:
            return None
        return " ".join(stretch), self._chance.sample(words, self._chance.randint(least, most))

    def _phrase(self, document: Document, page: Page) -> Taken | None:
        words = self._stretch(page)[: self._chance.randint(5, 8)]
        if len(words) < 5 or len(_content(" ".join(words), MIN_LETTERS)) < 3:
            return None
        passage, place = " ".join(words), self._chance.randrange(1, len(words) - 1)
        if self._chance.random() < 0.5:
            del words[place]
        else:
            words[place : place + 2] = reversed(words[place : place + 2])
        return passage, words

    def _wrong(self, document: Document, page: Page) -> Taken | None:
        taken = self._some(self._stretch(page), 3, 4)
        language = page.languages[0]
        others = [each for each in self._pages if each.id != document.id and language in each.languages]
        if taken is None or not others:
            return None
        pages = self._pages[self._chance.choice(others)]
        elsewhere = (
            _content(" ".join(self._stretch(self._chance.choice(pages))), MIN_LETTERS) if pages else []
        )
        strange = [word for word in elsewhere if _run(word) not in self._texts[document.id]]
        if not strange:
            return None
        passage, words = taken[0], list(taken[1])
        words[self._chance.randrange(len(words))] = self._chance.choice(strange)
        return passage, words

    def _inflected(self, document: Document, page: Page) -> Taken | None:
        taken = self._some(self._stretch(page), 2, 3)
        if taken is None:
            return None
        language = page.languages[0]
        words = [self._other_form(word, language) for word in taken[1]]
        return (taken[0], words) if words != list(taken[1]) else None

    def _other_form(self, word: str, language: str) -> str:
        forms = [
            each
            for form in lemmas(word, language)[:1]
            for each in self._forms[fold(form)]
            if each != fold(word)
        ]
        other = self._chance.choice(forms) if forms else word
        return other.capitalize() if word[:1].isupper() else other


def _content(text: str, letters: int) -> list[str]:
    """Return the words of a text that have content, each once."""
    words = dict.fromkeys(map(clean, surfaces(text)))
    return [
        word
        for word in words
        if len(word) >= letters and word.isalpha() and fold(word) not in WITHOUT_CONTENT
    ]


def _is_name(line: str) -> bool:
    """Tell whether a line is two or three capitalised words, the last of which no dictionary has."""
    if not _NAME.fullmatch(line):
        return False
    last = surfaces(line)[-1]
    return len(last) >= MIN_LETTERS and not dictionary_forms(last)


def _run(text: str) -> str:
    """Return the folded words of a text with a space on either side of each."""
    return f" {' '.join(filter(None, map(fold, surfaces(text))))} "
