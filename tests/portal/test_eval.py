"""`eval` as a process of its own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bench.command import portal

TEXTS = {
    "heat.de": "Die Fernwärme der Stadt wird in den nächsten Jahren erneuert.",
    "heat.en": "District heating of the city will be renewed in the coming years.",
    "youth.de": "Der Jugendaustausch zwischen den Partnern wächst von Jahr zu Jahr.",
    "youth.en": "The exchange of young people between the partners grows every year.",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "set"
    (folder / "qrels").mkdir(parents=True)
    rows = [{"_id": name, "language": name[-2:], "text": text} for name, text in TEXTS.items()]
    (folder / "corpus.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    questions = [
        {"_id": "heat", "language": "de", "text": "Fernwärme"},
        {"_id": "youth", "language": "de", "text": "Austausch der Jugend"},
        {"_id": "unanswered", "language": "de", "text": "Wasser"},
    ]
    (folder / "queries.jsonl").write_text("\n".join(map(json.dumps, questions)), encoding="utf-8")
    lines = [f"{topic}\t{topic}.{language}\t1" for topic in ("heat", "youth") for language in ("de", "en")]
    table = "\n".join(["query-id\tcorpus-id\tscore", *lines])
    (folder / "qrels" / "test.tsv").write_text(table, encoding="utf-8")
    return folder


def test_a_line_for_each_pair_of_languages_and_their_mean(tmp_path: Path, folder: Path) -> None:
    done = portal(tmp_path / "home", "eval", str(folder), "--no-translation")
    assert done.code == 0, done.errors
    same, other, mean = done.objects
    assert same == {
        "query_language": "de",
        "document_language": "de",
        "queries": 2,
        "ndcg@10": 1.0,
        "mrr": 1.0,
        "recall@10": 1.0,
    }
    assert (other["query_language"], other["document_language"], other["queries"]) == ("de", "en", 2)
    assert mean["mrr"] == pytest.approx((1.0 + float(str(other["mrr"]))) / 2, abs=1e-4)
    assert mean["other_language"] == {name: other[name] for name in ("ndcg@10", "mrr", "recall@10")}
    assert not (tmp_path / "home").exists()


def test_a_folder_without_answers_is_refused(tmp_path: Path, folder: Path) -> None:
    (folder / "qrels" / "test.tsv").unlink()
    done = portal(tmp_path / "home", "eval", str(folder))
    assert done.code == 2
    assert "has no query with an answer" in done.errors
