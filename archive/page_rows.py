"""Pages of documents, read from the rows of the catalogue."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar

from sqlalchemy import CompoundSelect, Connection, bindparam, select, union_all

from archive import tables
from archive.model import Page

BATCH = 500
"""How many identifiers one statement names at most; SQLite takes 32,766."""

DOCUMENTS_AT_ONCE, PAGES_AT_ONCE = 10, 5
"""Of so many documents one statement reads so many single pages each."""

_T = TypeVar("_T")

_PAGES = (
    select(tables.pages)
    .where(tables.pages.c.document.in_(bindparam("identifiers", expanding=True)))
    .order_by(tables.pages.c.document, tables.pages.c.number)
)


def read_pages(connection: Connection, identifiers: Sequence[str]) -> dict[str, tuple[Page, ...]]:
    """Return the pages of each of the documents, in order; a document without text has none."""
    found: dict[str, list[Page]] = {identifier: [] for identifier in identifiers}
    for part in parts(identifiers):
        for row in connection.execute(_PAGES, {"identifiers": part}):
            found[row[0]].append(_page(row))
    return {identifier: tuple(pages) for identifier, pages in found.items()}


def read_some_pages(
    connection: Connection, numbers: Mapping[str, Iterable[int]]
) -> dict[str, tuple[Page, ...]]:
    """Return single pages of documents, by the numbers of each, in order; without those that are not."""
    found: dict[str, list[Page]] = {identifier: [] for identifier in numbers}
    wanted = [
        (identifier, some) for identifier in found for some in parts([*{*numbers[identifier]}], PAGES_AT_ONCE)
    ]
    for part in parts(wanted, DOCUMENTS_AT_ONCE):
        values: dict[str, str | int] = {}
        for place, (identifier, some) in enumerate(part):
            values[f"document{place}"] = identifier
            values |= {f"number{place}_{each}": some[each % len(some)] for each in range(PAGES_AT_ONCE)}
        for row in connection.execute(_some_pages(len(part)), values):
            found[row[0]].append(_page(row))
    return {identifier: tuple(sorted(pages, key=attrgetter("number"))) for identifier, pages in found.items()}


def parts(values: Sequence[_T], size: int = BATCH) -> Iterable[Sequence[_T]]:
    """Cut many values into as many as one statement names."""
    return (values[start : start + size] for start in range(0, len(values), size))


@cache
def _some_pages(documents: int) -> CompoundSelect[Any]:
    """Select single pages of so many documents: SQLite uses its index for none but the pages of one.

    A statement whose values are always as many takes no time to be written out.
    """
    return union_all(
        *(
            select(tables.pages).where(
                tables.pages.c.document == bindparam(f"document{place}"),
                tables.pages.c.number.in_(
                    [bindparam(f"number{place}_{each}") for each in range(PAGES_AT_ONCE)]
                ),
            )
            for place in range(documents)
        )
    )


def _page(row: Sequence[Any]) -> Page:
    _, number, text, title, notes, languages, hidden, label = row
    return Page(number, text, title, notes, tuple(languages.split()), hidden, label)
