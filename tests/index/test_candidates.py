"""Which pairs of words may be links: counted exactly, whatever shares a place in the table."""

from __future__ import annotations

from collections import Counter
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import candidates as counting
from index.candidates import LEAST_SHARE, candidates
from index.segments import Gathering, Segments

segments_ = st.lists(
    st.tuples(
        st.lists(st.integers(0, 60).map(str), min_size=1, max_size=6),
        st.lists(st.integers(0, 60).map(str), min_size=1, max_size=6),
    ),
    max_size=40,
)


def gather(pairs: list[tuple[list[str], list[str]]]) -> Segments:
    gathering = Gathering()
    for source, target in pairs:
        gathering.add(source, target)
    return gathering.segments()


def found(segments: Segments) -> dict[tuple[str, str], int]:
    codes, counts = candidates(segments)
    of, to = segments.source.vocabulary, segments.target.vocabulary
    return {
        (of[code // len(to)], to[code % len(to)]): count
        for code, count in zip(codes.tolist(), counts.tolist(), strict=True)
    }


def expected(pairs: list[tuple[list[str], list[str]]]) -> dict[tuple[str, str], int]:
    alike = {(*map(tuple, map(sorted, pair)),) for pair in pairs}
    together = Counter(both for source, target in alike for both in product({*source}, {*target}))
    source = Counter(word for words, _ in alike for word in {*words})
    target = Counter(word for _, words in alike for word in {*words})
    return {
        pair: count
        for pair, count in together.items()
        if count**2 >= LEAST_SHARE * source[pair[0]] * target[pair[1]]
    }


@given(segments_)
def test_pairs_are_counted_by_segments(pairs: list[tuple[list[str], list[str]]]) -> None:
    assert found(gather(pairs)) == expected(pairs)


@pytest.mark.parametrize(("name", "value"), [("MOST_PLACES", 1024), ("MERGED_AT_ONCE", 3)])
def test_neither_a_small_table_nor_small_steps_change_the_counts(
    monkeypatch: pytest.MonkeyPatch, name: str, value: float
) -> None:
    pairs = [([str(n), str(n % 7)], [str(n % 5), str(n % 11)]) for n in range(300)]
    monkeypatch.setattr(counting, "LEAST_SHARE", 0.015)
    whole = found(gather(pairs))
    monkeypatch.setattr(counting, name, value)
    assert found(gather(pairs)) == whole
    assert 0 < len(whole) < len({(a, b) for source, target in pairs for a in source for b in target})
