"""Reading measured on real conference files, and on broken and odd ones."""

from __future__ import annotations

import csv
import os
import re
import shutil
import subprocess
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from lxml import etree

from ingest.extraction import ExtractionError, ReaderError
from ingest.mediatypes import FORMATS, media_type_of
from ingest.readers import ReaderPool, Reading

pytestmark = pytest.mark.corpus

KNOWN = ("de", "ru", "en")
MEMORY_BYTES = 2 << 30

Outcomes = Mapping[Path, Reading | ExtractionError]

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_TEXT_PARTS = re.compile(
    r"ppt/(slides|notesSlides|charts|diagrams/data|comments)\w*[/.].*xml|ppt/diagrams/data\d*\.xml"
    r"|word/(document|header|footer|footnotes|endnotes|comments)\d*\.xml|word/(charts|diagrams/data)\w*[/.].*xml"
)
_ONCE = ("ftr", "hdr", "dt", "sldNum", "sldImg")


@pytest.fixture(scope="module")
def outcomes(corpus: Path) -> Outcomes:
    files = [
        path
        for folder in ("conferences", "broken-and-odd")
        for path in sorted((corpus / folder).rglob("*"))
        if path.is_file()
    ]
    with ReaderPool(os.cpu_count() or 1, 120, MEMORY_BYTES, KNOWN) as pool:
        return dict(pool.read_all((path, path, media_type_of(path)) for path in files))


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
    assert all(name.endswith((".xlsx", ".doc")) for name in failed), failed


def test_pdf_gives_as_much_text_as_pdftotext(readings: Mapping[Path, Reading]) -> None:
    if not shutil.which("pdftotext"):
        pytest.skip("needs pdftotext (Debian: poppler-utils)")
    ours = theirs = 0
    poor = []
    for path, reading in readings.items():
        if reading.passport.media_type != FORMATS["pdf"] or "conferences" not in path.parts:
            continue
        expected = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, check=False).stdout
        found = _characters("".join(page.text for page in reading.extraction.pages))
        wanted = _characters(expected.decode("utf-8", "replace"))
        ours, theirs = ours + found, theirs + wanted
        if found < wanted * 0.8 and not reading.passport.skipped:
            poor.append((path.name, found, wanted))
    assert poor == []
    assert ours >= theirs * 0.98, (ours, theirs)


def test_office_files_give_the_text_of_their_markup(readings: Mapping[Path, Reading]) -> None:
    lost: Counter[str] = Counter()
    total = 0
    for path, reading in readings.items():
        if "openxmlformats" not in reading.passport.media_type:
            continue
        wanted: Counter[str] = Counter()
        with zipfile.ZipFile(path) as package:
            for name in package.namelist():
                if _TEXT_PARTS.fullmatch(name):
                    for text in _text_nodes(package.read(name)):
                        wanted.update(re.findall(r"\w", text))
        found = Counter(
            re.findall(r"\w", "".join(page.text + page.notes for page in reading.extraction.pages))
        )
        total += wanted.total()
        if (wanted - found).total():
            lost[path.name] = (wanted - found).total()
    assert total > 300_000
    assert lost.total() <= total * 0.005, lost.most_common(10)


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


def _characters(text: str) -> int:
    return len(re.sub(r"\s", "", text))


def _text_nodes(content: bytes) -> Iterator[str]:
    """Yield what stands in the markup; not doubles, deletions, slide numbers, and what is read only once."""
    root = etree.fromstring(content, etree.XMLParser(recover=True, resolve_entities=False))
    for fallback in list(root.iter(f"{_MC}Fallback")):
        parent = fallback.getparent()
        assert parent is not None
        parent.remove(fallback)
    for node in root.iter(f"{_A}t", f"{_W}t"):
        ancestors = list(node.iterancestors())
        if any(ancestor.tag in (f"{_W}del", f"{_W}moveFrom") for ancestor in ancestors):
            continue
        if ancestors[0].get("type") == "slidenum":
            continue
        shape = next((ancestor for ancestor in ancestors if ancestor.tag == f"{_P}sp"), None)
        placeholder = None if shape is None else shape.find(f"{_P}nvSpPr/{_P}nvPr/{_P}ph")
        if placeholder is None or placeholder.get("type") not in _ONCE:
            yield node.text or ""
