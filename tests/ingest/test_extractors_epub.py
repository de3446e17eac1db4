from __future__ import annotations

import datetime as dt
import time
import zipfile
from pathlib import Path

import pytest

from ingest.extraction import DamagedError, EncryptedError, Extraction
from ingest.extractors import extract
from ingest.mediatypes import FORMATS, media_type_of

CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)
PACKAGE = """<?xml version="1.0"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:title>Sammelband der Tagung</dc:title><dc:creator id="a">Anna Beispiel</dc:creator>
<dc:creator id="t">Translator</dc:creator><meta property="role" refines="#t">trl</meta>
<dc:creator>Борис Пример</dc:creator></metadata><manifest>
<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>
<item id="one" href="text/one%20a.xhtml" media-type="application/xhtml+xml"/>
<item id="two" href="text/two.xhtml" media-type="application/xhtml+xml"/>
<item id="notes" href="text/notes.xhtml" media-type="application/xhtml+xml"/>
<item id="gone" href="text/gone.xhtml" media-type="application/xhtml+xml"/>
<item id="cover" href="cover.jpg" media-type="image/jpeg"/></manifest>
<spine><itemref idref="notes" linear="no"/><itemref idref="one"/><itemref idref="two"/>ITEMS</spine>
</package>"""
NAVIGATION = """<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><body>
<nav epub:type="toc"><ol><li><a href="text/one%20a.xhtml">Erster <i>Beitrag</i></a></li></ol></nav>
<nav epub:type="page-list"><ol><li><a href="text/two.xhtml">17</a></li></ol></nav></body></html>"""
NCX = """<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap>
<navPoint><navLabel><text>Второй доклад</text>
</navLabel><content src="text/two.xhtml#x"/></navPoint></navMap></ncx>"""
HEAD = (
    '<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml">'
    '<head><title/><script src="a"/></head>'
)


def book(path: Path, items: str = "", **members: str | bytes | None) -> Path:
    place = path / "a.epub"
    contents: dict[str, str | bytes | None] = {
        "META-INF/container.xml": CONTAINER,
        "OPS/book.opf": PACKAGE.replace("ITEMS", items),
        "OPS/nav.xhtml": NAVIGATION,
        "OPS/toc.ncx": NCX,
        "OPS/text/one a.xhtml": HEAD
        + "<body><a id='p1'/><p>firstword</p><nav><p>navword</p></nav></body></html>",
        "OPS/text/two.xhtml": HEAD + "<body><h1>secondword</h1><p>Grüße&#160;&nbsp;&uuml;</p></body></html>",
        "OPS/text/notes.xhtml": HEAD + "<body><p>noteword</p></body></html>",
        **{name.replace("__", "/"): content for name, content in members.items()},
    }
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as container:
        container.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
        for name, content in contents.items():
            if content is not None:
                container.writestr(name, content)
    return place


def read(place: Path) -> Extraction:
    assert media_type_of(place) == FORMATS["epub"]
    return extract(place, FORMATS["epub"])


def test_a_book_is_read_in_the_order_of_its_spine(tmp_path: Path) -> None:
    extraction = read(book(tmp_path))
    assert [(page.number, page.title, page.text) for page in extraction.pages] == [
        (1, "Erster Beitrag", "firstword\nnavword"),
        (2, "Второй доклад", "secondword\nGrüße\u00a0\u00a0ü"),
        (3, "", "noteword"),
    ]
    assert extraction.title == "Sammelband der Tagung"
    assert extraction.creators == ("Anna Beispiel", "Борис Пример")
    assert extraction.skipped == ()


def test_a_document_that_is_not_there_is_told(tmp_path: Path) -> None:
    extraction = read(book(tmp_path, '<itemref idref="gone"/><itemref idref="cover"/>'))
    assert len(extraction.pages) == 3
    assert extraction.skipped == ("OPS/text/gone.xhtml is damaged.",)


def test_a_book_without_container_and_spine_is_read(tmp_path: Path) -> None:
    package = PACKAGE.partition("<spine>")[0] + "</package>"
    place = book(tmp_path, **{"META-INF__container.xml": None, "OPS__book.opf": package})
    words = " ".join(page.text for page in read(place).pages)
    assert ("firstword" in words, "secondword" in words, "noteword" in words) == (True, True, True)


def test_a_book_that_is_cut_gives_what_it_has(tmp_path: Path) -> None:
    place = book(tmp_path)
    content = place.read_bytes()
    place.write_bytes(content[: content.index(b"OPS/text/two.xhtml")])
    extraction = extract(place, FORMATS["epub"])
    assert extraction.pages[0].text.startswith("firstword")
    assert "The end of the file is missing." in extraction.skipped


