from __future__ import annotations

import datetime as dt
import time
import unicodedata
from contextlib import suppress

import pytest

from archive.model import Kind
from ingest.errors import WebPageError
from ingest.periods import period_in
from ingest.webpage import PageLink, read_page
from ingest.webpage_facts import motto_in, number_in, organisers_in, place_in
from ingest.webpage_files import Beside
from ingest.webpage_source import MAX_BYTES

GERMAN = """<!DOCTYPE html>
<!-- saved from url=(0044)https://www.example.org/konferenz/2017.html -->
<html lang="de"><head><meta charset="utf-8"><title>XII. Werkstatt der Flüsse | Forum</title></head>
<body>
<div id="cookie-banner"><p>Wir verwenden Kekse. <a href="https://example.org/kekse">Mehr</a></p></div>
<nav><ul><li><a href="https://example.org/start">Start</a></li></ul></nav>
<main><p class="datum">14. - 16.09.2016</p><h1>XII. Werkstatt der Flüsse</h1>
<p>Vom 14. bis 16. September 2016 trafen sich in Ulm im Rahmen der Werkstatt 80 Fachleute.</p>
<p>Sie stand unter dem Motto „Ufer verbinden – Wasser teilen“. In Kooperation mit vielen Gemeinden.</p>
<p>Veranstalter: Beispielforum e.V., Stiftung Muster und Stadt Ulm</p>
<p>Weitere Informationen zur Werkstatt finden sie <a href="https://www.example.org/mehr">hier</a>.</p>
<p>Das Programm der Werkstatt können Sie hier downloaden:
<a href="./seite-Dateien/Ablauf%20Ulm.pdf">Ablauf (PDF, 1,2 MB)</a></p>
<h2>Präsentationen der Veranstaltung</h2>
<h3>Panel 1: Ufer</h3>
<ul><li><a href="https://www.example.org/fileadmin/Gr%C3%BCne_Ufer.pdf">Grüne Ufer am Fluss</a></li>
<li>Schilf und Sand <a href="https://www.example.org/dl?file=schilf.pptx">Download</a></li>
<li><a href="fehlt.pdf">Was fehlt</a></li></ul>
<p>Veröffentlicht am 01.12.2016</p>
</main><footer><p>Fuß 01.01.2001</p><a href="https://example.org/impressum">Impressum</a></footer></body></html>"""

RUSSIAN = """<html><head><title>Встреча</title></head><body><article>
<h1>V Встреча городов на реках</h1><p>с 28 по 30 мая 2015 года</p>
<p>Встреча состоялась 28–30 мая 2015 г. в Москве под девизом «Берега соединяют». Участвовали сто человек.</p>
<p>Организаторы: Фонд «Пример»; Город</p>
<p>Подробнее о встрече можно найти <a href="https://example.org/ru">здесь</a>.</p>
<h2>Доклады</h2><h3>Секция 2. Вода</h3>
<p><a href="files/Чистая вода.pptx" download>Чистая вода (PPTX, 3 Мб)</a></p>
<h2>Программа</h2><p><a href="/upload/programma.pdf">Скачать</a></p>
</article></body></html>"""

ENGLISH = """<html lang="en"><body><h1>The 7th Workshop on Rivers</h1>
<p>June 30 – July 2, 2014, Leeds</p>
<p>The workshop was held under the theme "Banks and bridges" and had many guests from towns near and far.</p>
<p>Organised by: River Trust; City Council</p>
<h2>Minutes</h2><a href="notes.docx">Notes of the first day</a>
</body></html>"""


