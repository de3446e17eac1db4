"""Reading Whoosh: an index at one commit as the arrays that `bm25.py` works on.

What is stored with entries is read once a segment, posting lists when a token is first asked for.
"""

from __future__ import annotations

import pickle
import struct
import threading
import zlib
from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import reduce
from pathlib import Path
from typing import Any, TypeAlias, TypeVar

import numpy as np
from whoosh.index import IndexError as WhooshIndexError
from whoosh.reading import CorruptIndexError, TermNotFound

from index.engine import Schema
from index.engines.bm25 import Ids, Mask, Numbers, Values
from index.errors import DamagedError

T = TypeVar("T")
Places: TypeAlias = "array[int]"

PLACE_TYPE = "I"
"""How a place in a field is written, as a type code of `array`."""

MAX_CACHED_POSTINGS = 4_000_000
"""Posting lists are kept in memory up to so many places (16 bytes each), then all forgotten."""

UNREADABLE = (
    OSError, WhooshIndexError, CorruptIndexError, pickle.UnpicklingError, struct.error, zlib.error,
    EOFError, ValueError, KeyError, IndexError, AttributeError, AssertionError,
)  # fmt: skip
"""What Whoosh raises over files that are not what it wrote."""


@dataclass(frozen=True, slots=True)
class Segment:
    """What is stored with the entries of one segment, deleted or not, in order."""

    ids: tuple[str, ...]
    documents: tuple[str, ...]
    lengths: dict[str, Numbers]
    keywords: dict[str, Values]
    sorts: dict[str, tuple[str, ...]]


def read_segments(reader: Any, schema: Schema, known: dict[str, Segment]) -> dict[str, Segment]:
    """Return the segments of a reader by name, those already known as they are: a segment never changes."""
    found = {}
    for leaf, _ in reader.leaf_readers():
        if leaf.segment() is not None:
            name = leaf.segment().segment_id()
            found[name] = known.get(name) or _read_segment(leaf, schema)
    return found


