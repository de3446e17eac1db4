"""RTF against the text that LibreOffice makes of it, EPUB against all text of its documents."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from collections import Counter
from pathlib import Path

import pytest
from lxml import etree

from ingest.extractors import extract
from ingest.mediatypes import media_type_of

pytestmark = pytest.mark.corpus

_WORD = re.compile(r"\w+")
_BODY = "{http://www.w3.org/1999/xhtml}body"


def words(path: Path) -> Counter[str]:
    pages = extract(path, media_type_of(path)).pages
    return Counter(_WORD.findall("\n".join(f"{page.text}\n{page.notes}" for page in pages)))


def test_no_word_of_rtf_is_lost(corpus: Path, tmp_path: Path) -> None:
    sources = sorted((corpus / "broken-and-odd").rglob("*.rtf"))
    office = shutil.which("soffice")
    if office:
        command = [office, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"]
        command += ["--convert-to", "txt:Text (encoded):UTF8", "--outdir", str(tmp_path)]
        subprocess.run([*command, *map(str, sources)], capture_output=True, check=False, timeout=240)
    made = [(path, tmp_path / f"{path.stem}.txt") for path in sources]
    if not all(text.is_file() for _, text in made):
        pytest.skip("needs LibreOffice Writer (Debian: libreoffice-writer)")
    lost = {
        path.name: missing
        for path, text in made
        if (missing := Counter(_WORD.findall(text.read_text(encoding="utf-8-sig"))) - words(path))
    }
    assert lost == {}


def test_no_word_of_epub_is_lost(corpus: Path) -> None:
    sources = sorted((corpus / "broken-and-odd").rglob("*.epub"))
    assert sources
    for path in sources:
        wanted: Counter[str] = Counter()
        with zipfile.ZipFile(path) as book:
            for name in book.namelist():
                if name.endswith((".html", ".xhtml")) and "toc" not in name.lower():
                    root = etree.fromstring(book.read(name), etree.XMLParser(resolve_entities=False))
                    for body in root.iter(_BODY):
                        wanted.update(_WORD.findall(" ".join(map(str, body.itertext()))))
        assert wanted.total() > 50
        assert not wanted - words(path)
