"""A written document (programme, paper, minutes) from its source, as DOCX."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeAlias

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from samples.build.decks import describe_properties
from samples.build.packages import fix_package
from samples.build.source import Body, Source, rows, text, texts
from samples.build.style import ACCENTS, GREY, INK, LINE, LOCALES, SANS, SERIF, TEAL, WHITE, Accent

Document: TypeAlias = Any
"""python-docx gives its factory's result no public class name."""


def write_document(source: Source, target: Path) -> None:
    """Write the document as DOCX; the same source gives the same bytes."""
    document = docx.Document()
    _dress(document, source)
    title = document.add_paragraph(style="Title")
    title.add_run(source.title)
    mark = document.add_paragraph(style="Intense Quote")
    mark.add_run(source.mark)
    for block in source.body:
        kind = next(iter(block))
        _BLOCKS[kind](document, block, ACCENTS[source.accent].main)
    describe_properties(document.core_properties, source)
    document.save(str(target))
    fix_package(target)


def _dress(document: Document, source: Source) -> None:
    accent = ACCENTS[source.accent]
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.4)
    section.top_margin, section.bottom_margin = Cm(1.9), Cm(1.8)
    section.footer_distance = Cm(0.9)
    looks: Mapping[str, tuple[str, float, str]] = {
        "Normal": (SANS, 11, INK),
        "Title": (SERIF, 24, TEAL),
        "Heading 1": (SERIF, 15, accent.deep),
        "Heading 2": (SERIF, 12.5, TEAL),
        "Intense Quote": (SANS, 10, accent.deep),
    }
    for name, (font, size, colour) in looks.items():
        style = document.styles[name]
        style.font.name, style.font.size = font, Pt(size)
        style.font.color.rgb = RGBColor.from_string(colour)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for attribute in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{attribute}"), None)
        for attribute in ("ascii", "hAnsi", "cs"):
            fonts.set(qn(f"w:{attribute}"), font)
    for name in ("Heading 1", "Heading 2"):
        document.styles[name].paragraph_format.space_after = Pt(5)
        document.styles[name].paragraph_format.space_before = Pt(14)
    _frame_mark(document.styles["Intense Quote"], accent)
    normal = document.styles["Normal"]
    normal.paragraph_format.space_after = Pt(7)
    normal.paragraph_format.line_spacing = 1.18
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), LOCALES[source.language])
    normal.element.get_or_add_rPr().append(language)
    _foot(section.footer.paragraphs[0], source.footer)


def _frame_mark(style: Any, accent: Accent) -> None:
    """Give the mark a pale ground across the page and an edge in the panel's colour."""
    style.paragraph_format.left_indent = style.paragraph_format.right_indent = Cm(0.2)
    style.font.italic = False
    properties = style.element.get_or_add_pPr()
    for old in properties.findall(qn("w:pBdr")):
        properties.remove(old)
    borders = OxmlElement("w:pBdr")
    edge = OxmlElement("w:left")
    for name, value in (("val", "single"), ("sz", "36"), ("space", "6"), ("color", accent.main)):
        edge.set(qn(f"w:{name}"), value)
    borders.append(edge)
    shade = OxmlElement("w:shd")
    shade.set(qn("w:val"), "clear")
    shade.set(qn("w:fill"), accent.pale)
    successors = ("w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc")
    properties.insert_element_before(borders, "w:shd", *successors)
    properties.insert_element_before(shade, *successors)


def _foot(paragraph: Any, words: str) -> None:
    """Write the footer: the mark on every page, and the page's number."""
    paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT
    run = paragraph.add_run(f"{words} · ")
    number = paragraph.add_run()
    for kind, content in (("begin", None), (None, "PAGE"), ("end", None)):
        if kind:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        else:
            element = OxmlElement("w:instrText")
            element.text = content
        number._r.append(element)
    for part in (run, number):
        part.font.size = Pt(8.5)
        part.font.color.rgb = RGBColor.from_string(GREY)


def _heading(document: Document, block: Body, accent: str) -> None:
    heading = document.add_heading(text(block, "heading"), level=1)
    heading.paragraph_format.page_break_before = bool(block.get("new_page", False))


def _subheading(document: Document, block: Body, accent: str) -> None:
    document.add_heading(text(block, "subheading"), level=2)


def _paragraph(document: Document, block: Body, accent: str) -> None:
    document.add_paragraph(text(block, "text"))


def _list(document: Document, block: Body, accent: str) -> None:
    for item in texts(block, "list"):
        document.add_paragraph(item, style="List Bullet").paragraph_format.space_after = Pt(3)


def _table(document: Document, block: Body, accent: str) -> None:
    cells = rows(block, "table")
    table = document.add_table(len(cells), len(cells[0]), style="Table Grid")
    table.autofit = False
    table._tbl.tblPr.append(_borders())
    shares = [float(str(share)) for share in texts(block, "widths")] or [1.0] * len(cells[0])
    for column, share in enumerate(shares):
        table.columns[column].width = Cm(_TEXT_WIDTH * share / sum(shares))
    for row_number, row in enumerate(cells):
        table.rows[row_number]._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for column, content in enumerate(row):
            cell = table.cell(row_number, column)
            cell.width = table.columns[column].width
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(3)
            run = paragraph.add_run(content)
            run.font.size = Pt(9.5)
            run.bold = row_number == 0
            if row_number == 0:
                run.font.color.rgb = RGBColor.from_string(WHITE)
                shade = OxmlElement("w:shd")
                shade.set(qn("w:val"), "clear")
                shade.set(qn("w:fill"), accent)
                cell._tc.get_or_add_tcPr().append(shade)
    if text(block, "caption"):
        caption = document.add_paragraph().add_run(text(block, "caption"))
        caption.italic = True
        caption.font.size = Pt(9)
    else:
        gap = document.add_paragraph().paragraph_format
        gap.space_after, gap.line_spacing = Pt(0), Pt(6)


def _borders() -> Any:
    """Thin grey rules between the rows, none at the sides."""
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        rule = OxmlElement(f"w:{side}")
        rule.set(qn("w:val"), "single" if side in ("top", "bottom", "insideH") else "nil")
        rule.set(qn("w:sz"), "4")
        rule.set(qn("w:color"), LINE)
        borders.append(rule)
    return borders


_TEXT_WIDTH = 16.2
"""Centimetres between the margins."""

_BLOCKS: Mapping[str, Callable[[Document, Body, str], None]] = {
    "heading": _heading,
    "subheading": _subheading,
    "text": _paragraph,
    "list": _list,
    "table": _table,
}
