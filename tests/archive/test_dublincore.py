from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.dublincore import NAMES, DublinCoreError, Element, from_xml, to_dublin_core, to_xml
from archive.model import Agent, Conference, Document, File, Kind, Panel, State, Version

AT = dt.datetime(2017, 7, 1, tzinfo=dt.UTC)
CONFERENCE = Conference(
    "2017-krasnodar",
    {"de": "XIV. Konferenz", "ru": "XIV конференция"},
    place={"de": "Krasnodar"},
    organisers=(Agent({"de": "Deutsch-Russisches Forum"}),),
    panels=(Panel("2017-krasnodar/energie", {"de": "Energie"}),),
)
DOCUMENT = Document(
    "7k3mx9q2f1",
    "Fernwärme & <Stadt>",
    CONFERENCE.id,
    Kind.PRESENTATION,
    State.PUBLISHED,
    (Version(1, AT, (File("a.pdf", "Panel 1/a.pdf", "application/pdf", 3, "00"),)),),
    AT,
    AT,
    panel="2017-krasnodar/energie",
    creators=("Anna Beispiel",),
    languages=("de", "other"),
    date=dt.date(2017, 6, 29),
    rights="CC BY 4.0",
    translation_of=("7k3mx9q2f2",),
)


def test_a_record_is_said_in_dublin_core() -> None:
    said = to_dublin_core(DOCUMENT, CONFERENCE)
    assert said == (
        Element("title", "Fernwärme & <Stadt>", "de"),
        Element("creator", "Anna Beispiel"),
        Element("subject", "Energie", "de"),
        Element("publisher", "Deutsch-Russisches Forum", "de"),
        Element("date", "2017-06-29"),
        Element("type", "presentation"),
        Element("format", "application/pdf"),
        Element("identifier", "urn:konferenzarchiv:document:7k3mx9q2f1"),
        Element("source", "Panel 1/a.pdf"),
        Element("language", "de"),
        Element("relation", "XIV. Konferenz", "de"),
        Element("relation", "XIV конференция", "ru"),
        Element("relation", "urn:konferenzarchiv:document:7k3mx9q2f2"),
        Element("coverage", "Krasnodar", "de"),
        Element("rights", "CC BY 4.0"),
    )
    assert from_xml(to_xml(said)) == said


def test_a_document_of_an_unknown_conference_says_what_it_can() -> None:
    assert {element.name for element in to_dublin_core(DOCUMENT, None)} >= {"title", "identifier", "type"}


WRITABLE = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"))


@given(st.lists(st.builds(Element, st.sampled_from(NAMES), WRITABLE, st.sampled_from(("", "de", "ru")))))
def test_elements_come_back_from_xml(elements: list[Element]) -> None:
    assert from_xml(to_xml(elements)) == tuple(elements)


@pytest.mark.parametrize("text", ["a\x00b", "a\x0bb", "a\ud800b", "a\ufffeb"])
def test_what_xml_cannot_hold_does_not_break_it(text: str) -> None:
    ((_name, value),) = [(each.name, each.value) for each in from_xml(to_xml([Element("title", text)]))]
    assert value in ("ab", "a?b")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<a",
        b"<dc/>",
        b'<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/"><title/></oai_dc:dc>',
        b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>',
    ],
)
def test_what_is_no_dublin_core_is_refused(content: bytes) -> None:
    with pytest.raises(DublinCoreError):
        from_xml(content)