def test_german_page_is_read() -> None:
    nfd = unicodedata.normalize("NFD", "Grüne Ufer.PDF")
    page = read_page(
        GERMAN.encode(), ["seite-Dateien/Ablauf Ulm.pdf", nfd, "schilf(1).pptx", "seite-Dateien/a.css"]
    )
    assert (page.title, page.number, page.language) == ("XII. Werkstatt der Flüsse", 12, "de")
    assert (page.start, page.end) == (dt.date(2016, 9, 14), dt.date(2016, 9, 16))
    assert (page.place, page.motto) == ("Ulm", "Ufer verbinden – Wasser teilen")
    assert page.organisers == ("Beispielforum e.V.", "Stiftung Muster", "Stadt Ulm")
    assert page.links == (PageLink("Weitere Informationen zur Werkstatt", "https://www.example.org/mehr"),)
    assert page.saved_from == "https://www.example.org/konferenz/2017.html"
    assert page.description.startswith("Vom 14. bis 16. September 2016 trafen")
    for left_out in ("Kekse", "Start", "Fuß", "Veröffentlicht", "Schilf"):
        assert left_out not in page.description
    assert [(each.title, each.kind, each.panel, each.path) for each in page.downloads] == [
        ("Ablauf", Kind.PROGRAMME, "", "seite-Dateien/Ablauf Ulm.pdf"),
        ("Grüne Ufer am Fluss", Kind.PRESENTATION, "Panel 1: Ufer", nfd),
        ("Schilf und Sand", Kind.PRESENTATION, "Panel 1: Ufer", "schilf(1).pptx"),
        ("Was fehlt", Kind.PRESENTATION, "Panel 1: Ufer", ""),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1251"])
def test_russian_page_is_read_in_any_encoding(encoding: str) -> None:
    page = read_page(RUSSIAN.encode(encoding), ["files/Чистая вода.pptx", "programma (2).pdf"])
    assert (page.title, page.number, page.language) == ("V Встреча городов на реках", 5, "ru")
    assert (page.start, page.end) == (dt.date(2015, 5, 28), dt.date(2015, 5, 30))
    assert (page.place, page.motto) == ("Москва", "Берега соединяют")
    assert page.links == (PageLink("Подробнее о встрече", "https://example.org/ru"),)
    assert [(each.title, each.kind, each.panel, each.path) for each in page.downloads] == [
        ("Чистая вода", Kind.PRESENTATION, "Секция 2. Вода", "files/Чистая вода.pptx"),
        ("", Kind.PROGRAMME, "", "programma (2).pdf"),
    ]


def test_english_page_is_read() -> None:
    page = read_page(ENGLISH.encode(), ["notes.docx"])
    assert (page.number, page.start, page.end) == (7, dt.date(2014, 6, 30), dt.date(2014, 7, 2))
    assert (page.place, page.motto, page.language) == ("Leeds", "Banks and bridges", "en")
    assert page.organisers == ("River Trust", "City Council")
    (download,) = page.downloads
    assert (download.kind, download.path) == (Kind.MINUTES, "notes.docx")


def test_declared_code_page_counts_where_bytes_do_not_tell() -> None:
    html = '<html><meta http-equiv="Content-Type" content="text/html; charset=windows-1252"><h1>Grüße</h1>'
    assert read_page(html.encode("cp1252")).title == "Grüße"
    assert read_page(html.encode("utf-8")).title == "Grüße"


@pytest.mark.parametrize(
    "html",
    [
        "",
        "<",
        "<h1>",
        "<p>a<h1>b</p></h1><table><tr><a href='x.pdf'>y",
        "<html><body></html></body><h1>late",
        "\0<h1>\0a</h1>",
        "<a href='http://[::1'>x</a><a href='?file=%zz.pdf'>y</a><a href='//'>z</a>",
        "<!DOCTYPE html [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><h1>&x;</h1>",
    ],
)
def test_broken_page_is_read_as_far_as_it_goes_or_refused(html: str) -> None:
    with suppress(WebPageError):
        assert "root:" not in read_page(html.encode(), ["x.pdf"]).title


def test_deep_and_long_pages_are_bounded() -> None:
    deep = "<div>" * 100_000 + "<h1>x</h1>"
    many = "<h1>T</h1>" + "<p><a href='a.pdf'>x</a> " * 100_000
    overfull = "<p " + " ".join(f"a{number}=''" for number in range(200_000)) + "><h1>x</h1>"
    begun = time.process_time()
    for html in (
        deep,
        many,
        overfull,
        "<h1>" + "a" * 1_000_000,
        "<p>" + "1. - " * 100_000 + "</p>",
        "„" * 500_000,
    ):
        try:
            page = read_page(html.encode())
        except WebPageError:
            continue
        assert len(page.title) <= 500
        assert len(page.downloads) <= 1000
    assert time.process_time() - begun < 60
    with pytest.raises(WebPageError, match="MB"):
        read_page(b"x" * (MAX_BYTES + 1))


def test_what_a_field_tells_is_not_told_by_the_description() -> None:
    html = "<h1>T</h1><p>Motto: „Ufer verbinden“</p><p>Viele kamen unter dem Motto „Ufer“ zusammen.</p>"
    page = read_page(html.encode())
    assert page.motto == "Ufer verbinden"
    assert page.description == "Viele kamen unter dem Motto „Ufer“ zusammen."


def test_page_wrapped_in_a_form_is_read_and_a_form_to_fill_in_is_not() -> None:
    wrapped = read_page(f"<form id='aspnetForm'>{GERMAN}<form><h2>Newsletter</h2>x</form></form>".encode())
    assert (wrapped.title, wrapped.place) == ("XII. Werkstatt der Flüsse", "Ulm")
    form = read_page(b"<h1>T</h1><form><h2>Newsletter</h2><label>Ihre E-Mail</label></form><p>Text</p>")
    assert form.description == "Text"
    long = "<form><h2>T</h2>" + "<p>Ein Absatz über Ufer und Wasser.</p>" * 60 + "</form>"
    assert read_page(long.encode()).title == "T"


def test_addresses_that_run_something_are_no_downloads() -> None:
    html = (
        "<h1>T</h1><a href='javascript:a.pdf' download>x</a><a href='data:application/pdf,a' download>y</a>"
    )
    assert read_page(html.encode()).downloads == ()


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("28. - 30.06.2017", "2017-06-28", "2017-06-30"),
        ("28.06. – 30.06.2017", "2017-06-28", "2017-06-30"),
        ("28.06.2017 bis 01.07.2017", "2017-06-28", "2017-07-01"),
        ("Vom 28. bis 30. Juni 2017 trafen sich", "2017-06-28", "2017-06-30"),
        ("30. Dezember 2016 bis 2. Januar 2017", "2016-12-30", "2017-01-02"),
        ("30. Dezember bis 2. Januar 2017", "2016-12-30", "2017-01-02"),
        ("с 28 по 30 июня 2017 года", "2017-06-28", "2017-06-30"),
        ("28 июня – 1 июля 2017 г.", "2017-06-28", "2017-07-01"),
        ("June 28–30, 2017", "2017-06-28", "2017-06-30"),
        ("28 June to 1 July 2017", "2017-06-28", "2017-07-01"),
        ("2017-06-28 – 2017-06-30", "2017-06-28", "2017-06-30"),
        ("am 29. Juni 2017", "2017-06-29", "2017-06-29"),
    ],
)
def test_days_are_read_in_the_notation_of_three_languages(text: str, start: str, end: str) -> None:
    period = period_in(text)
    assert period is not None
    assert (period.start.isoformat(), period.end.isoformat()) == (start, end)


