"""Changes of two people to one record, put together: what only one of them changed is taken from them.

Records are compared field by field, texts in several languages by language, and lists of records that have an
`id`, such as the panels of a conference, by that; any other list is one value.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from archive.records import Json, JsonValue


@dataclass(frozen=True, slots=True)
class Clash:
    """A value that both changed, each to something else. None: one of them took it out, or it was not there.

    `path` leads to it: ("title", "de"), or ("panels", "2017-krasnodar/energie", "room").
    """

    path: tuple[str, ...]
    mine: JsonValue
    theirs: JsonValue


def merge(base: Json, mine: Json, theirs: Json) -> tuple[Json, tuple[Clash, ...]]:
    """Put two changed records together.

    Args:
        base: what both began with.

    Returns:
        The record with the changes of both, and what both changed; there the record has theirs.
    """
    clashes: list[Clash] = []
    return _records(base, mine, theirs, (), clashes), tuple(clashes)


def _value(
    base: JsonValue, mine: JsonValue, theirs: JsonValue, path: tuple[str, ...], clashes: list[Clash]
) -> JsonValue:
    if mine in (base, theirs):
        return theirs
    if theirs == base:
        return mine
    if isinstance(mine, Mapping) and isinstance(theirs, Mapping):
        return _records(base if isinstance(base, Mapping) else {}, mine, theirs, path, clashes)
    if _has_ids(mine) and _has_ids(theirs):
        kept = base if _has_ids(base) else []
        lists = [cast(Sequence[Json], each) for each in (kept, mine, theirs)]
        return _lists(lists[0], lists[1], lists[2], path, clashes)
    clashes.append(Clash(path, mine, theirs))
    return theirs


def _records(
    base: Json, mine: Json, theirs: Json, path: tuple[str, ...], clashes: list[Clash]
) -> dict[str, JsonValue]:
    merged: dict[str, JsonValue] = {}
    for name in {**theirs, **mine}:
        value = _value(base.get(name), mine.get(name), theirs.get(name), (*path, name), clashes)
        if value is not None or (name in mine and name in theirs):
            merged[name] = value
    return merged


def _lists(
    base: Sequence[Json],
    mine: Sequence[Json],
    theirs: Sequence[Json],
    path: tuple[str, ...],
    clashes: list[Clash],
) -> list[Json]:
    at, own, other = _by_id(base), _by_id(mine), _by_id(theirs)
    merged: dict[str, Json] = {}
    for name in {**other, **own}:
        value = _value(at.get(name), own.get(name), other.get(name), (*path, name), clashes)
        if isinstance(value, Mapping):
            merged[name] = value
    reordered = [name for name in own if name in at] != [name for name in at if name in own]
    first, second = (own, other) if reordered else (other, own)
    return [merged[name] for name in _interleaved(list(first), list(second)) if name in merged]


def _interleaved(order: list[str], added: list[str]) -> list[str]:
    """Put what only the second list has behind what it followed there."""
    for position, name in enumerate(added):
        if name not in order:
            before = added[position - 1] if position else None
            order.insert(order.index(before) + 1 if before is not None else 0, name)
    return order


def _by_id(records: Sequence[Json]) -> dict[str, Json]:
    return {str(record["id"]): record for record in records}


def _has_ids(value: JsonValue) -> bool:
    return (
        isinstance(value, Sequence)
        and not isinstance(value, str)
        and all(isinstance(each, Mapping) and "id" in each for each in value)
    )
