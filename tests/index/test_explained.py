"""What a word is in the other languages, why, and where it was seen."""

from __future__ import annotations

from pathlib import Path

from index.explained import explain
from index.translation import Origin, Translator
from tests.index.test_lexicon import everyone, learned


def test_translations_come_with_where_they_were_seen(tmp_path: Path) -> None:
    lexicon = learned(tmp_path / "lexicon")
    translator = Translator(("de", "ru", "en"), lexicon)
    first, *_ = explain("die Netze", None, translator, lexicon, everyone)
    assert (first.word, first.language, first.translation.key) == ("Netze", "de", "сеть")
    assert first.translation.sources[0].origin is Origin.LEARNED
    assert all("Netz" in each.source.text for each in first.examples)
    assert first.examples


def test_nothing_is_shown_of_what_may_not_be_opened(tmp_path: Path) -> None:
    lexicon = learned(tmp_path / "lexicon")
    translator = Translator(("de", "ru", "en"), lexicon)
    found = [*explain("Netz", "de", translator, lexicon, lambda _: ())]
    assert found
    assert all(each.examples == () for each in found)


def test_a_word_is_taken_for_one_of_the_language_asked_for(tmp_path: Path) -> None:
    lexicon = learned(tmp_path / "lexicon")
    translator = Translator(("de", "ru", "en"), lexicon)
    assert {each.language for each in explain("network", "en", translator, lexicon, everyone)} == {"en"}
    assert [*explain("unbekannt", None, translator, None, everyone)] == []
