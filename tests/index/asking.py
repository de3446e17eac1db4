"""What was typed as the expanded tree that clauses and matchers are made from."""

from __future__ import annotations

from index.expansion import Expander
from index.matching import Matcher
from index.query import Wishes
from index.syntax import parse
from index.tree import Node


def asked(text: str, **wishes: bool) -> Node | None:
    return Expander().expand(parse(text).node, Wishes(**wishes))


def matcher(text: str) -> Matcher:
    return Matcher(asked(text))
