"""Office packages as their markup has them: parts, what they refer to, and paragraphs. For measuring only.

Strict and transitional names are the same here: an element is called "a:t", "w:p", "c:v". Taken out of every
part: the fallback of alternatives that have a choice, deletions and the old place of what was moved, slide
numbers, the prompts of content controls that nobody filled in, and phonetic readings.

Source: ISO/IEC 29500-1 and -4; ISO/IEC 29500-2 (packages); ISO/IEC 29500-3 (alternatives).
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from lxml import etree

_PREFIXES = {
    "drawingml": {"main": "a", "chart": "c", "diagram": "dgm"},
    "wordprocessingml": {"main": "w"},
    "presentationml": {"main": "p"},
    "spreadsheetml": {"main": "s"},
    "officeDocument": {"math": "m", "relationships": "r"},
}
_NAMESPACES = {
    "http://schemas.microsoft.com/office/drawing/2014/chartex": "cx",
    "http://schemas.microsoft.com/office/powerpoint/2018/8/main": "p188",
    "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments": "tc",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "http://schemas.openxmlformats.org/package/2006/relationships": "rel",
    "urn:schemas-microsoft-com:vml": "v",
    **{
        namespace: prefix
        for family, members in _PREFIXES.items()
        for member, prefix in members.items()
        for namespace in (
            f"http://schemas.openxmlformats.org/{family}/2006/{member}",
            f"http://purl.oclc.org/ooxml/{family}/{member}",
        )
    },
}

_GAPS = frozenset(("a:br", "w:br", "w:tab", "w:ptab", "w:cr"))
_TEXTS = frozenset(("a:t", "w:t", "m:t"))
_PARAGRAPHS = ("a:p", "w:p")
_FORMULA = "m:oMath"


class Package:
    """An Office package that is open."""

    def __init__(self, file: Path | BinaryIO) -> None:
        """Raises zipfile.BadZipFile where it is none."""
        self._container = zipfile.ZipFile(file)
        self._names = {"/" + name.lstrip("/").lower(): name for name in self._container.namelist()}

    def root(self, part: str) -> etree._Element | None:
        """Return the root of a part without what is nobody's text; None where there is none."""
        if part.lower() not in self._names:
            return None
        parser = etree.XMLParser(recover=True, resolve_entities=False, huge_tree=True)
        root = etree.fromstring(self.content(part) or b"<empty/>", parser)
        if root is not None:
            _clean(root)
        return root

    def content(self, part: str) -> bytes:
        """Return the bytes of a part; none where there is none."""
        member = self._names.get(part.lower())
        return b"" if member is None else self._container.read(member)

    def parts(self) -> Iterator[str]:
        """Yield the names of all parts."""
        return ("/" + name.lstrip("/") for name in self._names.values())

    def main_part(self) -> str:
        """Return the part that the package begins with."""
        return next(target for kind, _, target in self.related("/") if kind == "officeDocument")

    def related(self, part: str) -> Iterator[tuple[str, str, str]]:
        """Yield kind, identifier and target of each part that a part refers to."""
        folder, name = posixpath.split(part)
        root = self.root(posixpath.join(folder, "_rels", f"{name}.rels"))
        for relationship in [] if root is None else root:
            if relationship.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join(folder, relationship.get("Target", "")))
                kind = relationship.get("Type", "").rpartition("/")[2]
                yield kind, relationship.get("Id", ""), target

    def shown(self, part: str, root: etree._Element, *kinds: str) -> Iterator[tuple[str, str]]:
        """Yield kind and target of the parts of these kinds that the markup of a part names."""
        named = {value for element in root.iter() for value in element.attrib.values()}
        for kind, identifier, target in self.related(part):
            if kind in kinds and identifier in named:
                yield kind, target


def tag(element: etree._Element) -> str:
    """Return the name of an element with the usual prefix; "" for comments, and other namespaces."""
    name = element.tag
    namespace, _, local = name[1:].partition("}") if isinstance(name, str) else ("", "", "")
    return f"{_NAMESPACES[namespace]}:{local}" if namespace in _NAMESPACES else ""


def named(root: etree._Element, *tags: str) -> Iterator[etree._Element]:
    """Yield the elements below (and of) a root that have one of these names."""
    return (element for element in root.iter() if tag(element) in tags)


def above(element: etree._Element, *tags: str) -> etree._Element | None:
    """Return the nearest element above that has one of these names."""
    return next((each for each in element.iterancestors() if tag(each) in tags), None)


def paragraphs(root: etree._Element) -> Iterator[str]:
    """Yield the text of each paragraph without its formulas; what is anchored in one is one of its own."""
    return (text for place, text in _texts(root) if tag(place) not in (_FORMULA, "m:t"))


def formulas(root: etree._Element) -> Iterator[str]:
    """Yield the text of each formula."""
    return (text for place, text in _texts(root) if tag(place) in (_FORMULA, "m:t"))


def _texts(root: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    pieces: dict[etree._Element, list[str]] = {}
    for element in root.iter():
        name = tag(element)
        if name in _TEXTS or name in _GAPS or name in ("w:noBreakHyphen", _FORMULA):
            place = (
                above(element, *_PARAGRAPHS, _FORMULA) if name != _FORMULA else above(element, *_PARAGRAPHS)
            )
            piece = element.text or "" if name in _TEXTS else "-" if name == "w:noBreakHyphen" else " "
            piece += " " if name == "m:t" else ""
            pieces.setdefault(element if place is None else place, []).append(piece)
    return ((place, "".join(text)) for place, text in pieces.items() if "".join(text).strip())


def _clean(root: etree._Element) -> None:
    for element in list(root.iter()):
        name = tag(element)
        parent = element.getparent()
        if parent is None:
            continue
        if name in ("w:del", "w:moveFrom", "s:rPh") or _is_slide_number(element, name):
            parent.remove(element)
        elif name == "mc:AlternateContent":
            _choose(element)
        elif name == "w:sdtContent" and any(True for _ in named(parent, "w:showingPlcHdr")):
            _empty_prompt(parent, element)


def _is_slide_number(element: etree._Element, name: str) -> bool:
    return name == "a:fld" and element.get("type", "") == "slidenum"


def _choose(alternative: etree._Element) -> None:
    """Keep the first choice that has content, else the fallback."""
    kept = next((each for each in alternative if tag(each) == "mc:Choice" and len(each)), None)
    if kept is not None:
        for each in list(alternative):
            if each is not kept:
                alternative.remove(each)


def _empty_prompt(control: etree._Element, content: etree._Element) -> None:
    properties = next((each for each in control if tag(each) == "w:sdtPr"), None)
    if properties is not None and any(tag(each) == "w:showingPlcHdr" for each in properties):
        control.remove(content)
