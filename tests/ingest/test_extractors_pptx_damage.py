"""Damaged decks give what can be read of them, and say that it is not all."""

from __future__ import annotations

import random
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.extraction import DamagedError, Extraction, ExtractionError
from ingest.extractors import extract
from ingest.extractors.parts import open_parts
from ingest.mediatypes import FORMATS
from tests.ingest.decks import DeckFile, element, frame, placed_in, shape, slide, text
from tests.ingest.full_deck import build

SLIDES = 12
PICTURE = random.Random(1).randbytes(4000)


def deck() -> DeckFile:
    """Twelve slides, each with notes and a chart."""
    made = DeckFile()
    for number in range(1, SLIDES + 1):
        name = f"ppt/slides/slide{number}.xml"
        title = element("c:chartSpace", f"<c:title>{text(f'Chart{number}')}</c:title>")
        chart = made.relate(name, f"ppt/charts/chart{number}.xml", "chart", title)
        body = "".join(shape(f"Text{number}.{line} und so weiter") for line in range(20))
        made.add_slide(
            slide(
                shape(f"Title{number}", placeholder=placed_in("title"))
                + body
                + frame(f'<c:chart r:id="{chart}"/>')
            )
        )
        notes = slide(shape(f"Note{number}", placeholder=placed_in("body")), name="p:notes")
        made.relate(name, f"ppt/notesSlides/notesSlide{number}.xml", "notesSlide", notes)
    made.parts["ppt/media/image1.png"] = PICTURE
    return made


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "deck.pptx"


def read(path: Path) -> Extraction:
    return extract(path, FORMATS["pptx"])