def encryption(algorithm: str) -> str:
    return (
        '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container" '
        'xmlns:enc="http://www.w3.org/2001/04/xmlenc#"><enc:EncryptedData>'
        f'<enc:EncryptionMethod Algorithm="{algorithm}"/></enc:EncryptedData></encryption>'
    )


def test_a_book_with_rights_management_is_told_and_one_with_its_own_fonts_is_read(tmp_path: Path) -> None:
    fonts = encryption("http://www.idpf.org/2008/embedding")
    assert len(read(book(tmp_path, **{"META-INF__encryption.xml": fonts})).pages) == 3
    protected = encryption("http://www.w3.org/2001/04/xmlenc#aes128-cbc")
    with pytest.raises(EncryptedError):
        read(book(tmp_path, **{"META-INF__encryption.xml": protected}))


def test_a_book_that_lost_its_list_is_read_in_the_order_of_names(tmp_path: Path) -> None:
    more = {f"OPS__text__part{number}.xhtml": f"{HEAD}<body>part{number}</body></html>" for number in (10, 9)}
    extraction = read(book(tmp_path, **{"OPS__book.opf": None, "OPS__nav.xhtml": None, **more}))
    assert [page.text.split()[0] for page in extraction.pages] == [
        "noteword",
        "firstword",
        "part9",
        "part10",
        "secondword",
    ]
    assert extraction.skipped == (
        "The list of the documents is damaged; they are in the order of their names.",
    )


def test_a_package_without_documents_is_damaged(tmp_path: Path) -> None:
    place = tmp_path / "a.epub"
    with zipfile.ZipFile(place, "w") as container:
        container.writestr("mimetype", "application/epub+zip")
    with pytest.raises(DamagedError):
        read(place)


def test_the_date_of_a_book_is_that_on_which_it_came_out(tmp_path: Path) -> None:
    dates = "<dc:date opf:event='modification'>2020-01-01</dc:date><dc:date>2017-06-29T00:00:00Z</dc:date>"
    package = PACKAGE.replace("</metadata>", f"{dates}</metadata>")
    package = package.replace("<metadata", "<metadata xmlns:opf='http://www.idpf.org/2007/opf'")
    assert read(book(tmp_path, **{"OPS__book.opf": package})).date == dt.date(2017, 6, 29)
    assert read(book(tmp_path)).date is None


@pytest.mark.parametrize("is_listed", [True, False])
def test_documents_beyond_what_is_read_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_listed: bool
) -> None:
    monkeypatch.setattr("ingest.extractors.epub._MOST_DOCUMENTS", 2)
    lost: dict[str, None] = {} if is_listed else {"OPS__book.opf": None, "OPS__nav.xhtml": None}
    extraction = read(book(tmp_path, **lost))
    assert len(extraction.pages) == 2
    assert "Parts of the book that were not read: 1." in extraction.skipped


def test_a_book_that_swells_or_repeats_itself_is_bounded(tmp_path: Path) -> None:
    started_at = time.process_time()
    repeated = '<itemref idref="one"/>' * 100_000
    assert len(read(book(tmp_path, repeated)).pages) == 3
    swelling = book(tmp_path, **{"OPS__text__two.xhtml": bytes(257 * 1024 * 1024)})
    extraction = extract(swelling, FORMATS["epub"])
    assert [page.text for page in extraction.pages] == ["firstword\nnavword", "noteword"]
    assert extraction.skipped == ("OPS/text/two.xhtml is damaged.",)
    assert time.process_time() - started_at < 30


def test_what_is_in_the_order_of_reading_and_no_web_page_is_told(tmp_path: Path) -> None:
    package = PACKAGE.replace(
        "<manifest>",
        '<manifest><item id="plan" href="plan.svg" media-type="image/svg+xml"/>'
        '<item id="pdf" href="a.pdf" media-type="application/pdf"/>'
        '<item id="beside" href="beside.xhtml" media-type="application/xhtml+xml"/>',
    ).replace("ITEMS", '<itemref idref="plan"/><itemref idref="pdf"/><itemref idref="nowhere"/>')
    svg = '<svg xmlns="http://www.w3.org/2000/svg"><text>Lageplan</text></svg>'
    beside = HEAD + "<body><p>besideword</p></body></html>"
    extraction = read(
        book(tmp_path, **{"OPS__book.opf": package, "OPS__plan.svg": svg, "OPS__beside.xhtml": beside})
    )
    assert [page.text.split("\n")[0] for page in extraction.pages] == [
        "firstword",
        "secondword",
        "Lageplan",
        "noteword",
    ]
    assert extraction.skipped == ("Parts of the book that were not read: 3.",)
