"""Posting lists in a file: what goes in comes out, and damage is told from it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from zlib import crc32

import numpy as np
import pytest

from index.engines.postings import Gathering, Lists, load, save

TEXTS = {0: "der rat der stadt", 2: "die stadt und der rat", 3: "rat rat rat", 7: "ёлка der rat"}


def lists_of(texts: dict[int, str], *, places: bool = True) -> Lists:
    gathering = Gathering(places=places)
    for entry, text in texts.items():
        gathering.add(entry, text.split())
    return gathering.lists()


def counts(found: tuple[Sequence[int], Sequence[int]]) -> dict[int, int]:
    return dict(zip(*map(list, found), strict=True))


@pytest.fixture
def written(tmp_path: Path) -> list[Lists]:
    """A field with order and one without, behind other bytes in a file."""
    path = tmp_path / "lists"
    save(path, [lists_of(TEXTS), lists_of(TEXTS, places=False)])
    content = path.read_bytes()
    path.write_bytes(b"odd" + content + b"more")
    return load(path, 3, len(content), 2)


def test_tokens_are_found_with_how_often_they_stand_where(written: list[Lists]) -> None:
    for lists in written:
        assert counts(lists.postings("der")) == {0: 2, 2: 1, 7: 1}
        assert counts(lists.postings("rat")) == {0: 1, 2: 1, 3: 3, 7: 1}
        assert counts(lists.postings("ёлка")) == {7: 1}
        assert [counts(lists.postings(each)) for each in ("", "de", "derr", "zzz", "яяя")] == [{}] * 5
        assert b" ".join(lists.all_tokens()).decode() == "der die rat stadt und ёлка"


def test_tokens_with_the_same_checksum_are_told_apart() -> None:
    assert crc32(b"plumless") == crc32(b"buckeroo")
    lists = lists_of({0: "plumless", 1: "buckeroo rat"})
    assert [counts(lists.postings(each)) for each in ("plumless", "buckeroo")] == [{0: 1}, {1: 1}]
    assert counts(lists_of({0: "plumless"}).postings("buckeroo")) == {}


def test_phrases_are_tokens_side_by_side(written: list[Lists]) -> None:
    lists = written[0]
    assert counts(lists.phrase(["der", "rat"])) == {0: 1, 2: 1, 7: 1}
    assert counts(lists.phrase(["rat", "der", "stadt"])) == {0: 1}
    assert counts(lists.phrase(["rat", "rat"])) == {3: 2}
    assert counts(lists.phrase(["stadt", "rat"])) == {}
    assert counts(lists.phrase(["rat", "nie"])) == counts(lists.phrase(["nie", "rat"])) == {}


def test_nothing_makes_lists_without_tokens(tmp_path: Path) -> None:
    path = tmp_path / "lists"
    save(path, [lists_of({})])
    (lists,) = load(path, 0, path.stat().st_size, 1)
    assert lists.all_tokens() == []
    assert counts(lists.postings("der")) == {}
    assert counts(lists.phrase(["der", "rat"])) == {}


@pytest.mark.parametrize("places", [True, False])
def test_joined_lists_are_those_of_all_entries_that_are_left(*, places: bool) -> None:
    gathering = Gathering(places=places)
    gathering.add_lists(lists_of(TEXTS, places=places), np.array([0, -1, -1, 1, -1, -1, -1, 2]))
    gathering.add_lists(lists_of({0: "und der rest", 1: "weg"}, places=places), np.array([3, -1]))
    joined = gathering.lists()
    alone = lists_of({0: TEXTS[0], 1: TEXTS[3], 2: TEXTS[7], 3: "und der rest"}, places=places)
    assert [array.tolist() for array in joined] == [array.tolist() for array in alone]
    assert b"weg" not in joined.all_tokens()


def test_a_file_of_another_length_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "lists"
    save(path, [lists_of(TEXTS)])
    content = path.read_bytes()
    for damaged in (content[:-1], content[:-4], content + bytes(4), content[:4], bytes(8), b""):
        path.write_bytes(damaged)
        with pytest.raises((ValueError, IndexError)):
            load(path, 0, len(damaged), 1)


def test_counts_that_contradict_each_other_cost_no_memory() -> None:
    lists = lists_of(TEXTS)
    damaged = lists._replace(counts=lists.counts + 4_000_000_000)
    with pytest.raises(ValueError, match="contradict"):
        damaged.phrase(["der", "rat"])
    with pytest.raises(ValueError, match="contradict"):
        Gathering(places=True).add_lists(damaged, np.arange(8))
