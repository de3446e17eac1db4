from __future__ import annotations

from dataclasses import replace

from archive.model import Document, Kind, Page, Version
from index.query import Query
from portal.cards import Shelf
from portal.citations import citation
from portal.reader import Reader
from portal.reading import PAGES_AT_ONCE, Reading, head, hit_bar, pages
from portal.record import aside
from portal.urls import HITS_PER_PAGE

QUERY = Query(text="Wärme & Stadt", limit=HITS_PER_PAGE)


def reading(document: Document, count: int, at: int, hits: tuple[int, ...] = ()) -> Reading:
    read = [Page(number, f"Wärme auf Seite {number}", languages=("de",)) for number in range(1, count + 1)]
    return Reading(document, read, QUERY, {number: ((0, 5),) for number in hits}, at)


def test_the_bar_leads_from_hit_to_hit(document: Document, reader: Reader) -> None:
    bar = hit_bar(reading(document, 9, 4, (2, 4, 8)), reader)
    assert "Treffer 2 von 3" in bar
    assert "p=2&amp;" in bar
    assert "p=8&amp;" in bar


def test_between_hits_the_bar_leads_to_the_nearest(document: Document, reader: Reader) -> None:
    bar = hit_bar(reading(document, 9, 5, (2, 4, 8)), reader)
    assert "3 Seiten mit Treffern" in bar
    assert "p=4&amp;" in bar
    assert "p=8&amp;" in bar
    assert hit_bar(reading(document, 9, 1), reader) == ""


def test_at_the_ends_there_is_nothing_more_to_step_to(document: Document, reader: Reader) -> None:
    bar = hit_bar(reading(document, 9, 2, (2, 4)), reader)
    assert 'class="off">‹ Vorige' in bar
    assert 'class="off">Nächste' not in bar


def test_the_way_back_leads_to_the_query(document: Document, shelf: Shelf, reader: Reader) -> None:
    shown = head(reading(document, 1, 1), shelf, reader)
    assert 'href="/?q=W%C3%A4rme+%26+Stadt"' in shown
    assert "‹ Wärme &amp; Stadt" in shown
    assert "/conferences?id=2017-krasnodar" in shown


def test_pages_are_marked_and_the_same_wherever_the_reader_is(document: Document, reader: Reader) -> None:
    shown = pages(reading(document, 9, 4, (2,)), reader)
    assert "<mark>Wärme</mark> auf Seite 2" in shown
    assert 'aria-label="Folie 2, mit Treffern"' in shown
    assert shown == pages(reading(document, 9, 7, (2,)), reader)


def test_long_documents_are_read_in_parts(document: Document, reader: Reader) -> None:
    long = reading(document, PAGES_AT_ONCE * 2 + 1, PAGES_AT_ONCE + 1)
    shown = pages(long, reader)
    assert f'data-target="{PAGES_AT_ONCE + 1}"' in shown
    assert f'data-target="{PAGES_AT_ONCE}"' not in shown
    assert "101–101" in shown


def test_a_page_beyond_the_last_shows_the_last_part(document: Document, reader: Reader) -> None:
    assert reading(document, 3, 99).part[-1].number == 3
    assert "konnte nicht gelesen werden" in pages(Reading(document, [], QUERY, {}, 1), reader)


def test_a_page_that_is_not_just_in_the_main_language_says_in_which(
    document: Document, reader: Reader
) -> None:
    read = [
        Page(1, "Wärme", languages=("de",)),
        Page(2, "Тепло heat", languages=("ru", "en")),
        Page(3, "Ciepło", languages=("other",)),
        Page(4, "2017"),
    ]
    shown = pages(Reading(replace(document, languages=("de", "ru")), read, QUERY, {}, 1), reader)
    assert "<h2>Folie 1</h2>" in shown
    assert (
        '<h2>Folie 2<abbr class="lang lang-ru" title="Russisch">RU</abbr>'
        '<abbr class="lang lang-en" title="Englisch">EN</abbr></h2>'
    ) in shown
    assert '<h2>Folie 3<abbr class="lang lang-other"' in shown
    assert "<h2>Folie 4</h2>" in shown


