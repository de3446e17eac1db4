"""Sentences as they stand in the source of the parts below, for tests that hold translations to them."""

from __future__ import annotations

import ast


def example(node: ast.expr) -> str:
    """Return a text of the source; whatever is put into it is `7`, or `'7'` where it is quoted."""
    if isinstance(node, ast.JoinedStr):
        return "".join(_part(part) for part in node.values)
    assert isinstance(node, ast.Constant), ast.dump(node)
    return str(node.value)


def _part(part: ast.expr) -> str:
    if isinstance(part, ast.Constant):
        return str(part.value)
    quoted = isinstance(part, ast.FormattedValue) and part.conversion == ord("r")
    return "'7'" if quoted else "7"
