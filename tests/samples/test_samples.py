"""What the sample conference promises, checked on the built files themselves."""

from __future__ import annotations

import re
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
import odfdo
import pypdfium2
import pytest
import yaml
from pptx import Presentation

CONFERENCE = Path(__file__).parents[2] / "samples" / "2017-krasnodar"
MARKS = ("Beispiel", "Пример", "Example")
PARAGRAPH_WORDS = 6
"""Shorter texts (a cell, a heading, „deutsch, russisch“) may come back."""
MAX_BYTES = 5 * 1024 * 1024


def files() -> list[Path]:
    return sorted(path for path in CONFERENCE.rglob("*") if path.is_file() and path.name != "conference.yaml")


def record() -> Any:
    return yaml.safe_load((CONFERENCE / "conference.yaml").read_text(encoding="utf-8"))


def relative(path: Path) -> str:
    return unicodedata.normalize("NFC", path.relative_to(CONFERENCE).as_posix())


def damaged(path: Path) -> bool:
    return unicodedata.normalize("NFC", path.name).startswith("beschädigt")


ENTRIES = {entry["path"]: entry for entry in record()["documents"]}
DECKS = [path for path in files() if ENTRIES[relative(path)]["kind"] == "presentation"]
READABLE = [path for path in files() if not damaged(path)]


def shape_texts(shapes: Any) -> Iterator[str]:
    for shape in shapes:
        if shape.shape_type == 6:
            yield from shape_texts(shape.shapes)
        elif shape.has_text_frame:
            yield from (paragraph.text for paragraph in shape.text_frame.paragraphs)
        elif getattr(shape, "has_table", False):
            yield from (cell.text for row in shape.table.rows for cell in row.cells)


def pages(path: Path) -> list[list[str]]:
    """Read the shown texts of a file: its slides or pages, each a list of paragraphs."""
    if path.suffix == ".pptx":
        return [list(shape_texts(slide.shapes)) for slide in Presentation(str(path)).slides]
    if path.suffix == ".odp":
        body = odfdo.Document(str(path)).body
        return [
            [
                item.inner_text
                for item in page.get_elements("descendant::text:p[not(ancestor::presentation:notes)]")
            ]
            for page in body.get_elements("descendant::draw:page")
        ]
    if path.suffix == ".pdf":
        with pypdfium2.PdfDocument(path) as pdf:
            return [page.get_textpage().get_text_range().splitlines() for page in pdf]
    if path.suffix == ".docx":
        document = docx.Document(str(path))
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        return [[paragraph.text for paragraph in document.paragraphs] + cells]
    if path.suffix == ".odt":
        return [
            [item.inner_text for item in odfdo.Document(str(path)).body.get_elements("descendant::text:p")]
        ]
    return [path.read_text(encoding="utf-8").splitlines()]


def words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", text)


def is_footer(path: Path, text: str) -> bool:
    """A PDF gives the footer of the layout with every page; the other formats keep it apart."""
    return path.suffix == ".pdf" and text.startswith(MARKS) and "Konferenzarchiv ·" in text


def paragraphs(path: Path) -> list[str]:
    """All texts long enough to count as paragraphs, without what stands in the layouts."""
    conference = re.compile(r"^XIV.*(Krasnodar|Краснодар) ·")
    texts = (" ".join(text.split()) for page in pages(path) for text in page)
    return [
        text
        for text in texts
        if len(words(text)) >= PARAGRAPH_WORDS and not is_footer(path, text) and not conference.match(text)
    ]


def properties(path: Path) -> tuple[str, str, str]:
    """Title, author and keywords as the file itself holds them."""
    if path.suffix == ".pptx":
        core = Presentation(str(path)).core_properties
        return core.title, core.author, core.keywords
    if path.suffix == ".docx":
        core = docx.Document(str(path)).core_properties
        return core.title, core.author, core.keywords
    if path.suffix == ".pdf":
        with pypdfium2.PdfDocument(path) as pdf:
            return (
                pdf.get_metadata_value("Title"),
                pdf.get_metadata_value("Author"),
                pdf.get_metadata_value("Keywords"),
            )
    meta = odfdo.Document(str(path)).get_part("meta.xml")
    fields = ("dc:title", "meta:initial-creator", "meta:keyword")
    title, author, keywords = (
        ", ".join(item.inner_text for item in meta.get_elements(f"//{name}")) for name in fields
    )
    return title, author, keywords


def test_there_are_at_least_sixteen_documents() -> None:
    works = {(path.parent, unicodedata.normalize("NFC", path.stem)) for path in files()}
    assert len(works) >= 16


def test_every_file_has_a_record_and_every_record_a_file() -> None:
    assert sorted(relative(path) for path in files()) == sorted(ENTRIES)


def test_records_say_that_they_are_examples() -> None:
    assert record()["example"] is True
    for entry in ENTRIES.values():
        assert entry["rights"].startswith(MARKS), entry["path"]
        assert entry["creators"] == ["Konferenzarchiv (Beispiel)"]


def test_panels_are_complete_in_three_languages() -> None:
    panels = record()["panels"]
    assert [panel["id"] for panel in panels] == [
        "energieeffizienz",
        "kommunalversorgung",
        "bildung-erinnerung",
    ]
    for panel in panels:
        for field in ("title", "working_group", "description"):
            assert set(panel[field]) == {"de", "ru", "en"}


