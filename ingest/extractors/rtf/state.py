"""Where the reader of an RTF file stands: what holds inside of each group, and what the file declared.

Source: Rich Text Format Specification 1.9.1, "Font Table", "Style Sheet", "Fields".
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum, auto

from ingest.extractors.rtf.encodings import DECLARED, Font, encoding_of
from ingest.extractors.rtf.flow import Flow

_HEADING = re.compile(
    r"(heading|überschrift|заголовок) ?\d|(sub)?title|(unter)?titel|название|подзаголовок", re.IGNORECASE
)
_BODY_LEVEL = 9
_PAGE_FIELDS = frozenset(("PAGE", "NUMPAGES", "SECTIONPAGES", "SECTION"))


class Place(Enum):
    """What text means where it stands."""

    TEXT = auto()
    NOTHING = auto()
    FONTS = auto()
    STYLES = auto()
    INSTRUCTION = auto()
    WORDS = auto()


@dataclass(slots=True)
class Words:
    """Text that is no part of a story: a title in the properties, a property of a drawing."""

    pieces: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return "".join(self.pieces).strip()


@dataclass(slots=True)
class Field:
    """A field: what it is to show, and what its result is part of."""

    place: Place
    words: Words | None = None
    instruction: Words = field(default_factory=Words)

    @property
    def numbers_pages(self) -> bool:
        """Whether its result is the number of the page, which is another on each."""
        return str(self.instruction).partition(" ")[0].upper() in _PAGE_FIELDS


@dataclass(slots=True)
class State:
    """What holds inside of a group. `unicode_fallback` is the number of bytes that follow each \\uN."""

    flow: Flow
    place: Place = Place.TEXT
    outer: Place = Place.TEXT
    words: Words | None = None
    field: Field | None = None
    property_name: Words | None = None
    font: int | None = None
    style: int = 0
    outline: int | None = None
    unicode_fallback: int = 1
    in_table: bool = False
    hidden: bool = False
    deleted: bool = False

    def copy(self) -> State:
        """Return what holds at the beginning of a group inside."""
        return State(
            self.flow,
            self.place,
            self.outer,
            self.words,
            self.field,
            self.property_name,
            self.font,
            self.style,
            self.outline,
            self.unicode_fallback,
            self.in_table,
            self.hidden,
            self.deleted,
        )

    def reset_paragraph(self) -> None:
        """Make it a paragraph without properties."""
        self.style, self.outline, self.in_table = 0, None, False

    def reset_characters(self) -> None:
        """Make them characters without properties."""
        self.font, self.hidden, self.deleted = None, False, False


class Declared:
    """What the head of a file declares: code pages, fonts, styles that are headings.

    `western` stands for "ANSI", which the file may mean otherwise than it says.
    """

    def __init__(self, western: str) -> None:
        self.fonts: dict[int, Font] = {}
        self.default_font: int | None = None
        self.code_page = western
        self._western = western
        self._headings: set[int] = set()
        self._encodings: dict[int | None, str] = {}

    def declare(self, word: str, number: int | None) -> None:
        """Take one of the control words that name a code page."""
        found = encoding_of(number or 0) if word == "ansicpg" else DECLARED[word]
        if found:
            self.code_page = self._western if found == DECLARED["ansi"] else found

    def style(self, number: int, name: str, outline: int | None) -> None:
        """Take a style from the style sheet."""
        if _HEADING.match(name) or (outline is not None and outline < _BODY_LEVEL):
            self._headings.add(number)

    def is_heading(self, state: State) -> bool:
        """Say whether a paragraph is a heading, by its level or its style."""
        if state.outline is not None:
            return state.outline < _BODY_LEVEL
        return state.style in self._headings

    def font(self, number: int | None) -> Font | None:
        """Return the font that is set, which is the default where none is."""
        found = self.default_font if number is None else number
        return None if found is None else self.fonts.get(found)

    def encoding(self, number: int | None) -> str:
        """Return the code page of text in a font."""
        if number not in self._encodings:
            font = self.font(number)
            self._encodings[number] = font.encoding(self.code_page, self._western) if font else self.code_page
        return self._encodings[number]

    def forget_encodings(self) -> None:
        """Look at the fonts anew."""
        self._encodings.clear()
