"""What the page for checking drafts says: names, reasons, summaries, places; hostile texts escaped."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from archive.model import Document, File, Page, Sensitive, State
from archive.staff_log import Step
from ingest.batches import Batch
from ingest.drafts import Desk, Draft, Entry, Heap, Stage
from ingest.extraction import DamagedError
from ingest.proposals import Field, Proposal, Reason
from portal.checking.cards import cards, findings, head, unseen
from portal.checking.desk import (
    chips,
    desk_head,
    plan,
    plan_summary,
    published,
    special,
    warning_words,
    warnings_of,
)
from portal.checking.heaps import heaps_page
from portal.checking.place import Look, Place, place_of
from portal.checking.problems import Problem, problems, state_of, state_of_entry, trouble
from portal.checking.reasons import reason_words
from portal.checking.steps import history, last_to_take_back

if TYPE_CHECKING:
    from portal.cards import Shelf
    from portal.reader import Reader
from portal.steps import step_words

ReaderIn = Callable[[str], "Reader"]

HOSTILE = "<img src=x onerror=alert(1)>\u202e"
NOW = dt.datetime(2026, 1, 2, 3, 4, tzinfo=dt.UTC)
BATCH = Batch("b" * 32, "olga", "upload", "2017-krasnodar", None, NOW)


@pytest.fixture
def draft(document: Document) -> Draft:
    return Draft(replace(document, state=State.DRAFT), passports={"Vortrag ä.pdf": {"light": "green"}})


def sensitive(draft: Draft, *found: Sensitive, **changes: object) -> Draft:
    """The same draft with something in its first file."""
    document = draft.document
    file: File = replace(document.current.files[0], sensitive=found)
    version = replace(document.current, files=(file, *document.current.files[1:]))
    changed = replace(document, versions=(version,), **changes)  # type: ignore[arg-type]
    return replace(draft, document=changed)


def proposing(draft: Draft, **proposals: Proposal) -> Draft:
    """The same draft with proposals."""
    entry = Entry(1, "a.pdf", Stage.DONE, "held", "", draft.id, "2017-krasnodar", "")
    known = {Field(name): proposal for name, proposal in proposals.items()}
    return replace(draft, entries=(replace(entry, proposals=known),))


def test_a_draft_without_anything_special_is_ready(draft: Draft, reader: Reader) -> None:
    assert problems(draft) == ()
    assert state_of(draft, reader) == "Bereit"


def test_problems_are_told_the_gravest_first(draft: Draft, reader: Reader) -> None:
    unread = replace(
        draft,
        document=replace(draft.document, reason="damaged", panel=None),
        passports={"a": {"error": "damaged"}},
    )
    assert problems(unread) == (Problem.UNREAD, Problem.PANEL)
    assert state_of(unread, reader) == "Nicht lesbar"
    held = replace(draft, document=replace(draft.document, reason="Rechte"))
    assert problems(held) == (Problem.HELD,)
    noted = sensitive(draft, Sensitive.NOTES, Sensitive.CHANGES)
    assert state_of(noted, reader) == "Notizen zum Vortrag, Nachverfolgte Änderungen"


def test_a_likeness_is_a_problem_until_somebody_decides(draft: Draft) -> None:
    alike = proposing(draft, similar=Proposal("7k3mx9q2f9", Reason.SAME_TEXT, {"share": 0.93}))
    assert Problem.ALIKE in problems(alike)
    decided = replace(alike, document=replace(alike.document, replaces="7k3mx9q2f9"))
    assert Problem.ALIKE not in problems(decided)


@pytest.mark.parametrize("language", ["de", "ru", "en"])
@pytest.mark.parametrize("reason", Reason)
def test_every_reason_is_said_in_words(
    reason: Reason, language: str, reader_in: ReaderIn, shelf: Shelf
) -> None:
    details = {"text": HOSTILE * 9, "folder": "f", "words": ["a"], "shares": {"de": 0.5}, "share": 0.5}
    for given in ({}, details, {"text": 7, "words": 3, "shares": [], "share": "x", "folder": None}):
        assert reason_words(Proposal("x", reason, given), shelf, reader_in(language))  # type: ignore[arg-type]


@pytest.mark.parametrize("language", ["de", "ru"])
def test_why_a_file_could_not_be_read_is_said_in_the_readers_language(
    language: str, reader_in: ReaderIn
) -> None:
    reader = reader_in(language)
    words, told_in = trouble(str(DamagedError()), reader)
    assert words != str(DamagedError())
    assert told_in is None
    assert trouble("Something new.", reader)[0] == "Something new."


def test_hostile_texts_stay_texts(draft: Draft, shelf: Shelf, reader: Reader) -> None:
    document = replace(draft.document, title=HOSTILE, creators=(HOSTILE,), reason=HOSTILE)
    hostile = proposing(
        replace(draft, document=document, passports={HOSTILE: {"light": HOSTILE, "skipped": [HOSTILE]}}),
        title=Proposal(HOSTILE, Reason.FILE_NAME, {"text": HOSTILE}),
    )
    entry = Entry(2, HOSTILE, Stage.DONE, "unchanged", "", hostile.id, "c", "")
    place = Place(batch=HOSTILE)
    desk = Desk((entry,), (hostile,), {}, replace(BATCH, person=HOSTILE, conference=HOSTILE))
    step = Step(1, NOW, HOSTILE, "edit", differences={hostile.id: {HOSTILE: (HOSTILE, HOSTILE)}})
    pages = [Page(1, "", notes=HOSTILE)]
    made = [
        cards([hostile], place, shelf, reader),
        head(hostile, shelf, reader),
        findings(hostile, shelf, reader),
        unseen(sensitive(hostile, Sensitive.NOTES), pages, reader),
        desk_head(desk, place, shelf, reader),
        chips(desk, place, reader),
        special(desk, reader),
        history([step], {hostile.id: document}, reader),
        heaps_page([Heap(HOSTILE, 1, NOW, desk.batch)], shelf, reader),
    ]
    for markup in made:
        assert "<img src=x" not in markup
        assert "\u202e" not in markup


def test_the_list_of_all_drafts_can_be_empty(shelf: Shelf, reader: Reader) -> None:
    assert "Alles ist geprüft." in heaps_page([], shelf, reader)
    made = heaps_page([Heap("2017-krasnodar", 3, NOW, BATCH, under_way=2, failed=1)], shelf, reader)
    for words in ("3 Entwürfe", "2 Dateien werden noch gelesen", "1 Datei wurde nicht übernommen", "olga"):
        assert words in made


def test_where_the_audience_saw_nothing_is_told_by_page(draft: Draft, reader: Reader) -> None:
    found = sensitive(draft, Sensitive.NOTES, Sensitive.HIDDEN, Sensitive.CONTACTS)
    pages = [
        Page(1, "a@example.org"),
        Page(2, "", notes="geheim"),
        Page(3, "", hidden=True),
    ]
    made = unseen(found, pages, reader)
    for words in ("Seite 2", "Seite 3", "Seite 1", "geheim"):
        assert words in made


def test_of_tracked_changes_only_the_file_is_kept(draft: Draft, reader: Reader) -> None:
    changed = sensitive(draft, Sensitive.CHANGES, Sensitive.NOTES)
    changes, notes = sorted(warnings_of([changed]), key=lambda finding: finding.what)
    assert "als wären alle Änderungen angenommen" in warning_words(changes, reader)
    assert warning_words(notes, reader) == "1 Entwurf, nur für Mitarbeitende"
    assert "als wären alle Änderungen angenommen" in unseen(changed, [], reader)


def test_what_publishing_would_do_is_told_before(draft: Draft, reader: Reader) -> None:
    held = replace(draft, document=replace(draft.document, reason="Rechte"))
    version = replace(draft, document=replace(draft.document, replaces="7k3mx9q2f9"))
    planned = plan([draft, sensitive(draft, Sensitive.NOTES), version, held])
    assert len(planned.to_publish) == 3
    made = plan_summary(planned, reader)
    for words in (
        "2 neue Dokumente",
        "1 neue Fassung",
        "1 davon mit Teilen",
        "1 bleibt außen vor: zurückgehalten",
    ):
        assert words in made


def test_warnings_are_summed_up_by_what_is_held(draft: Draft, reader: Reader) -> None:
    kept = sensitive(draft, Sensitive.NOTES)
    public = sensitive(draft, Sensitive.NOTES, withheld=())
    (finding,) = warnings_of([kept, public, draft])
    assert (finding.what, len(finding.drafts), finding.kept) == (Sensitive.NOTES, 2, 1)
    assert warning_words(finding, reader) == "2 Entwürfe, davon 1 nur für Mitarbeitende"
    assert warnings_of([draft]) == ()


def test_what_is_published_links_to_conference_and_search(document: Document, reader: Reader) -> None:
    entry = Entry(1, "a.pdf", Stage.DONE, "deposited", "", document.id, document.conference, "")
    made = published(Desk((entry,), (), {document.id: document}, BATCH), reader)
    assert "/conferences?id=2017-krasnodar" in made
    assert "/?conference=2017-krasnodar" in made
    assert not published(Desk((), (), {}, BATCH), reader)


@pytest.mark.parametrize(
    ("stage", "status", "words"),
    [
        (Stage.WAITING, "", "Wartet auf das Lesen"),
        (Stage.READING, "", "Wird gelesen"),
        (Stage.FAILED, "", "Nicht übernommen"),
        (Stage.DONE, "unchanged", "Ist schon im Archiv"),
        (Stage.DONE, "deposited", "Gehört zu einer anderen Zeile"),
    ],
)
def test_where_a_file_stands_is_said(stage: Stage, status: str, words: str, reader: Reader) -> None:
    entry = Entry(1, "a.pdf", stage, status, "", "x", "c", "")
    assert state_of_entry(entry, Desk((entry,), (), {}), reader) == words


def test_a_place_is_read_from_its_own_url(reader: Reader) -> None:
    place = Place("b", "", Look.LIST, Problem.HELD, None, "c/p", "7k3mx9q2f1")
    assert place_of({name: [value] for name, value in place.parameters(reader).items()}) == place
    assert place_of({"look": ["x"], "problem": ["x"], "kind": ["x"], "d": ["x"]}) == Place()
    assert Place().url(reader) == "/check"
    assert len(Place(conference="c" * 64).step_key) == 32


def test_only_ones_own_last_step_is_taken_back(document: Document, reader: Reader) -> None:
    changed = {document.id: {"title": ("A", "B")}}
    steps = [
        Step(4, NOW, "ivan", "edit", differences=changed),
        Step(3, NOW, "olga", "undo", differences=changed),
        Step(2, NOW, "olga", "edit", differences=changed, undone_by=3),
        Step(1, NOW, "olga", "edit", differences=changed),
    ]
    step = last_to_take_back(steps, "olga")
    assert step is steps[3]
    assert step_words(step, {document.id: document}, reader) == "„Fernwärme modernisieren“: Titel geändert"
    assert last_to_take_back(steps, "nobody") is None
