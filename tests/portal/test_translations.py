"""The page of translations: what is shown of pairs, and what is not."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import asdict

import pytest

from archive.editing import Editing
from archive.repository import Archive
from archive.staff_log import StaffLog
from archive.translation_decisions import PROPOSE, REFUSE, TranslationDecisions
from index.finder import Found
from index.learner import Learner
from index.live_lexicon import lexicon_folder, public_lexicon
from index.pairs import Likeness
from portal.cards import Shelf
from portal.reader import Reader
from portal.steps import step_words
from portal.translating.page import (
    acceptance,
    head,
    opened_part,
    pair,
    part_lead,
    refusal,
    sheets,
    translations_url,
)
from portal.translating.proposals import Overview, Part, Proposal, overview
from portal.translating.words import figures, lead_words, similarity_words
from tests.portal.conftest import NOW, Served

Readers = Callable[[str], Reader]


@pytest.fixture
def archive(served: Served) -> Archive:
    return served.archive


@pytest.fixture
def found(served: Served) -> Iterator[Callable[..., None]]:
    """Write what was found: pairs of documents by what they are there for."""
    path = lexicon_folder(served.archive) / "pairs.json"

    def write(*pairs: tuple[str, str], similarity: float = 0.6, stamp: str = "s") -> None:
        likenesses = tuple(
            Likeness(
                served.documents[one].id, served.documents[other].id, ("de", "ru"), similarity, 2.0, ("сеть",)
            )
            for one, other in pairs
        )
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(asdict(Found(stamp, likenesses=likenesses))))

    yield write
    path.unlink(missing_ok=True)


def look(archive: Archive) -> Overview:
    return overview(archive, NOW.date())


def shown_pairs(shown: Overview, part: Part) -> set[tuple[str, str]]:
    return {(each.older.id, each.newer.id) for each in shown.proposals[part]}


def test_pairs_are_parted_by_whether_the_archive_is_sure(
    archive: Archive, served: Served, found: Callable[..., None]
) -> None:
    ids = served.documents["deck"].id, served.documents["kept"].id
    found(("kept", "deck"))
    assert (shown_pairs(look(archive), Part.SURE), shown_pairs(look(archive), Part.UNSURE)) == ({ids}, set())
    found(("kept", "deck"), similarity=0.1)
    assert (shown_pairs(look(archive), Part.SURE), shown_pairs(look(archive), Part.UNSURE)) == (set(), {ids})


@pytest.mark.parametrize("which", ["draft", "withdrawn", "staff", "embargoed"])
def test_what_the_public_may_not_read_is_not_shown(
    which: str, archive: Archive, served: Served, found: Callable[..., None]
) -> None:
    found(("deck", which))
    assert not shown_pairs(look(archive), Part.SURE)
    decisions = TranslationDecisions(archive, "anna")
    ids = served.documents["deck"].id, served.documents[which].id
    decisions.refuse(*ids)
    assert look(archive).refused == ()
    decisions.propose_again(*ids)


def test_what_was_accepted_or_refused_is_no_longer_proposed_until_taken_back(
    archive: Archive, served: Served, found: Callable[..., None], reader_in: Readers
) -> None:
    deck, kept = served.documents["deck"].id, served.documents["kept"].id
    found(("deck", "kept"))
    decisions = TranslationDecisions(archive, "anna")
    decisions.refuse(deck, kept)
    refused = look(archive)
    assert not shown_pairs(refused, Part.SURE)
    assert [(entry.person, one.id, other.id) for entry, one, other in refused.refused] == [
        ("anna", deck, kept)
    ]
    decisions.propose_again(deck, kept)
    assert shown_pairs(look(archive), Part.SURE) == {(deck, kept)}
    step = decisions.accept(deck, kept)
    accepted = look(archive)
    assert not shown_pairs(accepted, Part.SURE)
    assert [each.id for each in accepted.accepted] == [step.id]
    html = acceptance(step, archive.documents_by_id([deck, kept]), reader_in("en"))
    assert html.index(served.documents["kept"].title) < html.index("is a translation of")
    assert "anna" in html
    Editing(archive, "anna").undo(step.id)
    assert look(archive).accepted == ()
    assert shown_pairs(look(archive), Part.SURE) == {(deck, kept)}


def test_readers_see_a_translation_once_it_was_accepted(
    archive: Archive, served: Served, found: Callable[..., None]
) -> None:
    deck, kept = served.documents["deck"].id, served.documents["kept"].id
    found(("deck", "kept"))

    def told() -> list[bool]:
        page, record = served.client.get(f"/d/{deck}"), served.client.get(f"/api/v1/documents/{deck}")
        return [kept in page.text, kept in record.json()["translations"]]

    assert told() == [False, False], "sure, and nobody has looked"
    step = TranslationDecisions(archive, "anna").accept(deck, kept)
    assert told() == [True, True]
    Editing(archive, "anna").undo(step.id)


def test_translations_of_one_work_are_not_proposed(
    archive: Archive, served: Served, found: Callable[..., None]
) -> None:
    deck, kept, sister = (served.documents[name].id for name in ("deck", "kept", "sister"))
    found(("kept", "sister"))
    decisions = TranslationDecisions(archive, "anna")
    steps = [decisions.accept(deck, kept), decisions.accept(deck, sister)]
    assert not shown_pairs(look(archive), Part.SURE), "by way of the third"
    for step in reversed(steps):
        Editing(archive, "anna").undo(step.id)
    assert shown_pairs(look(archive), Part.SURE) == {(sister, kept)}


def test_a_pair_is_shown_side_by_side_with_what_speaks_for_it(
    archive: Archive, served: Served, found: Callable[..., None], reader_in: Readers, shelf: Shelf
) -> None:
    found(("deck", "bilingual"))
    (proposal,) = look(archive).proposals[Part.SURE]
    page = archive.pages(proposal.older.id)[0]
    html = pair(proposal, {proposal.older.id: page}, shelf, reader_in("en"))
    assert html.count('class="side"') == 2
    assert "Fernwärme modernisieren</p>" in html
    assert "Wasser &lt;b&gt;&amp;" in html, "titles are text"
    assert '<span class="word" lang="ru">сеть</span>' in html
    assert "they say nearly the same; no other document comes near." in html
    assert "Similarity 60 of 100, the next 30" in html


@pytest.mark.parametrize("language", ["de", "ru", "en"])
def test_each_state_is_told(language: str, reader_in: Readers, served: Served) -> None:
    reader = reader_in(language)
    nothing: dict[Part, tuple[Proposal, ...]] = {Part.SURE: (), Part.UNSURE: ()}
    states = [
        Overview(Found(), True, nothing, (), ()),
        Overview(Found("s"), True, nothing, (), ()),
        Overview(Found("s", dictionaries=1), False, nothing, (), ()),
    ]
    assert len({head(each, Part.SURE, reader) for each in states}) == 3
    assert len({part_lead(Part.SURE, each, reader) for each in states[1:]}) == 2, "without dictionaries"
    assert part_lead(Part.DECIDED, states[0], reader)


def test_figures_become_words(reader_in: Readers) -> None:
    reader = reader_in("de")
    assert len({similarity_words(each, reader) for each in (0.1, 0.3, 0.4, 0.8)}) == 4
    assert len({lead_words(each, reader) for each in (1.0, 1.2, 2.0)}) == 3
    assert "80 von 100, die nächste 0" in figures(0.8, float("inf"), reader)


def test_a_part_with_something_to_decide_is_opened(archive: Archive, found: Callable[..., None]) -> None:
    found(("kept", "deck"), similarity=0.1)
    unsure = look(archive)
    assert opened_part("", unsure) is Part.UNSURE
    assert opened_part("sure", unsure) is Part.SURE
    found(("kept", "deck"))
    assert opened_part("nonsense", look(archive)) is Part.SURE
    found()
    assert opened_part("", look(archive)) is Part.SURE


def test_sheets_are_linked_in_the_language_asked_for(reader_in: Readers) -> None:
    reader = reader_in("ru")
    assert sheets(1, 1, Part.SURE, reader) == ""
    assert 'aria-current="page"' in sheets(3, 2, Part.UNSURE, reader)
    lang = f"&lang={reader.links.lang}" if reader.links.lang else ""
    assert translations_url(Part.UNSURE, 2, reader) == f"/translations?part=unsure&page=2{lang}"


def test_refusals_are_told_with_who_and_in_the_log(
    archive: Archive, served: Served, reader_in: Readers
) -> None:
    deck, kept = served.documents["deck"], served.documents["kept"]
    decisions = TranslationDecisions(archive, "olga")
    decisions.refuse(deck.id, kept.id)
    ((entry, one, other),) = look(archive).refused
    html = refusal(entry, one, other, reader_in("en"))
    assert "olga" in html
    assert html.count("<a ") == 2
    decisions.propose_again(deck.id, kept.id)
    steps = StaffLog(archive.catalogue.engine).steps(actions=(REFUSE, PROPOSE), limit=2)
    words = [step_words(step, {deck.id: deck}, reader_in("en")) for step in steps]
    assert "a refused translation proposed again" in words[0]
    assert "a translation that was proposed refused" in words[1]


def test_a_word_comes_with_its_translations_and_examples_that_may_be_read(
    archive: Archive, served: Served
) -> None:
    deck, sister = served.documents["deck"], served.documents["sister"]
    editing = Editing(archive, "anna")
    steps = [TranslationDecisions(archive, "anna").accept(deck.id, sister.id)]

    def told() -> list[dict[str, object]]:
        answer = served.client.get("/api/v1/translations", params={"word": "Fernwärme", "language": "de"})
        found: list[dict[str, object]] = answer.json()["translations"]
        return [each for each in found if each["translation_language"] == "ru" and each["examples"]]

    with closing(Learner(archive)) as learner:
        learner.learn()
        (first, *_) = told()
        assert (first["word"], first["language"]) == ("Fernwärme", "de")
        assert 0 < float(str(first["probability"])) <= 1
        (example, *_) = first["examples"]  # type: ignore[misc]
        assert (example["of"]["document"], example["translation"]["document"]) == (deck.id, sister.id)
        assert "Fernwärme" in example["of"]["text"]
        steps.append(editing.edit({sister.id: {"access": "staff"}}))
        assert told() == []
    for step in reversed(steps):
        editing.undo(step.id)
    public_lexicon(archive).take_away()


def test_what_is_no_word_has_no_translations(served: Served) -> None:
    for parameters in ("", "word=", "word=%00", "word=...", "language="):
        answer = served.client.get(f"/api/v1/translations?{parameters}")
        assert (answer.status_code, answer.json()) == (200, {"translations": []}), parameters
    for wrong in ("language=fr", "word=" + "x" * 101, "more=1"):
        assert served.client.get(f"/api/v1/translations?{wrong}").status_code == 422
