"""Books: EPUB 2 and 3.

The documents of the spine are read as web pages, in its order; those that are not linear (notes, answers)
come after the others. Each begins a page, which has the title that the table of contents gives it. Not read:
pictures, fonts, scripts; what is in no order of reading, and what is there and no web page, is counted.

Source: EPUB 3.3, 4.2 (container), 5 (package document), 7 (navigation document); OPF 2.0.1; EPUB OCF 3.2, 4.
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import unquote

from lxml import etree

from ingest.extraction import DamagedError, EncryptedError, Extraction, PageText
from ingest.extractors.flow import paginate
from ingest.extractors.html import read_page
from ingest.extractors.parts import Parts, open_parts
from ingest.extractors.properties import choose_title, sane_creators, sane_date, sane_title
from ingest.extractors.tools import tool

_FONT_OBFUSCATION = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
_DOCUMENTS = ("application/xhtml+xml", "text/html", "application/x-dtbook+xml", "text/x-oeb1-document")
_DRAWING = "image/svg+xml"
"""A drawing that is a page of its own; others are pictures."""
_NAMED = (*_DOCUMENTS, "image/")
"""Begins the type of what may stand in the order of reading and is read, or has no text."""

_OPF_ROLE = "{http://www.idpf.org/2007/opf}role"
_OPF_EVENT = "{http://www.idpf.org/2007/opf}event"
_MOST_DOCUMENTS = 10_000
"""Of one book no more are read."""
_PAGE_LIST = ("page-list", "landmarks")


@dataclass(frozen=True, slots=True)
class _Item:
    """One file that the package lists. `name` is that of its part."""

    name: str
    media_type: str
    properties: str


def extract(path: Path) -> Extraction:
    """Read a book."""
    with path.open("rb") as stream:
        parts = open_parts(path, stream)
        if _is_protected(parts):
            raise EncryptedError
        place = _package_document(parts)
        package = parts.root(place) if place else None
        items = {} if package is None else _items(package, posixpath.dirname(place))
        documents = list(_spine(package, items) if package is not None else _found(parts))
        if not documents:
            raise DamagedError
        unread = max(len(documents) - _MOST_DOCUMENTS, 0)
        if package is not None:
            unread += _left_out(parts, package, items, documents)
        if unread:
            parts.skipped.append(f"Parts of the book that were not read: {unread}.")
        titles = _titles(parts, items)
        counts: Counter[str] = Counter()
        pages: list[PageText] = []
        repairs: list[str] = []
        for item in documents[:_MOST_DOCUMENTS]:
            content = parts.content(item.name)
            if content is None:
                if parts.spelt(item.name) is None:
                    parts.skipped.append(f"{item.name} is damaged.")
                continue
            page = read_page(content, whole=True)
            counts.update(page.counts)
            repairs += page.repairs
            parts.skipped += page.skipped
            for number, each in enumerate(paginate(page.blocks)):
                title = each.title if number else titles.get(item.name, "") or each.title
                if each.text.strip():
                    pages.append(replace(each, number=len(pages) + 1, title=title))
        said = {} if package is None else _metadata(package)
        return Extraction(
            tuple(pages) or (PageText(1, ""),),
            title=sane_title(next(iter(said.get("title", ())), "")) or choose_title("", pages),
            creators=sane_creators(";".join(said.get("creator", ()))),
            date=sane_date(said.get("date", ())),
            counts={name: count for name, count in counts.items() if count},
            skipped=tuple(parts.skipped),
            repairs=tuple(repairs),
            tool=tool("lxml"),
        )


def _is_protected(parts: Parts) -> bool:
    """Say whether more than fonts is encrypted."""
    root = parts.root("META-INF/encryption.xml")
    return root is not None and any(
        (method := _first(data, "EncryptionMethod")) is None
        or method.get("Algorithm") not in _FONT_OBFUSCATION
        for data in _named(root, "EncryptedData")
    )


def _package_document(parts: Parts) -> str:
    """Return the name of the part that lists the others; "" where there is none."""
    container = parts.root("META-INF/container.xml")
    for rootfile in () if container is None else _named(container, "rootfile"):
        name = rootfile.get("full-path") or ""
        if parts.spelt(name) is not None:
            return name
    return next((name for name in parts.names if name.lower().endswith(".opf")), "")


def _items(package: etree._Element, folder: str) -> Mapping[str, _Item]:
    return {
        item.get("id", ""): _Item(
            _place(folder, item.get("href", "")), item.get("media-type", ""), item.get("properties", "")
        )
        for item in _named(package, "item")
    }


def _spine(package: etree._Element, items: Mapping[str, _Item]) -> Iterator[_Item]:
    """Yield the documents to read, each once: those in the order of reading, those beside it."""
    linear: dict[_Item, bool] = {}
    for reference in _named(package, "itemref"):
        item = items.get(reference.get("idref", ""))
        if item is not None and item.media_type in (*_DOCUMENTS, _DRAWING):
            linear.setdefault(item, reference.get("linear") != "no")
    if not linear:
        linear = {item: True for item in items.values() if item.media_type in _DOCUMENTS}
    yield from (item for item, is_linear in linear.items() if is_linear)
    yield from (item for item, is_linear in linear.items() if not is_linear)


def _left_out(
    parts: Parts, package: etree._Element, items: Mapping[str, _Item], read: Collection[_Item]
) -> int:
    """Count what the order of reading names and is not read, and the documents that it does not name."""
    named = {items.get(reference.get("idref", "")) for reference in _named(package, "itemref")}
    others = sum(item is None or not item.media_type.startswith(_NAMED) for item in named)
    beside = {item for item in items.values() if item.media_type in _DOCUMENTS and not _is_contents(item)}
    return others + sum(parts.spelt(item.name) is not None for item in beside.difference(read))


def _found(parts: Parts) -> Iterator[_Item]:
    """Yield the documents of a package that lost its list of them, in the order of their names."""
    parts.skipped.append("The list of the documents is damaged; they are in the order of their names.")
    names = (name for name in parts.names if name.endswith((".xhtml", ".html", ".htm")))
    for name in sorted(names, key=_in_order):
        yield _Item(name, _DOCUMENTS[0], "")


def _in_order(name: str) -> list[tuple[int, str]]:
    """Sort numbers in names as numbers."""
    pieces = re.findall(r"(\d{1,9})|(\D+|\d+)", name)
    return [(int(number), "") if number else (-1, text) for number, text in pieces]


def _titles(parts: Parts, items: Mapping[str, _Item]) -> Mapping[str, str]:
    """Return what the table of contents calls each document, by the name of its part."""
    found: dict[str, str] = {}
    for item in items.values():
        root = parts.root(item.name) if _is_contents(item) else None
        if root is None:
            continue
        folder = posixpath.dirname(item.name)
        for target, title in (*_of_ncx(root), *_of_navigation(root)):
            place = _place(folder, target)
            if title and place:
                found.setdefault(place, title)
    return found


def _is_contents(item: _Item) -> bool:
    return "nav" in item.properties.split() or item.media_type == "application/x-dtbncx+xml"


def _of_ncx(root: etree._Element) -> Iterator[tuple[str, str]]:
    for point in _named(root, "navPoint"):
        label, content = _first(point, "text"), _first(point, "content")
        if label is not None and content is not None:
            yield content.get("src", ""), " ".join((label.text or "").split())


def _of_navigation(root: etree._Element) -> Iterator[tuple[str, str]]:
    for navigation in _named(root, "nav"):
        if not any(value in _PAGE_LIST for value in navigation.attrib.values()):
            for link in _named(navigation, "a"):
                yield link.get("href", ""), " ".join("".join(map(str, link.itertext())).split())


def _metadata(package: etree._Element) -> Mapping[str, list[str]]:
    """Return titles, creators and dates; of creators the authors, of dates that on which it came out."""
    said: dict[str, list[str]] = {}
    roles = {
        meta.get("refines", "").lstrip("#"): (meta.text or "").strip()
        for meta in _named(package, "meta")
        if meta.get("property") == "role"
    }
    for name in ("title", "creator", "date"):
        for element in _named(package, name):
            role = element.get(_OPF_ROLE) or roles.get(element.get("id", ""), "aut")
            event = element.get(_OPF_EVENT, "publication")
            if element.text and (name == "title" or (role == "aut" and event == "publication")):
                said.setdefault(name, []).append(" ".join(element.text.split()))
    return said


def _place(folder: str, reference: str) -> str:
    """Return the name of the part that a reference leads to."""
    target = unquote(reference.partition("#")[0])
    return posixpath.normpath(posixpath.join("/" + folder, target)).lstrip("/") if target else ""


def _named(root: etree._Element, name: str) -> Iterator[etree._Element]:
    return root.iter("{*}" + name)


def _first(root: etree._Element, name: str) -> etree._Element | None:
    return next(_named(root, name), None)
