# mypy: disable-error-code="no-untyped-call"
"""Reading Whoosh: an index at one commit as the arrays that `bm25.py` works on.

What is stored with entries is read once a segment, posting lists when a token is first asked for.
Nothing is kept open.
"""

from __future__ import annotations

import pickle
import struct
import zlib
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path
from typing import Any, TypeAlias, TypeVar

import numpy as np
from whoosh.filedb.filestore import FileStorage
from whoosh.index import IndexError as WhooshIndexError
from whoosh.reading import CorruptIndexError

from index import engine as ask
from index.engine import Schema
from index.engines import stored
from index.engines.bm25 import Ids, Mask, Numbers, Values
from index.engines.counted_words import CountedWords, added_up
from index.engines.postings import Lists, load
from index.engines.spots import Words, spot
from index.engines.stored import Stored
from index.errors import DamagedError

T = TypeVar("T")
Read: TypeAlias = Callable[[Lists], tuple[Words, Words]]

LISTS = ".lists"
"""Ends the name of the file in a segment that has its posting lists."""

STORED = ".stored"
"""Ends the name of the file in a segment that has what is stored with its entries."""

MAX_CACHED_POSTINGS = 4_000_000
"""Posting lists are kept in memory up to so many places (16 bytes each), then all forgotten."""

UNREADABLE = (
    OSError, WhooshIndexError, CorruptIndexError, pickle.UnpicklingError, struct.error, zlib.error,
    EOFError, ValueError, KeyError, NameError, IndexError, AttributeError, AssertionError,
)  # fmt: skip
"""What Whoosh raises over files that are not what it wrote."""

_NOWHERE = np.zeros(0, dtype=np.int64), np.zeros(0)


@dataclass(frozen=True, slots=True)
class Segment:
    """What is stored with the entries of one segment, deleted or not, in order."""

    ids: tuple[str, ...]
    documents: tuple[str, ...]
    lengths: dict[str, Numbers]
    keywords: dict[str, Values]
    sorts: dict[str, tuple[str, ...]]
    lists: dict[str, Lists]
    words: dict[str, CountedWords]
    stored: Stored


def read_segments(folder: Path, reader: Any, schema: Schema, known: dict[str, Segment]) -> dict[str, Segment]:
    """Return the segments of a reader by name, those already known as they are: a segment never changes."""
    found = {}
    for leaf in _leaves(reader):
        name = leaf.segment().segment_id()
        found[name] = known.get(name) or _read_segment(folder, leaf, schema)
    return found


def read_lists(folder: Path, segment: Any, schema: Schema) -> dict[str, Lists]:
    """Return the posting lists of a segment by field."""
    names = (*schema.positions, *schema.bags)
    return dict(zip(names, load(*_place(folder, segment, LISTS), len(names)), strict=True))


def read_stored(folder: Path, segment: Any) -> Stored:
    """Return what is stored with the entries of a segment.

    Nothing for one that an earlier program made, which is searched until the index is built anew.
    """
    try:
        place = _place(folder, segment, STORED)
    except NameError:
        return stored.nothing(segment.doc_count_all())
    return stored.load(*place)


def _place(folder: Path, segment: Any, extension: str) -> tuple[Path, int, int]:
    """Return where a file of a segment lies: in which other one, from where on and how long."""
    files = segment.open_compound_file(FileStorage(str(folder)))
    offset, length = files.range(segment.make_filename(extension))
    files.close()
    return folder / segment.make_filename(segment.COMPOUND_EXT), offset, length


def _leaves(reader: Any) -> list[Any]:
    return [leaf for leaf, _ in reader.leaf_readers() if leaf.segment() is not None]


def _read_segment(folder: Path, leaf: Any, schema: Schema) -> Segment:
    entries = [leaf.stored_fields(number)["entry"] for number in range(leaf.doc_count_all())]
    lists = read_lists(folder, leaf.segment(), schema)
    return Segment(
        ids=tuple(entry[0] for entry in entries),
        documents=tuple(entry[1] for entry in entries),
        lengths={
            field: np.array([entry[4].get(field, 0) for entry in entries], dtype=np.float64)
            for field in (*schema.positions, *schema.bags)
        },
        keywords={
            field: _values([entry[2].get(field, ()) for entry in entries]) for field in schema.keywords
        },
        sorts={field: tuple(entry[3].get(field, "") for entry in entries) for field in schema.sorts},
        lists=lists,
        words={field: CountedWords(of_field) for field, of_field in lists.items()},
        stored=read_stored(folder, leaf.segment()),
    )


def _values(of_entries: Sequence[tuple[str, ...]]) -> Values:
    places: dict[str, int] = {}
    pairs = [
        (number, places.setdefault(value, len(places)))
        for number, values in enumerate(of_entries)
        for value in dict.fromkeys(values)
    ]
    entries, value_ids = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    return Values(tuple(places), entries, value_ids)


