"""Files inside of files, and how far they are followed."""

from __future__ import annotations

import tempfile
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from ingest.extraction import Extraction
from ingest.extractors import embedded, extract
from ingest.extractors.ole import packed_file
from ingest.mediatypes import FORMATS
from tests.ingest.compounds import compound, packaged
from tests.ingest.decks import DeckFile, frame, shape, slide

BOMB = b"PK\x03\x04" + b"\0" * 100


def holding(folder: Path, *contents: bytes, name: str = "Datei.txt", words: str = "aussen") -> bytes:
    """A deck with files on its one slide."""
    deck = DeckFile()
    objects = ""
    for number, content in enumerate(contents):
        relation = deck.relate("ppt/slides/slide1.xml", f"ppt/embeddings/{number}{name}", "package", content)
        objects += frame(f'<p:oleObj r:id="{relation}"><p:embed/></p:oleObj>', number * 1_000_000)
    deck.add_slide(slide(shape(words) + objects))
    return deck.save(folder / "deck.pptx").read_bytes()


def read(folder: Path, content: bytes) -> Extraction:
    path = folder / "read.pptx"
    path.write_bytes(content)
    return extract(path, FORMATS["pptx"])


def test_decks_in_decks_are_read_to_a_depth(tmp_path: Path) -> None:
    content = b"im Kern"
    names = [f"Ebene{depth}" for depth in range(embedded.MAX_DEPTH + 1)]
    content = holding(tmp_path, content, words="unten")
    for words in reversed(names):
        content = holding(tmp_path, content, name="Deck.pptx", words=words)
    extraction = read(tmp_path, content)
    assert extraction.pages[0].text.split("\n") == names
    assert extraction.skipped == ("Embedded files that were read in part: 1.",)


def test_no_more_files_are_read_than_one_may_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedded._Left.__init__, "__defaults__", (3, 4, embedded.MAX_TOTAL_BYTES))
    inner = holding(tmp_path, b"eins", b"zwei", b"drei", words="innen")
    extraction = read(tmp_path, holding(tmp_path, inner, inner, name="Deck.pptx"))
    assert extraction.pages[0].text.split("\n") == ["aussen", "innen", "eins", "zwei", "drei"]
    assert extraction.skipped == ("Embedded files that were not read: 1.",)


def test_files_that_are_too_large_are_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedded, "MAX_FILE_BYTES", 10)
    extraction = read(tmp_path, holding(tmp_path, b"0123456789", b"0123456789A"))
    assert extraction.pages[0].text.split("\n") == ["aussen", "0123456789"]
    assert extraction.skipped == ("Embedded files that were not read: 1.",)


def test_of_a_long_file_its_beginning_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedded, "MAX_CHARACTERS", 9000)
    extraction = read(tmp_path, holding(tmp_path, b"\n\n".join(b"wort%d" % number for number in range(5000))))
    words = extraction.pages[0].text.split()
    assert words[:2] == ["aussen", "wort0"]
    assert 500 < len(words) < 1500
    assert extraction.skipped == ("Embedded files that were read in part: 1.",)


@pytest.mark.parametrize(
    "content", [b"", BOMB, b"%PDF-1.7 nothing", b"\x89PNG\r\n\x1a\n", compound(CONTENTS=b"x"), compound()]
)
def test_what_cannot_be_read_costs_nothing_else(tmp_path: Path, content: bytes) -> None:
    extraction = read(tmp_path, holding(tmp_path, content, b"danach", name="Objekt.bin"))
    assert extraction.pages[0].text.split("\n")[0] == "aussen"
    assert extraction.skipped == ("Embedded files that were not read: 1.",)


def test_an_extractor_that_fails_costs_its_file_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(path: Path, media_type: str) -> Extraction:
        raise ZeroDivisionError

    content = holding(tmp_path, b"innen")
    path = tmp_path / "read.pptx"
    path.write_bytes(content)
    monkeypatch.setattr(embedded, "extract", fail)
    extraction = extract(path, FORMATS["pptx"])
    assert (extraction.pages[0].text, extraction.counts["embedded files"]) == ("aussen", 1)
    assert extraction.skipped == ("Embedded files that were not read: 1.",)


def test_without_a_place_for_them_embedded_files_are_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = holding(tmp_path, b"innen")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))
    extraction = read(tmp_path, content)
    assert extraction.pages[0].text == "aussen"
    assert extraction.skipped == ("Embedded files that were not read: 1.",)


def test_linked_files_are_not_looked_for(tmp_path: Path) -> None:
    deck = DeckFile()
    name = deck.add_slide(slide(shape("aussen") + frame('<p:oleObj r:id="rId1"><p:link/></p:oleObj>')))
    target = (tmp_path / "secret.txt").as_uri()
    (tmp_path / "secret.txt").write_text("geheim")
    deck.relations[name].append(
        f'<Relationship Id="rId1" Type="x/oleObject" Target="{target}" TargetMode="External"/>'
    )
    extraction = extract(deck.save(tmp_path / "deck.pptx"), FORMATS["pptx"])
    assert (extraction.pages[0].text, extraction.skipped) == ("aussen", ())


def test_files_of_the_packager_keep_their_name() -> None:
    packed = packed_file(compound(**{"\x01Ole10Native": packaged("Liste der Städte.csv", b"a;b")}))
    assert packed is not None
    assert packed.content == b"a;b"
    assert packed.name.endswith(".csv")


@pytest.mark.parametrize("length", [0, 6, 10, 40])
def test_files_of_the_packager_that_are_cut_off_are_none(length: int) -> None:
    stream = packaged("a.txt", b"x" * 5000)
    assert packed_file(compound(**{"\x01Ole10Native": stream[:length]})) is None


def test_pictures_are_never_in_memory(tmp_path: Path) -> None:
    path = tmp_path / "deck.pptx"
    path.write_bytes(holding(tmp_path, b"innen"))
    picture = bytes(30_000_000)
    with zipfile.ZipFile(path, "a") as package:
        package.writestr("ppt/media/image1.jpg", picture)
        package.writestr("ppt/media/image2.jpg", picture, zipfile.ZIP_DEFLATED)
    del picture
    extract(path, FORMATS["pptx"])
    tracemalloc.start()
    try:
        assert "innen" in extract(path, FORMATS["pptx"]).pages[0].text
        assert tracemalloc.get_traced_memory()[1] < 4_000_000
    finally:
        tracemalloc.stop()
