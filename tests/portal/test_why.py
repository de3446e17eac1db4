"""Why a document is a hit, on its card and in a terminal."""

from __future__ import annotations

from dataclasses import replace

import pytest

from archive.model import Document
from index.query import Query
from index.results import Explanation, Hit, ResultPage, Saying, Snippet, WordSaid
from index.trace import Trace
from index.tree import Word
from portal.cards import Shelf
from portal.reader import Reader
from portal.results import results
from portal.results_text import as_text
from portal.why import LINKED, lacks, why

TYPED = Saying(("<Netz>",), "typed", "", "", 1.0, ("title", "text"), (3,), 2)
TRANSLATED = Saying(("сети", "сеть"), "translation", "сеть", "ru", 0.7, ("text",), tuple(range(1, 9)), 9)
GUESSED = Saying(("вода",), "translation", "вода", "ru", 0.2, ("creators",), (), 1)
WHY = Explanation(
    (WordSaid("Netz", (TYPED, TRANSLATED, GUESSED)), WordSaid("Müller", ())), ("Müller",), ("Verlust",)
)


@pytest.fixture
def hit(document: Document) -> Hit:
    return Hit(document, Snippet(document.title), 1.5, "some", why=WHY)


def test_each_word_is_explained_by_what_stands_there(hit: Hit, reader: Reader) -> None:
    shown = why(hit, Query("Netz Müller"), reader)
    assert f'<summary aria-label="Warum dieser Treffer? {hit.document.title}">Warum dieser Treffer?' in shown
    assert '<b dir="auto">&lt;Netz&gt;</b> – wie eingegeben' in shown
    assert "Titel, Text" in shown
    assert '<b lang="ru" dir="auto">сети, сеть</b> – Übersetzung (Russisch)<' in shown
    assert "Übersetzung (Russisch), unsicher" in shown
    assert "kommt nicht vor" in shown


def test_pages_lead_into_the_document(hit: Hit, reader: Reader) -> None:
    shown = why(hit, Query("Netz"), reader)
    assert f'href="/document?d={hit.document.id}&amp;p=3&amp;q=Netz">Folie 3</a>' in shown
    assert f'aria-label="Folie {LINKED}">{LINKED}</a> …' in shown
    assert f'aria-label="Folie {LINKED + 1}"' not in shown


def test_missing_words_stand_on_the_card(hit: Hit, shelf: Shelf, reader: Reader) -> None:
    shown = results(ResultPage(0, 1, (hit,), ()), Query("Netz Müller"), shelf, reader)
    assert "Es fehlt: <s>Müller</s>" in shown
    assert "Nur vielleicht gemeint: Verlust" in shown
    complete = replace(hit, why=Explanation(WHY.words))
    assert lacks(complete, reader) == ""


def test_without_words_nothing_is_explained(hit: Hit, reader: Reader) -> None:
    assert why(replace(hit, why=Explanation()), Query(), reader) == ""


def test_where_no_document_has_all_words_the_page_says_which_none_has(
    hit: Hit, shelf: Shelf, reader: Reader
) -> None:
    page = ResultPage(0, 1, (hit,), (), absent=("Müller", "<b>"))
    shown = results(page, Query("x"), shelf, reader)
    assert "In keinem Dokument: Müller, &lt;b&gt;." in shown
    assert "bei jedem steht, was fehlt" in shown
    assert "in keinem Dokument zusammen" in results(replace(page, absent=()), Query("x"), shelf, reader)
    assert "bei jedem steht" not in results(replace(page, total=1), Query("x"), shelf, reader)


def test_a_terminal_is_told_the_same_when_it_asks(hit: Hit) -> None:
    page = ResultPage(0, 1, (hit,), (), absent=("Müller",), understood="Netz Müller")
    told = Trace(Query("Netz Müller"), Word("Netz"), (), (), (), {}, {})
    short, long = as_text(page), as_text(replace(page, trace=told))
    assert "in no document: Müller" in short
    assert "\nwith some of the words:\n" in short
    assert "  missing: Müller\n  only perhaps meant: Verlust\n" in short
    assert "сеть" not in short
    assert "asked: Netz Müller\nparsed:\n  word Netz\n" in long
    assert "  score 1.5, some of the words\n    Netz: <Netz> (typed, 1.00, title text 3); сети, " in long
    assert "    Müller: does not occur\n" in long
