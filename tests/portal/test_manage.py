"""The form of a conference, its words and problems, and its history: pure functions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest

from archive.conference_editing import EDIT
from archive.history import Event, differences
from archive.model import Access, Conference, Document, State
from archive.records import conference_from_json, conference_to_json, document_to_json
from archive.staff_log import Step
from portal.cards import Shelf
from portal.managing.files import files_by_version
from portal.managing.form import PANELS, Form, form_of, rebased
from portal.managing.overview import conference_list
from portal.managing.parsing import is_web_address, record_of
from portal.managing.record_form import typed_of, values_of
from portal.managing.selection import WITHOUT_PANEL, Filter, filtered
from portal.managing.steps import event, values_before
from portal.managing.words import conference_changes, document_changes
from portal.reader import Reader
from portal.steps import can_be_taken_back, step_words

Readers = Callable[[str], Reader]


def typed(conference: Conference, **fields: str) -> tuple[Conference, dict[str, str]]:
    """Type into the form of a conference: what it becomes, and what is wrong."""
    base = conference_to_json(conference)
    form = form_of(base)
    for path, text in fields.items():
        assert path.replace("__", "/") in form.fields
        form.fields[path.replace("__", "/")] = text
    record, problems = record_of(form, base, READER.texts)
    return (conference if problems else conference_from_json(record)), dict(problems)


READER: Reader


@pytest.fixture(autouse=True)
def _english(reader_in: Readers) -> None:
    global READER
    READER = reader_in("en")


def test_a_form_that_nobody_touched_changes_nothing(conference: Conference) -> None:
    odd = replace(conference, title={"und": " two  spaces\n", "fr": "Titre"}, motto={"de": "a\tb "})
    for each in (conference, odd):
        assert typed(each) == (each, {})


def test_what_is_typed_becomes_the_conference(conference: Conference) -> None:
    changed, problems = typed(
        conference,
        title__en="  14th\u202e  Conference ",
        title__ru="",
        number="15",
        end="01.07.2017",
        panels__energie__room="Saal 3",
        organisers__0__url="http://example.org/neu",
    )
    assert problems == {}
    assert changed.title == {"de": conference.title["de"], "en": "14th Conference"}
    assert (changed.number, changed.end) == (15, dt.date(2017, 7, 1))
    assert (changed.panels[0].room, changed.panels[0].id) == ("Saal 3", conference.panels[0].id)
    assert changed.organisers[0].url == "http://example.org/neu"


@pytest.mark.parametrize(
    ("fields", "at"),
    [
        ({"title__de": " ", "title__ru": ""}, "title/de"),
        ({"end": "27.06.2017"}, "end"),
        ({"start": "morgen"}, "start"),
        ({"start": "31.02.2017"}, "start"),
        ({"start": ""}, "start"),
        ({"number": "vierzehn"}, "number"),
        ({"number": "0"}, "number"),
        ({"motto__de": "x" * 501}, "motto/de"),
        ({"links__0__url": "javascript:alert(1)"}, "links/0/url"),
        ({"links__0__url": ""}, "links/0/url"),
        ({"organisers__0__name__de": ""}, "organisers/0/name/de"),
        ({"panels__energie__title__de": "", "panels__energie__title__ru": ""}, "panels/energie/title/de"),
        ({"panels__energie__day": "29.6."}, "panels/energie/day"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(conference: Conference, fields: dict[str, str], at: str) -> None:
    _, problems = typed(conference, **fields)
    assert list(problems) == [at]
    assert problems[at]


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("https://example.org/ä?x=1", True),
        ("http://[::1]/", True),
        ("ftp://example.org", False),
        ("https://", False),
        ("https://a b", False),
        ("//example.org", False),
        ("http://[", False),
    ],
)
def test_web_addresses(text: str, right: bool) -> None:
    assert is_web_address(text) is right


def test_rows_are_added_moved_and_taken_out(conference: Conference) -> None:
    base = conference_to_json(conference)
    form = form_of(base)
    key = form.add(PANELS)
    form.fields[f"{PANELS}/{key}/title/de"] = "Energie und Stadt"
    row = form.add(f"{PANELS}/{key}/moderators")
    form.fields[f"{PANELS}/{key}/moderators/{row}/name/ru"] = "Анна"
    form.move(PANELS, key, -1)
    empty = form.add("links")
    form.add("partners")
    form.remove("organisers", "0")
    record, problems = record_of(form, base, READER.texts)
    made = conference_from_json(record)
    assert problems == {}
    assert [panel.id for panel in made.panels] == [
        "2017-krasnodar/energie-und-stadt",
        "2017-krasnodar/energie",
    ]
    assert [dict(agent.name) for agent in made.panels[0].moderators] == [{"ru": "Анна"}]
    assert made.organisers == ()
    assert (made.links, made.partners) == (conference.links, conference.partners)
    assert f"links/{empty}/url" in form.fields


def test_two_panels_of_one_title_get_identifiers_of_their_own(conference: Conference) -> None:
    base = conference_to_json(conference)
    form = form_of(base)
    for _number in range(2):
        form.fields[f"{PANELS}/{form.add(PANELS)}/title/de"] = "Energie"
    record, _ = record_of(form, base, READER.texts)
    assert [panel.id.partition("/")[2] for panel in conference_from_json(record).panels] == [
        "energie",
        "energie-2",
        "energie-3",
    ]


def test_a_form_goes_on_from_what_others_saved(conference: Conference) -> None:
    base = conference_to_json(conference)
    form = form_of(base)
    form.fields["title/de"] = "Meins"
    form.fields["organisers/0/url"] = "https://example.org/meins"
    key = form.add(PANELS)
    form.fields[f"{PANELS}/{key}/title/de"] = "Neues Panel"
    other = replace(conference, title={"de": "Ihres"}, motto={"de": "Ihr Motto"}, links=())
    now = rebased(form, base, conference_to_json(other))
    record, problems = record_of(now, conference_to_json(other), READER.texts)
    merged = conference_from_json(record)
    assert problems == {}
    assert (merged.title, merged.motto, merged.links) == ({"de": "Meins"}, {"de": "Ihr Motto"}, ())
    assert merged.organisers[0].url == "https://example.org/meins"
    assert [panel.title["de"] for panel in merged.panels] == ["Energieeffizienz und Stadt", "Neues Panel"]


def test_a_form_has_a_field_for_every_language_that_is_there() -> None:
    form = Form({"title/de": "", "title/und": "x"})
    assert form.languages("title") == ["de", "ru", "en", "und"]


def test_changes_of_a_conference_are_told_in_words(conference: Conference) -> None:
    (panel,) = conference.panels
    after = replace(
        conference,
        title={**conference.title, "de": "Neu <b>"},
        number=15,
        panels=(replace(panel, room="101"), replace(panel, id="2017-krasnodar/x", title={"en": "New one"})),
    )
    changed = differences(conference_to_json(conference), conference_to_json(after))
    told = conference_changes(changed, READER)
    assert ("Title (German)", conference.title["de"], "Neu <b>") in told
    assert ("Number in the series", "14", "15") in told
    assert ("Panel “Energieeffizienz und Stadt”, Room", "–", "101") in told
    assert ("Panel “New one”", "not there", "there") in told
    shown = event(Event(dt.datetime.now(dt.UTC), "olga", EDIT, changed), told, READER)
    assert "Neu &lt;b&gt;" in shown
    assert "olga" in shown
    assert "{" not in shown


def test_steps_are_told_in_words(document: Document, conference: Conference) -> None:
    at = dt.datetime.now(dt.UTC)
    step = Step(
        1, at, "olga", "edit", conference=conference.id, differences={document.id: {"panel": (None, "x")}}
    )
    assert step_words(step, {document.id: document}, READER) == f"“{document.title}”: Panel changed"
    made = Step(2, at, "olga", EDIT, None, conference.id, {conference.id: {"number": (14, 15)}})
    assert step_words(made, {}, READER) == "Conference changed: Number in the series"


@pytest.mark.parametrize(
    ("action", "undone_by", "expected"),
    [("withdraw", None, True), ("withdraw", 8, False), ("replace", None, False), ("purge", None, False)],
)
def test_only_what_sets_fields_can_be_taken_back(action: str, undone_by: int | None, expected: bool) -> None:
    at, changed = dt.datetime(2026, 11, 22, tzinfo=dt.UTC), {"7k3mx9q2f1": {"state": ("draft", "published")}}
    step = Step(7, at, "anna", action, differences=changed, undone_by=undone_by)
    assert can_be_taken_back(step) is expected
    assert not can_be_taken_back(replace(step, differences={}))


def test_changes_of_a_document_name_panels_and_states(document: Document, shelf: Shelf) -> None:
    changed = {
        "panel": (None, document.panel),
        "state": ("published", "withdrawn"),
        "withheld": (None, ["notes"]),
    }
    assert document_changes(changed, shelf, READER) == [
        ("Panel", "–", "Energieeffizienz und Stadt"),
        ("State", "Published", "Withdrawn"),
        ("Kept for staff", "–", "Speaker notes"),
    ]


def test_fields_are_found_as_they_were_before_some_changes(document: Document) -> None:
    at = dt.datetime.now(dt.UTC)
    later = [
        Event(at, "ivan", "edit", {"title": ("B", document.title), "rights": ("", document.rights)}),
        Event(at, "olga", "edit", {"title": ("A", "B"), "versions": ([], ["x"])}),
    ]
    assert values_before(document, later) == {"title": "A", "rights": ""}
    assert values_before(document, later[:1]) == {"title": "B", "rights": ""}
    assert values_before(document, []) == {}


def test_a_record_that_nobody_touched_has_no_new_values(document: Document) -> None:
    record = document_to_json(document)
    assert values_of(typed_of(record), record, lambda _id: False, READER.texts) == ({}, {})


def test_typed_fields_become_values_or_say_what_is_wrong(document: Document) -> None:
    record = document_to_json(document)
    good = {
        "title": " Neu ",
        "creators": "Anna\n\n Пётр ",
        "date": "28.06.2017",
        "conference": "2019-dueren",
        "decided": True,
        "withheld": ["notes"],
        "translation_of": ["7k3mx9q2f2"],
    }
    values, problems = values_of({**typed_of(record), **good}, record, lambda _id: True, READER.texts)
    assert problems == {}
    assert values == {
        "title": "Neu",
        "creators": ["Anna", "Пётр"],
        "date": "2017-06-28",
        "conference": "2019-dueren",
        "panel": None,
        "withheld": ["notes"],
        "translation_of": ["7k3mx9q2f2"],
    }
    bad = {
        "title": "\u202e ",
        "creators": "x" * 301,
        "date": "bald",
        "languages": ["deutsch"],
        "kind": "novel",
        "access": Access.EMBARGOED.value,
        "translation_of": [document.id],
    }
    _, problems = values_of({**typed_of(record), **bad}, record, lambda _id: True, READER.texts)
    assert set(problems) == {*bad, "embargoed_until"} - {"access"}


def test_records_are_filtered_by_panel_state_language_and_words(document: Document) -> None:
    other = replace(document, id="7k3mx9q2f2", panel=None, state=State.DRAFT, languages=("ru",), title="Вода")
    both = [document, other]
    assert filtered(both, Filter()) == both
    assert filtered(both, Filter(panel=WITHOUT_PANEL)) == [other]
    assert filtered(both, Filter(state="published", words="FERNWÄRME karlsruhe")) == [document]
    assert filtered(both, Filter(language="ru", words="вода")) == [other]
    assert filtered(both, Filter(words="nichts")) == []


def test_the_list_counts_documents_by_state_and_escapes(conference: Conference) -> None:
    odd = replace(conference, title={"de": "<script>"})
    shown = conference_list([odd], {odd.id: {State.DRAFT: 2, State.PUBLISHED: 1}}, READER)
    assert "&lt;script&gt;" in shown
    assert "2 drafts" in shown
    assert "XIV" in shown


def test_files_are_shown_with_how_they_were_read(document: Document) -> None:
    passports = {"Vortrag ä.pdf": {"light": "amber", "skipped": ["a chart"]}}
    shown = files_by_version(document, passports, READER)
    assert "Read in part" in shown
    assert "a chart" in shown
    assert "/files/7k3mx9q2f1/1/Vortrag%20%C3%A4.pdf" in shown
