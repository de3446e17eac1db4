"""What is counted of a segment is the same whether it is counted anew or put right."""

from __future__ import annotations

from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.engines.counted_words import CountedWords, added_up
from index.engines.postings import Gathering

ENTRIES = ["stadt energie", "stadt", "энергия город", "energie energie wasser", ""]
chosen = st.lists(st.booleans(), min_size=len(ENTRIES), max_size=len(ENTRIES))


@given(st.lists(chosen, min_size=1, max_size=6))
def test_what_counts_may_change(masks: list[list[bool]]) -> None:
    gathering = Gathering(places=True)
    for number, text in enumerate(ENTRIES):
        if text:
            gathering.add(number, text.split())
    words = CountedWords(gathering.lists())
    before = []
    for mask in masks:
        found = words.frequencies(np.array(mask, dtype=np.bool_))
        kept = [text for text, counts in zip(ENTRIES, mask, strict=True) if counts]
        assert found == Counter(word for text in kept for word in {*text.split()})
        before.append((found, dict(found)))
    assert all(found == copy for found, copy in before), "what was given stays as it was"


def test_parts_are_added_up_and_left_alone() -> None:
    one, other = {"a": 1, "b": 2}, {"b": 3}
    assert added_up([one, other, {}]) == {"a": 1, "b": 5}
    assert (one, other) == ({"a": 1, "b": 2}, {"b": 3})
    assert added_up([one]) is one
    assert added_up([]) == {}
