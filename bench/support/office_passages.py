"""The passages of presentations, texts and spreadsheets in Office packages.

Only parts that are shown count: reached from the main part, and named in the markup where it takes a name to
show them. Left out, besides what `ooxml` leaves out: layouts, masters, glossaries and themes; what a SmartArt
drawing was last drawn as, which doubles its model; alternative text, which readers may find to say nothing;
numbers in charts and cells; embedded files. Headers and footers (of slides, notes, pages) count once for each
different text, labels of a chart once for each chart.

Source: ISO/IEC 29500-1, chapters 17, 18, 19, 20, 21; [MS-PPTX] 2.6; [MS-XLSX] 2.1.66; [MS-ODRAWXML] 2.24.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import BinaryIO

from lxml import etree

from bench.support.ooxml import Package, above, formulas, named, paragraphs, tag
from bench.support.passages import ANYWHERE, Passage
from bench.support.unseen_shapes import slide_size, take_unseen

_DRAWN = ("chart", "chartEx", "diagramData")
_ONCE = ("ftr", "hdr", "dt")
_SHEET_MARGINS = tuple(
    f"s:{pages}{place}" for pages in ("odd", "even", "first") for place in ("Header", "Footer")
)
_MARGIN_CODE = re.compile('&(?:"[^"]*"|K[0-9A-F]{6}|K[0-9]{2}[+-][0-9]{3}|[0-9]+|.)')
"""Places, fonts and fields in the headers and footers of a sheet."""


def of_presentation(path: Path | BinaryIO) -> Iterator[Passage]:
    """Yield what the slides, their charts and drawings, notes and comments say.

    What nobody sees of a slide has to be on a page of its own; those come after all slides, in their order.
    """
    package = Package(path)
    main = package.main_part()
    root = package.root(main)
    if root is None:
        return
    targets = {identifier: target for _, identifier, target in package.related(main)}
    slides = [
        targets.get(next((str(value) for name, value in each.items() if str(name).endswith("}id")), ""), "")
        for each in named(root, "p:sldId")
    ]
    once: dict[str, Passage] = {}
    hidden_pages = count(len(slides) + 1)
    size = slide_size(root)
    for number, part in enumerate(slides, start=1):
        slide = package.root(part)
        if slide is None:
            continue
        _take_repeated(slide, part, False, once)
        unseen = take_unseen(slide, size)
        yield from _on_slide(package, part, slide, number)
        yield from _beside_slide(package, part, number, once)
        if kept := [passage for shape in unseen for passage in _on_slide(package, part, shape, ANYWHERE)]:
            page = next(hidden_pages)
            yield from (replace(passage, page=page) for passage in kept)
    yield from once.values()


def _on_slide(package: Package, part: str, root: etree._Element, page: int) -> Iterator[Passage]:
    """Yield what a slide or shapes of it say, with their charts and drawings."""
    yield from _passages(root, part, page)
    for _, target in package.shown(part, root, *_DRAWN):
        for passage in _drawn(package, target):
            yield replace(passage, page=page)


def _beside_slide(package: Package, part: str, number: int, once: dict[str, Passage]) -> Iterator[Passage]:
    """Yield the notes and comments of a slide."""
    for kind, _, target in package.related(part):
        other = package.root(target) if kind in ("notesSlide", "comments") else None
        if other is None:
            continue
        _take_repeated(other, target, True, once)
        for element in named(other, "p:text"):
            yield Passage(target, element.text or "", number, in_notes=True)
        yield from _passages(other, target, number, in_notes=True)


def _passages(
    root: etree._Element, part: str, page: int = ANYWHERE, in_notes: bool = False
) -> Iterator[Passage]:
    for text in paragraphs(root):
        yield Passage(part, text, page, in_notes)
    for text in formulas(root):
        yield Passage(part, text, page, in_notes, is_formula=True)


def _take_repeated(root: etree._Element, part: str, in_notes: bool, once: dict[str, Passage]) -> None:
    """Take slide numbers out of a slide, and move headers, footers and dates into `once`."""
    for shape in list(named(root, "p:sp")):
        placeholder = next(named(shape, "p:ph"), None)
        kind = "" if placeholder is None else placeholder.get("type", "")
        parent = shape.getparent()
        if parent is None or kind not in (*_ONCE, "sldNum", "sldImg"):
            continue
        if kind in _ONCE:
            for text in paragraphs(shape):
                once.setdefault(text, Passage(part, text, in_notes=in_notes))
        parent.remove(shape)


def of_text(path: Path | BinaryIO) -> Iterator[Passage]:
    """Yield what body, headers, footers, footnotes, endnotes, charts, drawings and comments say."""
    package = Package(path)
    main = package.main_part()
    root = package.root(main)
    if root is None:
        return
    yield from _word_part(package, main, root)
    once = set()
    for kind, target in package.shown(main, root, "header", "footer"):
        part = package.root(target)
        for passage in () if part is None else _word_part(package, target, part):
            if (kind, passage.text) not in once:
                once.add((kind, passage.text))
                yield passage
    for kind, _, target in package.related(main):
        part = package.root(target) if kind in ("footnotes", "endnotes", "comments") else None
        if part is not None:
            for passage in _word_part(package, target, part):
                yield replace(passage, in_notes=kind == "comments")


def _word_part(package: Package, part: str, root: etree._Element) -> Iterator[Passage]:
    yield from _passages(root, part)
    for element in named(root, "v:textpath"):
        if element.get("string", "").strip():
            yield Passage(part, element.get("string", ""))
    for _, target in package.shown(part, root, *_DRAWN):
        yield from _drawn(package, target)


def of_spreadsheet(path: Path | BinaryIO) -> Iterator[Passage]:
    """Yield the texts of the cells, and what charts, shapes and comments say."""
    package = Package(path)
    main = package.main_part()
    shared: list[str] = []
    sheets = []
    for kind, _, target in package.related(main):
        root = package.root(target) if kind in ("sharedStrings", "worksheet", "chartsheet") else None
        if root is not None and kind == "sharedStrings":
            shared = [_joined(each) for each in root if tag(each) == "s:si"]
        elif root is not None:
            sheets.append((target, root))
    once: dict[str, Passage] = {}
    for sheet, root in sheets:
        for element in named(root, *_SHEET_MARGINS):
            text = _MARGIN_CODE.sub(" ", element.text or "")
            once.setdefault(text, Passage(sheet, text))
        for cell in named(root, "s:c"):
            text = _cell(cell, shared)
            if text.strip():
                yield Passage(sheet, text)
        yield from _beside_cells(package, sheet)
    yield from once.values()


def _cell(cell: etree._Element, shared: list[str]) -> str:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return _joined(cell)
    value = next((each.text or "" for each in cell if tag(each) == "s:v"), "")
    if kind == "s":
        return shared[int(value)] if value.isdigit() and int(value) < len(shared) else ""
    return value if kind == "str" else ""


def _joined(element: etree._Element) -> str:
    return "".join(each.text or "" for each in named(element, "s:t"))


def _beside_cells(package: Package, sheet: str) -> Iterator[Passage]:
    related = [
        (kind, target, package.root(target))
        for kind, _, target in package.related(sheet)
        if kind in ("drawing", "comments", "threadedComment")
    ]
    threads = {
        comment.get("ref", ""): None
        for kind, _, root in related
        if kind == "threadedComment" and root is not None
        for comment in named(root, "tc:threadedComment")
    }
    for kind, target, root in related:
        if root is None:
            continue
        if kind == "drawing":
            yield from _passages(root, target)
            for _, drawn in package.shown(target, root, *_DRAWN):
                yield from _drawn(package, drawn)
        elif kind == "comments":
            for comment in named(root, "s:comment"):
                if comment.get("ref", "") not in threads:
                    yield Passage(target, _joined(comment), in_notes=True)
        elif kind == "threadedComment":
            for element in named(root, "tc:text"):
                yield Passage(target, element.text or "", in_notes=True)


def _drawn(package: Package, part: str) -> Iterator[Passage]:
    """Yield what a chart or a SmartArt drawing says."""
    root = package.root(part)
    if root is None:
        return
    yield from _passages(root, part)
    labels = (element for element in named(root, "c:v", "cx:v", "cx:pt") if _is_label(element))
    for label in dict.fromkeys((element.text or "").strip() for element in labels):
        if label:
            yield Passage(part, label)
    for kind, _, target in package.related(part):
        shapes = package.root(target) if kind == "chartUserShapes" else None
        if shapes is not None:
            yield from _passages(shapes, target)


def _is_label(element: etree._Element) -> bool:
    if tag(element) == "c:v":
        holder = above(
            element, "c:strCache", "c:strLit", "c:multiLvlStrCache", "c:tx", "c:numCache", "c:numLit"
        )
        return holder is not None and tag(holder) not in ("c:numCache", "c:numLit")
    return above(element, "cx:numDim", "cx:spPr") is None and not len(element)
