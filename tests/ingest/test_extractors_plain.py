from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.extraction import DamagedError, EmptyError, Extraction, UnsupportedError
from ingest.extractors import EXTRACTORS, extract
from ingest.extractors.flow import PAGE_WORDS, Block, paginate
from ingest.extractors.properties import choose_title, sane_creators, sane_title
from ingest.mediatypes import FORMATS, media_type_of


def read(path: Path, content: bytes, name: str = "a.txt") -> Extraction:
    place = path / name
    place.write_bytes(content)
    return extract(place, media_type_of(place))


def test_text_is_read(tmp_path: Path) -> None:
    extraction = read(tmp_path, "Grußwort\r\n\r\nMeine Damen und Herren".encode("cp1252"))
    assert extraction.pages[0].text == "Grußwort\n\nMeine Damen und Herren"
    assert extraction.tool == "charset cp1252"


def test_form_feeds_make_pages(tmp_path: Path) -> None:
    assert [page.text for page in read(tmp_path, b"one\n\nmore\ftwo\f\n").pages] == ["one\n\nmore", "two"]


def test_markdown_headings_are_titles(tmp_path: Path) -> None:
    extraction = read(tmp_path, b"# Abfallwirtschaft\n\nText", "a.md")
    assert (extraction.title, extraction.pages[0].title) == ("Abfallwirtschaft", "Abfallwirtschaft")


def test_control_characters_go(tmp_path: Path) -> None:
    content = "a\ud800b\x07c\ufffed   \n\n\n\n\ne".encode("utf-8", "surrogatepass")
    text = read(tmp_path, content + b" " * 400).pages[0].text
    assert text.startswith("a")
    assert not set(text) & set("\ud800\x07\ufffe")
    assert text.endswith("d\n\ne")


def test_what_cannot_be_decoded_is_told(tmp_path: Path) -> None:
    extraction = read(tmp_path, "Städte ".encode("utf-16") * 20 + b"\x00\xd8 \x00")
    assert extraction.skipped == ("1 characters could not be decoded.",)


def test_no_bytes_are_empty(tmp_path: Path) -> None:
    with pytest.raises(EmptyError):
        read(tmp_path, b"")


def test_a_web_page_is_read_without_its_trappings(tmp_path: Path) -> None:
    page = (
        "<!DOCTYPE html><html><head><title>Programm der Konferenz</title><meta charset='utf-8'>"
        "<meta name='Author' content='Anna Beispiel'><style>p {}</style></head><body><nav>Menü</nav>"
        "<h1>Programm der Konferenz</h1><p>Begrüßung <b>durch</b> die<br>Stadt</p><script>alert()</script>"
        "<table><tr><td>9:00</td><td>Panel</td></tr></table><img alt='Karte'></body></html>"
    )
    extraction = read(tmp_path, page.encode(), "a.html")
    assert extraction.pages[0].text.split("\n") == [
        "Programm der Konferenz",
        "Begrüßung durch die",
        "Stadt",
        "9:00\tPanel",
        "Karte",
    ]
    assert (extraction.title, extraction.creators) == ("Programm der Konferenz", ("Anna Beispiel",))


def test_a_web_page_is_decoded_as_it_declares_or_as_it_is(tmp_path: Path) -> None:
    declared = "<html><meta charset=koi8-r><body>Привет городам</body></html>"
    assert read(tmp_path, declared.encode("koi8-r"), "a.html").pages[0].text == "Привет городам"
    lying = "<html><meta charset=utf-8><body>" + "Партнёрство городов и регионов " * 5 + "</body></html>"
    assert "Партнёрство" in read(tmp_path, lying.encode("cp1251"), "a.html").pages[0].text


def test_a_format_that_nobody_reads_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnsupportedError, match="Save it as PDF"):
        extract(tmp_path, "application/zip")


@pytest.mark.parametrize("media_type", sorted(EXTRACTORS))
def test_every_extractor_tells_rubbish_and_nothing(tmp_path: Path, media_type: str) -> None:
    path = tmp_path / "rubbish"
    path.write_bytes(b"")
    with pytest.raises(EmptyError):
        extract(path, media_type)
    path.write_bytes(b"\x00\x01\x02 rubbish")
    if media_type.startswith(("text/", FORMATS["xhtml"])):
        extract(path, media_type)
    else:
        with pytest.raises(UnsupportedError if media_type == FORMATS["xml"] else DamagedError):
            extract(path, media_type)


