"""Reading measured on real conference files, and on broken and odd ones."""

from __future__ import annotations

import csv
import shutil
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest

from bench.reading import LEAST_CHARACTERS, LEAST_WORDS, compare_pdfs, unexplained
from bench.support.corpus_reading import Outcomes, files_below, read_files
from bench.support.pdf_text import NOTHING
from bench.support.truth import measure
from ingest.extraction import ExtractionError, ReaderError
from ingest.readers import Reading

pytestmark = pytest.mark.corpus

_LEAST_FILES = {"PPTX": 70, "DOCX": 40, "XLSX": 5, "ODT": 15, "ODP, ODG": 5, "ODS": 2}
"""Of how many files of each family words have to be compared."""

KNOWN = ("de", "ru", "en")


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


def test_languages_are_those_of_the_manifest(corpus: Path, readings: Mapping[Path, Reading]) -> None:
    right = wrong = 0
    mistaken = []
    with (corpus / "manifest.csv").open(encoding="utf-8") as manifest:
        for row in csv.DictReader(manifest):
            reading = readings.get(corpus / row["path"])
            truth = row["language"].split("+")
            if reading is None or not row["path"].startswith("conferences/") or truth == ["unknown"]:
                continue
            expected = {language if language in KNOWN else "other" for language in truth}
            if reading.languages[:1] and reading.languages[0] in expected:
                right += 1
            else:
                wrong += 1
                mistaken.append((row["path"], row["language"], reading.languages))
    assert right + wrong > 100
    assert right >= (right + wrong) * 0.95, mistaken
