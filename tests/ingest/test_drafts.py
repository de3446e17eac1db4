"""The desk of staff: files of a batch with the drafts they became, and what there is to look at in all."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace

import pytest
from sqlalchemy import update

from archive.errors import NotFoundError
from archive.identifiers import mint_document_id
from archive.model import Document, File, Kind, Page, Sensitive, State, Version
from archive.records import Json
from archive.repository import Archive
from archive.tables import intake
from ingest.batches import Batches
from ingest.candidate import Description
from ingest.drafts import Drafts, Stage
from ingest.intake import Intake

pytestmark = pytest.mark.databases

NOW = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


class Arrivals:
    """Files that came in, in whatever state a test needs."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.batch = Batches(archive.catalogue.engine).begin("olga", "upload", "c").id

    def enter(self, path: str, batch: str | None = "", **values: object) -> int:
        received, sha512, size_bytes = self.archive.receive(io.BytesIO(path.encode()))
        ticket = Intake(self.archive).enter(
            path,
            received,
            sha512,
            size_bytes,
            "text/plain",
            Description("c"),
            batch=self.batch if batch == "" else batch,
        )
        received.discard()
        if values:
            with self.archive.catalogue.engine.begin() as connection:
                connection.execute(update(intake).where(intake.c.id == ticket.id).values(values))
        return ticket.id

    def document(
        self,
        *names: str,
        state: State = State.DRAFT,
        sensitive: tuple[Sensitive, ...] = (),
        passport: Json | None = None,
        **fields: object,
    ) -> str:
        received, sha512, size_bytes = self.archive.receive(io.BytesIO(b"bytes"))
        files = tuple(
            File(name, name, "text/plain", size_bytes, sha512, 1, sensitive if name == names[0] else ())
            for name in names
        )
        document = Document(
            id=mint_document_id(),
            title=names[0],
            conference="c",
            kind=Kind.PAPER,
            state=state,
            versions=(Version(1, NOW, files),),
            created_at=NOW,
            updated_at=NOW,
        )
        document = replace(document, **fields)  # type: ignore[arg-type]
        self.archive.save(
            document,
            message="Deposited",
            originals=dict.fromkeys(names, received.path),
            pages=[Page(1, "Text")],
            passports={names[0]: passport or {"light": "green"}},
        )
        received.discard()
        return document.id

    def arrived(self, *names: str, status: str = "deposited", **values: object) -> str:
        document = self.document(*names)
        for name in names:
            self.enter(name, state="done", status=status, document=document, **values)
        return document


@pytest.fixture
def arrivals(archive: Archive) -> Arrivals:
    return Arrivals(archive)


@pytest.fixture
def drafts(archive: Archive) -> Drafts:
    return Drafts(archive)


def test_a_batch_shows_its_drafts_in_the_order_of_their_paths(arrivals: Arrivals, drafts: Drafts) -> None:
    last, first = arrivals.arrived("Panel 10/a.txt"), arrivals.arrived("panel 9/b.txt")
    desk = drafts.of_batch(arrivals.batch)
    assert [draft.id for draft in desk.drafts] == [first, last]
    assert desk.draft(first) is desk.drafts[0]
    assert desk.draft("nothing") is None


def test_an_unknown_batch_is_not_found(drafts: Drafts) -> None:
    with pytest.raises(NotFoundError):
        drafts.of_batch("nothing")


def test_files_that_wait_are_counted_until_they_are_read(arrivals: Arrivals, drafts: Drafts) -> None:
    arrivals.arrived("a.txt")
    arrivals.enter("b.txt")
    arrivals.enter("c.txt", state="reading")
    arrivals.enter("d.txt", state="failed", error="no")
    desk = drafts.of_batch(arrivals.batch)
    assert desk.under_way == 2
    assert drafts.progress(arrivals.batch) == (2, 4)
    assert [entry.path for entry in desk.failed] == ["d.txt"]
    assert desk.failed[0].stage is Stage.FAILED


def test_formats_that_were_joined_are_one_draft(arrivals: Arrivals, drafts: Drafts) -> None:
    document = arrivals.arrived("a.pptx", "a.pdf")
    (draft,) = drafts.of_batch(arrivals.batch).drafts
    assert draft.id == document
    assert [entry.path for entry in draft.entries] == ["a.pptx", "a.pdf"]


