from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace

import pytest

from archive.errors import StorageError
from archive.model import (
    Access,
    Agent,
    Conference,
    Document,
    File,
    Kind,
    Link,
    Panel,
    Sensitive,
    State,
    Version,
)
from archive.records import (
    CONFERENCE_FORMAT,
    DOCUMENT_FORMAT,
    conference_from_json,
    conference_to_json,
    document_from_json,
    document_to_json,
    dump,
    load,
)

NOW = dt.datetime(2017, 6, 29, 10, 0, tzinfo=dt.UTC)
FILE = File("Präsentation.pptx", "panel/Pra\u0308sentation.pptx", "application/x", 5, "ab" * 64, 12)
KEPT = replace(FILE, sensitive=(Sensitive.NOTES,), withheld=(Sensitive.NOTES, Sensitive.CONTACTS))
DOCUMENT = Document(
    id="0000000000",
    title="Теплоснабжение",
    conference="2017-krasnodar",
    kind=Kind.PRESENTATION,
    state=State.WITHDRAWN,
    versions=(Version(1, NOW, (KEPT,), "first"), Version(2, NOW, (replace(FILE, page_count=None),))),
    created_at=NOW,
    updated_at=NOW,
    panel="2017-krasnodar/energie",
    creators=("Stadt Krasnodar",),
    languages=("ru", "de"),
    date=dt.date(2017, 6, 29),
    rights="CC BY",
    access=Access.EMBARGOED,
    embargoed_until=dt.date(2030, 1, 1),
    reason="asked for",
    translation_of=("0000000001",),
    part_of=("0000000002",),
    example=True,
)
CONFERENCE = Conference(
    id="2017-krasnodar",
    title={"de": "Konferenz", "ru": "Конференция"},
    series={"de": "Reihe"},
    number=14,
    start=dt.date(2017, 6, 28),
    end=dt.date(2017, 6, 30),
    place={"de": "Krasnodar"},
    motto={"de": "Motto"},
    description={"de": "Text"},
    organisers=(Agent({"de": "Forum"}, "https://example.org"),),
    partners=(Agent({"de": "Stiftung"}),),
    links=(Link({"de": "Mehr"}, "https://example.org/mehr"),),
    panels=(
        Panel(
            "2017-krasnodar/energie",
            {"de": "Energie"},
            {"de": "AG 2"},
            {"de": "Text"},
            dt.date(2017, 6, 29),
            "9:00",
            "Saal 1",
            (Agent({"de": "dena"}),),
            (Agent({"de": "Moderation"}),),
            "energie",
        ),
    ),
    example=True,
)


def test_document_round_trips() -> None:
    record = load(dump(document_to_json(DOCUMENT)), DOCUMENT_FORMAT)
    assert document_from_json(record) == DOCUMENT


def test_a_record_of_an_earlier_program_is_read() -> None:
    written = dump(document_to_json(DOCUMENT)).decode()
    record = json.loads(written)
    for version in record["versions"]:
        for file in version["files"]:
            del file["sensitive"], file["withheld"]
    read = document_from_json(record)
    assert [file.withheld for version in read.versions for file in version.files] == [(), ()]


def test_conference_round_trips() -> None:
    record = load(dump(conference_to_json(CONFERENCE)), CONFERENCE_FORMAT)
    assert conference_from_json(record) == CONFERENCE


def test_record_is_readable_text() -> None:
    assert '"title": "Теплоснабжение"' in dump(document_to_json(DOCUMENT)).decode()


@pytest.mark.parametrize("content", [b"{", b"[]", b'{"format": "other"}', json.dumps({}).encode()])
def test_foreign_record_is_refused(content: bytes) -> None:
    with pytest.raises(StorageError):
        load(content, DOCUMENT_FORMAT)
