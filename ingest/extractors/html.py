"""Web pages: what a browser would show as text."""

from __future__ import annotations

import re
from importlib.metadata import version
from pathlib import Path

from lxml import etree, html

from ingest.charset import decode
from ingest.errors import WebPageError
from ingest.extraction import DamagedError, EmptyError, Extraction
from ingest.extractors.flow import Block, paginate
from ingest.extractors.properties import choose_title, sane_creators
from ingest.webpage_source import MAX_SAVED_BYTES, is_mhtml, source_of

_LEFT_OUT = frozenset(("script", "style", "noscript", "template", "head", "iframe", "object", "svg", "nav"))
_HEADINGS = frozenset(("h1", "h2", "h3"))
_BLOCKS = frozenset(
    re.findall(
        r"\w+",
        "address article aside blockquote body dd div dl dt figcaption figure footer form h1 h2 h3 h4 h5 h6 "
        "header hr html li main ol option p pre section summary table tbody thead tfoot tr ul",
    )
)
_DECLARED = re.compile(rb"charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\r\n]+")


def extract(path: Path) -> Extraction:
    """Read the text of the body; scripts, styles and navigation are left out."""
    return _extract(path.read_bytes())


def extract_mhtml(path: Path) -> Extraction:
    """Read the page of a web page that was saved as one file; what it embeds is left out."""
    with path.open("rb") as stream:
        content = stream.read(MAX_SAVED_BYTES + 1)
    if not is_mhtml(content):
        raise DamagedError
    try:
        return _extract(source_of(content).html)
    except WebPageError as exc:
        raise DamagedError from exc


def _extract(content: bytes) -> Extraction:
    if not content.strip():
        raise EmptyError
    parser = html.HTMLParser(no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(_text(content), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as exc:
        raise DamagedError from exc
    body = root.find("body")
    flow = _Flow()
    flow.walk(root if body is None else body)
    flow.close()
    pages = paginate(flow.blocks)
    author = root.xpath("string(//meta[translate(@name, 'AUTHOR', 'author')='author']/@content)")
    return Extraction(
        pages,
        title=choose_title(root.findtext(".//title") or "", pages),
        creators=sane_creators(str(author)),
        tool=f"lxml {version('lxml')}",
    )


def _text(content: bytes) -> str:
    """Decode as the page declares, where that works; else as the bytes suggest."""
    declared = _DECLARED.search(content[:4096])
    if declared:
        try:
            return content.decode(declared[1].decode("ascii"))
        except (LookupError, UnicodeDecodeError):
            pass
    return decode(content)[0]


class _Flow:
    """Cuts the text of an element at the borders of block elements."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._pieces: list[str] = []

    def walk(self, element: etree._Element) -> None:
        tag = element.tag
        if not isinstance(tag, str) or tag in _LEFT_OUT:
            return
        if tag in _BLOCKS:
            self.close()
        if tag == "br":
            self._pieces.append("\n")
        elif tag == "img":
            self._pieces.append(element.get("alt", ""))
        self._pieces.append(_SPACE.sub(" ", element.text or ""))
        for child in element:
            self.walk(child)
            self._pieces.append(_SPACE.sub(" ", child.tail or ""))
        if tag in ("td", "th"):
            self._pieces.append("\t")
        elif tag in _BLOCKS:
            self.close(heading=tag in _HEADINGS)

    def close(self, heading: bool = False) -> None:
        text = "".join(self._pieces).strip()
        self._pieces.clear()
        if text:
            self.blocks.append(Block(text, heading))