def _read_segment(leaf: Any, schema: Schema) -> Segment:
    stored = [leaf.stored_fields(number)["entry"] for number in range(leaf.doc_count_all())]
    return Segment(
        ids=tuple(entry[0] for entry in stored),
        documents=tuple(entry[1] for entry in stored),
        lengths={
            field: np.array([entry[4].get(field, 0) for entry in stored], dtype=np.float64)
            for field in (*schema.positions, *schema.bags)
        },
        keywords={field: _values([entry[2].get(field, ()) for entry in stored]) for field in schema.keywords},
        sorts={field: tuple(entry[3].get(field, "") for entry in stored) for field in schema.sorts},
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
    """An index at one commit (see `bm25.Snapshot`). Threads may share it."""

    def __init__(
        self, folder: Path, generation: int, reader: Any, schema: Schema, segments: dict[str, Segment]
    ) -> None:
        self._folder = folder
        self.generation = generation
        self._reader = reader
        self._schema = schema
        self._leaves = [
            (leaf, offset, segments[leaf.segment().segment_id()])
            for leaf, offset in reader.leaf_readers()
            if leaf.segment() is not None
        ]
        self._ids = [name for _, _, segment in self._leaves for name in segment.ids]
        self._documents = [name for _, _, segment in self._leaves for name in segment.documents]
        self._reading = threading.Lock()  # Whoosh's files have one place to read at
        self._postings: dict[tuple[str, ...], tuple[Ids, Numbers]] = {}
        self._cached_postings = 0
        self._made: dict[tuple[str, str], Any] = {}
        self.live = self._find_live()

    def close(self) -> None:
        """Close the files."""
        self._reader.close()

    def postings(self, field: str, token: str) -> tuple[Ids, Numbers]:
        return self._kept((field, token), lambda: self._read_postings(f"t_{field}", token))

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

    def _read_postings(self, field: str, token: str) -> tuple[Ids, Numbers]:
        numbers: list[int] = []
        counts: list[float] = []
        with self._reading:
            for leaf, offset, _ in self._leaves:
                try:
                    matcher = leaf.postings(field, token.encode())
                except TermNotFound:
                    continue
                while matcher.is_active():
                    numbers.append(matcher.id() + offset)
                    counts.append(matcher.weight())
                    matcher.next()
        return np.array(numbers, dtype=np.int64), np.array(counts, dtype=np.float64)

    def phrase_counts(self, field: str, tokens: Sequence[str]) -> tuple[Ids, Numbers]:
        return self._kept((field, "", *tokens), lambda: self._count_phrase(field, tokens))

    def _count_phrase(self, field: str, tokens: Sequence[str]) -> tuple[Ids, Numbers]:
        if not tokens or field not in self._schema.positions:
            return np.zeros(0, dtype=np.int64), np.zeros(0)
        together = reduce(np.intersect1d, [self.postings(field, token)[0] for token in tokens])
        with self._reading:
            of_tokens = [self._read_positions(f"t_{field}", token, together) for token in tokens]
        runs = [_count_runs([places[number] for places in of_tokens]) for number in together.tolist()]
        counts = np.array(runs, dtype=np.float64)
        return together[counts > 0], counts[counts > 0]

    def _read_positions(self, field: str, token: str, entries: Ids) -> dict[int, Places]:
        found: dict[int, Places] = {}
        for leaf, offset, segment in self._leaves:
            wanted = entries[(entries >= offset) & (entries < offset + len(segment.ids))] - offset
            if not len(wanted):
                continue
            matcher = leaf.postings(field, token.encode())
            for number in wanted.tolist():
                matcher.skip_to(number)
                found[number + offset] = array(PLACE_TYPE, matcher.value())
        return found

    def lengths(self, field: str) -> Numbers:
        parts = (segment.lengths[field] for _, _, segment in self._leaves if field in segment.lengths)
        return self._once(("lengths", field), lambda: np.concatenate([np.zeros(0), *parts]))

    def keyword(self, field: str) -> Values | None:
        if field not in self._schema.keywords:
            return None
        return self._once(("keyword", field), lambda: self._joined_values(field))

    def sort_ranks(self, field: str) -> Numbers:
        values = (value for _, _, segment in self._leaves for value in segment.sorts[field])
        return self._once(("sort", field), lambda: _ranks(list(values)))

    def document_ranks(self) -> Numbers:
        return self._once(("sort", ""), lambda: _ranks(self._documents))

    def entry(self, number: int) -> tuple[str, str]:
        return self._ids[number], self._documents[number]

    def _once(self, key: tuple[str, str], make: Callable[[], T]) -> T:
        if key not in self._made:
            self._made[key] = make()
        made: T = self._made[key]
        return made

    def _find_live(self) -> Mask:
        live = np.ones(len(self._ids), dtype=np.bool_)
        for leaf, offset, _ in self._leaves:
            for number in leaf.deleted_docs_set:
                live[number + offset] = False
        return live

    def _joined_values(self, field: str) -> Values:
        places: dict[str, int] = {}
        entries, value_ids = [], []
        for _, offset, segment in self._leaves:
            values = segment.keywords[field]
            new_ids = [places.setdefault(value, len(places)) for value in values.values]
            entries.append(values.entries + offset)
            value_ids.append(np.array(new_ids, dtype=np.int64)[values.value_ids])
        none = np.zeros(0, dtype=np.int64)
        return Values(tuple(places), np.concatenate([none, *entries]), np.concatenate([none, *value_ids]))


def _count_runs(places: Sequence[Places]) -> int:
    """Count the places where one token follows the other."""
    starts = {*places[0]}
    for step, later in enumerate(places[1:], 1):
        starts.intersection_update([place - step for place in later])
    return len(starts)


def _ranks(values: Sequence[str]) -> Numbers:
    order = {value: float(rank) for rank, value in enumerate(sorted({*values}))}
    return np.array([order[value] if value else np.nan for value in values], dtype=np.float64)
