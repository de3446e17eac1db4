"""What the control words of RTF do that are more than a character.

Source: Rich Text Format Specification 1.9.1, "Document Area", "Pictures", "Objects", "Drawing Objects".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, TypeAlias

from ingest.extractors.flow import Block
from ingest.extractors.rtf.encodings import DECLARED, Font
from ingest.extractors.rtf.flow import Flow
from ingest.extractors.rtf.headers import SWITCHES
from ingest.extractors.rtf.state import Field, Place, Words
from ingest.extractors.rtf.words import HEADERS

if TYPE_CHECKING:
    from ingest.extractors.rtf.reader import RtfReader

Action: TypeAlias = Callable[["RtfReader", int | None], None]

_SHOWN_PROPERTIES = frozenset(("wzDescription", "gtextUNICODE"))
"""Properties of drawings that are text: alternative text, WordArt."""

_PICTURE_PROPERTIES = frozenset(("pib", "pibName", "fillBlip"))


def _paragraph(reader: RtfReader, number: int | None) -> None:
    state = reader.state
    if state.place is Place.TEXT and not state.deleted:
        state.flow.end_paragraph(reader.declared.is_heading(state), state.in_table)


def _cell(reader: RtfReader, number: int | None) -> None:
    if reader.state.place is Place.TEXT:
        reader.state.flow.end_cell()


def _row(reader: RtfReader, number: int | None) -> None:
    reader.state.flow.end_row()


def _begin_row(reader: RtfReader, number: int | None) -> None:
    reader.state.flow.begin_row()


def _page(reader: RtfReader, number: int | None) -> None:
    reader.state.flow.break_page()


def _section(reader: RtfReader, number: int | None) -> None:
    """A section begins a page, unless its properties, which follow, say otherwise."""
    reader.state.flow.break_page()


def _same_page(reader: RtfReader, number: int | None) -> None:
    reader.state.flow.cancel_break()


def _page_before(reader: RtfReader, number: int | None) -> None:
    if number != 0 and reader.state.place is Place.TEXT:
        reader.state.flow.break_page()


def _reset_paragraph(reader: RtfReader, number: int | None) -> None:
    reader.state.reset_paragraph()


def _reset_characters(reader: RtfReader, number: int | None) -> None:
    reader.state.reset_characters()


def _in_table(reader: RtfReader, number: int | None) -> None:
    reader.state.in_table = number != 0


def _style(reader: RtfReader, number: int | None) -> None:
    reader.state.style = number or 0


def _outline(reader: RtfReader, number: int | None) -> None:
    reader.state.outline = number


def _hidden(reader: RtfReader, number: int | None) -> None:
    reader.state.hidden = number != 0


def _deleted(reader: RtfReader, number: int | None) -> None:
    reader.state.deleted = number != 0
    reader.counts["changes"] += number != 0


def _revised(reader: RtfReader, number: int | None) -> None:
    reader.counts["changes"] += number != 0


def _unicode_fallback(reader: RtfReader, number: int | None) -> None:
    reader.state.unicode_fallback = max(0, min(number if number is not None else 1, 16))


def _default_font(reader: RtfReader, number: int | None) -> None:
    reader.declared.default_font = number or 0


def _font(reader: RtfReader, number: int | None) -> None:
    reader.state.font = number or 0
    if reader.state.place is Place.FONTS:
        reader.declared.fonts[reader.state.font] = Font()


def _font_charset(reader: RtfReader, number: int | None) -> None:
    font = reader.declared.fonts.get(reader.state.font or 0)
    if reader.state.place is Place.FONTS and font:
        font.charset = number
        reader.declared.forget_encodings()


def _font_code_page(reader: RtfReader, number: int | None) -> None:
    font = reader.declared.fonts.get(reader.state.font or 0)
    if reader.state.place is Place.FONTS and font:
        font.code_page = number


def _fonts(reader: RtfReader, number: int | None) -> None:
    reader.state.place, reader.state.words = Place.FONTS, Words()


def _styles(reader: RtfReader, number: int | None) -> None:
    reader.state.place, reader.state.words = Place.STYLES, Words()


def _field(reader: RtfReader, number: int | None) -> None:
    reader.state.field = Field(reader.state.place, reader.state.words)


def _instruction(reader: RtfReader, number: int | None) -> None:
    state = reader.state
    state.place = Place.INSTRUCTION
    if state.field:
        state.words = state.field.instruction


def _result(reader: RtfReader, number: int | None) -> None:
    field = reader.state.field
    if field and field.numbers_pages:
        reader.skip()
    elif field:
        reader.state.place, reader.state.words = field.place, field.words


def _unicode_double(reader: RtfReader, number: int | None) -> None:
    state = reader.state
    state.outer, state.place = state.place, Place.NOTHING


def _unicode_original(reader: RtfReader, number: int | None) -> None:
    reader.state.place = reader.state.outer


def _comment(reader: RtfReader, number: int | None) -> None:
    def end(around: Flow, story: Flow) -> None:
        reader.counts["comments"] += 1
        around.note("\n".join(block.text for block in story.finish()))

    reader.story(end)


def _footnote(reader: RtfReader, number: int | None) -> None:
    reader.after_paragraph("footnotes")


def _text_box(reader: RtfReader, number: int | None) -> None:
    reader.after_paragraph("text boxes")


def _header(word: str) -> Action:
    def begin(reader: RtfReader, number: int | None) -> None:
        reader.story(lambda around, story: reader.headers.add(word, story.finish()))

    return begin


def _switch(kind: str) -> Action:
    def turn(reader: RtfReader, number: int | None) -> None:
        if number != 0:
            reader.headers.shown_kinds.add(kind)

    return turn


def _picture(reader: RtfReader, number: int | None) -> None:
    reader.state.place = Place.NOTHING
    reader.counts["pictures"] += 1


def _object(reader: RtfReader, number: int | None) -> None:
    state = reader.state
    state.field, state.place = Field(state.place, state.words), Place.NOTHING


def _embedded(reader: RtfReader, number: int | None) -> None:
    reader.counts["embedded files"] += 1


def _property(reader: RtfReader, number: int | None) -> None:
    reader.state.place, reader.state.property_name = Place.NOTHING, Words()


def _property_name(reader: RtfReader, number: int | None) -> None:
    reader.state.place, reader.state.words = Place.WORDS, reader.state.property_name


def _property_value(reader: RtfReader, number: int | None) -> None:
    state = reader.state
    name = str(state.property_name or "")
    if name in _SHOWN_PROPERTIES:
        flow = state.flow
        reader.words_until_end(lambda text: flow.later([Block(text)] if text else []))
    else:
        reader.counts["pictures"] += name in _PICTURE_PROPERTIES
        reader.skip()


def _document_property(name: str) -> Action:
    def begin(reader: RtfReader, number: int | None) -> None:
        def end(text: str) -> None:
            reader.properties[name] = text

        reader.words_until_end(end)

    return begin


def _declare(word: str) -> Action:
    return lambda reader, number: reader.declared.declare(word, number)


WORDS: Mapping[str, Action] = {
    "par": _paragraph,
    "cell": _cell,
    "row": _row,
    "trowd": _begin_row,
    "page": _page,
    "pagebb": _page_before,
    "sect": _section,
    "sbknone": _same_page,
    "sbkcol": _same_page,
    "pard": _reset_paragraph,
    "plain": _reset_characters,
    "intbl": _in_table,
    "s": _style,
    "outlinelevel": _outline,
    "v": _hidden,
    "deleted": _deleted,
    "revised": _revised,
    "uc": _unicode_fallback,
    "deff": _default_font,
    "f": _font,
    "fcharset": _font_charset,
    "cpg": _font_code_page,
    "fonttbl": _fonts,
    "stylesheet": _styles,
    "field": _field,
    "fldinst": _instruction,
    "fldrslt": _result,
    "result": _result,
    "upr": _unicode_double,
    "ud": _unicode_original,
    "annotation": _comment,
    "footnote": _footnote,
    "shptxt": _text_box,
    "dptxbxtext": _text_box,
    "pict": _picture,
    "object": _object,
    "objemb": _embedded,
    "sp": _property,
    "sn": _property_name,
    "sv": _property_value,
    "title": _document_property("title"),
    "author": _document_property("author"),
    **{word: _header(word) for word in HEADERS},
    **{word: _switch(kind) for word, kind in SWITCHES.items()},
    **{word: _declare(word) for word in (*DECLARED, "ansicpg")},
}
"""Control word -> what it does."""
