"""Numbers of lists and headings against those that LibreOffice Writer shows."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from ingest.extractors import extract
from ingest.mediatypes import media_type_of
from tests.ingest.numbered import write_headings, write_odt, write_text

SEEDS = range(12)


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of documents, and beside each what Writer makes of it as plain text."""
    office = shutil.which("soffice")
    folder = tmp_path_factory.mktemp("numbers")
    for seed in SEEDS:
        write_text(folder / f"text{seed}.docx", seed)
        write_odt(folder / f"lists{seed}.odt", seed)
        write_headings(folder / f"headings{seed}.fodt", seed)
    made = sorted(map(str, folder.iterdir()))
    if office:
        command = [office, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
        command += ["--convert-to", "txt:Text (encoded):UTF8", "--outdir", str(folder), *made]
        subprocess.run(command, capture_output=True, check=False, timeout=240)
    if not (folder / "text0.txt").is_file():
        pytest.skip("needs LibreOffice Writer (Debian: libreoffice-writer)")
    return folder


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", ["text{}.docx", "lists{}.odt", "headings{}.fodt"])
def test_numbers_are_those_that_writer_shows(texts: Path, name: str, seed: int) -> None:
    path = texts / name.format(seed)
    shown = path.with_suffix(".txt").read_text("utf-8-sig")
    read = "\n".join(page.text for page in extract(path, media_type_of(path)).pages)
    assert _without_space(read) == _without_space(shown)


def _without_space(text: str) -> list[str]:
    return ["".join(line.split()) for line in text.split("\n") if line.strip()]
