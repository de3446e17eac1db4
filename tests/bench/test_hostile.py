"""The measurement of hostile queries, on a small archive."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from archive.model import Page
from bench import hostile
from bench.support.hostile_queries import HostileQueries
from bench.support.made_archive import fill, open_archive
from bench.support.made_documents import Maker
from bench.support.source_texts import Source

TEXT = "Fernwärme Wasser Stadtwerk Brücke Schule Theater Hafen Klinik Museum Straße Verein Projekt"
OFTEN = {word.lower(): number for number, word in enumerate(TEXT.split(), 1)}


def test_the_same_queries_are_made_each_time() -> None:
    one, other = HostileQueries(OFTEN), HostileQueries(OFTEN)
    assert [*one.listed()] == [*other.listed()]
    assert [*one.by_chance(50, 1)] == [*other.by_chance(50, 1)]
    assert [*one.by_chance(50, 1)] != [*one.by_chance(50, 2)]


def test_each_query_of_the_list_has_a_name_of_its_own() -> None:
    names = [name for name, _ in HostileQueries(OFTEN).listed()]
    assert len({*names}) == len(names) > 60


def test_it_prints_how_long_queries_took(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with closing(open_archive(tmp_path)) as archive:
        sources = [Source(("de",), (Page(1, f"{TEXT} {number}", languages=("de",)),)) for number in range(3)]
        fill(archive, Maker(sources, 1).documents(20))
    monkeypatch.setattr("sys.argv", ["hostile", str(tmp_path), "--queries", "7", "--seed", "3"])
    assert hostile.main() in (0, 1)
    said = capsys.readouterr().out
    assert "| by chance, seed 3 | 7 |" in said
    assert said.count("\n- ") == hostile.SLOWEST
