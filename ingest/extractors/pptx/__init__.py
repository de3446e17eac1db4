"""Presentations: PPTX, PPSX, POTX and their kin with macros, of both kinds of names.

The package is read directly, only the parts that carry text; how shapes are read is in `pptx/shapes.py`.
Not read: text on layouts and masters, equations drawn as pictures, addresses that links lead to.

Source: ISO/IEC 29500-1, chapter 19 (PresentationML); [MS-PPTX] 2.1 (sections).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from lxml import etree

from ingest.extraction import DamagedError, EmptyError, Extraction, PageText
from ingest.extractors.coreproperties import core_properties
from ingest.extractors.drawing import R
from ingest.extractors.embedded import EmbeddedFiles
from ingest.extractors.parts import Part, Parts, open_parts
from ingest.extractors.pptx.beside import Deck
from ingest.extractors.pptx.hidden import Size
from ingest.extractors.pptx.places import P
from ingest.extractors.pptx.slide import Slides
from ingest.extractors.properties import choose_title, sane_creators

_P14 = "{http://schemas.microsoft.com/office/powerpoint/2010/main}"

_SLIDE_FILE = re.compile(r"ppt/slides/[^/]*?(\d*)\.xml")
_NO_SECTION = re.compile(
    r"(default section|standardabschnitt|раздел по умолчанию|untitled section|unbenannter abschnitt"
    r"|abschnitt ohne titel|раздел без (заголовка|названия|имени))\s*\d*",
    re.IGNORECASE,
)
"""Names that a program gave to a section."""

_USUAL_SIZE = Size(9144000, 6858000)
_ROWS = 30
"""Shapes whose tops differ by less than this part of the slide's height stand in one row."""

_MOST_NAMED = 5
"""If more slides than this are damaged, they are counted, not named."""


def extract(path: Path) -> Extraction:
    """Read all slides. Those that are damaged give what can be read and are named in `skipped`."""
    with path.open("rb") as stream:
        return _read(open_parts(path, stream))


def _read(parts: Parts) -> Extraction:
    presentation = next(parts.related("", "officeDocument"), "")
    if parts.spelt(presentation) is None:
        presentation = "ppt/presentation.xml"
    root = parts.read(presentation)
    names = _slides(parts, presentation, root)
    if not names:
        if root is None or not root.is_whole:
            raise DamagedError
        raise EmptyError("The presentation has no slides. Check whether it was saved whole.")
    counts: Counter[str] = Counter()
    size = _size(root)
    deck = Deck(parts, EmbeddedFiles(parts, counts), size.height / _ROWS, counts)
    sections = {} if root is None else _sections(root.root, len(names))
    deck.counts["sections"] = sum(len(found) for found in sections.values())
    slides = Slides(deck, presentation, size)
    pages: list[PageText] = []
    damaged: list[int] = []
    for number, name in enumerate(names, start=1):
        page, is_whole = slides.page(number, name, sections.get(number, []))
        pages.append(page or PageText(number, ""))
        if not is_whole:
            damaged.append(number if page is None else -number)
    if len(damaged) == len(pages) and not any(page.text or page.notes for page in pages):
        raise DamagedError
    _tell(damaged, len(pages), deck.skipped)
    if controls := counts["form controls"]:
        deck.skipped.append(f"Form controls that were not read: {controls}.")
    said = core_properties(parts)
    return Extraction(
        tuple(pages),
        title=choose_title(said.title, pages),
        creators=sane_creators(said.creators),
        counts={name: count for name, count in deck.counts.items() if count},
        skipped=(*parts.skipped, *deck.skipped, *deck.embedded.skipped()),
        tool=f"lxml {etree.__version__}",
    )


def _slides(parts: Parts, presentation: str, root: Part | None) -> list[str]:
    """Return the parts of the slides in their order; where the list is damaged, in that of their names."""
    relationships = parts.relations(presentation)
    listed = [] if root is None else root.root.findall(f"{P}sldIdLst/{P}sldId")
    found = [relationships.get(slide.get(f"{R}id", "")) for slide in listed]
    names = ["" if slide is None else slide.target for slide in found]
    if root is not None and root.is_whole and any(names):
        return names
    known = {name.lower() for name in names}
    files = ((match[1], name) for name in parts.names if (match := _SLIDE_FILE.fullmatch(name)))
    rest = sorted((int(number or 0), name) for number, name in files if name not in known)
    return [*filter(None, names), *(name for _, name in rest)] or names


def _size(root: Part | None) -> Size:
    element = None if root is None else root.root.find(f"{P}sldSz")
    said = ["" if element is None else element.get(name, "") for name in ("cx", "cy")]
    width, height = (int(each) if re.fullmatch(r"[1-9]\d{3,9}", each) else 0 for each in said)
    return Size(width, height) if width and height else _USUAL_SIZE


def _sections(root: etree._Element, slide_count: int) -> Mapping[int, list[str]]:
    """Return the names of sections by the number of the slide they begin with; of empty ones, the next."""
    numbers = {
        slide.get("id", ""): number
        for number, slide in enumerate(root.iterfind(f"{P}sldIdLst/{P}sldId"), start=1)
    }
    found: dict[int, list[str]] = {}
    waiting: list[str] = []
    for section in root.iter(f"{_P14}section"):
        name = " ".join(section.get("name", "").split())
        if name and not _NO_SECTION.fullmatch(name):
            waiting.append(name)
        slides = (slide.get("id", "") for slide in section.iter(f"{_P14}sldId"))
        first = next((numbers[slide] for slide in slides if slide in numbers), None)
        if first is not None and waiting:
            found.setdefault(first, []).extend(waiting)
            waiting = []
    if waiting:
        found.setdefault(slide_count, []).extend(waiting)
    return found


def _tell(damaged: list[int], slide_count: int, skipped: list[str]) -> None:
    """Name the slides that are damaged, those with a minus in front in part."""
    if len(damaged) > _MOST_NAMED:
        skipped.append(f"{len(damaged)} of {slide_count} slides are damaged or missing.")
        return
    for number in damaged:
        if number < 0:
            skipped.append(f"Slide {-number} is damaged; what could be read was read.")
        else:
            skipped.append(f"Slide {number} is damaged.")
