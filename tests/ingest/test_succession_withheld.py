"""What stays with staff when a draft goes into a document that others read."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from archive.access import Audience, may_download, shown_pages
from archive.editing import Editing
from archive.model import Sensitive
from archive.repository import Archive
from index.indexer import Indexer
from index.query import Query
from index.search import Search
from ingest.succession import publish
from tests.ingest.drafting import OTHER, HandIn, draft, published, write_deck, write_pdf


def test_what_a_person_decided_about_a_new_file_counts(
    hand_in_draft: HandIn, archive: Archive, tmp_path: Path
) -> None:
    before = published(archive, hand_in_draft, write_deck(tmp_path / "a", notes="Eins"), "Vortrag.pptx")
    new = draft(archive, hand_in_draft(write_deck(tmp_path / "b", OTHER, notes="Zwei"), "Vortrag.pptx"))
    Editing(archive, "anna").edit({before.id: {"withheld": ["notes"]}, new.id: {"withheld": []}})

    publish(archive, [new.id], "anna")

    after = archive.document(before.id)
    assert after.withheld == ()
    earlier, current = (version.files[0] for version in after.versions)
    assert may_download(after, current, Audience.PUBLIC)
    assert not may_download(after, earlier, Audience.PUBLIC), "it is about the new file alone"


@pytest.mark.parametrize("contact", ["", "anna@example.org"])
@pytest.mark.parametrize("name", ["Vortrag.pdf", "Vortrag neu.pdf"])
def test_notes_that_nobody_published_stay_with_staff_when_another_file_comes(
    hand_in_draft: HandIn, archive: Archive, tmp_path: Path, contact: str, name: str
) -> None:
    before = published(archive, hand_in_draft, write_deck(tmp_path / "a", notes="Geheimnis"), "Vortrag.pptx")
    assert (before.withheld, _seen_notes(archive, before.id)) == (None, (set(), 0))
    new = draft(archive, hand_in_draft(write_pdf(tmp_path / "b", contact=contact), name))
    Editing(archive, "anna").edit({new.id: {"format_of": before.id, "withheld": []}})

    publish(archive, [new.id], "anna")

    after = archive.document(before.id)
    assert {file.name for file in after.current.files} == {"Vortrag.pptx", name}
    assert after.withheld == ((Sensitive.NOTES,) if contact else None), "undecided where nothing was decided"
    assert _seen_notes(archive, before.id) == (set(), 0)


def test_notes_of_a_format_that_stays_beside_a_new_version_stay_with_staff(
    hand_in_draft: HandIn, archive: Archive, tmp_path: Path
) -> None:
    before = published(archive, hand_in_draft, write_deck(tmp_path / "a", notes="Geheimnis"), "Vortrag.pptx")
    published(archive, hand_in_draft, write_pdf(tmp_path / "b"), "Vortrag.pdf")
    new = draft(archive, hand_in_draft(write_pdf(tmp_path / "c", OTHER, "anna@example.org"), "Vortrag.pdf"))
    Editing(archive, "anna").edit({new.id: {"withheld": []}})

    publish(archive, [new.id], "anna")

    after = archive.document(before.id)
    assert ([file.name for file in after.current.files], after.current.number) == (
        ["Vortrag.pdf", "Vortrag.pptx"],
        2,
    )
    assert after.withheld == (Sensitive.NOTES,)
    assert not may_download(after, after.current.files[1], Audience.PUBLIC)


def test_a_new_version_with_nothing_to_decide_leaves_it_to_the_setting(
    hand_in_draft: HandIn, archive: Archive, tmp_path: Path
) -> None:
    before = published(archive, hand_in_draft, write_deck(tmp_path / "a", notes="Geheimnis"), "Vortrag.pptx")
    new = draft(archive, hand_in_draft(write_deck(tmp_path / "b", OTHER), "Vortrag.pptx"))

    publish(archive, [new.id], "anna")

    assert archive.document(before.id).withheld is None
    later = draft(archive, hand_in_draft(write_deck(tmp_path / "c", notes="Geheimnis"), "Vortrag.pptx"))
    Editing(archive, "anna").edit({later.id: {"withheld": []}})
    publish(archive, [later.id], "anna")
    assert archive.document(before.id).withheld == ()
    assert _seen_notes(archive, before.id) == ({"Geheimnis"}, 1), "a person published the notes"


def test_publishing_what_a_new_format_holds_does_not_publish_it_of_the_other(
    hand_in_draft: HandIn, archive: Archive, tmp_path: Path
) -> None:
    pdf = write_pdf(tmp_path / "a", contact="anna@example.org")
    before = published(archive, hand_in_draft, pdf, "p/a.pdf")
    Editing(archive, "anna").edit({before.id: {"withheld": ["contacts"]}})
    deck = write_deck(tmp_path / "b", ("Kontakt berta@example.org",))
    new = draft(archive, hand_in_draft(deck, "q/b.pptx"))
    Editing(archive, "anna").edit({new.id: {"format_of": before.id, "withheld": []}})

    publish(archive, [new.id], "anna")

    after = archive.document(before.id)
    assert after.withheld == (Sensitive.CONTACTS,)
    assert not any(may_download(after, file, Audience.PUBLIC) for file in after.current.files)


def test_others_read_a_text_with_all_changes_accepted(
    hand_in_draft: HandIn, archive: Archive, tmp_path: Path
) -> None:
    text = docx.Document()
    paragraph = text.add_paragraph("Wärme aus Flüssen und Seen für die Stadt")
    for change in (
        "<w:ins {0} w:id='1'><w:r><w:t> eingefügt</w:t></w:r></w:ins>",
        "<w:del {0} w:id='2'><w:r><w:delText> gestrichen</w:delText></w:r></w:del>",
        "<w:moveFrom {0} w:id='3'><w:r><w:t> verschoben</w:t></w:r></w:moveFrom>",
    ):
        paragraph._p.append(parse_xml(change.format(nsdecls("w"))))
    text.save(str(tmp_path / "a"))
    new = draft(archive, hand_in_draft(tmp_path / "a", "Vortrag.docx"))

    publish(archive, [new.id], "anna")

    document = archive.document(new.id)
    assert document.withheld == (Sensitive.CHANGES,)
    assert not may_download(document, document.current.files[0], Audience.PUBLIC)
    (page,) = shown_pages(document, archive.pages(new.id), Audience.PUBLIC, notes_public=False)
    assert page.text == "Wärme aus Flüssen und Seen für die Stadt eingefügt"


def _seen_notes(archive: Archive, document: str) -> tuple[set[str], int]:
    """The notes that the public sees on pages, and the hits of a search for them."""
    Indexer(archive).catch_up()
    shown = shown_pages(
        archive.document(document), archive.pages(document), Audience.PUBLIC, notes_public=False
    )
    search = Search(archive)
    try:
        found = search.ask(Query(text="Geheimnis")).total
    finally:
        search.close()
    return {page.notes for page in shown if page.notes}, found