@pytest.mark.parametrize("panel", ["energieeffizienz", "kommunalversorgung", "bildung-erinnerung"])
def test_each_panel_has_pptx_pdf_and_odp(panel: str) -> None:
    assert {path.suffix for path in DECKS if path.parent.name == panel} == {".pptx", ".pdf", ".odp"}


@pytest.mark.parametrize("path", DECKS, ids=relative)
def test_decks_have_twelve_slides_and_six_hundred_words(path: Path) -> None:
    slides = pages(path)
    texts = [text for slide in slides for text in slide if not is_footer(path, text)]
    assert len(slides) >= 12
    assert len(words("\n".join(texts))) >= 600


@pytest.mark.parametrize("path", READABLE, ids=relative)
def test_every_file_says_on_its_first_page_that_it_is_an_example(path: Path) -> None:
    assert any(mark in text for text in pages(path)[0] for mark in MARKS)


@pytest.mark.parametrize("path", [path for path in READABLE if path.suffix != ".txt"], ids=relative)
def test_properties_name_title_author_and_keywords(path: Path) -> None:
    title, author, keywords = properties(path)
    assert title == ENTRIES[relative(path)]["title"]
    assert author == "Konferenzarchiv (Beispiel)"
    assert any(mark.lower() in str(keywords).lower() for mark in MARKS)


@pytest.mark.parametrize("path", DECKS, ids=relative)
def test_footers_of_decks_say_that_they_are_examples(path: Path) -> None:
    if path.suffix == ".pptx":
        layouts = Presentation(str(path)).slide_layouts
        assert all(
            any(mark in text for text in shape_texts(layout.shapes) for mark in MARKS) for layout in layouts
        )
    elif path.suffix == ".odp":
        with zipfile.ZipFile(path) as package:
            assert any(f"{mark} · " in package.read("styles.xml").decode() for mark in MARKS)
    else:
        assert all(any(mark in text for text in page for mark in MARKS) for page in pages(path))


def test_no_paragraph_is_repeated() -> None:
    renditions = {
        path
        for path in READABLE
        if path.suffix == ".pdf" and any(path.with_suffix(other).exists() for other in (".pptx", ".docx"))
    }
    counts = Counter(text for path in READABLE if path not in renditions for text in paragraphs(path))
    assert [text for text, times in counts.items() if times > 1] == []


def test_translations_have_as_many_slides_as_their_originals() -> None:
    pairs = [
        (path, CONFERENCE / ENTRIES[relative(path)]["translation_of"])
        for path in DECKS
        if "translation_of" in ENTRIES[relative(path)]
    ]
    by_name = {relative(path): path for path in files()}
    assert len([path for path, _ in pairs if re.search("[а-яё]", path.name)]) >= 4
    assert any("(EN)" in path.name for path, _ in pairs)
    for translation, original in pairs:
        assert len(pages(translation)) == len(pages(by_name[relative(original)]))


def test_one_deck_holds_german_and_russian_slides() -> None:
    slides = pages(next(path for path in DECKS if path.name.startswith("Nahverkehr")))
    cyrillic = [bool(re.search("[а-яё]{3}", " ".join(slide))) for slide in slides[1:]]
    assert cyrillic == [False, True] * (len(cyrillic) // 2)


def test_one_file_name_is_stored_decomposed() -> None:
    decomposed = [path for path in files() if unicodedata.normalize("NFC", path.name) != path.name]
    assert [unicodedata.normalize("NFC", path.name) for path in decomposed] == [
        "02_Bürgerbeteiligung und Wärmekarte.pptx"
    ]


def test_one_file_is_damaged() -> None:
    broken = [path for path in files() if damaged(path)]
    assert len(broken) == 1
    assert not zipfile.is_zipfile(broken[0])


def test_decks_hold_what_readers_must_find() -> None:
    found: Counter[str] = Counter()
    for path in (path for path in DECKS if path.suffix == ".pptx"):
        for slide in Presentation(str(path)).slides:
            found["notes"] += slide.has_notes_slide
            for shape in slide.shapes:
                found["charts"] += bool(getattr(shape, "has_chart", False))
                found["tables"] += bool(getattr(shape, "has_table", False))
                if shape.shape_type == 6:
                    found["groups"] += 1
                    found["nested groups"] += any(part.shape_type == 6 for part in shape.shapes)
    assert min(found[name] for name in ("notes", "charts", "tables", "groups", "nested groups")) >= 8


@pytest.mark.parametrize(
    "word",
    [
        "Energieeffizienz",
        "энергоэффективность",
        "energy efficiency",
        "Fernwärme",
        "теплоснабжени",
        "district heating",
        "Städtepartnerschaft",
        "Trinkwasser",
        "Stadtentwicklung",
    ],
)
def test_the_words_people_search_are_there(word: str) -> None:
    holding = [
        path for path in READABLE if word.lower() in "\n".join(t for p in pages(path) for t in p).lower()
    ]
    assert len(holding) >= 2


def test_all_files_together_stay_small() -> None:
    assert sum(path.stat().st_size for path in CONFERENCE.rglob("*") if path.is_file()) <= MAX_BYTES
