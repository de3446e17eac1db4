"""What a web page is called, and when it is from."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.extraction import Extraction
from ingest.extractors import extract
from ingest.mediatypes import FORMATS


def read(path: Path, content: bytes) -> Extraction:
    place = path / "a.html"
    place.write_bytes(content)
    return extract(place, FORMATS["html"])


@pytest.mark.parametrize(
    ("title", "heading", "found"),
    [
        ("Stadt Essen | Programm", "Programm", "Programm"),
        ("Home", "", "Home"),
        ("", "Programm", "Programm"),
        ("Untitled Document", "Programm", "Programm"),
    ],
)
def test_the_title_is_that_of_the_page(tmp_path: Path, title: str, heading: str, found: str) -> None:
    page = f"<html><title>{title}</title><h1>{heading}</h1><p>Home of the programme</p></html>"
    assert read(tmp_path, page.encode()).title == found


BANNERS = {
    "in the header": "<header><h1>Forum Ost</h1></header><h2>Abfall im Alltag</h2>",
    "by its class": "<div class='site-title'><h1>Forum Ost</h1></div><h2>Abfall im Alltag</h2>",
    "by its role": "<div role=banner><h1>Forum Ost</h1></div><main><h2>Abfall im Alltag</h2></main>",
    "by its link": "<h1><a href='https://forum.example/'>Forum Ost</a></h1><h2>Abfall im Alltag</h2>",
    "by the head": "<meta property=og:site_name content='forum  ost'>"
    "<h1>Forum Ost</h1><h2>Abfall im Alltag</h2>",
}


@pytest.mark.parametrize("banner", BANNERS.values(), ids=BANNERS)
@pytest.mark.parametrize("title", ["Abfall im Alltag", "Abfall im Alltag | Forum Ost", "Forum Ost", ""])
def test_the_name_of_a_site_is_no_title_of_its_pages(tmp_path: Path, banner: str, title: str) -> None:
    extraction = read(tmp_path, f"<title>{title}</title>{banner}<p>Bericht aus Ulm</p>".encode())
    assert extraction.title == "Abfall im Alltag"
    assert extraction.pages[0].title == "Abfall im Alltag"
    assert extraction.pages[0].text == "Forum Ost\nAbfall im Alltag\nBericht aus Ulm"


@pytest.mark.parametrize(
    ("page", "title"),
    [
        ("<title>Abfall – Forum</title><h1>Forum</h1><h2>Abfall</h2>", "Abfall"),
        ("<title>Abfall im Alltag</title><div id=logo><h1>Forum</h1></div><p>Rat", "Abfall im Alltag"),
        ("<title>Abfall</title><header><h1>Bericht aus Ulm</h1></header><p>Rat", "Bericht aus Ulm"),
        ("<title>Forum Ost</title><header><h1>Forum Ost</h1></header><p>Willkommen", "Forum Ost"),
        ("<title>Forum</title><article><header><h1>Abfall</h1></header></article><h2>Rat</h2>", "Abfall"),
        ("<title>Ein Brief</title><h1>Abfall</h1><h2>Rat</h2><p>Ein kurzer Brief", "Ein Brief"),
    ],
)
def test_a_heading_that_says_what_the_page_is_about_is_no_banner(
    tmp_path: Path, page: str, title: str
) -> None:
    assert read(tmp_path, page.encode()).title == title


@pytest.mark.parametrize(
    ("meta", "date"),
    [
        ("<meta property='article:published_time' content='2017-06-29T09:30:00+02:00'>", "2017-06-29"),
        ("<meta name=citation_date content='2017/06/29'>", "2017-06-29"),
        ("<meta name=DC.date content=20170629>", "2017-06-29"),
        ("<meta itemprop=datePublished content='29 июня 2017'>", "2017-06-29"),
        ("<meta name=date content=2017><meta name=pubdate content='June 29, 2017'>", "2017-06-29"),
        ("<meta name=last-modified content='2017-06-29'>", None),
        ("<meta name=date content='2017-13-29'>", None),
    ],
)
def test_the_date_of_a_page_is_in_its_head(tmp_path: Path, meta: str, date: str | None) -> None:
    found = read(tmp_path, f"<html><head>{meta}</head><body><p>word</body></html>".encode()).date
    assert (found and found.isoformat()) == date
