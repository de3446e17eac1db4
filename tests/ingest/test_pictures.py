from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from archive.pictures import forget_pictures
from ingest.extraction import DamagedError, EncryptedError
from ingest.pictures import WIDTHS, PictureCache, allowed_width, draw_page
from ingest.readers import ReaderPool

DIGEST = hashlib.sha512(b"deck").hexdigest()


class Drawing:
    """Stands in for the pool: says what it was asked to draw."""

    def __init__(self) -> None:
        self.asked: list[tuple[int, int]] = []

    def draw(self, path: Path, page_number: int, width: int) -> bytes:
        self.asked.append((page_number, width))
        if page_number > 9:
            raise DamagedError
        return f"{page_number} at {width}".encode()


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    path = tmp_path / "deck.pdf"
    canvas = Canvas(str(path), pagesize=(960, 540))
    for number in range(2):
        canvas.setFillColorRGB(1, 0, 0)
        canvas.rect(0, 0, 480 if number else 960, 540, stroke=0, fill=1)
        canvas.showPage()
    canvas.save()
    return path


@pytest.fixture(scope="module")
def pool() -> Iterator[ReaderPool]:
    with ReaderPool(1, 60, 1 << 30, ("de",)) as pool:
        yield pool


def opened(content: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(content))
    picture.load()
    return picture


def test_a_page_is_drawn_as_wide_as_asked(deck: Path) -> None:
    picture = opened(draw_page(deck, 1, 640))
    assert (picture.format, picture.size) == ("WEBP", (640, 360))


def test_colours_and_page_are_right(deck: Path, pool: ReaderPool) -> None:
    picture = opened(pool.draw(deck, 2, 320)).convert("RGB")
    left, right = picture.getpixel((50, 90)), picture.getpixel((270, 90))
    assert isinstance(left, tuple)
    assert isinstance(right, tuple)
    assert left[0] > 200 > 60 > left[2]
    assert min(right) > 240


@pytest.mark.parametrize("number", [0, 3, -1])
def test_a_page_that_is_not_there_is_told(deck: Path, pool: ReaderPool, number: int) -> None:
    with pytest.raises(DamagedError, match="no page"):
        pool.draw(deck, number, 320)


def test_files_that_cannot_be_drawn_are_told(tmp_path: Path, pool: ReaderPool) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"no PDF")
    with pytest.raises(DamagedError):
        pool.draw(path, 1, 320)
    path.write_bytes(b"")
    with pytest.raises(DamagedError):
        pool.draw(path, 1, 320)
    canvas = Canvas(str(path), encrypt="geheim")
    canvas.showPage()
    canvas.save()
    with pytest.raises(EncryptedError):
        pool.draw(path, 1, 320)


def test_an_endless_page_is_drawn_smaller(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    canvas = Canvas(str(path), pagesize=(100, 14000))
    canvas.showPage()
    canvas.save()
    picture = opened(draw_page(path, 1, 1600))
    assert picture.width * picture.height <= 12_200_000


def test_a_picture_is_drawn_once(tmp_path: Path, deck: Path) -> None:
    drawing = Drawing()
    cache = PictureCache(tmp_path / "pictures", drawing)
    first = cache.picture(DIGEST, deck, 2, 320)
    assert cache.picture(DIGEST, deck, 2, 320) == first
    assert first.read_bytes() == b"2 at 352"
    assert drawing.asked == [(2, 352)]


def test_widths_are_few(tmp_path: Path, deck: Path) -> None:
    drawing = Drawing()
    cache = PictureCache(tmp_path / "pictures", drawing)
    places = {cache.picture(DIGEST, deck, 1, width) for width in range(1, 3000, 50)}
    assert len(places) == len(WIDTHS) == len(drawing.asked)
    assert allowed_width(1) == WIDTHS[0]
    assert allowed_width(99_999) == WIDTHS[-1]


def test_a_page_that_cannot_be_drawn_leaves_nothing(tmp_path: Path, deck: Path) -> None:
    cache = PictureCache(tmp_path / "pictures", Drawing())
    with pytest.raises(DamagedError):
        cache.picture(DIGEST, deck, 10, 320)
    assert not [place for place in (tmp_path / "pictures").rglob("*") if place.is_file()]


@pytest.mark.parametrize(
    ("digest", "number"), [("../../etc", 1), ("ab", 1), (DIGEST.upper(), 1), (DIGEST, 0)]
)
def test_places_outside_the_cache_cannot_be_named(
    tmp_path: Path, deck: Path, digest: str, number: int
) -> None:
    with pytest.raises(ValueError, match="SHA-512"):
        PictureCache(tmp_path, Drawing()).picture(digest, deck, number, 320)


def test_pictures_of_a_file_that_is_gone_are_forgotten(tmp_path: Path, deck: Path) -> None:
    cache = PictureCache(tmp_path / "pictures", Drawing())
    place = cache.picture(DIGEST, deck, 1, 320)
    forget_pictures(tmp_path / "pictures", DIGEST)
    assert not place.parent.exists()
    forget_pictures(tmp_path / "pictures", DIGEST)
