"""Texts with questions and answers in the BEIR format, written out as files to hand in.

A folder holds `corpus.jsonl` (`_id`, `text`, `title`, `language`, perhaps `translation_of`), `queries.jsonl`
(`_id`, `text`, `language`) and `qrels/*.tsv` (query, document, score).

Source: Thakur et al. 2021, BEIR, github.com/beir-cellar/beir; `language` and `translation_of` are ours.
"""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import UsageError

MANIFEST = "manifest.csv"


@dataclass(frozen=True, slots=True)
class Text:
    """One text of the corpus."""

    id: str
    language: str
    text: str
    title: str = ""
    translation_of: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A query, with the texts that answer it and how well each does (1 or more)."""

    id: str
    language: str
    text: str
    answers: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Collection:
    """A folder as it was read."""

    texts: tuple[Text, ...]
    questions: tuple[Question, ...]


def read_collection(folder: Path) -> Collection:
    """Read a folder; questions without an answer are left out.

    Raises:
        UsageError: it is none, or something in it is not what the format says.
    """
    texts = tuple(
        Text(
            _text(row, "_id", where),
            _text(row, "language", where),
            _text(row, "text", where),
            str(row.get("title") or ""),
            str(row.get("translation_of") or ""),
        )
        for where, row in _rows(folder / "corpus.jsonl")
    )
    answers = _answers(folder / "qrels")
    questions = tuple(
        Question(found, _text(row, "language", where), _text(row, "text", where), answers[found])
        for where, row in _rows(folder / "queries.jsonl")
        if (found := _text(row, "_id", where)) in answers
    )
    return Collection(texts, questions)


def write_files(collection: Collection, folder: Path, *, titles: bool) -> dict[str, str]:
    """Write each text as a file, in a folder for its language, with a manifest beside them.

    Args:
        collection: what is written.
        folder: must not exist yet; its name becomes the conference's.
        titles: let the manifest say the titles; without it, it says a number in their place.

    Returns:
        The path of each file below the folder, by the text's identifier.
    """
    folder.mkdir(parents=True)
    paths = {text.id: f"{text.language}/{number:06d}.txt" for number, text in enumerate(collection.texts, 1)}
    written: dict[str, int] = defaultdict(int)
    with (folder / MANIFEST).open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(("path", "title", "language", "translation_of"))
        for text in collection.texts:
            path = folder / paths[text.id]
            path.parent.mkdir(exist_ok=True)
            written[text.text] += 1  # the archive takes the same bytes once
            path.write_text(text.text + "\n" * written[text.text], encoding="utf-8")
            title = text.title if titles and text.title else path.stem
            rows.writerow((paths[text.id], title, text.language, paths.get(text.translation_of, "")))
    return paths


def _rows(path: Path) -> Iterator[tuple[str, dict[str, object]]]:
    """Yield the objects of a file, each with the place where it stands."""
    try:
        with path.open(encoding="utf-8") as file:
            for number, line in enumerate(file, 1):
                if line.strip():
                    row = json.loads(line)
                    if not isinstance(row, dict):
                        raise UsageError(f"{path}, line {number} is no JSON object.")
                    yield f"{path}, line {number}", row
    except (OSError, ValueError) as exc:
        raise UsageError(f"{path} cannot be read as JSON lines in UTF-8: {exc}.") from exc


def _text(row: Mapping[str, object], name: str, where: str) -> str:
    found = row.get(name)
    if not isinstance(found, str) or not found:
        raise UsageError(f"{where} has no text {name}.")
    return found


def _answers(folder: Path) -> dict[str, dict[str, int]]:
    answers: dict[str, dict[str, int]] = defaultdict(dict)
    for path in sorted(folder.glob("*.tsv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, delimiter="\t"):
                try:
                    score = int(row["score"])
                    if score > 0:
                        answers[row["query-id"]][row["corpus-id"]] = score
                except (KeyError, TypeError, ValueError) as exc:
                    raise UsageError(f"{path} needs the columns query-id, corpus-id and score.") from exc
    return answers
