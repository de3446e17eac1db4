from __future__ import annotations

import datetime as dt
import gc
from typing import TYPE_CHECKING

import pytest

from portal import failure
from portal.resources import resources, warm_up
from portal.texts import LANGUAGES

if TYPE_CHECKING:
    from tests.portal.conftest import Served

TODAY = dt.date(2026, 1, 1)


def test_what_must_not_be_read_is_neither_listed_nor_counted(served: Served) -> None:
    shared = resources()
    listed = {document.id for document in shared.documents("2017-krasnodar", TODAY)}
    assert listed == {served.documents[which].id for which in ("deck", "sister", "bilingual", "kept")}
    assert {document.id for document in shared.newest(10, TODAY)} == listed
    (held,) = shared.holdings(TODAY)
    assert (held.document_count, held.languages) == (4, ("de", "ru"))


def test_an_embargo_ends_on_its_day(served: Served) -> None:
    documents = resources().documents("2017-krasnodar", dt.date(9999, 1, 1))
    assert served.documents["embargoed"].id in {document.id for document in documents}


def test_sisters_are_the_same_work_in_other_languages(served: Served) -> None:
    shared = resources()
    (sister,) = shared.sisters(served.documents["deck"], TODAY)
    assert sister.id == served.documents["sister"].id


def test_counts_are_kept_until_something_changes(served: Served) -> None:
    shared = resources()
    assert shared.holdings(TODAY) is shared.holdings(TODAY)


def test_warming_up_leaves_little_for_the_collector(served: Served) -> None:
    try:
        warm_up()
        assert gc.get_freeze_count() > 10_000
    finally:
        gc.unfreeze()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_failure_is_noted_and_apologised_for(
    language: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, reader_in: object
) -> None:
    shown: list[str] = []
    monkeypatch.setattr(failure.st, "html", shown.append)
    monkeypatch.setattr(failure, "current_reader", lambda: reader_in(language))  # type: ignore[operator]
    assert failure.show_failure(ValueError("secret detail"))
    assert "secret detail" not in shown[0]
    assert "<h1" in shown[0]
    assert "secret detail" in caplog.text
