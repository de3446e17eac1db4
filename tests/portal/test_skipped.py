from __future__ import annotations

import ast
import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

import ingest.extractors
from portal.reader import reader_of
from portal.skipped import skipped_markup, skipped_words
from tests.portal.sentences import example

RUSSIAN = reader_of({"lang": ["ru"]}, "", dt.date(2026, 11, 22))
REPORTS = ("skipped", "repairs")
"""What extractors call the lists of such sentences."""


def sentences() -> Iterator[str]:
    """Every sentence that an extractor may put into its report, with numbers and names as examples."""
    for path in sorted(Path(ingest.extractors.__file__).parent.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "append":
                if getattr(node.func.value, "attr", getattr(node.func.value, "id", "")) in REPORTS:  # type: ignore[attr-defined]
                    yield example(node.args[0])
            elif isinstance(node, ast.Yield) and isinstance(node.value, ast.JoinedStr):
                text = example(node.value)
                if text.endswith("."):
                    yield text


def test_sentences_are_found_where_they_are_written() -> None:
    found = set(sentences())
    assert "Embedded files that were not read: 7." in found
    assert len(found) > 8


@pytest.mark.parametrize(
    "sentence", sorted({*sentences(), "There is text in the notes only.", "There is no text on any page."})
)
def test_every_sentence_of_a_report_is_said_in_russian(sentence: str) -> None:
    said = skipped_words(sentence, RUSSIAN)
    assert said is not None
    assert any("а" <= letter <= "я" for letter in said.casefold())
    assert ("7" in sentence) == ("7" in said) or "SmartArt" in sentence


def test_other_sentences_stand_as_they_are_and_say_that_they_are_english() -> None:
    assert skipped_markup("<b>Something else.", RUSSIAN) == '<span lang="en">&lt;b&gt;Something else.</span>'
