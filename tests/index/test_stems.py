"""Stems of words that no dictionary has."""

from __future__ import annotations

from itertools import islice

import snowballstemmer
from snowballstemmer.russian_stemmer import RussianStemmer

from index.stems import stem
from index.word_lists import word_list


def test_endings_are_cut_off() -> None:
    assert [stem(word) for word in ("клебановой", "мюллером", "merkels")] == ["клебанов", "мюллер", "merkel"]
    assert [stem(word) for word in ("чат", "berlin", "ивы")] == ["", "", ""]


def test_the_stemmer_in_c_stems_as_the_one_in_python_does() -> None:
    compiled, plain = snowballstemmer.stemmer("russian"), RussianStemmer()
    assert type(compiled) is not type(plain)
    words = [*islice(word_list("ru")._trie.iterkeys("по"), 0, None, 40)]
    assert len(words) > 500
    assert [compiled.stemWord(word) for word in words] == [plain.stemWord(word) for word in words]
