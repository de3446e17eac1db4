"""Word lists as files that are made once and mapped."""

from __future__ import annotations

from pathlib import Path

import pytest
from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

from index.word_lists import LANGUAGES, open_word_list


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("words") / "lists"


@pytest.mark.parametrize("language", LANGUAGES)
def test_lists_say_what_simplemma_says(folder: Path, language: str) -> None:
    made = open_word_list(language, folder)
    mapped = open_word_list(language, folder)
    wanted = DefaultDictionaryFactory().get_dictionary(language)
    some = list(wanted)[::101]
    assert len(some) > 1000
    for word in some:
        assert made.get(word) == mapped.get(word) == wanted[word]
    assert mapped.get("xyzzyqß") is None
    assert mapped.get("") is None


def test_a_damaged_file_is_made_anew(tmp_path: Path) -> None:
    path = tmp_path / "en.dic"
    path.write_bytes(b"no trie")
    assert open_word_list("en", tmp_path).get("cities") == "city"
    assert path.stat().st_size > 1_000_000
    assert list(tmp_path.iterdir()) == [path]


def test_who_may_not_write_has_the_words_all_the_same(tmp_path: Path) -> None:
    place = tmp_path / "a-file"
    place.write_bytes(b"")
    assert open_word_list("en", place / "lists").get("cities") == "city"
