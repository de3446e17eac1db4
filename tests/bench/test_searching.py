"""Archives that are made to be large, and the measurement of searching them, on a small folder of texts."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from archive.model import Page
from bench import searching
from bench.support.full_text import FullText
from bench.support.growth import growth_of
from bench.support.made_archive import fill, open_archive
from bench.support.made_documents import Maker
from bench.support.query_mix import Asked
from bench.support.source_texts import Source, sources_below
from index.engines import ENGINES
from index.indexer import Indexer
from index.query import Query
from index.search import Search

TEXT = """
    Fernwärme Wasser Stadtwerk Brücke Schule Theater Hafen Klinik Museum Straße Verein Projekt
    Partner Energie Jugend Bericht Planung Sanierung Netzwerk Betrieb Messung Verwaltung
"""
WORDS = TEXT.split()


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Twelve texts of several pages, each with words of its own."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    for number in range(12):
        lines = [
            " ".join(WORDS[(number * 5 + line * 3 + at) % len(WORDS)] + " und" for at in range(12))
            for line in range(10)
        ]
        own = " ".join(f"{WORDS[number]}{word.lower()}" for word in WORDS)
        (folder / f"{number}.txt").write_text("\n".join(lines) + f"\n{own}\n", encoding="utf-8")
    return folder


def test_the_same_archive_is_made_each_time(corpus: Path) -> None:
    sources = sources_below(corpus)
    assert list(Maker(sources, 3).documents(50)) == list(Maker(sources, 3).documents(50))
    assert list(Maker(sources, 3).documents(50)) != list(Maker(sources, 4).documents(50))


def test_made_documents_are_as_long_as_the_source_and_gain_as_many_words(corpus: Path) -> None:
    maker = Maker(sources_below(corpus), 3)
    made = list(maker.documents(600))
    assert sum(len(each.pages) for each in made) == 600
    assert maker.made.shape()[1] == pytest.approx(maker.source.shape()[1], rel=0.2)
    expected = maker.source.heaps().different(maker.made.words)
    assert len(maker.made.seen) == pytest.approx(expected, rel=0.2)
    assert len(maker.made.seen) > len(maker.source.seen)


def test_growth_follows_the_words() -> None:
    texts = [f"gleich wort{'abcdefghij'[number]}" for number in range(10)]
    growth = growth_of([Page(1, text)] for text in texts)
    assert growth.different() == [(2, 2), (10, 6), (20, 11)]
    assert growth.heaps().different(20) == pytest.approx(11)


def test_full_text_counts_as_the_search_does(corpus: Path, tmp_path: Path) -> None:
    archive = open_archive(tmp_path / "home")
    fill(archive, Maker(sources_below(corpus), 3).documents(30))
    Indexer(archive).catch_up()
    full_text = FullText(tmp_path / "full-text.sqlite")
    full_text.build(archive)
    query = Query('"Theater"', year=("2003", "2004", "2005", "2006"))
    asked = Asked("phrase", query, ("Theater",), is_phrase=True)
    ours, theirs = Search(archive).ask(query), full_text.search(asked)
    assert theirs.total == ours.total > 0
    assert theirs.facets == {
        facet.field: {value: count for value, count in facet.buckets if count} for facet in ours.facets
    }
    assert all("[Theater]" in snippet for _, pages in theirs.hits for _, snippet in pages)


def test_it_prints_what_was_built_and_asked(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["searching", str(corpus), "40", "--queries", "12"])
    monkeypatch.setattr(searching, "WARM_UP", 2)
    monkeypatch.setattr("bench.support.query_mix.FREQUENT", 0.01)
    monkeypatch.setattr("bench.support.query_mix.RARE", 30)
    assert searching.main() == 0
    said = capsys.readouterr().out
    assert re.search(r"\| made \| [\d,]+ \|", said)
    for engine in ENGINES:
        assert re.search(rf"\| index, {engine} \| [\d.]+ \| [\d.]+ MB \|", said)
        assert re.search(rf"\| {engine} \| [\d.]+ \|\n", said)
    assert re.search(r"\| Tantivy alone \| [\d.]+ \|", said)
    assert said.count("| all | 12 |") == 2


def test_pages_of_a_source_keep_their_languages() -> None:
    sources = [
        Source(("de",), (Page(1, " ".join(WORDS), languages=("de",)),)),
        Source(("ru",), (Page(1, "Тепло города и его люди", languages=("ru",)),)),
    ] * 3
    for made in Maker(sources, 1).documents(30):
        assert {page.languages for page in made.pages} == {made.document.languages}