@given(st.lists(st.builds(Block, st.text("ab \n", max_size=40), st.booleans(), st.booleans(), st.text("n"))))
def test_pagination_loses_nothing(blocks: list[Block]) -> None:
    pages = paginate(blocks)
    words = [word for block in blocks for word in block.text.split()]
    assert [word for page in pages for word in page.text.split()] == words
    assert [page.number for page in pages] == list(range(1, len(pages) + 1))
    notes = "".join("".join(page.notes.split()) for page in pages)
    assert notes == "".join("".join(block.notes.split()) for block in blocks)


def test_what_is_hidden_stands_on_pages_of_its_own() -> None:
    blocks = [Block("a"), Block("b", hidden=True), Block("wort " * PAGE_WORDS * 2, hidden=True), Block("c")]
    pages = paginate(blocks)
    assert [page.hidden for page in pages] == [False, True, True, True, False]
    assert [page.text for page in (pages[0], pages[1], pages[-1])] == ["a", "b", "c"]


@given(st.lists(st.integers(0, PAGE_WORDS * 3), max_size=12))
def test_no_page_is_too_long(sizes: list[int]) -> None:
    pages = paginate(Block("wort " * size) for size in sizes)
    assert all(len(page.text.split()) <= PAGE_WORDS for page in pages)
    assert sum(len(page.text.split()) for page in pages) == sum(sizes)


@pytest.mark.parametrize(
    "title",
    [
        "PowerPoint-Präsentation",
        "PowerPoint Presentation",
        "Презентация PowerPoint",
        "Folie 1",
        "Слайд 1",
        "Microsoft Word - Programm_neu.doc",
        "programm.pdf",
        "untitled",
        "Ïðåçåíòàöèÿ",
        "12.06.2017",
        "",
        "[Dokumenttitel]",
        "Inhalt",
        "anna.beispiel@example.org",
        "Vortrag von anna.beispiel@example.org",
        "Tel. 030 1234567",
    ],
)
def test_titles_of_programs_are_no_titles(title: str) -> None:
    assert sane_title(title) == ""


@pytest.mark.parametrize(
    "title", ["Präsentation der Stadt Essen", "Folien zur Energiewende", "Über Bäche", "AI"]
)
def test_titles_of_people_are_titles(title: str) -> None:
    assert sane_title(f"  {title}\n") == title


def test_names_of_programs_are_no_creators() -> None:
    assert sane_creators(
        "Microsoft Office User; Admin; Анна Пример;  Max  Muster ; Пользователь Windows;"
        "Anna.Beispiel@Example.org; Anna Beispiel <anna@example.org>; Berta Beispiel, +49 30 1234567"
    ) == (
        "Анна Пример",
        "Max Muster",
    )


def test_an_address_as_a_heading_is_no_title(tmp_path: Path) -> None:
    content = "# anna@example.org\n\nText\n\f\n# Wärme\n".encode()
    assert read(tmp_path, content, "a.md").title == "Wärme"


def test_a_title_that_no_page_shows_gives_way() -> None:
    pages = paginate([Block("Energie in Städten", heading=True), Block("Bericht")])
    assert choose_title("Energie in den Städten", pages) == "Energie in den Städten"
    assert choose_title("Etwas ganz anderes", pages) == "Energie in Städten"
    assert choose_title("Etwas ganz anderes", paginate([Block("ohne Überschrift")])) == "Etwas ganz anderes"


def test_endless_spaces_take_no_time(tmp_path: Path) -> None:
    assert (
        read(tmp_path, b"a" + b" \t" * 500_000 + b"b" + b" " * 500_000 + b"\nc").pages[-1].text.endswith("c")
    )


def test_a_first_line_alone_and_underlined_lines_are_headings(tmp_path: Path) -> None:
    extraction = read(tmp_path, "\n  Grußwort der Stadt\n\nText.\n\fTeil zwei\n=========\n\nText\n".encode())
    assert extraction.title == "Grußwort der Stadt"
    assert [page.title for page in extraction.pages] == ["Grußwort der Stadt", "Teil zwei"]
    assert read(tmp_path, b"Dear friends,\n\nwelcome\n").title == ""
    assert read(tmp_path, b"a line\nand another\n").title == ""
    assert read(tmp_path, b"28.06.2017\n\nTagung der Partner\n\nText").title == "Tagung der Partner"


def test_lines_stay_lines(tmp_path: Path) -> None:
    text = "9:00   Begrüßung\n9:30   Vortrag\n# kein *Markdown*"
    assert read(tmp_path, text.encode()).pages[0].text == text
