"""`eval --without`: what is no longer found without a part of the search, and what still is."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from archive.settings import DICTIONARIES, Settings
from bench.command import PROJECT, command, environment
from index.parts import Part
from portal.commands.eval import settings_without
from tests.index.dictd_files import write_dictionary
from tests.index.test_pairs import GERMAN, WORDS

LEARNED = {"found": ("Quark", "творог"), "named": ("Skyr", "сметана")}
"""Words that no dictionary has, in pairs that the archive finds, and in those that it is told of."""

ASKED = {
    "dictionary": ("Quitte", "Айва растет у дома."),
    "form": ("Äpfel", "Все любят яблоки."),
    "name": ("Krasnodar", "Гости едут в Краснодар."),
    "finding": ("Quark", "В магазине есть творог."),
    "learning": ("Skyr", "Сметана стоит на столе."),
    "thesaurus": ("Bürgermeister", "Мэр принимает всех."),
    "compound": ("Pflaume", "Der Pflaumenkuchen ist fertig."),
    "inflected": ("gehen", "Alle gingen heim."),
}
"""Each question with the text that answers it, and what it takes to find that."""


def write_collection(
    folder: Path, texts: list[dict[str, str]], asked: dict[str, tuple[str, str]] | None = None
) -> Path:
    (folder / "qrels").mkdir(parents=True)
    (folder / "corpus.jsonl").write_text("\n".join(map(json.dumps, texts)), encoding="utf-8")
    questions = [{"_id": name, "language": "de", "text": text} for name, (text, _) in (asked or {}).items()]
    (folder / "queries.jsonl").write_text("\n".join(map(json.dumps, questions)), encoding="utf-8")
    lines = [f"{name}\t{name}\t1" for name in asked or {}]
    (folder / "qrels" / "test.tsv").write_text("\n".join(["query-id\tcorpus-id\tscore", *lines]))
    return folder


def translated(kind: str) -> list[dict[str, str]]:
    """Return three works in two languages; a word that no dictionary has stands in some of their lines."""
    german, russian = LEARNED[kind]
    rows = []
    for work, content in GERMAN.items():
        words = content.split()
        both = [
            (f"{word} und {german}.", f"{WORDS[word.lower()]} и {russian}.")
            if word in words[::4]
            else (f"{word}.", f"{WORDS[word.lower()]}.")
            for word in words
        ]
        for language, lines in zip(("de", "ru"), zip(*both, strict=True), strict=True):
            row = {"_id": f"{kind}-{work}-{language}", "language": language, "text": "\n\n".join(lines)}
            if kind == "named" and language == "ru":
                row["translation_of"] = f"{kind}-{work}-de"
            rows.append(row)
    return rows


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("without")
    words = [f"{german.capitalize()}\n{russian}\n" for german, russian in WORDS.items()]
    write_dictionary(folder / "dictd", "freedict-deu-rus", [*words, "Quitte\nайва\n", "Äpfel\nяблоки\n"])
    texts = [
        {"_id": name, "language": "de" if name in ("compound", "inflected") else "ru", "text": text}
        for name, (_, text) in ASKED.items()
    ]
    write_collection(folder / "asked", texts, ASKED)
    for kind in LEARNED:
        write_collection(folder / kind, translated(kind))
    return folder


def found(folder: Path, *without: str) -> tuple[int, int]:
    """Return how many of the texts in German, and of those in Russian, are found."""
    learn = [str(folder / kind) for kind in LEARNED]
    arguments = command(
        "eval", str(folder / "asked"), "--learn", *learn, *(["--without", *without] * bool(without))
    )
    done = subprocess.run(
        arguments,
        env={**environment(folder / "home"), "ARCHIVE_DICTIONARIES": str(folder / "dictd")},
        cwd=PROJECT,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    counted = {line["document_language"]: round(line["queries"] * line["recall@10"]) for line in lines[:-1]}
    return counted["de"], counted["ru"]


@pytest.mark.parametrize(
    ("without", "expected"),
    [
        ((), (2, 6)),
        (("dictionaries",), (2, 4)),
        (("learning",), (2, 4)),
        (("finding",), (2, 5)),
        (("transliteration",), (2, 5)),
        (("lemmas",), (1, 6)),
        (("thesaurus", "compounds"), (1, 5)),
    ],
)
def test_what_a_part_finds_is_not_found_without_it(
    folder: Path, without: tuple[str, ...], expected: tuple[int, int]
) -> None:
    assert found(folder, *without) == expected


def test_without_dictionary_forms_the_dictionaries_of_the_machine_are_read_apart(tmp_path: Path) -> None:
    settings = Settings.from_env({"ARCHIVE_HOME": str(tmp_path)})
    assert settings_without(frozenset(), settings, tmp_path) == settings
    own = settings_without(frozenset({Part.LEMMAS}), settings, tmp_path).dictionaries
    assert own is not None
    assert own != DICTIONARIES
    assert own.readlink() == DICTIONARIES
