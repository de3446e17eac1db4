"""Files that want more than to be read: bytes of this machine, its memory, its time."""

from __future__ import annotations

import io
import socket
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from openpyxl import Workbook
from openpyxl.packaging.relationship import Relationship
from openpyxl.workbook.external_link.external import ExternalBook, ExternalLink

from archive.contacts import mask_contacts
from ingest.dates import dates_in, dates_in_name
from ingest.errors import WebPageError
from ingest.extraction import ExtractionError
from ingest.extractors import extract
from ingest.manifest_words import folded, languages_of
from ingest.mediatypes import media_type_of
from ingest.periods import period_in
from ingest.tabular import read_table
from ingest.webpage import read_page
from ingest.webpage_facts import motto_in, number_in, organisers_in, place_in

SECRET = "geheimes Wort dieses Rechners"
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' if n else '<!ENTITY l0 "haha">' for n in range(10))
LONG = 20_000
PATIENCE_SECONDS = 5
"""Each text below is read in a tenth of a second; a pattern that goes back and forth takes minutes."""


def doctype(secret: Path) -> str:
    """Entities that read a file, ask the network, and grow without end."""
    return (
        f'<!DOCTYPE x [<!ENTITY file SYSTEM "{secret.as_uri()}">'
        f'<!ENTITY net SYSTEM "http://127.0.0.1:9/x">{LAUGHS}]>'
    )


def docx(folder: Path, secret: Path) -> Path:
    stream = io.BytesIO()
    text = Document()
    text.add_paragraph("PLATZ")
    text.save(stream)
    path = folder / "a.docx"
    with zipfile.ZipFile(stream) as before, zipfile.ZipFile(path, "w") as after:
        for name in before.namelist():
            content = before.read(name)
            if name == "word/document.xml":
                content = content.replace(b"<w:document", doctype(secret).encode() + b"<w:document", 1)
                content = content.replace(b"PLATZ", b"Wort &file;&net;&l9; Ende")
            after.writestr(name, content)
    return path


def html(folder: Path, secret: Path) -> Path:
    path = folder / "a.html"
    links = f"<iframe src='{secret.as_uri()}'></iframe><object data='{secret.as_uri()}'></object>"
    path.write_text(f"{doctype(secret)}<html><body><h1>Wort</h1><p>&file;&net;&l9; {links}</p></body></html>")
    return path


@pytest.mark.parametrize("make", [docx, html])
def test_entities_read_no_file_ask_no_network_and_do_not_grow(
    make: Callable[[Path, Path], Path], tmp_path: Path
) -> None:
    secret = tmp_path / "geheim.txt"
    secret.write_text(SECRET)
    path = make(tmp_path, secret)
    try:
        read = extract(path, media_type_of(path))
    except ExtractionError:
        return
    text = "".join(page.text + page.notes for page in read.pages)
    assert SECRET not in text
    assert "hahahaha" not in text


SEEDS = (
    *("a", "1", "A", " ", "\n", "-", ".", "@", "a@", "a.", "@a.", "1 ", "1.", "1-", "+1", "(", "[ ", "tel. "),
    *(",,", "motto ", 'theme "', "I", "XIV. ", "28. ", "28 june ", "jan ", "June 1", "Нижн", "в ", "в г. "),
    *("19", "bis", "и", "»", "–", " | ", "Aa am Bb ", "(pdf ", "1mb ", "hier ", "a-", "_", '"', "\u0301"),
    "Veranstalter: ",
)
READERS: list[Callable[[str], object]] = [
    period_in,
    dates_in,
    dates_in_name,
    number_in,
    mask_contacts,
    folded,
    languages_of,
    lambda text: place_in([text, f"28. Juni 2017{text}", f"28. Juni 2017 {text}"], "ru"),
    lambda text: motto_in([text, f"Motto {text}"]),
    lambda text: organisers_in([f"Veranstalter: {text}", text]),
    lambda text: read_page(f"<h1>x</h1><p>{text}</p><a href='x.pdf'>{text}</a>".encode()),
]


@pytest.mark.parametrize("number", range(len(READERS)))
def test_no_text_keeps_a_pattern_busy(number: int) -> None:
    for seed in SEEDS:
        for end in ("", "!", "\x00X"):
            begun = time.process_time()
            READERS[number]((seed * LONG)[:LONG] + end)
            assert time.process_time() - begun < PATIENCE_SECONDS, (seed, end)


def test_many_links_without_words_are_read_at_once() -> None:
    links = "".join(f"<a href='f{number}.pdf'>pdf</a> " for number in range(1000))
    begun = time.process_time()
    page = read_page(f"<h1>x</h1><p>{links}{'Wort ' * 3000}</p>".encode())
    assert time.process_time() - begun < PATIENCE_SECONDS / 2
    assert len(page.downloads) == 1000


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "../../geheim.pdf",
        "/etc/passwd",
        "..\\geheim.pdf",
        "%2e%2e/geheim.pdf",
        "\\\\host\\share\\geheim.pdf",
        "javascript:geheim.pdf",
        "a/../../geheim.pdf",
    ],
)
def test_a_saved_page_names_no_file_but_those_beside_it(address: str) -> None:
    try:
        page = read_page(f"<h1>T</h1><a href='{address}' download>x</a>".encode(), ["anderes.pdf"])
    except WebPageError:
        return
    assert page.found == ()


FORMULAS = (
    "='[1]Tabelle'!A1",
    "='file:///etc/[passwd]x'!A1",
    "=cmd|' /C calc'!A0",
    '=WEBSERVICE("http://127.0.0.1:9/"&A1)',
    '=HYPERLINK("http://127.0.0.1:9/","x")',
    "=1+1",
)


def test_formulas_and_links_of_a_workbook_are_told_and_not_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["path"])
    sheet.append(list(FORMULAS))
    linked = ExternalLink(externalBook=ExternalBook(id="rId1"))
    linked.file_link = Relationship(type="externalLinkPath", Target="http://127.0.0.1:9/a.xlsx", Id="rId1")
    linked.file_link.TargetMode = "External"
    book._external_links.append(linked)
    stream = io.BytesIO()
    book.save(stream)
    with zipfile.ZipFile(stream) as package:
        assert any("externalLink1.xml" in name for name in package.namelist())
    monkeypatch.setattr(socket.socket, "connect", lambda *_: pytest.fail("asked the network"))
    _head, row = read_table(stream.getvalue(), "m.xlsx").rows
    assert set(row.cells) <= {""}
    assert len(row.odd) == len(FORMULAS)
