from __future__ import annotations

from dataclasses import replace

from archive.model import Document, Kind
from index.query import Query
from index.results import Hit, PageHit, Snippet
from portal.cards import Shelf, hit_card, small_card
from portal.reader import Reader


def test_a_hit_shows_where_the_words_stand(document: Document, shelf: Shelf, reader: Reader) -> None:
    pages = (PageHit(7, Snippet("die Fernwärme <neu>", ((4, 13),)), 1.0, "de"), PageHit(2, Snippet("x"), 0.5))
    hit = Hit(document, Snippet(document.title, ((0, 9),)), 1.0, "all", pages)
    card = hit_card(hit, Query(text="Fernwärme"), shelf, reader)
    assert "<mark>Fernwärme</mark> modernisieren" in card
    assert "die <mark>Fernwärme</mark> &lt;neu&gt;" in card
    assert f"/pages/{document.id}/7.webp" in card
    assert 'aria-label="Folie 7"' in card
    assert 'aria-label="Folie 2"' in card
    assert "p=7&amp;q=Fernw%C3%A4rme" in card


def test_a_hit_tells_what_it_is_and_how_to_get_it(document: Document, shelf: Shelf, reader: Reader) -> None:
    card = hit_card(Hit(document, Snippet(document.title), 1.0, "all"), Query(), shelf, reader)
    for words in ("Präsentation", "XIV. Krasnodar", "Energieeffizienz und Stadt", "Stadtwerke Karlsruhe"):
        assert words in card
    assert f'href="/files/{document.id}/1/Vortrag%20%C3%A4.pdf"' in card
    assert "1,2" not in card  # the fixture's files are small
    assert "PPTX" in card


def test_hostile_values_stay_text(document: Document, shelf: Shelf, reader: Reader) -> None:
    hostile = '"><script>alert(1)</script>\u202e'
    odd = replace(document, title=hostile, creators=(hostile,), languages=(hostile,), panel=hostile)
    card = hit_card(Hit(odd, Snippet(hostile), 1.0, "all"), Query(text=hostile), shelf, reader)
    assert "<script" not in card
    assert "\u202e" not in card


def test_without_a_pdf_a_tile_with_words_stands_for_the_page(
    document: Document, shelf: Shelf, reader: Reader
) -> None:
    files = document.current.files[1:]
    office = replace(document, versions=(replace(document.current, files=files),))
    card = small_card(office, shelf, reader)
    assert "<img" not in card
    assert 'class="tile cover slide"' in card


def test_a_pdf_with_other_pages_gives_no_pictures(document: Document, shelf: Shelf, reader: Reader) -> None:
    pdf, deck = document.current.files
    mixed = replace(document, versions=(replace(document.current, files=(deck, replace(pdf, page_count=9))),))
    assert "<img" not in small_card(mixed, shelf, reader)


def test_examples_say_so_everywhere(document: Document, shelf: Shelf, reader: Reader) -> None:
    example = replace(document, example=True)
    hit = Hit(example, Snippet(example.title), 1.0, "all")
    assert "Beispiel</span>" in hit_card(hit, Query(), shelf, reader)
    assert "Beispiel</span>" in small_card(example, shelf, reader)
    assert "Beispiel" not in small_card(document, shelf, reader)


def test_papers_have_pages_and_presentations_slides(document: Document, reader: Reader) -> None:
    assert reader.page(Kind.PAPER, 3) == "Seite 3"
    assert reader.page(Kind.PAPER, 3, "iii") == "Seite 3 (iii)"
    assert reader.page(document.kind, 3) == "Folie 3"
