"""What staff decide about translations that were proposed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from archive.editing import EditError, Editing
from archive.errors import NotFoundError
from archive.model import Document
from archive.repository import Archive
from archive.staff_log import StaffLog
from archive.translation_decisions import PROPOSE, REFUSE, TranslationDecisions

Deposit = Callable[..., Document]


@pytest.fixture
def decisions(archive: Archive) -> TranslationDecisions:
    return TranslationDecisions(archive, "anna")


@pytest.fixture
def pair(deposit: Deposit) -> tuple[str, str]:
    return deposit(b"Eins", "eins.txt").id, deposit("Один".encode(), "odin.txt").id


def test_accepting_writes_into_the_record_of_the_translation_and_can_be_taken_back(
    archive: Archive, decisions: TranslationDecisions, pair: tuple[str, str]
) -> None:
    original, translation = pair
    step = decisions.accept(original, translation)
    assert archive.document(translation).translation_of == (original,)
    assert archive.document(original).translation_of == ()
    assert (step.person, step.action, step.conference) == (
        "anna",
        "edit",
        archive.document(translation).conference,
    )
    Editing(archive, "olga").undo(step.id)
    assert archive.document(translation).translation_of == ()


def test_what_a_record_says_already_stays(
    archive: Archive, decisions: TranslationDecisions, pair: tuple[str, str], deposit: Deposit
) -> None:
    third = deposit(b"Three", "three.txt").id
    decisions.accept(third, pair[1])
    decisions.accept(pair[0], pair[1])
    decisions.accept(pair[0], pair[1])
    assert archive.document(pair[1]).translation_of == (third, pair[0])


def test_two_documents_are_not_translations_in_a_circle(
    decisions: TranslationDecisions, pair: tuple[str, str]
) -> None:
    decisions.accept(*pair)
    with pytest.raises(EditError, match="circle"):
        decisions.accept(*reversed(pair))


def test_a_document_that_is_gone_is_told(decisions: TranslationDecisions, pair: tuple[str, str]) -> None:
    with pytest.raises(NotFoundError):
        decisions.accept(pair[0], "0000000000")
    with pytest.raises(EditError, match="no document"):
        decisions.accept("0000000000", pair[0])
    with pytest.raises(NotFoundError):
        decisions.refuse(pair[0], "0000000000")


def test_refusing_and_taking_that_back_are_logged_once(
    archive: Archive, decisions: TranslationDecisions, pair: tuple[str, str]
) -> None:
    log = StaffLog(archive.catalogue.engine)
    for _ in range(2):
        decisions.refuse(*pair)
    assert archive.refused_translations() == {frozenset(pair)}
    for _ in range(2):
        decisions.propose_again(*pair)
    assert archive.refused_translations() == frozenset()
    again, refused = log.steps()
    assert (refused.action, again.action) == (REFUSE, PROPOSE)
    assert refused.differences == {pair[0]: {"translation_refused": (None, pair[1])}}
    assert refused.conference == archive.document(pair[0]).conference