class WhooshSnapshot:
    """An index at one commit (see `answering.Snapshot`). Threads may share it."""

    def __init__(
        self, folder: Path, generation: int, reader: Any, schema: Schema, segments: dict[str, Segment]
    ) -> None:
        self._folder = folder
        self.generation = generation
        self._schema = schema
        self._segments: list[tuple[int, Segment]] = []
        self._ids: list[str] = []
        self._documents: list[str] = []
        live: list[Mask] = []
        for leaf in _leaves(reader):
            segment = segments[leaf.segment().segment_id()]
            self._segments.append((len(self._ids), segment))
            self._ids += segment.ids
            self._documents += segment.documents
            live.append(np.ones(len(segment.ids), dtype=np.bool_))
            live[-1][list(leaf.deleted_docs_set)] = False
        self.live: Mask = np.concatenate([np.zeros(0, dtype=np.bool_), *live])
        self._postings: dict[tuple[str, ...], tuple[Ids, Numbers]] = {}
        self._cached_postings = 0
        self._made: dict[tuple[str, str], Any] = {}

    def postings(self, field: str, token: str) -> tuple[Ids, Numbers]:
        return self._kept((field, token), lambda: self._read(field, lambda lists: lists.postings(token)))

    def phrase_counts(self, phrase: ask.Phrase) -> tuple[Ids, Numbers]:
        tokens, field = phrase.tokens, phrase.field
        if not tokens or field not in self._schema.positions:
            return _NOWHERE

        def read(lists: Lists) -> tuple[Words, Words]:
            return lists.near(tokens, phrase.slop, phrase.apart) if phrase.slop else lists.phrase(tokens)

        key = (field, f"{phrase.slop} {phrase.apart}", *tokens)
        return self._kept(key, lambda: self._read(field, read))

    def spots_in(self, field: str, tokens: Sequence[str], chosen: Mask) -> Iterator[tuple[Ids, Ids]]:
        if field not in self._schema.positions:
            return
        try:
            for number, token in enumerate(tokens):
                for offset, segment in self._segments:
                    spots = segment.lists[field].spots_in(token, chosen[offset : offset + len(segment.ids)])
                    if len(spots):
                        yield spots + spot(np.array(offset)), np.full(len(spots), number)
        except UNREADABLE as exc:
            raise DamagedError(self._folder) from exc

    def _kept(self, key: tuple[str, ...], read: Callable[[], tuple[Ids, Numbers]]) -> tuple[Ids, Numbers]:
        found = self._postings.get(key)
        if found is None:
            try:
                found = read()
            except UNREADABLE as exc:
                raise DamagedError(self._folder) from exc
            if self._cached_postings > MAX_CACHED_POSTINGS:
                self._postings, self._cached_postings = {}, 0
            self._postings[key] = found
            self._cached_postings += len(found[0]) + 1
        return found

    def _read(self, field: str, read: Read) -> tuple[Ids, Numbers]:
        """Read the lists of a field in all segments, without deleted entries."""
        numbers, counts = [], []
        for offset, segment in self._segments:
            if field in segment.lists:
                entries, often = read(segment.lists[field])
                if len(entries):
                    numbers.append(entries.astype(np.int64) + offset)
                    counts.append(often.astype(np.float64))
        if not numbers:
            return _NOWHERE
        found = np.concatenate(numbers)
        live = self.live[found]
        return found[live], np.concatenate(counts)[live]

    def vocabulary(self, field: str, counted: Mask) -> Mapping[str, int]:
        """Return the tokens of a field, with how many of the entries that count have each; none without."""
        try:
            return added_up(
                [
                    segment.words[field].frequencies(counted[offset : offset + len(segment.ids)])
                    for offset, segment in self._segments
                    if field in segment.words
                ]
            )
        except UNREADABLE as exc:
            raise DamagedError(self._folder) from exc

    def lengths(self, field: str) -> Numbers:
        parts = (segment.lengths[field] for _, segment in self._segments if field in segment.lengths)
        return self._once(("lengths", field), lambda: np.concatenate([np.zeros(0), *parts]))

    def keyword(self, field: str) -> Values | None:
        if field not in self._schema.keywords:
            return None
        return self._once(("keyword", field), lambda: self._joined_values(field))

    def sort_ranks(self, field: str) -> Numbers:
        values = (
            value
            for _, segment in self._segments
            for value in segment.sorts.get(field, ("",) * len(segment.ids))
        )
        return self._once(("sort", field), lambda: _ranks(list(values)))

    def document_ranks(self) -> Numbers:
        return self._once(("sort", ""), lambda: _ranks(self._documents))

    def entry(self, number: int) -> tuple[str, str]:
        return self._ids[number], self._documents[number]

    def stored(self, number: int) -> bytes:
        offset, segment = self._segments[bisect_right(self._segments, number, key=itemgetter(0)) - 1]
        try:
            return segment.stored[number - offset]
        except UNREADABLE as exc:
            raise DamagedError(self._folder) from exc

    def _once(self, key: tuple[str, str], make: Callable[[], T]) -> T:
        if key not in self._made:
            self._made[key] = make()
        made: T = self._made[key]
        return made

    def _joined_values(self, field: str) -> Values:
        places: dict[str, int] = {}
        entries, value_ids = [], []
        for offset, segment in self._segments:
            values = segment.keywords[field]
            new_ids = [places.setdefault(value, len(places)) for value in values.values]
            entries.append(values.entries + offset)
            value_ids.append(np.array(new_ids, dtype=np.int64)[values.value_ids])
        none = np.zeros(0, dtype=np.int64)
        return Values(tuple(places), np.concatenate([none, *entries]), np.concatenate([none, *value_ids]))


def _ranks(values: Sequence[str]) -> Numbers:
    order = {value: float(rank) for rank, value in enumerate(sorted({*values}))}
    return np.array([order[value] if value else np.nan for value in values], dtype=np.float64)
