"""Find documents that are translations of one another by what their words mean.

Each document is a vector of its words, the rarer the heavier. Translated word by word into the other
language, a document is nearest to its translation; both have to find each other, clearly before any third.

Source: Levow, Oard and Resnik 2005, Dictionary-based techniques for cross-language information retrieval (the
translation of vectors by probabilities); Uszkoreit et al. 2010, Large scale parallel document mining.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, TypeAlias

import numpy as np
from scipy import sparse

from index.chunks import Floats
from index.lesson import Text
from index.lexical import keys_of
from index.text import is_cyrillic, surfaces

LEAST_SIMILARITY = 0.2
"""Documents that are less alike are no translations of one another."""

LEAST_LEAD = 1.05
"""So many times more alike than either is with any third document."""

LEAST_KEYS = 10
"""A document of fewer different words has too little to be told by."""

SHOWN_WORDS = 8
_ROWS = 256

Matrix: TypeAlias = Any
"""A sparse matrix; scipy has no types."""

Translations = Callable[[str, str, str], Iterable[tuple[str, float]]]
"""Returns what a key of a language is in another, with probabilities."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two documents that find each other, by identifier, `source` in the language that comes first.

    `similarity` is a cosine, `lead` how many times more alike they are than either with any third document;
    `words` are keys in the target's language that speak most for it.
    """

    source: str
    target: str
    languages: tuple[str, str]
    similarity: float
    lead: float
    words: tuple[str, ...]

    @property
    def documents(self) -> frozenset[str]:
        """Return the two documents."""
        return frozenset((self.source, self.target))

    @property
    def is_sure(self) -> bool:
        """Tell whether they can be taken for translations without being looked at."""
        return self.similarity >= LEAST_SIMILARITY and self.lead >= LEAST_LEAD


@dataclass(frozen=True, slots=True)
class _Side:
    """The documents of one language as rows, their words as columns; rows have length 1."""

    language: str
    documents: tuple[str, ...]
    places: Mapping[str, int]
    rows: Matrix
    rarity: Floats


def find_pairs(
    texts: Iterable[Text],
    translations: Translations,
    known: Collection[frozenset[str]] = (),
    refused: Collection[frozenset[str]] = (),
) -> tuple[Likeness, ...]:
    """Return the documents that find each other, those in which the archive can be sure and others.

    Args:
        texts: of all documents, each in its main language.
        translations: what is known of words.
        known: pairs that are known; their documents are not looked at again for that language.
        refused: pairs that are none. Either document may find another, but has to lead over this one, too.
    """
    by_language: dict[str, list[tuple[str, Counter[str]]]] = {}
    for text in texts:
        words = Counter(keys_of([word for _, page in text.pages for word in surfaces(page)], text.language))
        if len(words) >= LEAST_KEYS:
            by_language.setdefault(text.language, []).append((text.document, words))
    spoken = {document: code for code, found in by_language.items() for document, _ in found}
    paired = {
        (document, spoken[other])
        for pair in known
        for document in pair
        for other in pair
        if other in spoken and other != document
    }
    sides = {code: _side(code, found) for code, found in sorted(by_language.items())}
    return tuple(
        likeness
        for one, other in combinations(sides.values(), 2)
        for likeness in _between(one, other, translations, paired, refused)
    )


def _side(language: str, documents: Sequence[tuple[str, Counter[str]]]) -> _Side:
    documents = sorted(documents, key=lambda each: each[0])
    places: dict[str, int] = {}
    having = Counter(key for _, words in documents for key in words)
    for key in sorted(having):
        places[key] = len(places)
    rarity = np.log1p(len(documents) / np.array([having[key] for key in places], dtype=np.float64))
    rows, columns, weights = [], [], []
    for number, (_, words) in enumerate(documents):
        for key, count in sorted(words.items()):
            rows.append(number)
            columns.append(places[key])
            weights.append(np.log1p(count) * rarity[places[key]])
    matrix = sparse.csr_matrix((weights, (rows, columns)), shape=(len(documents), len(places)))
    return _Side(language, tuple(name for name, _ in documents), places, _unit(matrix), rarity)


def _between(
    one: _Side,
    other: _Side,
    translations: Translations,
    paired: Collection[tuple[str, str]],
    refused: Collection[frozenset[str]],
) -> Iterator[Likeness]:
    there, back = _table(one, other, translations), _table(other, one, translations)
    one_there, other_back = _unit(one.rows @ there), _unit(other.rows @ back)
    free_rows = np.array([(name, other.language) not in paired for name in one.documents])
    free_columns = np.array([(name, one.language) not in paired for name in other.documents])
    best = _Best(len(one.documents), len(other.documents))
    barred = tuple(_places(one, other, refused))
    for start in range(0, len(one.documents), _ROWS):
        chunk = slice(start, start + _ROWS)
        alike = (one_there[chunk] @ other.rows.T + one.rows[chunk] @ other_back.T).toarray() / 2
        alike[~free_rows[chunk]] = 0
        alike[:, ~free_columns] = 0
        for row, column in barred:
            if start <= row < start + len(alike):
                best.bar(row, column, float(alike[row - start, column]))
                alike[row - start, column] = 0
        best.see(start, alike)
    names = tuple(other.places)
    for row, column, similarity, lead in best.mutual():
        speaking = one_there[row].multiply(other.rows[column]).tocoo()
        order = sorted(zip(-speaking.data, speaking.col, strict=True))[:SHOWN_WORDS]
        yield Likeness(
            one.documents[row],
            other.documents[column],
            (one.language, other.language),
            round(similarity, 4),
            round(lead, 4),
            tuple(names[place] for _, place in order),
        )


def _places(one: _Side, other: _Side, pairs: Collection[frozenset[str]]) -> Iterator[tuple[int, int]]:
    """Yield row and column of those of the pairs that are between the two sides."""
    rows = {name: number for number, name in enumerate(one.documents)}
    columns = {name: number for number, name in enumerate(other.documents)}
    for pair in pairs:
        for source in pair & rows.keys():
            for target in pair & columns.keys():
                yield rows[source], columns[target]


def _table(source: _Side, target: _Side, translations: Translations) -> Matrix:
    """Return what each word of one side is on the other, by rows."""
    rows, columns, weights = [], [], []
    for key, row in source.places.items():
        found = dict(translations(key, source.language, target.language))
        if key in target.places and not is_cyrillic(key):  # names, abbreviations, terms
            found[key] = max(1.0, found.get(key, 0.0))
        for translation, probability in found.items():
            if translation in target.places:
                rows.append(row)
                columns.append(target.places[translation])
                weights.append(probability)
    return sparse.csr_matrix((weights, (rows, columns)), shape=(len(source.places), len(target.places)))


def _unit(matrix: Matrix) -> Matrix:
    lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    return sparse.diags(np.divide(1.0, lengths, out=np.zeros_like(lengths), where=lengths > 0)) @ matrix


class _Best:
    """The most and second most alike of each row and column, as rows come by."""

    def __init__(self, rows: int, columns: int) -> None:
        self._of_rows = np.full(rows, -1)
        self._row_values = np.zeros((rows, 2))
        self._of_columns = np.full(columns, -1)
        self._column_values = np.zeros((columns, 2))
        self._barred_rows: dict[int, float] = {}
        self._barred_columns: dict[int, float] = {}

    def bar(self, row: int, column: int, value: float) -> None:
        """Note how alike two are that are not to be found; any other has to be more so."""
        self._barred_rows[row] = max(value, self._barred_rows.get(row, 0.0))
        self._barred_columns[column] = max(value, self._barred_columns.get(column, 0.0))

    def see(self, start: int, alike: Floats) -> None:
        """Take the next rows, from `start` on."""
        if not alike.size:
            return
        end = start + len(alike)
        self._of_rows[start:end] = alike.argmax(axis=1)
        self._row_values[start:end] = _two_largest(alike)
        tops = _two_largest(alike.T)
        better = tops[:, 0] > self._column_values[:, 0]
        self._of_columns[better] = alike.argmax(axis=0)[better] + start
        together = np.concatenate([self._column_values, tops], axis=1)
        self._column_values = _two_largest(together)

    def mutual(self) -> Iterator[tuple[int, int, float, float]]:
        """Yield rows and columns that find each other, how alike they are, and how much more so."""
        for row, column in enumerate(self._of_rows.tolist()):
            best = float(self._row_values[row, 0]) if column >= 0 else 0.0
            if best > 0 and self._of_columns[column] == row:
                second = max(
                    float(self._row_values[row, 1]),
                    float(self._column_values[column, 1]),
                    self._barred_rows.get(row, 0.0),
                    self._barred_columns.get(column, 0.0),
                )
                yield row, column, best, best / second if second else np.inf


def _two_largest(values: Floats) -> Floats:
    """Return the largest and second largest value of each row; 0 where there is none."""
    if values.shape[1] < 2:
        padded = np.zeros((values.shape[0], 2))
        padded[:, : values.shape[1]] = values
        return padded
    return -np.sort(np.partition(-values, 1, axis=1)[:, :2], axis=1)
