"""Reading measured on real conference files, and on broken and odd ones."""

from __future__ import annotations

import csv
import shutil
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest

from bench.language import TRUTH, code_of, is_right, rows_of
from bench.reading import LEAST_CHARACTERS, LEAST_WORDS, compare_pdfs, unexplained
from bench.support.corpus_reading import Outcomes, files_below, read_files
from bench.support.pdf_text import NOTHING
from bench.support.truth import measure
from ingest.extraction import ExtractionError, ReaderError
from ingest.readers import Reading

pytestmark = pytest.mark.corpus

_LEAST_FILES = {"PPTX": 70, "DOCX": 40, "XLSX": 5, "ODT": 15, "ODP, ODG": 5, "ODS": 2}
"""Of how many files of each family words have to be compared."""


@pytest.fixture(scope="module")
def outcomes(corpus: Path) -> Outcomes:
    return read_files(
        [path for name in ("conferences", "broken-and-odd") for path in files_below(corpus / name)]
    )


@pytest.fixture(scope="module")
def readings(outcomes: Outcomes) -> Mapping[Path, Reading]:
    return {path: outcome for path, outcome in outcomes.items() if isinstance(outcome, Reading)}


def test_every_file_has_one_outcome_and_no_reader_died(corpus: Path, outcomes: Outcomes) -> None:
    kinds = Counter(type(outcome).__name__ for outcome in outcomes.values())
    with (corpus / "manifest.csv").open(encoding="utf-8") as manifest:
        assert {corpus / row["path"] for row in csv.DictReader(manifest)} == set(outcomes)
    assert not [(path, outcome) for path, outcome in outcomes.items() if isinstance(outcome, ReaderError)], (
        kinds
    )


def test_no_file_is_silently_empty(readings: Mapping[Path, Reading]) -> None:
    silent = [
        path
        for path, reading in readings.items()
        if not any(page.text or page.notes for page in reading.extraction.pages)
        and not (reading.passport.light == "red" and reading.passport.skipped)
    ]
    assert silent == []


def test_conference_files_are_read(readings: Mapping[Path, Reading], outcomes: Outcomes) -> None:
    failed = {
        path.name: str(outcome)
        for path, outcome in outcomes.items()
        if "conferences" in path.parts and isinstance(outcome, ExtractionError)
    }
    assert all(name.endswith(".doc") for name in failed), failed


def test_pdf_gives_as_much_text_as_pdftotext(corpus: Path, outcomes: Outcomes) -> None:
    if not shutil.which("pdftotext"):
        pytest.skip("needs pdftotext (Debian: poppler-utils)")
    conferences = corpus / "conferences"
    likenesses = compare_pdfs({path: each for path, each in outcomes.items() if conferences in path.parents})
    assert len(likenesses) > 80
    assert unexplained(likenesses, outcomes) == []
    whole = sum(likenesses.values(), NOTHING)
    assert whole.ratio >= LEAST_CHARACTERS, whole


def test_files_give_every_word_of_their_markup(outcomes: Outcomes) -> None:
    measured = [each for each in measure(outcomes) if each.found is not None]
    for family, least_files in _LEAST_FILES.items():
        found = {each.path.name: each.found for each in measured if each.family == family and each.found}
        assert len(found) >= least_files, family
        words, lost = sum(each.words for each in found.values()), sum(each.lost for each in found.values())
        losses = {name: each.losses for name, each in found.items() if each.losses}
        assert lost <= words * (1 - LEAST_WORDS), (family, words, losses)


def test_languages_of_documents_are_told(corpus: Path, readings: Mapping[Path, Reading]) -> None:
    manifest = {row["path"]: row["language"].split("+") for row in rows_of(corpus / "manifest.csv")}
    truth = {row["path"]: row["languages"].split() for row in rows_of(TRUTH / "document_languages.csv")}
    one = {path: codes[0] for path, codes in (manifest | truth).items() if len(codes) == 1}
    told = {
        path: readings[corpus / path].languages[0]
        for path, code in one.items()
        if code != "unknown" and corpus / path in readings and readings[corpus / path].languages
    }
    wrong = {path: found for path, found in told.items() if found != code_of(one[path])}
    assert len(told) > 150
    assert len(wrong) <= len(told) * 0.01, wrong


def test_languages_of_pages_are_told(corpus: Path, readings: Mapping[Path, Reading]) -> None:
    rows = list(rows_of(TRUTH / "page_languages.csv"))
    wrong = []
    for row in rows:
        reading = readings[corpus / row["path"]]
        found = reading.page_languages[int(row["page"]) - 1]
        if not is_right(row["languages"], found, reading.languages):
            wrong.append((row, found))
    assert len(wrong) <= len(rows) * 0.05, wrong
