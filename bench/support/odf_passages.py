"""The passages of OpenDocument files, packages and flat ones.

Left out: tracked deletions, citation marks of notes, page numbers, scripts, forms, numbers in charts; master
pages but for the headers and footers of texts and spreadsheets, which count once for each different text,
as do those that slides use;
embedded files of other formats. Labels of a chart count once for each chart.

Source: OASIS OpenDocument 1.3 part 3: 5, 6, 9, 10, 14.
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from bench.support.passages import ANYWHERE, Passage

_NAMESPACES = {
    "urn:oasis:names:tc:opendocument:xmlns:office:1.0": "office",
    "urn:oasis:names:tc:opendocument:xmlns:text:1.0": "text",
    "urn:oasis:names:tc:opendocument:xmlns:table:1.0": "table",
    "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0": "draw",
    "urn:oasis:names:tc:opendocument:xmlns:presentation:1.0": "presentation",
    "urn:oasis:names:tc:opendocument:xmlns:chart:1.0": "chart",
    "urn:oasis:names:tc:opendocument:xmlns:style:1.0": "style",
    "http://www.w3.org/1998/Math/MathML": "math",
    "http://www.w3.org/1999/xlink": "xlink",
}
_NO_TEXT = frozenset(
    (
        "text:tracked-changes",
        "table:tracked-changes",
        "text:note-citation",
        "text:page-number",
        "text:script",
        "office:scripts",
        "office:forms",
        "office:binary-data",
        "presentation:settings",
    )
)
_PARAGRAPHS = ("text:p", "text:h")
_GAPS = ("text:s", "text:tab", "text:line-break")
_TOKENS = ("math:mi", "math:mn", "math:mo", "math:mtext")


class _Document:
    """The roots of the parts of one file."""

    def __init__(self, path: Path) -> None:
        if zipfile.is_zipfile(path):
            container = zipfile.ZipFile(path)
            self._parts = {
                name: container.read(name) for name in container.namelist() if name.endswith(".xml")
            }
        else:
            self._parts = {"content.xml": path.read_bytes(), "styles.xml": path.read_bytes()}

    def root(self, part: str) -> etree._Element | None:
        content = self._parts.get(part)
        if content is None:
            return None
        parser = etree.XMLParser(recover=True, resolve_entities=False, huge_tree=True)
        root = etree.fromstring(content, parser)
        for element in [] if root is None else list(root.iter()):
            parent = element.getparent()
            if tag(element) in _NO_TEXT and parent is not None:
                _remove(parent, element)
        return root


def of_opendocument(path: Path) -> Iterator[Passage]:
    """Yield what the body, embedded charts, formulas and documents, headers and footers say."""
    document = _Document(path)
    content = document.root("content.xml")
    if content is None:
        return
    bodies = [each for each in content if tag(each) == "office:body"]
    pages = [each for body in bodies for each in body.iter() if tag(each) == "draw:page"]
    is_deck = any(tag(each) in ("office:presentation", "office:drawing") for body in bodies for each in body)
    if is_deck:
        for number, page in enumerate(pages, start=1):
            yield from _passages(document, "content.xml", page, number)
        yield from _declared(bodies, pages)
        return
    for body in bodies:
        yield from _passages(document, "content.xml", body, ANYWHERE)
    styles = document.root("styles.xml")
    once = set()
    for element in [] if styles is None else styles.iter():
        kind = tag(element).removeprefix("style:").partition("-")[0]
        if tag(element).startswith(("style:header", "style:footer")) and "properties" not in tag(element):
            for passage in _passages(document, "styles.xml", element, ANYWHERE):
                if (kind, passage.text) not in once:
                    once.add((kind, passage.text))
                    yield passage


def _passages(
    document: _Document, part: str, root: etree._Element, page: int, depth: int = 0
) -> Iterator[Passage]:
    for element in root.iter():
        name = tag(element)
        if name in _PARAGRAPHS and not _is_below(element, "chart:chart"):
            text = "".join(_own_text(element))
            if text.strip():
                in_notes = _is_below(element, "office:annotation", "presentation:notes")
                yield Passage(part, text, page, in_notes)
        elif name == "draw:object" and depth < 3:
            yield from _object(document, part, element, page, depth)


def _declared(bodies: list[etree._Element], pages: list[etree._Element]) -> Iterator[Passage]:
    """Yield the headers and footers that slides use, each once."""
    used = {value for page in pages for value in page.attrib.values()}
    for body in bodies:
        for element in body.iter():
            if tag(element) in ("presentation:footer-decl", "presentation:header-decl"):
                names = [value for name, value in element.attrib.items() if str(name).endswith("}name")]
                if not used.isdisjoint(names):
                    yield Passage("content.xml", element.text or "")


def _own_text(paragraph: etree._Element) -> Iterator[str]:
    """Yield what stands in a paragraph itself, in order; what is anchored in it has paragraphs of its own."""
    yield paragraph.text or ""
    for child in paragraph:
        name = tag(child)
        if name in _GAPS or name in _PARAGRAPHS:
            yield " "
        elif isinstance(child.tag, str) and (name == "draw:a" or not _is_anchored(name)):
            yield from _own_text(child)
        yield child.tail or ""


def _is_anchored(name: str) -> bool:
    return name in ("text:note", "office:annotation") or name.startswith(("draw:", "table:", "presentation:"))


def _object(
    document: _Document, part: str, element: etree._Element, page: int, depth: int
) -> Iterator[Passage]:
    root: etree._Element | None
    if len(element):
        root, place = element[0], part
    else:
        href = next((str(value) for name, value in element.attrib.items() if str(name).endswith("}href")), "")
        place = posixpath.normpath(href.lstrip("/")) + "/content.xml"
        root = document.root(place)
    if root is None:
        return
    chart = next((each for each in root.iter() if tag(each) == "chart:chart"), None)
    in_notes = _is_below(element, "office:annotation", "presentation:notes")
    if chart is not None:
        for text in dict.fromkeys(_labels(chart)):
            yield Passage(place, text, page, in_notes)
    elif tag(root) == "math:math":
        tokens = (each.text or "" for each in root.iter() if tag(each) in _TOKENS)
        yield Passage(place, " ".join(token.strip() for token in tokens), page, in_notes, is_formula=True)
    elif place != part:
        yield from _passages(document, place, root, page, depth + 1)


def _labels(chart: etree._Element) -> Iterator[str]:
    for element in chart.iter():
        if tag(element) == "text:p":
            cell = next((each for each in element.iterancestors() if tag(each) == "table:table-cell"), None)
            kinds = (
                [] if cell is None else [v for name, v in cell.attrib.items() if "value-type" in str(name)]
            )
            text = "".join(_own_text(element)).strip()
            if text and "float" not in kinds and "percentage" not in kinds:
                yield text


def tag(element: etree._Element) -> str:
    """Return the name of an element with the usual prefix; "" for comments, and other namespaces."""
    name = element.tag
    namespace, _, local = name[1:].partition("}") if isinstance(name, str) else ("", "", "")
    return f"{_NAMESPACES[namespace]}:{local}" if namespace in _NAMESPACES else ""


def _is_below(element: etree._Element, *names: str) -> bool:
    return any(tag(each) in names for each in element.iterancestors())


def _remove(parent: etree._Element, element: etree._Element) -> None:
    """Take an element out and leave the text that follows it."""
    tail = element.tail or ""
    before = element.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    element.tail = None
    parent.remove(element)