def test_notes_are_shown_where_they_are_given(document: Document, reader: Reader) -> None:
    with_notes = Reading(document, [Page(1, "Text", notes="Eine <Notiz>")], QUERY, {}, 1)
    assert "Eine &lt;Notiz&gt;" in pages(with_notes, reader)


def test_papers_without_pictures_are_text_only(document: Document, reader: Reader) -> None:
    version = replace(document.current, files=document.current.files[1:])
    paper = replace(document, kind=Kind.PAPER, versions=(version,))
    assert "text-only" in pages(reading(paper, 2, 1), reader)
    assert "text-only" not in pages(reading(replace(paper, kind=Kind.PRESENTATION), 2, 1), reader)


def test_the_side_has_downloads_sisters_record_versions_and_citation(
    document: Document, shelf: Shelf, reader: Reader
) -> None:
    older = replace(document.current, note="Tabelle berichtigt")
    newer = Version(2, older.created_at, older.files[:1])
    two = replace(document, versions=(older, newer), example=True)
    sister = replace(document, id="7k3mx9q2f2", title="Модернизация", languages=("ru",))
    shown = aside(two, 12, [sister], shelf, reader, "https://archiv.example")
    for words in (
        "/files/7k3mx9q2f1/2/Vortrag%20%C3%A4.pdf",
        "/files/7k3mx9q2f1/1/Vortrag%20%C3%A4.pptx",
        "Модернизация",
        "Präsentation, 12 Folien",
        "CC BY 4.0",
        "Tabelle berichtigt",
        "01.07.2017",
        "https://archiv.example/d/7k3mx9q2f1",
        "nicht von den genannten Einrichtungen",
        "panel=2017-krasnodar%2Fenergie",
    ):
        assert words in shown


def test_a_citation_is_one_sentence_with_an_address_that_stays(
    document: Document, shelf: Shelf, reader: Reader
) -> None:
    cited = citation(document, shelf.conference(document), reader, "https://archiv.example")
    assert cited.replace("\u2060", "") == (
        "Stadtwerke Karlsruhe (2017): Fernwärme modernisieren. Präsentation, XIV. Deutsch-Russische "
        "Städtepartnerkonferenz, Krasnodar, 28.–30. Juni 2017. Konferenzarchiv, Fassung 1, "
        "https://archiv.example/d/7k3mx9q2f1"
    )


def test_a_citation_does_without_creators_and_conference(document: Document, reader: Reader) -> None:
    bare = replace(document, creators=(), title="Wohin?", example=True)
    cited = citation(bare, None, reader, "")
    assert cited == "Wohin? [Beispiel] Präsentation. Konferenzarchiv, Fassung 1, /d/7k3mx9q2f1"


def test_the_title_of_a_page_is_set_off_and_its_marks_stay_in_place(
    document: Document, reader: Reader
) -> None:
    page = Page(1, "Netze und Wärme\nWärme sparen", title="Netze und Wärme", languages=("de",))
    shown = pages(Reading(document, [page], QUERY, {1: ((10, 15), (16, 21))}, 1), reader)
    assert 'class="words first" lang="de" dir="auto">Netze und <mark>Wärme</mark>' in shown
    assert 'class="words" lang="de" dir="auto"><mark>Wärme</mark> sparen</p>' in shown


def test_a_mark_that_runs_over_the_title_leaves_the_text_whole(document: Document, reader: Reader) -> None:
    page = Page(1, "Netze und Wärme", title="Netze", languages=("de",))
    shown = pages(Reading(document, [page], QUERY, {1: ((0, 9),)}, 1), reader)
    assert '<p class="words" lang="de" dir="auto"><mark>Netze und</mark> Wärme</p>' in shown


def test_the_side_links_to_similar_documents_if_there_are_any(
    document: Document, shelf: Shelf, reader: Reader
) -> None:
    other = replace(document, id="7k3mx9q2f2", title="Тепло & сеть", languages=("ru",))
    shown = aside(document, 2, (), shelf, reader, "", [other])
    assert "Ähnliche Dokumente" in shown
    assert 'lang="ru" dir="auto" data-id="similar:7k3mx9q2f2">Тепло &amp; сеть</a>' in shown
    assert "Ähnliche" not in aside(document, 2, (), shelf, reader, "")
