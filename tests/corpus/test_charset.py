"""How short a text may be for its code page to be told, on manuals that are not part of the project."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.charset import decode

pytestmark = pytest.mark.corpus

LETTERS = 50
SAMPLES = 100
PAGES = {
    "ru": ("cp1251", "koi8_r", "cp866", "iso8859_5", "mac_cyrillic", "utf-8", "utf-16-le"),
    "de": ("cp1252", "utf-8", "utf-16-le"),
}


@pytest.fixture(scope="module")
def texts(corpus: Path) -> dict[str, str]:
    manuals = corpus.parent / "retrieval"
    if not manuals.is_dir():
        pytest.skip("needs parallel manuals beside the folder of real files")
    found: dict[str, list[str]] = {language: [] for language in PAGES}
    for path in sorted(manuals.glob("*/corpus.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            if record["language"] in found:
                found[record["language"]].append(" ".join(record["text"].split()))
    return {language: " ".join(pieces) for language, pieces in found.items()}


@pytest.mark.parametrize("language", PAGES)
def test_code_pages_are_told_from_fifty_letters(language: str, texts: dict[str, str]) -> None:
    right = {
        page: sum(
            decode(sample.encode(page, "ignore"))[0] == sample.encode(page, "ignore").decode(page)
            for sample in _samples(texts[language], language)
        )
        for page in PAGES[language]
    }
    assert min(right.values()) >= SAMPLES * 0.97, right
    assert sum(right.values()) >= SAMPLES * len(right) * 0.99, right


def _samples(text: str, language: str) -> Iterator[str]:
    """Yield pieces of a text of so many letters, mostly Cyrillic, or with a letter beyond ASCII."""
    dice = random.Random(0)
    taken = 0
    while taken < SAMPLES:
        start = text.index(" ", dice.randrange(len(text) - 1000)) + 1
        letters = [place for place in range(start, start + 300) if text[place].isalpha()][:LETTERS]
        piece = text[start : letters[-1] + 1]
        cyrillic = sum("\u0400" <= letter <= "\u04ff" for letter in piece)
        if cyrillic >= LETTERS // 2 if language == "ru" else any(letter in "äöüÄÖÜß" for letter in piece):
            taken += 1
            yield piece