def rewrite(path: Path, change: Callable[[str, bytes], bytes | None]) -> Path:
    with zipfile.ZipFile(path) as old:
        members = {name: old.read(name) for name in old.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in members.items():
            changed = change(name, content)
            if changed is not None:
                new.writestr(name, changed)
    return path


@pytest.mark.parametrize("stored", [False, True], ids=["packed", "stored"])
def test_half_a_deck_gives_the_slides_in_it(path: Path, stored: bool) -> None:
    content = deck().save(path, stored=stored).read_bytes()
    path.write_bytes(content[: len(content) // 2])
    extraction = read(path)
    titles = [page.title for page in extraction.pages if page.title]
    assert 3 <= len(titles) < SLIDES
    assert titles == [f"Title{number}" for number in range(1, len(titles) + 1)]
    assert "The end of the file is missing." in extraction.skipped


def test_a_deck_that_was_written_without_lengths_is_read_when_it_is_cut(path: Path) -> None:
    deck().save(path)
    members = {}
    with zipfile.ZipFile(path) as old:
        members = {name: old.read(name) for name in old.namelist()}

    class Pipe:
        """Where nothing can be corrected afterwards, so lengths follow each member."""

        def __init__(self) -> None:
            self.content = bytearray()

        def write(self, piece: bytes) -> int:
            self.content += piece
            return len(piece)

        def flush(self) -> None: ...

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as new:  # type: ignore[call-overload]
        for name, content in members.items():
            new.writestr(name, content)
    path.write_bytes(pipe.content[: pipe.content.rindex(b"PK\x01\x02ppt"[:4])])
    extraction = read(path)
    assert [page.title for page in extraction.pages] == [f"Title{number}" for number in range(1, SLIDES + 1)]
    path.write_bytes(pipe.content[: pipe.content.index(b"ppt/slides/slide5.xml") + 200])
    extraction = read(path)
    assert [page.title for page in extraction.pages if page.title] == [
        *(f"Title{number}" for number in range(1, 5))
    ]


def test_a_slide_that_ends_in_the_middle_gives_its_beginning(path: Path) -> None:
    deck().save(path)
    rewrite(
        path, lambda name, content: content[: len(content) // 2] if name.endswith("/slide2.xml") else content
    )
    extraction = read(path)
    assert extraction.pages[1].title == "Title2"
    assert "Text2.3" in extraction.pages[1].text
    assert "Note2" in extraction.pages[1].notes
    assert extraction.skipped == ("Slide 2 is damaged; what could be read was read.",)


def test_bytes_changed_in_the_packed_slide_cost_what_follows_them(path: Path) -> None:
    content = bytearray(deck().save(path).read_bytes())
    with zipfile.ZipFile(path) as package:
        member = package.getinfo("ppt/slides/slide3.xml")
    late = member.header_offset + 30 + len(member.filename) + member.compress_size * 9 // 10
    content[late : late + 20] = b"\xff" * 20
    path.write_bytes(content)
    extraction = read(path)
    assert extraction.pages[2].title == "Title3"
    assert extraction.pages[3].title == "Title4"
    assert extraction.skipped == ("Slide 3 is damaged; what could be read was read.",)


@pytest.mark.parametrize(
    ("part", "sentence", "lost"),
    [
        ("ppt/notesSlides/notesSlide4.xml", "ppt/notesSlides/notesSlide4.xml is damaged.", "Note4"),
        ("ppt/charts/chart4.xml", "A chart or SmartArt drawing of slide 4 is damaged.", "Chart4"),
        ("ppt/slides/slide4.xml", "Slide 4 is damaged.", "Title4"),
    ],
)
def test_a_missing_part_is_named_and_costs_nothing_else(
    path: Path, part: str, sentence: str, lost: str
) -> None:
    deck().save(path)
    extraction = read(rewrite(path, lambda name, content: None if name == part else content))
    everything = "\n".join(page.text + page.notes for page in extraction.pages)
    assert extraction.skipped == (sentence,)
    assert lost not in everything
    assert "Text3.1" in everything
    assert "Text5.1" in everything


@pytest.mark.parametrize(
    "part", ["ppt/presentation.xml", "ppt/_rels/presentation.xml.rels", "_rels/.rels", "[Content_Types].xml"]
)
@pytest.mark.parametrize("damage", ["missing", "empty", "other"])
def test_without_their_list_slides_come_in_the_order_of_their_names(
    path: Path, part: str, damage: str
) -> None:
    deck().save(path)
    instead = {"missing": None, "empty": b"", "other": b"<a/>"}[damage]
    extraction = read(rewrite(path, lambda name, content: instead if name == part else content))
    assert [page.title for page in extraction.pages] == [f"Title{number}" for number in range(1, SLIDES + 1)]


def test_many_damaged_slides_are_counted(path: Path) -> None:
    deck().save(path)
    rewrite(path, lambda name, content: b"" if name.startswith("ppt/slides/slide1") else content)
    rewrite(
        path,
        lambda name, content: b"" if name in ("ppt/slides/slide2.xml", "ppt/slides/slide3.xml") else content,
    )
    assert "6 of 12 slides are damaged or missing." in read(path).skipped


def test_a_deck_of_which_nothing_is_left_is_damaged(path: Path) -> None:
    deck().save(path)
    rewrite(path, lambda name, content: b"" if name.startswith("ppt/slides/") else content)
    with pytest.raises(DamagedError):
        read(path)


def test_any_damage_has_an_outcome(tmp_path: Path, path: Path) -> None:
    whole = build(tmp_path).save(path).read_bytes()
    choice = random.Random(20)
    texts = 0
    for _ in range(150):
        content = bytearray(whole)
        if choice.random() < 0.3:
            del content[choice.randrange(len(content)) :]
        for _ in range(choice.choice((0, 1, 10, 100))):
            content[choice.randrange(len(content))] = choice.randrange(256)
        path.write_bytes(content)
        try:
            texts += any(page.text for page in read(path).pages)
        except ExtractionError:
            continue
    assert texts > 75


def test_members_are_found_without_a_directory_and_not_inside_of_members(path: Path) -> None:
    inner = deck().save(path).read_bytes()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as outer:
        outer.writestr("first.bin", inner)
        outer.writestr("second.xml", "<a/>")
    content = path.read_bytes()
    path.write_bytes(content[: content.rindex(b"PK\x01\x02") - 1])
    with path.open("rb") as stream:
        parts = open_parts(path, stream)
        assert parts.skipped == ["The end of the file is missing."]
        assert "ppt/presentation.xml" not in parts.names
        assert parts.file("FIRST.BIN", len(inner)) == inner
        assert parts.file("first.bin", len(inner) - 1) is None
