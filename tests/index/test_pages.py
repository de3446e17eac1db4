"""The best pages of a document."""

from __future__ import annotations

from archive.model import Page
from index.concordance import Concordance
from index.looking import Looked
from index.pages import PAGES_PER_HIT, best_pages, marked_pages, ranked
from tests.index.asking import matcher


def numbers(query: str, *texts: str) -> list[int]:
    pages = [Page(number, text) for number, text in enumerate(texts, 1)]
    asked = matcher(query)
    by_number = {page.number: page for page in pages}
    found = ranked(Looked(Concordance.of(pages), asked), asked)
    return [page.number for page in best_pages(found, by_number, asked)]


def test_a_page_with_all_words_comes_first() -> None:
    assert numbers("Stadt Fluss", "Stadt Stadt Stadt", "Fluss", "Fluss und Stadt") == [3, 1, 2]


def test_more_of_a_word_comes_before_less_and_then_the_first_page() -> None:
    assert numbers("Stadt", "Stadt", "Land", "Stadt und Städte", "Stadt") == [3, 1, 4]


def test_at_most_so_many_pages_are_shown() -> None:
    assert len(numbers("Stadt", *["Stadt"] * 20)) == PAGES_PER_HIT


def test_without_words_there_is_no_page() -> None:
    assert numbers("", "Stadt") == numbers("Fluss", "Stadt") == []


def test_marked_pages_keep_their_order_and_text() -> None:
    pages = [Page(1, "Stadt"), Page(2, "Land"), Page(3, "Stadt Stadt", notes="Notiz zur Stadt")]
    first, third = marked_pages(pages, matcher("Stadt"))
    assert (first.number, first.snippet.marks) == (1, ((0, 5),))
    assert third.snippet.text == "Stadt Stadt\n\nNotiz zur Stadt"
    assert len(third.snippet.marks) == 3
