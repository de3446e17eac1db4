"""Extraction reports tell the public nothing of what is withheld."""

from __future__ import annotations

from dataclasses import replace

import pytest

from archive.access import Audience
from archive.model import Document, Sensitive
from archive.records import Json
from portal.passports import shown_passports

REPORT: Json = {
    "light": "amber",
    "pages": 9,
    "characters": 700,
    "pages_without_text": [2, 9],
    "notes": 3,
    "hidden": [8, 9],
    "counts": {"tables": 1, "notes": 3, "comments": 2, "hidden slides": 2, "contacts": 4, "changes": 5},
    "languages": {"de": 0.7, "ru": 0.3},
    "skipped": ["There is text in the notes only.", "Slide 3 is damaged."],
}


def _shown(document: Document, *withheld: Sensitive, audience: Audience = Audience.PUBLIC) -> Json:
    decided = replace(document, withheld=withheld)
    return shown_passports(decided, {"a.pptx": REPORT}, audience, notes_public=False)["a.pptx"]


def test_numbers_of_what_is_withheld_are_left_out(document: Document) -> None:
    assert _shown(document, *Sensitive) == {
        "light": "amber",
        "pages": 7,
        "pages_without_text": [2],
        "counts": {"tables": 1},
        "skipped": ["Slide 3 is damaged."],
    }


def test_what_is_public_is_told(document: Document) -> None:
    assert _shown(document) == REPORT
    assert _shown(document, *Sensitive, audience=Audience.STAFF) == REPORT
    counts = {"tables": 1, "notes": 3, "comments": 2, "hidden slides": 2, "changes": 5}
    assert _shown(document, Sensitive.CONTACTS) == {**REPORT, "counts": counts}


@pytest.mark.parametrize("report", [{"error": "damaged"}, {"light": "red"}, {"pages": 3, "characters": 9}])
def test_a_report_without_such_numbers_stays(document: Document, report: Json) -> None:
    assert shown_passports(document, {"a": report}, Audience.PUBLIC, notes_public=False) == {"a": report}


def test_without_a_decision_the_setting_holds(document: Document) -> None:
    def shown(notes_public: bool) -> Json:
        return shown_passports(document, {"a": REPORT}, Audience.PUBLIC, notes_public=notes_public)["a"]

    assert "notes" not in shown(False)
    assert shown(True) == REPORT
