"""The text of an RTF file, in the order a reader meets it.

Read: paragraphs, table rows, numbers of lists, footnotes and text boxes after their paragraph, results of
fields, WordArt, formulas, alternative text, insertions; headers and footers once; comments as notes; hidden
text, and headers that are switched off, on hidden pages. Not read: deletions, pictures, embedded files (both
counted), doubles for older programs.

Source: Rich Text Format Specification 1.9.1.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from ingest.extractors.flow import Block
from ingest.extractors.rtf.actions import WORDS
from ingest.extractors.rtf.encodings import DOUBLE_BYTE, WESTERN
from ingest.extractors.rtf.flow import Flow
from ingest.extractors.rtf.headers import Headers
from ingest.extractors.rtf.state import Declared, Place, State, Words
from ingest.extractors.rtf.tokens import Kind, Token, Tokens
from ingest.extractors.rtf.words import (
    CHARACTERS,
    ESCAPED,
    IN_GROUPS,
    KNOWN,
    SKIPPED,
    SYMBOLS,
    is_math_property,
)
from ingest.extractors.symbols import PRIVATE

_DEEPEST = 500
"""Groups below keep nothing of their own; their text is read as part of this one."""

_MOST_STORIES = 20
"""Footnotes in text boxes in footnotes: what is deeper is read as part of the story around it."""


class RtfReader:
    """Reads one file, once."""

    def __init__(self, content: bytes, western: str = WESTERN) -> None:
        self.counts: Counter[str] = Counter()
        self.headers = Headers()
        self._unseen: list[str] = []
        self.properties: dict[str, str] = {}
        self.letters = self.western_letters = 0
        self.is_cut = False
        self.lost_characters = 0
        self.as_utf8: set[str] = set()
        self.declared = Declared(western)
        self._tokens = Tokens(content)
        self.state = State(Flow())
        self._states: list[State] = []
        self._endings: dict[int, Callable[[], None]] = {}
        self._too_deep = 0
        self._stories = 0
        self._starred = False
        self._bytes = bytearray()
        self._to_skip = 0

    def read(self) -> list[Block]:
        """Return headers, body and footers."""
        body = self.state.flow
        for token in self._tokens:
            if token.kind is Kind.TEXT:
                self._text(token.value)
            elif token.kind is Kind.WORD:
                self._word(token)
            elif token.kind is Kind.BYTE:
                if self._to_skip:
                    self._to_skip -= 1
                else:
                    self._bytes += token.value
            elif token.kind is Kind.OPEN:
                self._open()
            elif token.kind is Kind.SYMBOL:
                self._symbol(token.value)
            elif not self._close() and self._tokens.is_behind_all_text:
                break
        self._flush()
        self.is_cut |= bool(self._states)
        while self._states:
            self._close()
        blocks = body.finish()
        self._count(body)
        headers, footers = self.headers.shown("header"), self.headers.shown("footer")
        unseen = [*self.headers.hidden(), *(Block(text, hidden=True) for text in self._unseen)]
        self.counts["hidden text"] += len(unseen)
        return [*headers, *blocks, *footers, *unseen]

    def _text(self, text: bytes) -> None:
        if self._to_skip:
            self._to_skip, text = max(0, self._to_skip - len(text)), text[self._to_skip :]
        self._bytes += text

    def _symbol(self, value: bytes) -> None:
        if value == b"*":
            self._starred = True
        elif value in b"\r\n":
            self._flush()
            WORDS["par"](self, None)
        elif value in ESCAPED:
            self._text(value)
        elif value in SYMBOLS:
            self._character(SYMBOLS[value])

    def _word(self, token: Token) -> None:
        word, starred = token.value.decode("ascii"), self._starred
        self._starred = False
        if word == "u":
            self._flush()
            self._unicode(token.number or 0)
        elif word in CHARACTERS:
            self._character(CHARACTERS[word])
        elif word in SKIPPED or (starred and word not in KNOWN) or is_math_property(word):
            self.skip()
        elif word in WORDS:
            self._flush()
            WORDS[word](self, token.number)
        elif word in IN_GROUPS:
            self.state.place = Place.NOTHING

    def _open(self) -> None:
        self._flush()
        self._to_skip, self._starred = 0, False
        if len(self._states) >= _DEEPEST:
            self._too_deep += 1
            return
        self._states.append(self.state)
        self.state = self.state.copy()
        if self.state.place in (Place.FONTS, Place.STYLES):
            self.state.words = Words()

    def _close(self) -> bool:
        """End a group; False where none is open."""
        self._flush()
        self._to_skip, self._starred = 0, False
        if self._too_deep:
            self._too_deep -= 1
            return True
        if not self._states:
            return False
        if self.state.place is Place.STYLES and self.state.words:
            name = str(self.state.words).rstrip(";")
            self.declared.style(self.state.style, name, self.state.outline)
        ending = self._endings.pop(len(self._states), None)
        self.state = self._states.pop()
        if ending:
            ending()
        return True

    def skip(self) -> None:
        """Leave out the rest of the group."""
        self._flush()
        self.is_cut |= not self._tokens.skip_group()
        self._bytes.clear()
        self._close()

    def _at_end(self, ending: Callable[[], None]) -> None:
        """Do something when the group ends, after what was to be done before."""
        earlier = self._endings.get(len(self._states))

        def both() -> None:
            if earlier:
                earlier()
            ending()

        self._endings[len(self._states)] = both if earlier else ending

    def _flush(self) -> None:
        """Decode the bytes that have come, in the code page of the font that is set."""
        if not self._bytes:
            return
        state = self.state
        if state.place is Place.NOTHING:
            self._bytes.clear()
            return
        content = bytes(self._bytes)
        self._bytes.clear()
        font = self.declared.font(state.font) if state.place is Place.TEXT else None
        if font and font.is_symbols:
            self._say("".join(map(font.sign, content)))
            return
        encoding = self.declared.encoding(state.font) if font else self.declared.code_page
        if len(content) == 1 and encoding in DOUBLE_BYTE:
            encoding = self.declared.code_page  # a sign of a western font under another name
        if encoding not in DOUBLE_BYTE and _is_utf8(content):
            self.as_utf8.add(encoding)
            encoding = "utf-8"
        text = content.decode(encoding, "replace")
        if not text.isascii():
            self.lost_characters += text.count("\ufffd")
            if encoding == WESTERN:
                self.letters += sum(map(str.isalpha, text))
                self.western_letters += sum(1 for each in text if "\xc0" <= each <= "\xff")
        self._say(text)

    def _unicode(self, number: int) -> None:
        code = number + 0x10000 if number < 0 else number
        font = self.declared.font(self.state.font)
        if code in PRIVATE and font:
            self._bytes += bytes([code - PRIVATE.start])
            self._flush()
        elif 0 < code < 0x110000:
            self._say(chr(code))
        self._to_skip = self.state.unicode_fallback

    def _character(self, text: str) -> None:
        self._flush()
        if self._to_skip:
            self._to_skip -= 1
        else:
            self._say(text)

    def _say(self, text: str) -> None:
        state = self.state
        if state.place is Place.TEXT:
            if state.deleted:
                return
            if state.hidden:
                state.flow.hide(text)
            else:
                state.flow.add(text)
        elif state.place is Place.FONTS:
            self._font_name(text)
        elif state.place is not Place.NOTHING and state.words is not None:
            state.words.pieces.append(text)

    def _font_name(self, text: str) -> None:
        font = self.declared.fonts.get(self.state.font or 0)
        if font:
            font.name += text.partition(";")[0].strip(" ") if font.name else text.partition(";")[0].lstrip()
            self.declared.forget_encodings()

    def story(self, ending: Callable[[Flow, Flow], None]) -> None:
        """Begin a story of its own in this group; `ending` gets the one around it, and itself."""
        if self._stories >= _MOST_STORIES or self._too_deep:
            self.state.place = Place.TEXT
            return
        around, story = self.state.flow, Flow()
        self._stories += 1
        self.state.flow, self.state.place = story, Place.TEXT
        self.state.reset_paragraph()
        self.state.reset_characters()

        def end() -> None:
            self._stories -= 1
            ending(around, story)
            self._count(story)

        self._at_end(end)

    def after_paragraph(self, name: str) -> None:
        def end(around: Flow, story: Flow) -> None:
            if blocks := story.finish():
                self.counts[name] += 1
                around.later(blocks)

        self.story(end)

    def words_until_end(self, ending: Callable[[str], None]) -> None:
        """Collect the words of this group."""
        words = Words()
        self.state.place, self.state.words = Place.WORDS, words
        self._at_end(lambda: ending(str(words)))

    def _count(self, flow: Flow) -> None:
        self.counts["tables"] += flow.tables
        self._unseen += flow.unseen


def _is_utf8(content: bytes) -> bool:
    """Say whether a run is UTF-8 that nobody declared: with two letters beyond ASCII, at least."""
    if content.isascii():
        return False
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return sum(character > "\x7f" for character in text) > 1
