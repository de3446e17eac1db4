"""Where the archive has seen the translations that are searched, as a reader is told."""

from __future__ import annotations

from index.explained import Explained
from index.lexicon import Example
from index.lexicon_file import Passage
from index.query import Query
from index.results import Alternative, Expansion
from index.translation import Origin, Source, Translation
from portal.also_searched import also_searched
from portal.reader import Reader
from portal.seen_translated import seen_translated

EXAMPLE = Example(
    Passage("aaaaaaaaaa", 3, "Die Stadt\nwächst <schnell>."), Passage("bbbbbbbbbb", 0, "Город растёт.")
)
LEARNED = Translation("город", "ru", 0.8, (Source(Origin.LEARNED, 11.6), Source(Origin.DICTIONARY, 2.0)))
SEEN = Explained("Stadt", "de", LEARNED, (EXAMPLE,))


def test_a_translation_is_told_with_its_count_and_both_passages(reader: Reader) -> None:
    shown = seen_translated([SEEN], frozenset(("город",)), reader)
    assert "Woher das Archiv diese Übersetzungen kennt" in shown
    assert '<span lang="ru">город</span>, 12-mal gesehen' in shown
    assert "<q>Die Stadt wächst &lt;schnell&gt;.</q>" in shown
    assert "d=aaaaaaaaaa&amp;p=3" in shown
    assert 'd=bbbbbbbbbb"' in shown


def test_what_is_not_searched_or_was_not_seen_is_not_told(reader: Reader) -> None:
    unseen = Explained("Stadt", "de", LEARNED, ())
    assert not seen_translated([SEEN], frozenset(("место",)), reader)
    assert not seen_translated([unseen], frozenset(("город",)), reader)


def test_it_stands_below_what_else_was_searched(reader: Reader) -> None:
    town = Expansion("Stadt", (Alternative("город", "translation", "ru", 0.8),))
    shown = also_searched((town,), Query("Stadt"), reader, [SEEN])
    assert shown.index("Auch gesucht:") < shown.index("Woher das Archiv")
    assert "Woher das Archiv" not in also_searched((town,), Query("Stadt"), reader)