def test_a_file_the_archive_had_is_no_draft_of_the_batch(arrivals: Arrivals, drafts: Drafts) -> None:
    known = arrivals.document("known.txt", state=State.DRAFT)
    arrivals.enter("again.txt", state="done", status="unchanged", document=known)
    desk = drafts.of_batch(arrivals.batch)
    assert desk.drafts == ()
    assert [entry.document for entry in desk.known] == [known]
    assert desk.others[known].title == "known.txt"


def test_what_is_published_is_no_draft_any_more(arrivals: Arrivals, drafts: Drafts) -> None:
    document = arrivals.document("a.txt", state=State.PUBLISHED)
    arrivals.enter("a.txt", state="done", status="deposited", document=document)
    desk = drafts.of_batch(arrivals.batch)
    assert desk.drafts == ()
    assert [each.id for each in desk.published] == [document]


def test_what_staff_do_not_decide_stays_with_them(arrivals: Arrivals, drafts: Drafts) -> None:
    both = (Sensitive.NOTES, Sensitive.CONTACTS)
    arrivals.document("a.txt", sensitive=both)
    arrivals.document("b.txt", sensitive=both, withheld=(Sensitive.CONTACTS,))
    arrivals.document("c.txt", sensitive=both, withheld=())
    found = {draft.document.title: draft for draft in drafts.of_conference("c").drafts}
    assert found["a.txt"].withheld == found["a.txt"].found == both
    assert found["b.txt"].withheld == (Sensitive.CONTACTS,)
    assert found["c.txt"].withheld == ()


def test_counts_come_from_the_passport(arrivals: Arrivals, drafts: Drafts) -> None:
    passport: Json = {"light": "amber", "notes": 3, "hidden": [2, 5], "counts": {"comments": 4}}
    arrivals.document("a.txt", passport=passport)
    (draft,) = drafts.of_conference("c").drafts
    assert [draft.count(what) for what in Sensitive] == [3, 4, 2, 0, 0]
    assert not draft.is_unread


def test_a_draft_of_which_nothing_could_be_read_says_so(arrivals: Arrivals, drafts: Drafts) -> None:
    arrivals.document("a.txt", passport={"error": "damaged"}, reason="damaged")
    (draft,) = drafts.of_conference("c").drafts
    assert draft.is_unread
    assert draft.is_held


def test_proposals_are_read_and_damaged_ones_left_out(arrivals: Arrivals, drafts: Drafts) -> None:
    other = arrivals.document("other.txt", state=State.PUBLISHED)
    arrivals.arrived(
        "a.txt",
        proposals={
            "title": {"value": "A", "reason": "first_page", "details": {}},
            "similar": {"value": [other], "reason": "same_text", "details": {"share": 0.9}},
            "conference": {"value": "c", "reason": "given", "details": {"other_conference": "d"}},
        },
    )
    arrivals.arrived("b.txt", proposals={"title": {"value": "B", "reason": "no such reason", "details": {}}})
    first, second = drafts.of_batch(arrivals.batch).drafts
    assert [name for name, _proposal in first.alike] == [other]
    assert first.suspected_conference == "d"
    assert second.proposals == {}
    assert second.alike == ()


def test_all_drafts_are_listed_by_batch_and_by_conference(arrivals: Arrivals, drafts: Drafts) -> None:
    assert drafts.heaps() == ()
    arrivals.arrived("a.txt")
    arrivals.enter("b.txt")
    arrivals.document("alone.txt")
    of_batch, of_conference = drafts.heaps()
    assert of_batch.batch is not None
    assert (of_batch.batch.id, of_batch.drafts, of_batch.under_way) == (arrivals.batch, 1, 1)
    assert (of_conference.batch, of_conference.conference, of_conference.drafts) == (None, "c", 1)
    assert of_conference.newest_at == NOW


def test_a_batch_without_drafts_is_not_listed(arrivals: Arrivals, drafts: Drafts) -> None:
    document = arrivals.document("a.txt", state=State.PUBLISHED)
    arrivals.enter("a.txt", state="done", status="deposited", document=document)
    assert drafts.heaps() == ()


def test_a_draft_is_in_the_heap_of_the_batch_it_came_in_with(arrivals: Arrivals, drafts: Drafts) -> None:
    arrivals.arrived("a.txt")
    again = Arrivals(arrivals.archive)
    loose = arrivals.document("b.txt")
    for number, document in enumerate((drafts.of_batch(arrivals.batch).drafts[0].id, loose)):
        again.enter(f"{number}.txt", state="done", status="unchanged", document=document)
    heaps = {heap.batch.id if heap.batch else "": heap.drafts for heap in drafts.heaps()}
    assert heaps == {arrivals.batch: 1, "": 1}
