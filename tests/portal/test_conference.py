from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from archive.model import Conference, Document, Kind
from portal.conference import conference_page, works
from portal.conferences import conference_card, conference_list, holding, languages_of
from portal.reader import Reader


def test_a_conference_shows_all_that_is_known(
    conference: Conference, document: Document, reader: Reader
) -> None:
    page = conference_page(conference, [document], [conference], reader)
    for words in (
        "28.\u2060–\u206030. Juni 2017",
        "XIV. Deutsch-Russische Städtepartnerkonferenz",
        "Kontakte knüpfen",
        "<p>Erster Absatz.</p><p>Zweiter Absatz.</p>",
        'href="https://example.org/mehr"',
        'href="https://example.org/forum"',
        "Stiftung",
        "Arbeitsgruppe 2",
        "Energieeffizienz und Stadt",
        "29. Juni 2017",
        "Städte sparen Energie.",
        'href="https://www.dena.de"',
        "Fernwärme modernisieren",
    ):
        assert words in page


def test_programmes_are_downloads_at_the_top(
    conference: Conference, document: Document, reader: Reader
) -> None:
    programme = replace(document, id="7k3mx9q2f8", title="Programm", kind=Kind.PROGRAMME, panel=None)
    page = conference_page(conference, [document, programme], [conference], reader)
    assert 'class="programme"' in page
    assert page.count("/document?d=7k3mx9q2f8") == 1


def test_documents_outside_every_panel_come_last(
    conference: Conference, document: Document, reader: Reader
) -> None:
    stray = replace(document, id="7k3mx9q2f8", title="Verirrt", panel="2017-krasnodar/gone")
    page = conference_page(conference, [document, stray], [conference], reader)
    assert page.index("Weitere Dokumente") < page.index("Verirrt")


def test_translations_are_one_work_led_by_the_readers_language(document: Document) -> None:
    russian = replace(document, id="b", languages=("ru",), translation_of=(document.id,))
    english = replace(document, id="c", languages=("en",), translation_of=("b",))
    alone = replace(document, id="d")
    grouped = works([english, document, russian, alone], "ru")
    assert [sorted(one.id for one in work) for work in grouped] == [[document.id, "b", "c"], ["d"]]
    assert grouped[0][0].id == "b"


def test_other_conferences_are_tabs(conference: Conference, reader: Reader) -> None:
    other = replace(conference, id="2015-karlsruhe", number=13, place={"de": "Karlsruhe"}, start=None)
    page = conference_page(conference, [], [conference, other], reader)
    assert 'href="/conferences?id=2015-karlsruhe" data-id' in page.replace(" aria-current", " data")
    assert "XIII. Karlsruhe" in page


def test_a_card_has_number_city_days_and_languages(
    conference: Conference, document: Document, reader: Reader
) -> None:
    russian = replace(document, languages=("ru", "de"))
    card = conference_card(holding(conference, [document, russian]), reader)
    for words in ("XIV.", "Krasnodar 2017", "2 Dokumente", "lang-de", "lang-ru"):
        assert words in card
    assert languages_of([document, russian]) == ("de", "ru")


def test_an_empty_archive_says_so(reader: Reader) -> None:
    assert "noch keine Konferenz" in conference_list([], reader)


@pytest.mark.parametrize(
    ("language", "number", "name"),
    [("de", 14, "XIV. Krasnodar 2017"), ("ru", 14, "XIV Краснодар 2017"), ("en", 49, "XLIX Krasnodar 2017")],
)
def test_conferences_are_named_as_each_language_does(
    language: str, number: int, name: str, conference: Conference, reader_in: Callable[[str], Reader]
) -> None:
    assert reader_in(language).conference(replace(conference, number=number)) == name


def test_a_conference_without_place_is_named_by_its_title(conference: Conference, reader: Reader) -> None:
    bare = Conference("c", {"de": "Tagung"})
    assert reader.conference(bare) == "Tagung"
    assert reader.conference(Conference("c", {})) == "c"
    assert "Tagung" in conference_card(holding(bare, []), reader)
