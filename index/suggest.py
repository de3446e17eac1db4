"""What a reader who has typed a few letters may want to ask: concepts, words, names, conferences, titles.

Only what stands in, or is said of, documents that the audience may read now.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from typing import TypeAlias

from index import engine as ask
from index.engine import Request
from index.errors import DamagedError
from index.labels import Kind, Label, Labels, labels_of_documents, labels_of_thesaurus
from index.live import LiveIndex
from index.live_thesaurus import LiveThesaurus
from index.plainly import plain
from index.readership import Readership
from index.text import Token, tokens
from index.thesaurus import Thesaurus, label_key
from index.wording import Wording
from index.words import WHOLE, LiveWords, Words, as_it_stands

MOST = 8
"""So many suggestions are given at once."""

LEAST_LETTERS = 2
"""After a single letter there is nothing to tell by."""

MOST_WORDS = 8
"""Of a longer text nothing is completed."""

_OF_A_KIND = 3
"""So many of a kind are given before others have had their turn."""

_LEAST_OFTEN = 2
"""A word has to be in so many documents: in one, it may be a slip; titles and names count in any case."""

_LOOKED_AT = 6
"""So many words are looked at, of which some may not be read or not stand beside what was typed."""

Ranking: TypeAlias = Callable[[Label], tuple[int, bool, int, int, str]]

_ORDER = {kind: number for number, kind in enumerate(Kind)}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A query to ask, and what it is."""

    kind: Kind
    text: str


class Suggester:
    """Completes what is typed, for one audience. Threads may share it."""

    def __init__(
        self,
        readership: Readership,
        live: LiveIndex,
        words: LiveWords,
        wording: Wording,
        thesaurus: LiveThesaurus,
    ) -> None:
        self._readership = readership
        self._live = live
        self._words = words
        self._wording = wording
        self._thesaurus = thesaurus
        self._gathering = threading.Lock()
        self._documents: tuple[tuple[int, dt.date], Labels] | None = None
        self._concepts: tuple[Words, Thesaurus, Labels] | None = None

    def suggest(self, typed: str, limit: int = MOST) -> tuple[Suggestion, ...]:
        """Return at most `limit` suggestions, kind by kind; what begins so first, then by documents."""
        found = list(tokens(typed))
        if not found or len(found) > MOST_WORDS or len(found[-1].folded) < LEAST_LETTERS:
            return ()
        words = self._words.words()
        documents, concepts = self._labels(words)
        beginnings = [token.folded for token in found]
        rank = _ranking(beginnings[0])
        labels = [*self._occurring(concepts.with_words(beginnings), rank), *documents.with_words(beginnings)]
        labels += self._completed(typed, found, words)
        own = label_key(typed)
        fresh = (label for label in labels if label_key(label.text) != own)
        return tuple(Suggestion(label.kind, label.text) for label in _chosen(fresh, rank, min(limit, MOST)))

    def _labels(self, words: Words) -> tuple[Labels, Labels]:
        """Return the labels of documents and of the thesaurus, gathered anew after a change."""
        state = (self._readership.archive.last_change(), self._readership.today())
        with self._gathering:
            if self._documents is None or self._documents[0] != state:
                self._documents = (state, Labels(labels_of_documents(self._readership)))
            together, made = self._thesaurus.thesauri().together, self._concepts
            if made is None or made[0] is not words or made[1] is not together:
                made = (words, together, Labels(labels_of_thesaurus(together, words.often)))
                self._concepts = made
            return self._documents[1], made[2]

    def _occurring(self, concepts: Iterable[Label], rank: Ranking) -> Iterator[Label]:
        """Yield the likeliest concepts, without those that occur in no document that may be read any more."""
        likely = nsmallest(_LOOKED_AT, concepts, key=rank)
        written = self._wording.written(
            {word: None for label in likely for word in label_key(label.text).split()}
        )
        return (label for label in likely if all(word in written for word in label_key(label.text).split()))

    def _completed(self, typed: str, found: Sequence[Token], words: Words) -> Iterator[Label]:
        """Yield what was typed with its last word completed, where a document has all of it."""
        last = found[-1]
        likely = words.beginning_with(last.folded, _LOOKED_AT, _LEAST_OFTEN)
        before = tuple(token.folded for token in found[:-1])
        likely = [token for token in likely if not before or self._together((*before, token))]
        for token, surface in self._wording.written(likely).items():
            yield Label(Kind.WORD, f"{typed[: last.start]}{surface}{typed[last.end :]}", words.often(token))

    def _together(self, folded: Iterable[str]) -> bool:
        engine = self._live.engine()
        clause = ask.All((WHOLE, *map(as_it_stands, folded)))
        try:
            return engine is not None and engine.search(Request(clause, limit=0)).total > 0
        except DamagedError as damage:
            self._live.condemn(damage)
            return False


def _chosen(labels: Iterable[Label], rank: Ranking, limit: int) -> list[Label]:
    """Choose the first by rank, each wording once, some of every kind; in the order of kinds."""
    ordered = sorted(labels, key=rank)
    different = {label_key(label.text): label for label in reversed(ordered)}
    ordered = [label for label in ordered if different[label_key(label.text)] is label]
    given: Counter[Kind] = Counter()
    turns = []
    for label in ordered:
        turns.append(given[label.kind] // _OF_A_KIND)
        given[label.kind] += 1
    in_turn = sorted(range(len(ordered)), key=lambda number: (turns[number], number))[:limit]
    return [ordered[number] for number in sorted(in_turn)]


def _ranking(beginning: str) -> Ranking:
    """Rank by kind; what begins with the first word typed before what has it later on."""
    wanted = plain(beginning)

    def rank(label: Label) -> tuple[int, bool, int, int, str]:
        first = next(iter(tokens(label.text)), None)
        is_later = first is None or not plain(first.folded).startswith(wanted)
        return _ORDER[label.kind], is_later, -label.often, len(label.text), label.text

    return rank
