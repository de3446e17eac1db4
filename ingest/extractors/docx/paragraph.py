"""A paragraph of a text while it is being read."""

from __future__ import annotations

from lxml import etree

PAGE_BREAK = "\f"
"""Stands in the text of a paragraph where a page ends; markup cannot hold this character."""


class Paragraph:
    """A paragraph being read: its text, what of it is hidden, and what is anchored in it.

    `said` is what embedded files hold that they do not show.
    """

    def __init__(self) -> None:
        self.starts_page = False
        self.ends_page = False
        self.pieces: list[str] = []
        self.hidden: list[str] = []
        self.lines: list[str] = []
        self.boxes: list[etree._Element] = []
        self.hidden_boxes: list[etree._Element] = []
        self.notes: list[tuple[str, etree._Element]] = []
        self.comments: list[str] = []
        self.said: list[str] = []

    @property
    def has_asides(self) -> bool:
        """Whether anything but text and comments belongs to it."""
        return bool(self.lines or self.boxes or self.hidden_boxes or self.notes)
