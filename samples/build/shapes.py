"""Boxes, lines and texts on a slide, in inches: the few shapes that everything is drawn with."""

from __future__ import annotations

from typing import Any, TypeAlias

from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_CONNECTOR, MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Emu, Inches, Pt

from samples.build.style import INK, LOCALES, SANS

Shapes: TypeAlias = Any
"""A slide's or a group's shapes; python-pptx gives them no common public type."""
Frame: TypeAlias = Any
Shape: TypeAlias = Any

_RGB: Any = RGBColor
"""Its constructor from RRGGBB is untyped in python-pptx."""

SQUARE = MSO_SHAPE.RECTANGLE
ROUNDED = MSO_SHAPE.ROUNDED_RECTANGLE
CIRCLE = MSO_SHAPE.OVAL
ARROW = MSO_SHAPE.RIGHT_ARROW
CHEVRON = MSO_SHAPE.CHEVRON


def rgb(colour: str) -> Any:
    """Make python-pptx's colour from RRGGBB."""
    return _RGB.from_string(colour)


def box(
    shapes: Shapes, left: float, top: float, width: float, height: float, fill: str, form: MSO_SHAPE = SQUARE
) -> Shape:
    """Draw a filled form without an outline."""
    shape = shapes.add_shape(form, Inches(left), Inches(top), Inches(width), Inches(height))
    shape.fill.solid()
    shape.fill.fore_color.rgb = rgb(fill)
    shape.line.fill.background()
    for style in shape._element.findall(qn("p:style")):
        shape._element.remove(style)
    if form == ROUNDED:
        shape.adjustments[0] = 0.08
    return shape


def line(
    shapes: Shapes, x1: float, y1: float, x2: float, y2: float, colour: str, points: float = 1.5
) -> None:
    """Draw a straight line."""
    connector = shapes.add_connector(MSO_CONNECTOR.STRAIGHT, Inches(x1), Inches(y1), Inches(x2), Inches(y2))
    connector.line.color.rgb = rgb(colour)
    connector.line.width = Pt(points)


def textbox(shapes: Shapes, left: float, top: float, width: float, height: float) -> Frame:
    """Add an empty text box and return its text frame, without inner margins."""
    shape = shapes.add_textbox(Inches(left), Inches(top), Inches(width), Inches(height))
    frame = shape.text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = Emu(0)
    return frame


def write(
    frame: Frame,
    paragraphs: tuple[str, ...],
    language: str,
    size: float,
    *,
    colour: str = INK,
    font: str = SANS,
    bold: bool = False,
    centred: bool = False,
    middle: bool = False,
    gap: float = 0,
) -> None:
    """Fill a text frame with paragraphs of one look."""
    frame.word_wrap = True
    if middle:
        frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    for number, text in enumerate(paragraphs):
        paragraph = frame.paragraphs[0] if number == 0 and not frame.text else frame.add_paragraph()
        if centred:
            paragraph.alignment = PP_ALIGN.CENTER
        if gap:
            paragraph.space_after = Pt(gap)
        run = paragraph.add_run()
        run.text = text
        run.font.size = Pt(size)
        run.font.name = font
        run.font.bold = bold
        run.font.color.rgb = rgb(colour)
        speak(run, language)


def speak(run: Any, language: str) -> None:
    """Say in which language a run is written."""
    run._r.get_or_add_rPr().set("lang", LOCALES[language])


def describe(shape: Shape, name: str, alternative: str) -> None:
    """Name a shape and give it its alternative text, if there is one."""
    shape.name = name
    if alternative:
        shape._element.xpath(".//p:cNvPr")[0].set("descr", alternative)
