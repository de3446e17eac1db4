"""What was typed as the tree that clauses and matchers are made from, and which documents it finds."""

from __future__ import annotations

from index.expansion import Expander
from index.matching import Matcher
from index.query import Query, Wishes
from index.search import Search
from index.syntax import parse
from index.tree import Node


def asked(text: str, **wishes: bool) -> Node | None:
    return Expander().expand(parse(text).node, Wishes(**wishes))


def matcher(text: str) -> Matcher:
    return Matcher(asked(text))


def found(search: Search, text: str = "") -> set[str]:
    page = search.ask(Query(text, limit=200))
    assert page.total == len(page.hits)
    return {hit.document.id for hit in page.hits}
