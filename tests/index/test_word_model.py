"""What words stand for: learned from translations, the same whatever their order."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index import chunks
from index.segments import MOST_WORDS, Gathering, Segments
from index.word_model import WordModel

PAIRS = [
    ("stadt wärme netz", "город тепло сеть"),
    ("stadt verkehr", "город транспорт"),
    ("wärme verlust", "тепло потеря"),
    ("netz verlust stadt", "сеть потеря город"),
    ("verkehr netz", "транспорт сеть"),
]


def gather(pairs: list[tuple[str, str]]) -> Segments:
    gathering = Gathering()
    for source, target in pairs:
        gathering.add(source.split(), target.split())
    return gathering.segments()


def learn(pairs: list[tuple[str, str]]) -> dict[tuple[str, str], float]:
    segments = gather(pairs)
    links = WordModel(segments).learn()
    of, to = segments.source.vocabulary, segments.target.vocabulary
    return {
        (of[source], to[target]): float(count)
        for source, target, count in zip(links.source, links.target, links.count, strict=True)
    }


def test_each_word_is_linked_to_its_translation_most() -> None:
    links = learn(PAIRS)
    right = {"stadt": "город", "wärme": "тепло", "netz": "сеть", "verkehr": "транспорт", "verlust": "потеря"}
    for source, target in right.items():
        best = max((count, to) for (of, to), count in links.items() if of == source)
        assert best[1] == target


def test_a_word_with_two_translations_keeps_both() -> None:
    links = learn([("haus alt", "дом старый"), ("haus neu", "здание новый"), *PAIRS, ("haus", "дом")])
    assert links["haus", "дом"] > links["haus", "здание"] > 0.2


def test_a_segment_counts_once_however_often_it_is_repeated() -> None:
    assert learn(PAIRS + PAIRS[:1] * 20) == learn(PAIRS)


def test_nothing_is_learned_from_nothing() -> None:
    assert learn([]) == {}
    assert learn([("stadt", ""), ("", "город")]) == {}


words = st.lists(st.sampled_from(["stadt", "netz", "wärme", "haus", "rat"]), max_size=6).map(" ".join)
others = st.lists(st.sampled_from(["город", "сеть", "тепло", "дом", "совет"]), max_size=6).map(" ".join)


@settings(max_examples=50)
@given(
    st.lists(st.tuples(words, others), max_size=12).flatmap(
        lambda all_: st.tuples(st.just(all_), st.permutations(all_))
    )
)
def test_what_is_learned_is_the_same_bit_by_bit_in_any_order(
    orders: tuple[list[tuple[str, str]], list[tuple[str, str]]],
) -> None:
    one, other = map(learn, orders)
    assert one == other


def test_chunks_change_nothing_but_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = learn(PAIRS)
    monkeypatch.setattr(chunks, "PAIRS", 5)
    assert learn(PAIRS) == pytest.approx(whole)


def test_occasions_tell_where_a_link_was_seen() -> None:
    segments = gather(PAIRS)
    model = WordModel(segments)
    links = model.learn()
    seen = {
        PAIRS[segments.number[segment]]
        for occasion in model.occasions(links)
        for link, segment in zip(occasion.link, occasion.segment, strict=True)
        if segments.source.vocabulary[links.source[link]] == "verlust"
        and segments.target.vocabulary[links.target[link]] == "потеря"
    }
    assert seen == {PAIRS[2], PAIRS[3]}


def test_a_segment_without_end_is_cut() -> None:
    gathering = Gathering()
    gathering.add([f"w{n}" for n in range(500)], [f"с{n}" for n in range(450)])
    gathering.add([f"w{n}" for n in range(50000)], [f"с{n}" for n in range(50000)])
    segments = gathering.segments()
    assert max(segments.source.lengths()) <= MOST_WORDS
    assert {*segments.number.tolist()} == {0}


def test_segments_are_numbered_as_they_were_added() -> None:
    segments = gather([("", ""), ("b", "б"), ("a", "а")])
    assert sorted(segments.number.tolist()) == [1, 2]
    first = int(np.flatnonzero(segments.number == 2)[0])
    assert segments.source.vocabulary[segments.source.words[segments.source.starts[first]]] == "a"
