"""The measurement of the pairs that are found, on corpora of a few texts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bench import pairs
from index.pairs import Likeness
from ingest.beir import Collection, Text
from tests.index.dictd_files import write_dictionary
from tests.index.test_pairs import GERMAN, WORDS


def test_translations_are_told_by_what_texts_say_or_by_their_identifiers() -> None:
    named = Collection(
        (Text("a", "de", "x"), Text("b", "ru", "x", translation_of="a"), Text("c.de", "de", "x")), ()
    )
    assert {*pairs.translations_of(named)} == {frozenset({"a", "b"})}
    unnamed = Collection(
        tuple(Text(f"{name}", name[-2:], "x") for name in ("a.de", "a.ru", "a.en", "b.de")), ()
    )
    assert {*pairs.translations_of(unnamed)} == {
        frozenset(each) for each in (("a.de", "a.ru"), ("a.de", "a.en"), ("a.ru", "a.en"))
    }


def test_precision_and_recall() -> None:
    found = [Likeness("a", other, ("de", "ru"), 0.5, 2, ()) for other in ("b", "c")]
    truth = frozenset((frozenset("ab"), frozenset("de"), frozenset("fg"), frozenset("hi")))
    measured = pairs.score(found, truth)
    assert (measured.precision, measured.recall) == (0.5, 0.25)
    assert (pairs.score([], truth).precision, pairs.score([], frozenset()).recall) == (1, 1)


def test_what_is_known_is_hidden_and_found_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    words = [f"{german.capitalize()}\n{russian}\n" for german, russian in WORDS.items()]
    write_dictionary(tmp_path / "dictd", "freedict-deu-rus", words)
    rows = []
    for name, german in GERMAN.items():
        russian = ". ".join(WORDS[word.lower()] for word in german.split())
        rows.append({"_id": f"{name}.de", "language": "de", "text": ". ".join(german.split())})
        rows.append({"_id": f"{name}.ru", "language": "ru", "text": russian, "translation_of": f"{name}.de"})
    folder = tmp_path / "texts"
    (folder / "qrels").mkdir(parents=True)
    (folder / "corpus.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    (folder / "queries.jsonl").write_text("", encoding="utf-8")
    monkeypatch.setenv("ARCHIVE_HOME", str(tmp_path / "untouched"))
    monkeypatch.setenv("ARCHIVE_DICTIONARIES", str(tmp_path / "dictd"))
    monkeypatch.setattr("sys.argv", ["pairs", str(folder)])
    assert pairs.main() == 0
    line = capsys.readouterr().out.splitlines()[-1]
    assert line.startswith("| texts | 6 | 3 | 3 | 3 | 1.000 | 1.000 | 3 | 3 | ")
    assert not (tmp_path / "untouched").exists()
