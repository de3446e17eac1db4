"""What a document is about, in its own best words, and the query that finds others about the same.

Its words go the way of a reader's: in all their forms and in translation. So a Russian document may be like a
German one. What is found, and how often words are elsewhere, is counted over what the index holds.

Source: Manning, Raghavan and Schütze 2008, Introduction to Information Retrieval, section 6.2 (tf-idf).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from heapq import nlargest
from math import log, log1p

from archive.model import Document
from index.clauses import relax
from index.engine import Engine, Found, Request
from index.errors import DamagedError
from index.expansion import Expander
from index.function_words import WITHOUT_CONTENT
from index.keys import dictionary_forms
from index.live import LiveIndex
from index.query import Wishes
from index.readership import Readership
from index.scopes import UNFILTERED
from index.text import clean, fold, surfaces
from index.tree import And, Node, Word
from index.words import WHOLE, LiveWords, Words

MOST = 5
"""So many documents are given."""

BEST_WORDS = 16
"""So many of its words say what a document is about."""

LEAST_OF_BEST, LEAST_OF_OWN = 0.4, 0.04
"""What scores less, against the likest other document and the document itself, is like it by chance."""

MOST_NAMES = 3
"""So many words that no dictionary has are looked for in the other script, too, which takes longest."""

_SPARE = 5
"""So many more are asked for, since some may have been withdrawn a moment ago."""

_MIN_LETTERS = 4
_TITLE_COUNTS = 3
_LONGEST_TEXT = 200_000
"""Characters of a document that are looked at."""


class Similarity:
    """Finds what is like a document, for one audience. Threads may share it."""

    def __init__(
        self,
        readership: Readership,
        live: LiveIndex,
        words: LiveWords,
        expander: Expander,
    ) -> None:
        self._readership = readership
        self._archive = readership.archive
        self._live = live
        self._words = words
        self._expander = expander

    def similar(self, document: Document, without: Collection[str] = ()) -> tuple[Document, ...]:
        """Return documents that the audience may read, the likest first; what it may not see does not count.

        Args:
            without: documents that are not wanted.
        """
        engine = self._live.engine()
        if engine is None or not self._readership.may_read(document):
            return ()
        unwanted = {document.id, *without}
        try:
            about = self._about(document, engine)
            found = self._find(about, engine, MOST + len(unwanted) + _SPARE)
        except DamagedError as damage:
            self._live.condemn(damage)
            return ()
        known = self._archive.documents_by_id([each.document for each in found])
        readable = [
            (each.score, known[each.document])
            for each in found
            if each.document in known and each.document not in unwanted
            if self._readership.may_read(known[each.document])
        ]
        own = max((each.score for each in found if each.document == document.id), default=0.0)
        best = max((score for score, _ in readable), default=0.0)
        least = max(LEAST_OF_BEST * best, LEAST_OF_OWN * own)
        return tuple(other for score, other in readable if score >= least)[:MOST]

    def _about(self, document: Document, engine: Engine) -> tuple[str, ...]:
        shown = self._readership.shown(document, self._archive.pages(document.id))
        total = engine.search(Request(WHOLE, limit=0)).total
        return best_words(document.title, (page.text for page in shown), self._words.words(), total)

    def _find(self, about: tuple[str, ...], engine: Engine, most: int) -> tuple[Found, ...]:
        """Return what has some of several words in any way."""
        names = [surface for surface in about if not dictionary_forms(surface)][:MOST_NAMES]
        others = [surface for surface in about if surface not in names]
        parts = (self._expand(names, Wishes()), self._expand(others, Wishes(names=False)))
        clause = relax(And(tuple(filter(None, parts)))) if len(about) > 1 else None
        if clause is None:
            return ()
        return engine.search(Request(clause, {"language": (UNFILTERED,)}, limit=most)).found

    def _expand(self, surfaces: Iterable[str], wishes: Wishes) -> Node | None:
        words = tuple(map(Word, surfaces))
        return self._expander.expand(And(words), wishes) if words else None


def best_words(title: str, texts: Iterable[str], words: Words, total: int) -> tuple[str, ...]:
    """Return the words that tell a document from the others, the best first, as it writes them.

    Args:
        words: those of the index, which holds `total` documents.
    """
    counts: Counter[str] = Counter()
    for surface in surfaces(title):
        counts[clean(surface)] += _TITLE_COUNTS
    for surface in _first(texts):
        counts[clean(surface)] += 1
    forms: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for surface, count in counts.items():
        folded = fold(surface)
        if len(folded) >= _MIN_LETTERS and folded.isalpha() and folded not in WITHOUT_CONTENT:
            forms[fold(next(iter(dictionary_forms(surface)), surface))][surface] += count
    scores = {key: _score(surfaces_of, words, total) for key, surfaces_of in forms.items()}
    best = nlargest(BEST_WORDS, scores, key=lambda key: (scores[key], key))
    return tuple(min(forms[key], key=lambda surface: (-forms[key][surface], surface)) for key in best)


def _score(forms: Counter[str], words: Words, total: int) -> float:
    elsewhere = max(words.often(fold(surface)) for surface in forms)
    return log1p(forms.total()) * log(1 + total / max(elsewhere, 1))


def _first(texts: Iterable[str]) -> Iterator[str]:
    left = _LONGEST_TEXT
    for text in texts:
        if left <= 0:
            return
        yield from surfaces(text[:left])
        left -= len(text)
