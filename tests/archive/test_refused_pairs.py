"""Pairs of documents that staff refused as translations."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from archive.model import Document
from archive.refused_pairs import RefusedPairs
from archive.repository import Archive

pytestmark = pytest.mark.databases

Deposit = Callable[..., Document]


@pytest.fixture
def refused(archive: Archive) -> RefusedPairs:
    return RefusedPairs(archive.catalogue.engine)


def test_a_pair_is_refused_once_whatever_its_order(archive: Archive, refused: RefusedPairs) -> None:
    assert refused.refuse("b", "a", "anna")
    assert not refused.refuse("a", "b", "olga")
    (entry,) = refused.entries()
    assert (entry.one, entry.other, entry.person) == ("a", "b", "anna")
    assert entry.at.tzinfo is not None
    assert archive.refused_translations() == {frozenset({"a", "b"})}


def test_the_newest_refusal_comes_first(refused: RefusedPairs) -> None:
    for other in ("b", "c", "d"):
        refused.refuse("a", other, "anna")
    assert [each.other for each in refused.entries()] == ["d", "c", "b"]


def test_a_refusal_can_be_taken_back_once(refused: RefusedPairs) -> None:
    refused.refuse("a", "b", "anna")
    refused.refuse("a", "c", "anna")
    assert refused.take_back("b", "a")
    assert not refused.take_back("a", "b")
    assert refused.pairs() == {frozenset({"a", "c"})}


def test_of_a_document_deleted_for_good_no_refusal_is_left(
    archive: Archive, refused: RefusedPairs, deposit: Deposit
) -> None:
    document = deposit(b"Text")
    refused.refuse(document.id, "zz", "anna")
    refused.refuse("00", document.id, "anna")
    refused.refuse("a", "b", "anna")
    archive.purge(document.id)
    assert refused.pairs() == {frozenset({"a", "b"})}
