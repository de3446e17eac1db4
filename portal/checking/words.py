"""Texts from outside as labels of widgets, which Streamlit reads as Markdown."""

from __future__ import annotations

import re

from portal.markup import seen
from portal.texts import WORD_JOINER

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~:$^&])")
_READ_AGAIN = re.compile(r":(?=[\w/])|www(?=\.)|@|[-<>~](?=[-<>=])", re.IGNORECASE)
"""Where Streamlit begins a link, an icon or an arrow when all escapes are gone."""
_UNSEEN = re.compile(r"[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]")


def plain(text: str) -> str:
    """Write a text so that a label shows it as it is, on one line."""
    parted = _READ_AGAIN.sub(rf"\g<0>{WORD_JOINER}", _UNSEEN.sub(" ", text))
    return _MARKDOWN.sub(r"\\\1", parted)


def short(text: str, length: int = 60) -> str:
    """Cut a text that is too long for its place."""
    text = seen(text)
    return text if len(text) <= length else f"{text[:length].rstrip()} …"
