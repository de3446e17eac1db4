"""Records tell of an entry what a plain look at its tokens tells."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from index.engine import Entry, Schema
from index.engines.records import LONG, Records, fields_of, record_of
from index.engines.spots import spot

SCHEMA = Schema(positions=("text", "keys"), bags=("title",), keywords=("kind",), sorts=())
FIELDS = fields_of(SCHEMA)
LETTERS = "ab¶äя日"


def entry(seed: int) -> Entry:
    choose = random.Random(seed)
    words = ["".join(choose.choices(LETTERS, k=choose.randint(1, 4))) for _ in range(40)]
    texts = {field: " ".join(choose.choices(words, k=choose.randint(0, 300))) for field in FIELDS}
    texts["keys"] = f"  {texts['keys']}  ¶  ¶ "
    return Entry(
        f"d{seed}/*", f"d{seed}", texts, {"kind": ("ä", "b")[: seed % 3]}, {"name": f"n\n{seed}"}, bytes(seed)
    )


@pytest.fixture
def entries() -> list[Entry]:
    return [*map(entry, range(20)), Entry("empty", "e")]


@pytest.fixture
def records(entries: list[Entry], tmp_path: Path) -> Records:
    written = [record_of(each, SCHEMA) for each in entries]
    (tmp_path / "records").write_bytes(b"".join(each.content for each in written))
    return Records(tmp_path / "records", SCHEMA, sum(each.length for each in written))


def tokens(entries: list[Entry]) -> set[tuple[str, str]]:
    return {
        (field, token) for each in entries for field, text in each.tokens.items() for token in text.split()
    }


def test_records_tell_how_often_a_token_stands_in_a_field_and_where(
    entries: list[Entry], records: Records
) -> None:
    wanted = tokens(entries) | {("text", "nowhere"), ("unknown", "a"), ("text", ""), ("text", "a b")}
    chosen = np.arange(len(entries)) % 2 == 0
    some = records.some(records.all_starts(), wanted)
    for field, token in wanted:
        texts = [each.tokens.get(field, "").split() for each in entries] if field in FIELDS else []
        counts = [Counter(text)[token] for text in texts]
        assert some.have(field, token) == any(counts)
        if any(counts):
            assert some.counts(field, token).tolist() == counts
        places = [
            spot(np.array([number]), np.array([place])).item()
            for number, text in enumerate(texts)
            for place, each in enumerate(text)
            if each == token
        ]
        assert some.spots(field, token).tolist() == places
        assert some.spots(field, token, chosen).tolist() == [each for each in places if chosen[each >> 32]]


def test_records_tell_what_else_is_known(entries: list[Entry], records: Records) -> None:
    numbers = [3, 0, 20, 7]
    starts = records.all_starts()
    some = records.some([starts[number] for number in numbers])
    assert len(starts) == len(entries)
    assert [some.name(at) for at in range(4)] == [(entries[n].document, entries[n].id) for n in numbers]
    assert [some.keywords(at) for at in range(4)] == [
        {field: [*values] for field, values in entries[number].keywords.items()} for number in numbers
    ]
    assert [some.sorts(at) for at in range(4)] == [entries[number].sorts for number in numbers]
    assert [some.stored(at) for at in range(4)] == [entries[number].stored for number in numbers]
    for field in FIELDS:
        expected = [len(entries[number].tokens.get(field, "").split()) for number in numbers]
        assert some.lengths(field).tolist() == expected


def test_what_is_no_record_is_told(entries: list[Entry], records: Records, tmp_path: Path) -> None:
    second = records.all_starts()[1]
    with pytest.raises(ValueError, match="no record"):
        records.some([second + 1])
    with pytest.raises(IndexError):
        records.some([records.length])
    longs = np.fromfile(tmp_path / "records", LONG)
    for number in range(second, second + 12):
        damaged = longs.copy()
        damaged[number] = 1 << 40
        damaged.tofile(tmp_path / "damaged")
        told = Records(tmp_path / "damaged", SCHEMA, len(damaged))
        try:
            some = told.some([0, second], tokens(entries))
            for field, token in tokens(entries):
                some.spots(field, token)
        except (ValueError, IndexError):
            continue


def test_a_record_without_length_is_told(records: Records, tmp_path: Path) -> None:
    longs = np.fromfile(tmp_path / "records", LONG)
    longs[records.all_starts()[1] + 1] = 0
    longs.tofile(tmp_path / "damaged")
    with pytest.raises(ValueError, match="no length"):
        Records(tmp_path / "damaged", SCHEMA, len(longs)).all_starts()


def test_a_record_that_was_cut_off_ends_the_file(
    entries: list[Entry], records: Records, tmp_path: Path
) -> None:
    cut = Records(tmp_path / "records", SCHEMA, records.all_starts()[-1] + 1)
    assert cut.all_starts() == records.all_starts()[:-1]
