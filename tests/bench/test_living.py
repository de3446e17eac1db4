"""The measurement of searches and single documents beside a bulk load, on a small archive."""

from __future__ import annotations

import re
from contextlib import closing
from pathlib import Path

import pytest

from archive.model import Page
from bench import living
from bench.support.made_archive import fill, open_archive
from bench.support.made_documents import Maker
from bench.support.source_texts import Source

TEXT = """
    Fernwärme Wasser Stadtwerk Brücke Schule Theater Hafen Klinik Museum Straße Verein Projekt
    Partner Energie Jugend Bericht Planung Sanierung Netzwerk Betrieb Messung Verwaltung
"""


@pytest.mark.parametrize("load", ["ingest", "reindex"])
def test_it_prints_searches_and_steps_with_and_without_the_load(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], load: str
) -> None:
    home = tmp_path / "home"
    with closing(open_archive(home)) as archive:
        sources = [Source(("de",), (Page(1, f"{TEXT} {number}", languages=("de",)),)) for number in range(3)]
        fill(archive, Maker(sources, 1).documents(30))
    kept = sorted(path for path in home.rglob("*") if path.is_file())
    monkeypatch.setattr("bench.support.query_mix.FREQUENT", 0.01)
    monkeypatch.setattr("bench.support.query_mix.RARE", 30)
    few = ["--files", "200", "--queries", "4", "--tries", "1"]
    monkeypatch.setattr("sys.argv", ["living", str(home), "--load", load, *few])
    assert living.main() in (0, 1)
    said = capsys.readouterr().out
    assert re.search(r"4 searches, [1-9]\d* changes alone; [1-4] searches, [1-9]\d* changes beside", said)
    for row in ("searches, ms of the processor", "published, s", "edited, s", "replaced, s", "withdrawn, s"):
        assert re.search(rf"\| {row} \| [\d.]+ / [\d.]+ / [\d.]+ \| [\d.]+ / ", said), row
    assert sorted(path for path in home.rglob("*") if path.is_file()) == kept
