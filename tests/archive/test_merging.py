"""Two people's changes of one record, put together."""

from __future__ import annotations

from typing import Any

import pytest

from archive.merging import Clash, merge

BASE: dict[str, Any] = {
    "title": {"de": "Titel", "und": "x"},
    "number": 14,
    "links": [{"url": "a"}],
    "panels": [{"id": "c/a", "room": "1"}, {"id": "c/b", "room": "2"}],
}


def changed(**values: Any) -> dict[str, Any]:
    return {**BASE, **values}


def test_changes_of_different_fields_come_together() -> None:
    mine = changed(title={"de": "Neu", "und": "x"}, number=None)
    theirs = changed(title={"de": "Titel", "und": "x", "ru": "Название"}, links=[])
    merged, clashes = merge(BASE, mine, theirs)
    assert clashes == ()
    assert merged == changed(title={"de": "Neu", "und": "x", "ru": "Название"}, number=None, links=[])


def test_the_same_field_changed_by_both_is_told_and_stays_theirs() -> None:
    merged, clashes = merge(BASE, changed(title={"de": "A"}), changed(title={"de": "B", "und": "x"}))
    assert clashes == (Clash(("title", "de"), "A", "B"),)
    assert merged["title"] == {"de": "B"}


def test_the_same_change_by_both_is_no_clash() -> None:
    assert merge(BASE, changed(number=15), changed(number=15)) == (changed(number=15), ())


@pytest.mark.parametrize("swap", [False, True])
def test_panels_are_compared_by_identifier(swap: bool) -> None:
    moved = [{"id": "c/b", "room": "2"}, {"id": "c/a", "room": "9"}]
    grown = [{"id": "c/a", "room": "1"}, {"id": "c/n", "room": ""}, {"id": "c/b", "room": "2"}]
    mine, theirs = changed(panels=moved), changed(panels=grown)
    merged, clashes = merge(BASE, theirs, mine) if swap else merge(BASE, mine, theirs)
    assert clashes == ()
    assert merged["panels"] == [moved[0], moved[1], {"id": "c/n", "room": ""}]


def test_a_panel_taken_out_stays_out_unless_it_was_changed() -> None:
    mine = changed(panels=[BASE["panels"][1]])
    assert merge(BASE, mine, BASE)[0] == mine
    theirs = changed(panels=[{"id": "c/a", "room": "9"}, BASE["panels"][1]])
    merged, clashes = merge(BASE, mine, theirs)
    assert clashes == (Clash(("panels", "c/a"), None, {"id": "c/a", "room": "9"}),)
    assert merged == theirs
