from __future__ import annotations

import base64
import quopri
import time
from contextlib import suppress
from pathlib import Path

import pytest

from ingest.errors import WebPageError
from ingest.extraction import DamagedError
from ingest.extractors import extract
from ingest.mediatypes import media_type_of
from ingest.webpage import read_page
from ingest.webpage_source import MAX_BYTES, MAX_SAVED_BYTES, TooLargePageError, source_of

PAGE = (
    "<html><head><meta charset='utf-8'><title>IX.</title></head><body><h1>IX. Werkstatt der Flüsse</h1>"
    "<p>14. - 16.09.2016</p><p>Am 14. September 2016 in Ulm kamen viele an das Wasser.</p>"
    "<a href='https://example.org/d/Ablauf.pdf'>Ablauf</a></body></html>"
)
HEAD = (
    "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://example.org/werkstatt\r\n"
    'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="----M--1----"\r\n\r\n'
)


def mhtml(
    html: bytes, encoding: str = "quoted-printable", kind: str = "text/html", before: str = ""
) -> bytes:
    coded = {"quoted-printable": quopri.encodestring, "base64": base64.encodebytes}.get(encoding, bytes)(html)
    head = f"------M--1----\r\nContent-Type: {kind}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n"
    return (HEAD + before + head).encode() + coded + b"\r\n------M--1------\r\n"


@pytest.mark.parametrize("encoding", ["quoted-printable", "base64", "8bit", "binary"])
def test_page_saved_as_one_file_is_read(encoding: str) -> None:
    page = read_page(mhtml(PAGE.encode(), encoding), ["Ablauf.pdf"])
    assert (page.title, page.number, page.place) == ("IX. Werkstatt der Flüsse", 9, "Ulm")
    assert page.saved_from == "https://example.org/werkstatt"
    assert [each.path for each in page.found] == ["Ablauf.pdf"]


def test_code_page_of_the_part_counts_and_other_parts_do_not() -> None:
    picture = "------M--1----\r\nContent-Type: image/png\r\n\r\n<h1>Bild</h1>\r\n"
    content = mhtml(PAGE.encode("cp1252"), kind="text/html; charset=windows-1252", before=picture)
    assert read_page(content).title == "IX. Werkstatt der Flüsse"


@pytest.mark.parametrize(
    "content",
    [
        mhtml(b"x", kind="image/png"),
        mhtml(b"x", kind="multipart/mixed; boundary=x"),
        HEAD.encode(),
        b"Content-Type: multipart/related\n\n--x\n",
    ],
)
def test_mhtml_without_a_page_is_refused_with_what_to_do(content: bytes) -> None:
    with pytest.raises(WebPageError, match="as HTML"):
        source_of(content)


def test_what_is_embedded_does_not_count() -> None:
    picture = "data:image/png;base64," + "A" * (MAX_BYTES + 1)
    style = f"<style>{'x' * MAX_BYTES}</style>"
    content = PAGE.replace("<h1>", f"{style}<img src='{picture}'><h1>").encode()
    assert read_page(content).title == "IX. Werkstatt der Flüsse"
    for large in (PAGE.encode() + b"<p>" + b"x" * MAX_BYTES, b" " * (MAX_SAVED_BYTES + 1)):
        with pytest.raises(TooLargePageError, match="MB"):
            read_page(large)


def test_hostile_files_take_no_longer_than_others() -> None:
    many = HEAD.encode() + b"\r\n------M--1----" * 1_000_000
    begun = time.process_time()
    for content in (b"<style" * 1_500_000, b"data:" * 1_700_000, b"<x data:base64,'" * 700_000, many):
        with suppress(WebPageError):
            read_page(content)
    assert time.process_time() - begun < 20


def test_text_of_mhtml_is_found_and_what_is_none_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "seite.mhtml"
    path.write_bytes(mhtml(PAGE.encode()))
    assert media_type_of(path) == "multipart/related"
    extraction = extract(path, media_type_of(path))
    assert "an das Wasser" in extraction.pages[0].text
    assert "=C3" not in extraction.pages[0].text
    path.write_bytes(mhtml(b"x", kind="image/png"))
    with pytest.raises(DamagedError):
        extract(path, "multipart/related")
    path.write_bytes(PAGE.encode())
    with pytest.raises(DamagedError):
        extract(path, "multipart/related")
