"""What the page for checking says about drafts that were deleted, and about those that others count on."""

from __future__ import annotations

import ast
import datetime as dt
import inspect
from typing import TYPE_CHECKING

from archive.staff_log import Step
from ingest.conferences import refuse_deleted
from ingest.drafts import Desk, Entry, Stage
from portal.checking.deletion import deleted, others_words
from portal.checking.problems import state_of_entry, trouble
from tests.portal.sentences import example

if TYPE_CHECKING:
    from portal.reader import Reader

ENTRY = Entry(1, "ordner/<b>.pptx", Stage.DONE, "deleted", "", "7k3mx9q2f3", "2017-krasnodar", "")


def test_a_batch_tells_what_of_it_was_deleted_by_whom(reader: Reader) -> None:
    desk = Desk((ENTRY,), (), {})
    at = dt.datetime(2026, 1, 2, 3, 4, tzinfo=dt.UTC)
    step = Step(1, at, "anna", "purge", differences={"7k3mx9q2f3": {"state": ("draft", None)}})
    shown = deleted(desk, {"7k3mx9q2f3": step}, reader)
    assert "1 Datei wurde endgültig gelöscht" in shown
    assert "ordner/&lt;b&gt;.pptx" in shown
    assert "anna" in shown
    assert reader.texts.moment(at) in shown
    assert "anna" not in deleted(desk, {}, reader)
    assert deleted(Desk((), (), {}), {}, reader) == ""
    assert state_of_entry(ENTRY, desk, reader) == "Gelöscht"


def test_who_else_counts_on_a_draft_is_named(reader: Reader) -> None:
    assert others_words((), reader) == ""
    assert others_words(("bert", "carla"), reader).startswith("bert, carla haben")


def test_a_file_whose_conference_was_deleted_says_so_in_the_readers_language(reader: Reader) -> None:
    (call,) = (
        node
        for node in ast.walk(ast.parse(inspect.getsource(refuse_deleted)))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "GoneError"
    )
    assert trouble(example(call.args[0]), reader)[0].startswith("Die Konferenz 7 wurde gelöscht")
