"""A message at the head of a page: that something was done, or why it was not. It is spoken, too."""

from __future__ import annotations

from portal.markup import Markup, tag, together


def notice(message: str, *, wrong: bool = False) -> Markup:
    """Show a message."""
    return tag("p", message, css="notice wrong" if wrong else "notice", data_announce=message)


def told(lines: tuple[str, ...]) -> Markup:
    """Show problems one below the other."""
    return tag(
        "div", together(tag("p", line) for line in lines), css="notice wrong", data_announce=" ".join(lines)
    )
