"""Texts with questions and answers, as a folder says them."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from ingest.beir import Collection, Text, read_collection, write_files
from ingest.errors import UsageError


def write(folder: Path, texts: list[object], questions: list[object], answers: str) -> Path:
    (folder / "qrels").mkdir(parents=True)
    for name, rows in (("corpus", texts), ("queries", questions)):
        lines = "\n".join(json.dumps(row) for row in rows)
        (folder / f"{name}.jsonl").write_text(lines, encoding="utf-8")
    (folder / "qrels" / "test.tsv").write_text(answers, encoding="utf-8")
    return folder


TEXT = {"_id": "a.de", "language": "de", "text": "Fernwärme", "title": "Wärme"}
OTHER = {"_id": "a.ru", "language": "ru", "text": "теплоснабжение", "translation_of": "a.de"}
QUESTION = {"_id": "q", "language": "de", "text": "Wärme"}
ANSWERS = "query-id\tcorpus-id\tscore\nq\ta.de\t1\nq\ta.ru\t0\n"


def test_reads_texts_questions_and_answers(tmp_path: Path) -> None:
    found = read_collection(
        write(tmp_path / "set", [TEXT, OTHER], [QUESTION, QUESTION | {"_id": "r"}], ANSWERS)
    )
    assert found.texts == (
        Text("a.de", "de", "Fernwärme", "Wärme"),
        Text("a.ru", "ru", "теплоснабжение", "", "a.de"),
    )
    (question,) = found.questions
    assert (question.id, question.answers) == ("q", {"a.de": 1})


@pytest.mark.parametrize(
    ("texts", "answers", "message"),
    [
        ([["a"]], ANSWERS, "line 1 is no JSON object"),
        ([TEXT | {"text": None}], ANSWERS, "line 1 has no text text"),
        ([TEXT, {"_id": 3}], ANSWERS, "line 2 has no text _id"),
        ([TEXT], "query\tdocument\nq\ta.de\n", "needs the columns"),
        ([TEXT], "query-id\tcorpus-id\tscore\nq\ta.de\tgood\n", "needs the columns"),
    ],
)
def test_a_mistake_is_said_with_its_place(
    tmp_path: Path, texts: list[object], answers: str, message: str
) -> None:
    with pytest.raises(UsageError, match=message):
        read_collection(write(tmp_path / "set", texts, [QUESTION], answers))


def test_a_folder_that_is_none_is_said_to_be_none(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"corpus\.jsonl cannot be read"):
        read_collection(tmp_path)


@pytest.mark.parametrize("titles", [True, False])
def test_files_and_manifest_say_what_the_texts_are(tmp_path: Path, titles: bool) -> None:
    same = Text("b.de", "de", "Fernwärme", "../Wärme")
    texts = (Text("a.de", "de", "Fernwärme", "Wärme"), same, Text("a.ru", "ru", "тепло", "", "a.de"))
    paths = write_files(Collection(texts, ()), tmp_path / "asked", titles=titles)
    assert paths == {"a.de": "de/000001.txt", "b.de": "de/000002.txt", "a.ru": "ru/000003.txt"}
    contents = {name: (tmp_path / "asked" / path).read_bytes() for name, path in paths.items()}
    assert contents["a.de"].split() == contents["b.de"].split()
    assert contents["a.de"] != contents["b.de"]
    with (tmp_path / "asked" / "manifest.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["title"] for row in rows] == (
        ["Wärme", "../Wärme", "000003"] if titles else ["000001", "000002", "000003"]
    )
    assert [row["translation_of"] for row in rows] == ["", "", "de/000001.txt"]