@pytest.mark.parametrize(
    "text", ["im Jahr 2050 werden es 70 %", "30. - 28.06.2017 x", "Kapitel 1.2.3", "31.02.2017"]
)
def test_what_is_no_period_is_none(text: str) -> None:
    period = period_in(text)
    assert period is None or period.start == period.end


@pytest.mark.parametrize(
    ("title", "number"),
    [
        ("XIV. Konferenz", 14),
        ("Die IX. Tagung", 9),
        ("ХIV Конференция", 14),
        ("X Форум", 10),
        ("14. Tagung", 14),
        ("The 3rd Meeting", 3),
        ("14-я конференция", 14),
        ("I think so", None),
        ("Konferenz IIX. x", None),
        ("28. Juni 2017 Tagung", None),
        ("Konferenz 2017", None),
    ],
)
def test_number_of_a_conference_is_read_from_its_title(title: str, number: int | None) -> None:
    assert number_in(title) == number


@pytest.mark.parametrize(
    ("text", "language", "place"),
    [
        ("Am 29. Juni 2017 in Krasnodar im Rahmen von allem.", "de", "Krasnodar"),
        ("Sie fand am 3. Mai 2016 in Frankfurt am Main statt.", "de", "Frankfurt am Main"),
        ("Am 29. Juni 2017 in Kooperation mit anderen.", "de", ""),
        ("Städte in Deutschland. Am 29. Juni 2017 war es warm.", "de", ""),
        ("28–30 июня 2017, г. Краснодар", "ru", "Краснодар"),
        ("Она прошла 28 июня 2017 года в Краснодаре.", "ru", "Краснодар"),
        ("28 июня 2017 года в рамках встречи.", "ru", ""),
        ("It was held on 3 May 2016 in Leeds.", "en", "Leeds"),
        ("in Krasnodar ohne Datum", "de", ""),
    ],
)
def test_place_is_taken_only_where_it_is_plain(text: str, language: str, place: str) -> None:
    assert place_in([text], language) == place


def test_motto_and_organisers_need_their_words() -> None:
    assert motto_in(["Ein „Zitat“ von früher", "unter dem Motto „A und B“."]) == "A und B"
    assert motto_in(["Ein „Zitat“ von früher"]) == ""
    assert organisers_in(["Der Veranstalter sagte viel."]) == ()


FILES = ["a/Über Uns.pdf", "b/x y.pdf", "x_y(1).pdf", "same.pdf", "b/same.pdf"]


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("a/%C3%9Cber%20Uns.pdf", "a/Über Uns.pdf"),
        ("./A/über uns.PDF", "a/Über Uns.pdf"),
        ("https://example.org/d/U%CC%88ber%20Uns.pdf", "a/Über Uns.pdf"),
        ("https://example.org/get.php?f=%C3%9Cber+Uns.pdf", "a/Über Uns.pdf"),
        ("b\\x y.pdf", "b/x y.pdf"),
        ("/d/x%20y.pdf", "b/x y.pdf"),
        ("b/same.pdf", "b/same.pdf"),
        ("https://example.org/same.pdf", ""),
        ("../../etc/passwd", ""),
        ("https://example.org/", ""),
        ("none.pdf", ""),
    ],
)
def test_link_means_the_file_beside_the_page(address: str, path: str) -> None:
    assert Beside(FILES).find(address) == path
