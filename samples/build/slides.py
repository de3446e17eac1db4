"""One function for each kind of slide; `RENDERERS` names them as the sources do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Inches

from samples.build import template
from samples.build.charts import add_chart, add_table
from samples.build.diagrams import add_diagram
from samples.build.shapes import ROUNDED, box, rgb, speak, textbox, write
from samples.build.source import Body, bodies, text, texts
from samples.build.style import (
    BODY_HEIGHT,
    BODY_TOP,
    BODY_WIDTH,
    GREY,
    INK,
    MARGIN,
    SERIF,
    WHITE,
    Accent,
    fitting_size,
)

Slide: TypeAlias = Any
Renderer: TypeAlias = Callable[[Slide, Body, Accent, str], None]


def add_slide(presentation: Any, body: Body, accent: Accent, language: str) -> None:
    """Add one slide with its title, its content and its speaker notes."""
    kind = text(body, "kind")
    language = text(body, "language") or language
    slide = presentation.slides.add_slide(presentation.slide_layouts[LAYOUTS[kind]])
    _title(slide, text(body, "title"), language, kind)
    RENDERERS[kind](slide, body, accent, language)
    if text(body, "caption"):
        frame = textbox(slide.shapes, MARGIN, 6.38, BODY_WIDTH, 0.45)
        size = 12 if len(text(body, "caption")) < 170 else 11
        write(frame, (text(body, "caption"),), language, size, colour=GREY)
    if text(body, "note"):
        frame = slide.notes_slide.notes_text_frame
        frame.text = text(body, "note")
        speak(frame.paragraphs[0].runs[0], language)


def _title(slide: Slide, title: str, language: str, kind: str) -> None:
    shape = slide.shapes.title
    if kind == "title":
        size = 42 if len(title) < 60 else 36
    elif kind == "statement":
        size = 34 if len(title) < 110 else 28
    else:
        size = 28 if len(title) < 62 else 24
    colour = WHITE if kind in ("title", "statement") else INK
    shape.text_frame.margin_left = 0
    write(
        shape.text_frame,
        (title,),
        language,
        size,
        colour=colour,
        font=SERIF,
        bold=kind != "statement",
        middle=True,
    )


def _render_title(slide: Slide, body: Body, accent: Accent, language: str) -> None:
    frame = slide.placeholders[1].text_frame
    frame.margin_left = 0
    _fill(frame, (text(body, "subtitle"),), language, 22, WHITE, bullets=False)
    mark = box(slide.shapes, MARGIN, 5.0, 10.4, 0.55, "E8B84F", ROUNDED)
    sentence = (text(body, "mark"),)
    write(mark.text_frame, sentence, language, fitting_size(sentence, 10, 0.3, 14), bold=True, middle=True)
    mark.text_frame.paragraphs[0].alignment = PP_ALIGN.LEFT
    mark.text_frame.margin_left = Inches(0.2)


def _render_text(slide: Slide, body: Body, accent: Accent, language: str) -> None:
    points = texts(body, "points")
    lead = text(body, "lead")
    placeholder = slide.placeholders[1]
    height = BODY_HEIGHT - (0.4 if text(body, "caption") else 0)
    top = BODY_TOP
    if lead:
        panel = box(slide.shapes, MARGIN, BODY_TOP, BODY_WIDTH, 1.25, accent.pale)
        size = fitting_size((lead,), BODY_WIDTH - 0.6, 1.1, 22)
        write(
            panel.text_frame, (lead,), language, size, colour=accent.deep, font=SERIF, bold=True, middle=True
        )
        panel.text_frame.paragraphs[0].alignment = PP_ALIGN.LEFT
        panel.text_frame.margin_left = Inches(0.3)
        top, height = BODY_TOP + 1.55, height - 1.55
        slide.shapes._spTree.insert(3, panel._element)
    _place(placeholder, MARGIN, top, BODY_WIDTH, height)
    _fill(placeholder.text_frame, points, language, fitting_size(points, BODY_WIDTH - 0.4, height, 24), INK)


def _render_aside(slide: Slide, body: Body, accent: Accent, language: str) -> None:
    points = texts(body, "points")
    height = BODY_HEIGHT - (0.4 if text(body, "caption") else 0)
    _fill(slide.placeholders[1].text_frame, points, language, fitting_size(points, 6.9, height, 23), INK)
    frame = slide.placeholders[2].text_frame
    aside = (text(body, "aside_title"), *texts(body, "aside"))
    size = fitting_size(aside, 3.0, BODY_HEIGHT - 0.8, 19)
    _fill(frame, aside[:1], language, size + 2, accent.deep, bullets=False, bold=True)
    _fill(frame, aside[1:], language, size, INK, bullets=False)


def _render_columns(slide: Slide, body: Body, accent: Accent, language: str) -> None:
    columns = bodies(body, "columns")
    height = BODY_HEIGHT - 0.8 - (0.4 if text(body, "caption") else 0)
    longest = max((texts(column, "points") for column in columns), key=lambda points: len("".join(points)))
    size = fitting_size(longest, 5.0, height, 21)
    for number, column in enumerate(columns):
        head, points = slide.placeholders[1 + 2 * number], slide.placeholders[2 + 2 * number]
        head.fill.solid()
        head.fill.fore_color.rgb = rgb((accent.main, accent.second)[number])
        _fill(
            head.text_frame,
            (text(column, "name"),),
            language,
            18,
            WHITE,
            bullets=False,
            bold=True,
            middle=True,
        )
        _fill(points.text_frame, texts(column, "points"), language, size, INK)


def _render_table(slide: Slide, body: Body, accent: Accent, language: str) -> None:
    points = texts(body, "points")
    height = TABLE_HEIGHT if points else TABLE_HEIGHT + 0.9
    add_table(
        slide.shapes,
        body,
        accent,
        language,
        (MARGIN, BODY_TOP, BODY_WIDTH, height),
        f"Tabelle {slide.slide_id}",
    )
    if points:
        top = BODY_TOP + TABLE_HEIGHT + 0.2
        frame = textbox(slide.shapes, MARGIN, top, BODY_WIDTH, 6.3 - top)
        write(frame, points, language, fitting_size(points, BODY_WIDTH, 6.3 - top, 18), gap=4)


def _render_chart(slide: Slide, body: Body, accent: Accent, language: str) -> None:
    add_chart(slide.shapes, body, accent, (MARGIN, BODY_TOP, 7.5, 4.55), f"Diagramm {slide.slide_id}")
    points = texts(body, "points")
    box(slide.shapes, MARGIN + 7.85, BODY_TOP, 0.05, 4.4, accent.main)
    frame = textbox(slide.shapes, MARGIN + 8.1, BODY_TOP, BODY_WIDTH - 8.1, 4.4)
    write(frame, points, language, fitting_size(points, BODY_WIDTH - 8.1, 4.3, 19), gap=9)


def _render_diagram(slide: Slide, body: Body, accent: Accent, language: str) -> None:
    add_diagram(slide.shapes, body, accent, language)


def _render_cards(slide: Slide, body: Body, accent: Accent, language: str) -> None:
    cards = bodies(body, "cards")
    width = (BODY_WIDTH - 0.35 * (len(cards) - 1)) / len(cards)
    longest = max((text(card, "text") for card in cards), key=len)
    size = fitting_size((longest,), width - 0.6, 2.3, 20)
    for number, card in enumerate(cards):
        group = slide.shapes.add_group_shape()
        group.name = f"Karte {number + 1}"
        left = MARGIN + number * (width + 0.35)
        colour = (accent.main, accent.second, accent.third, accent.main)[number]
        box(group.shapes, left, BODY_TOP, width, 4.3, accent.pale)
        box(group.shapes, left, BODY_TOP, width, 0.1, colour)
        big = text(card, "big")
        frame = textbox(group.shapes, left + 0.3, BODY_TOP + 0.3, width - 0.6, 1.1)
        largest = fitting_size((big,), (width - 0.6) * 0.95, 1.1, 48)
        write(frame, (big,), language, largest, colour=colour, font=SERIF, bold=True, middle=True)
        frame = textbox(group.shapes, left + 0.3, BODY_TOP + 1.6, width - 0.6, 2.4)
        write(frame, (text(card, "text"),), language, size)


def _render_statement(slide: Slide, body: Body, accent: Accent, language: str) -> None:
    points = texts(body, "points")
    size = fitting_size(points, 9.6, 2.3, 22)
    _fill(slide.placeholders[1].text_frame, points, language, size, WHITE, bullets=False)


def _fill(
    frame: Any,
    paragraphs: tuple[str, ...],
    language: str,
    size: int,
    colour: str,
    *,
    bullets: bool = True,
    bold: bool = False,
    middle: bool = False,
) -> None:
    """Fill a placeholder; its layout gives the bullets unless they are switched off."""
    start = len(frame.paragraphs) if frame.text else 0
    write(
        frame,
        paragraphs,
        language,
        size,
        colour=colour,
        bold=bold,
        middle=middle,
        gap=0 if middle else size * 0.45,
    )
    for paragraph in frame.paragraphs[start:]:
        properties = paragraph._p.get_or_add_pPr()
        if not bullets:
            properties.set("marL", "0")
            properties.set("indent", "0")
            properties.set("algn", "l")
            properties.insert_element_before(properties.makeelement(_NO_BULLET, {}), "a:tabLst", "a:defRPr")
    if not middle:
        frame.vertical_anchor = MSO_ANCHOR.TOP


def _place(shape: Any, left: float, top: float, width: float, height: float) -> None:
    shape.left, shape.top, shape.width, shape.height = (
        Inches(measure) for measure in (left, top, width, height)
    )


TABLE_HEIGHT = 3.4
"""Inches that a table with words beneath it may take."""

_NO_BULLET = "{http://schemas.openxmlformats.org/drawingml/2006/main}buNone"

LAYOUTS: Mapping[str, int] = {
    "title": template.TITLE,
    "text": template.TEXT,
    "aside": template.ASIDE,
    "columns": template.COLUMNS,
    "table": template.FREE,
    "chart": template.FREE,
    "diagram": template.FREE,
    "cards": template.FREE,
    "statement": template.STATEMENT,
}
"""The layout that each kind of slide stands on."""

RENDERERS: Mapping[str, Renderer] = {
    "title": _render_title,
    "text": _render_text,
    "aside": _render_aside,
    "columns": _render_columns,
    "table": _render_table,
    "chart": _render_chart,
    "diagram": _render_diagram,
    "cards": _render_cards,
    "statement": _render_statement,
}
