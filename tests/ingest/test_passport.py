from __future__ import annotations

import datetime as dt
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest import frames
from ingest.extraction import EncryptedError, Extraction, ExtractionError, PageText, ReaderError
from ingest.passport import Passport
from ingest.reading import Reading, error_from_json, error_to_json

EXTRACTION = Extraction(
    (
        PageText(1, "Titel\nText", "Titel", notes="leise"),
        PageText(2, "", hidden=True, label="ii"),
        PageText(3, "mehr"),
    ),
    title="Titel",
    creators=("Anna Beispiel",),
    date=dt.date(2017, 6, 29),
    counts={"tables": 2},
    skipped=("Embedded files that were not read: 1.",),
    repairs=("The text of 1 page was mended.",),
    for_ocr=(2,),
    tool="python-pptx 1",
)
READING = Reading(
    EXTRACTION,
    (("de", "ru"), (), ("de",)),
    ("de",),
    Passport.of(EXTRACTION, "text/plain", 0.25, {"de": 2 / 3, "ru": 1 / 3}),
)

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


def test_passport_reports_on_what_was_read() -> None:
    passport = READING.passport
    assert (passport.pages, passport.characters, passport.notes) == (3, 14, 1)
    assert (passport.pages_without_text, passport.hidden) == ((2,), (2,))
    assert passport.counts == {"tables": 2}
    assert passport.seconds == 0.25


@pytest.mark.parametrize(
    ("texts", "skipped", "light"),
    [
        (("a", "b"), (), "green"),
        (("a", ""), (), "amber"),
        (("a",), ("Embedded files that were not read: 1.",), "amber"),
        (("", ""), (), "red"),
        ((), (), "red"),
    ],
)
def test_light_says_how_well_it_was_read(
    texts: tuple[str, ...], skipped: tuple[str, ...], light: str
) -> None:
    pages = tuple(PageText(number, text) for number, text in enumerate(texts, start=1))
    assert Passport.of(Extraction(pages, skipped=skipped), "text/plain", 0).light == light


def test_passport_survives_json() -> None:
    assert Passport.from_json(json.loads(json.dumps(READING.passport.to_json()))) == READING.passport


def test_reading_survives_the_way_between_processes() -> None:
    assert Reading.from_json(frames.unpack(frames.pack(READING.to_json())[4:])) == READING


@given(st.sampled_from(sorted(READING.to_json())), ANYTHING)
def test_a_reading_with_a_forged_value_is_refused_or_sound(key: str, value: object) -> None:
    record = {**READING.to_json(), key: value}
    try:
        reading = Reading.from_json(json.loads(json.dumps(record)))
    except ValueError:
        return
    assert isinstance(reading.extraction.title, str)
    assert all(isinstance(code, str) for languages in reading.page_languages for code in languages)
    assert len(reading.page_languages) == len(reading.extraction.pages)


@pytest.mark.parametrize("error", [EncryptedError(), EncryptedError("own words"), ReaderError("slow")])
def test_errors_survive_the_way_between_processes(error: ExtractionError) -> None:
    back = error_from_json(error_to_json(error))
    assert (type(back), str(back)) == (type(error), str(error))


def test_an_error_of_unknown_kind_is_the_reader_s() -> None:
    assert type(error_from_json({"error": "SystemExit", "message": "x"})) is ReaderError


def test_frames_that_are_no_messages_are_refused() -> None:
    for body in (b"", b"[1]", b"\xff", b"{"):
        with pytest.raises(ValueError):  # noqa: PT011 (each has its own words)
            frames.unpack(body)
