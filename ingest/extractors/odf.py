"""OpenDocument: presentations (ODP), texts (ODT), spreadsheets (ODS), their templates and flat XML forms.

The markup is walked in its own order. Read: text at any depth, tables, groups, notes, comments, alternative
text, footnotes, headers and footers once, embedded charts and formulas. Not read: tracked deletions,
macros, embedded files of other formats (counted).

Source: OASIS OpenDocument 1.3 part 3: 4 (text), 9 (tables), 10 (drawings, presentations), 14 (metadata).
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from lxml import etree

from ingest.extraction import DamagedError, EmptyError, EncryptedError, Extraction, PageText
from ingest.extractors import markup
from ingest.extractors.flow import Block, paginate
from ingest.extractors.odftext import DRAW, OFFICE, STYLE, TABLE, TEXT, OdfText, PageBreak
from ingest.extractors.package import open_container, read_member
from ingest.extractors.properties import choose_title, sane_creators

_PRESENTATION = "{urn:oasis:names:tc:opendocument:xmlns:presentation:1.0}"
_META = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"
_MANIFEST = "{urn:oasis:names:tc:opendocument:xmlns:manifest:1.0}"
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_DC = "{http://purl.org/dc/elements/1.1/}"

_TOOL = f"lxml {etree.__version__}"


def extract(path: Path) -> Extraction:
    """Read a package."""
    with open_container(path) as container:
        if _is_encrypted(container):
            raise EncryptedError
        skipped: list[str] = []
        content = _part(container, "content.xml", skipped)
        if content is None:
            raise DamagedError
        styles = _part(container, "styles.xml", skipped)
        meta = _part(container, "meta.xml", skipped)

        def embedded(place: str) -> etree._Element | None:
            return _part(container, place.removeprefix("./").rstrip("/") + "/content.xml", skipped)

        return _extraction(content, styles, meta, embedded, skipped)


def extract_flat(path: Path) -> Extraction:
    """Read a document that is one XML file."""
    content = path.read_bytes()
    if not content.strip():
        raise EmptyError
    root = markup.parse(content)
    return _extraction(root, root, root, lambda place: None, [])


def _is_encrypted(container: zipfile.ZipFile) -> bool:
    try:
        manifest = markup.parse(read_member(container, "META-INF/manifest.xml"), recover=True)
    except (KeyError, DamagedError):
        return False
    return any(True for _ in manifest.iter(f"{_MANIFEST}encryption-data"))


def _part(container: zipfile.ZipFile, name: str, skipped: list[str]) -> etree._Element | None:
    """Return the root of a part, of what can be read where it is damaged; None where there is none."""
    try:
        content = read_member(container, name)
    except KeyError:
        return None
    try:
        return markup.parse(content)
    except DamagedError:
        skipped.append(f"{name} is damaged; what could be read was read.")
        return markup.parse(content, recover=True)


def _extraction(
    content: etree._Element,
    styles: etree._Element | None,
    meta: etree._Element | None,
    embedded: Callable[[str], etree._Element | None],
    skipped: list[str],
) -> Extraction:
    body = content.find(f"{OFFICE}body")
    if body is None or not len(body):
        raise DamagedError
    text = OdfText(embedded, _breaking_styles(content, styles))
    kind = markup.local_name(body[0])
    if kind in ("presentation", "drawing"):
        pages = tuple(_slides(body[0], text, _hidden_styles(content)))
        if not pages:
            raise EmptyError("The presentation has no slides. Check whether it was saved whole.")
    elif kind == "spreadsheet":
        pages = paginate(
            [*_sheets(body[0], text), *_once(styles, "header", text), *_once(styles, "footer", text)]
        )
    else:
        pages = paginate(
            [*_once(styles, "header", text), *text.blocks(body[0]), *_once(styles, "footer", text)]
        )
    roots = [content] if styles is None or styles is content else [content, styles]
    text.counts["comments"] = sum(1 for root in roots for _ in root.iter(f"{OFFICE}annotation"))
    text.counts["changes"] = sum(_change_count(root) for root in roots)
    properties = None if meta is None else meta.find(f"{OFFICE}meta")
    if text.counts["embedded files"]:
        skipped.append(f"Embedded files that were not read: {text.counts['embedded files']}.")
    return Extraction(
        pages,
        title=choose_title(_property(properties, f"{_DC}title"), pages),
        creators=sane_creators(
            _property(properties, f"{_META}initial-creator") or _property(properties, f"{_DC}creator")
        ),
        counts={name: count for name, count in text.counts.items() if count},
        skipped=tuple(skipped),
        tool=_TOOL,
    )


def _property(properties: etree._Element | None, name: str) -> str:
    return "" if properties is None else properties.findtext(name) or ""


def _slides(presentation: etree._Element, text: OdfText, hidden_styles: frozenset[str]) -> Iterator[PageText]:
    declarations = {
        element.get(f"{_PRESENTATION}name", ""): element
        for element in presentation
        if markup.local_name(element) in ("footer-decl", "header-decl")
    }
    for number, slide in enumerate(presentation.iter(f"{DRAW}page"), start=1):
        title = ""
        lines: list[str] = []
        notes: list[str] = []
        spoken = False
        for shape in text.in_reading_order(slide):
            if shape.tag == f"{_PRESENTATION}notes":
                said = [block.text for block in text.blocks(shape) if block.text.strip()]
                notes += said
                spoken |= bool(said)
                continue
            blocks = list(text.blocks([shape]))
            found = [block.text for block in blocks if block.text.strip()]
            notes += [block.notes for block in blocks if block.notes]
            if not title and shape.get(f"{_PRESENTATION}class") == "title" and found:
                title = " ".join(" ".join(found).split())
                lines.insert(0, title)
            else:
                lines += found
        for kind in ("header", "footer"):
            used = declarations.pop(slide.get(f"{_PRESENTATION}use-{kind}-name", ""), None)
            if used is not None and used.text:
                lines.append(used.text)
        if spoken:
            text.counts["notes"] += 1
        hidden = slide.get(f"{DRAW}style-name", "") in hidden_styles
        if hidden:
            text.counts["hidden slides"] += 1
        if not title:
            title = " ".join(lines[0].split()) if lines and len(lines[0]) <= 120 else ""
        yield PageText(number, "\n".join(lines), title, "\n".join(notes), hidden)


def _change_count(root: etree._Element) -> int:
    """Count the tracked changes of a text or spreadsheet."""
    text = sum(1 for _ in root.iter(f"{TEXT}changed-region"))
    return text + sum(
        1 for changes in root.iter(f"{TABLE}tracked-changes") for each in changes if markup.local_name(each)
    )


def _hidden_styles(content: etree._Element) -> frozenset[str]:
    """Return the names of the page styles that hide a slide."""
    return frozenset(
        style.get(f"{STYLE}name", "")
        for style in content.iter(f"{STYLE}style")
        for properties in style.iter(f"{STYLE}drawing-page-properties")
        if properties.get(f"{_PRESENTATION}visibility") == "hidden"
    )


def _sheets(spreadsheet: etree._Element, text: OdfText) -> Iterator[Block]:
    """Yield each sheet on a page of its own, under its name."""
    for element in spreadsheet:
        if element.tag == f"{TABLE}table":
            yield Block(element.get(f"{TABLE}name", ""), heading=True, starts_page=True)
            yield from text.blocks([element])


def _once(styles: etree._Element | None, kind: str, text: OdfText) -> Iterator[Block]:
    """Yield the different texts of all headers, or all footers."""
    seen = set()
    for element in (
        [] if styles is None else styles.iter(f"{STYLE}{kind}", f"{STYLE}{kind}-left", f"{STYLE}{kind}-first")
    ):
        for block in text.blocks(element):
            if block.text not in seen:
                seen.add(block.text)
                yield Block(block.text)


def _breaking_styles(*roots: etree._Element | None) -> dict[str, PageBreak]:
    """Return the paragraph styles that begin or end a page; styles inherit it from their parent."""
    found: dict[str, PageBreak] = {}
    parents: dict[str, str] = {}
    for root in roots:
        for style in [] if root is None else root.iter(f"{STYLE}style"):
            name = style.get(f"{STYLE}name", "")
            parents[name] = style.get(f"{STYLE}parent-style-name", "")
            properties = style.find(f"{STYLE}paragraph-properties")
            before = properties is not None and properties.get(f"{_FO}break-before") == "page"
            after = properties is not None and properties.get(f"{_FO}break-after") == "page"
            if before or after or style.get(f"{STYLE}master-page-name"):
                found[name] = PageBreak(before or not after, after)
    for name, parent in parents.items():
        if name not in found and parent in found:
            found[name] = found[parent]
    return found
