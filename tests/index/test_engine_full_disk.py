"""A full disk: no engine loses anything for it, nor takes it for damage, and the next one writes."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from index.engine import Engine, Entry, Request
from tests.index.engines import ENGINES, SCHEMA, STADT, matches


@contextmanager
def _files_of_at_most(size_bytes: int) -> Iterator[None]:
    limit, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size_bytes, most))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, most))


def _total(engine: Engine) -> int:
    return engine.search(Request(STADT, limit=0)).total


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # Whoosh leaves files open
@pytest.mark.parametrize("size_bytes", [0, 1, 300, 3000, 20_000, 40_000])
def test_a_full_disk_is_no_damage_and_loses_nothing(
    engine: Engine, engine_kind: str, tmp_path: Path, size_bytes: int
) -> None:
    engine.write([], ["d3"], 5)
    many = [Entry(f"m{n}", f"m{n}", {"keys": f"stadt wort{n}"}, stored=bytes(1000)) for n in range(50)]
    with _files_of_at_most(size_bytes), pytest.raises(OSError, match=r"large|written"):
        engine.write([*many, Entry("d3", "d3")], ["d1"], 6)
    assert matches(engine, STADT) == {"d1", "d2", "d4"}
    engine.write([*many, Entry("d3", "d3")], ["d1"], 6)
    engine.write([], ["d3"], 7)
    with _files_of_at_most(size_bytes), pytest.raises(OSError, match=r"large|written"):
        engine.merge(["d3"])
    assert _total(engine) == 52
    put_in_place = engine.merge(["d3"])
    assert put_in_place is not None
    engine.write(many, [each.document for each in many], 8)
    with _files_of_at_most(min(size_bytes, 1)), pytest.raises(OSError, match=r"large|written"):
        put_in_place()
    assert _total(engine) == 52
    assert engine.sequence() == 8
    while (put_in_place := engine.merge(["d3"])) is not None:
        put_in_place()
    again = ENGINES[engine_kind][1](tmp_path, SCHEMA)
    assert _total(again) == 52
    again.close()
