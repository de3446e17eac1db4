"""Web pages: what a browser would show as text, without what surrounds the content on every page of a site.

What is content is decided in `html/boilerplate.py`, how it becomes paragraphs in `html/flow.py`. What a page
says about its own language is not believed.

Source: HTML Living Standard, 13.2.3 (character encoding), 4.2 (metadata); RFC 2557 (MHTML).
"""

from __future__ import annotations

import codecs
import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path

from lxml import etree

from ingest.charset import decode, decode_declared
from ingest.extraction import DamagedError, EmptyError, Extraction
from ingest.extractors.decoding import unreadable
from ingest.extractors.flow import Block, paginate
from ingest.extractors.html.attributes import limit_attributes
from ingest.extractors.html.ends import without_ends
from ingest.extractors.html.flow import HtmlFlow, is_measured
from ingest.extractors.html.measure import measure
from ingest.extractors.html.titles import banners, named, title_of
from ingest.extractors.properties import choose_title, sane_creators, sane_date
from ingest.webpage_source import MAX_SAVED_BYTES, html_parts, is_mhtml

_DECLARED = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_DECLARED_BYTES = 16 * 1024
_MARKUP = re.compile(r"<[!?/a-zA-Z][^<>]*>")
_EMPTY_ELEMENT = re.compile(
    r"<(?!(?:area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr)\b)([a-zA-Z][\w:.-]*)(\s[^<>]*)?/>"
)
"""In XHTML, an element that is closed at once; the parser for HTML takes all that follows for its content."""
_IN_HEAD = frozenset(
    re.findall(r"\w+", "base basefont bgsound isindex link meta noscript object script style template title")
)
_DEEPEST = 2000
"""The parser loses what is nested deeper than some more than this."""
_FEW_WORDS = 20
_FRAME_WORDS = 30
_MOST_FRAMES = 50
_DATES = (
    *("dc.date", "dc.date.issued", "dcterms.date", "dcterms.issued", "article:published_time"),
    *("citation_date", "citation_publication_date", "datepublished", "pubdate", "date"),
)
_AUTHORS = ("author", "dc.creator", "dcterms.creator", "citation_author", "article:author", "parsely-author")


def extract(path: Path) -> Extraction:
    """Read the content of a page."""
    content = path.read_bytes()
    if not content.strip(b"\0 \t\r\n"):
        raise EmptyError
    return _extraction([read_page(content)])


def extract_mhtml(path: Path) -> Extraction:
    """Read a page that was saved as one file, then its frames; other things it embeds are left out."""
    with path.open("rb") as stream:
        content = stream.read(MAX_SAVED_BYTES + 1)
    if not is_mhtml(content):
        raise DamagedError
    parts = [part for part in html_parts(content) if part.strip()]
    extraction = _extraction(_saved(parts[: _MOST_FRAMES + 1]))
    skipped = list(extraction.skipped)
    if len(content) > MAX_SAVED_BYTES:
        skipped.append("The end of the file is missing.")
    if (unread := len(parts) - _MOST_FRAMES - 1) > 0:
        skipped.append(f"Embedded files that were not read: {unread}.")
    return replace(extraction, skipped=tuple(skipped))


@dataclass(frozen=True, slots=True)
class HtmlPage:
    """One page: its blocks, and what its head says. `repairs` says what was read otherwise than it stands."""

    blocks: tuple[Block, ...]
    title: str
    creators: tuple[str, ...]
    date: dt.date | None
    counts: dict[str, int]
    skipped: tuple[str, ...]
    repairs: tuple[str, ...]

    @property
    def words(self) -> int:
        """How many words it has."""
        return sum(len(block.text.split()) for block in self.blocks)


def read_page(content: bytes, *, whole: bool = False) -> HtmlPage:
    """Read one page; with `whole`, as it is, with everything that surrounds the content.

    Raises:
        DamagedError: nothing can be made of it.
    """
    text, skipped, repairs = _decoded(content)
    page = page_of(text, whole=whole)
    return replace(page, skipped=(*skipped, *page.skipped), repairs=(*repairs, *page.repairs))


def page_of(text: str, *, whole: bool = False) -> HtmlPage:
    """Read one page whose encoding is known, as `read_page` does."""
    skipped, repairs = [], []
    text, left_out = limit_attributes(without_ends(text))
    if left_out:
        skipped.append(f"Attributes of overfull elements that were not read: {left_out}.")
    if "xmlns" in text[:_DECLARED_BYTES]:
        text = _EMPTY_ELEMENT.sub(r"<\1\2></\1>", text)
    root = _parsed(text)
    if _is_too_deep(root):
        repairs.append("The markup is nested too deep; its text was read without it.")
        root = _parsed("<pre>" + _MARKUP.sub("\n", text).replace("<", "&lt;") + "</pre>")
    _take_out_of_head(root)
    body = root.find("body")
    body = root if body is None or root.find(".//frameset") is not None else body
    held = measure(body, is_measured)
    site = banners(root)
    flow = HtmlFlow(held, site, whole=whole)
    flow.read(body)
    if sum(len(block.text.split()) for block in flow.blocks) < _FEW_WORDS:
        flow = HtmlFlow(held, site, whole=whole, otherwise=True)
        flow.read(body)
    if not flow.blocks and not whole:
        flow = HtmlFlow(held, site, whole=True, otherwise=True)
        flow.read(body)
    if controls := flow.counts["form controls"]:
        skipped.append(f"Form controls that were not read: {controls}.")
    if frames := flow.counts["framed pages"]:
        skipped.append(f"Embedded files that were not read: {frames}.")
    return HtmlPage(
        tuple(flow.blocks),
        title_of(root, site),
        sane_creators(";".join(named(root, _AUTHORS))),
        sane_date(named(root, _DATES)),
        {name: count for name, count in flow.counts.items() if count},
        tuple(skipped),
        tuple(repairs),
    )


def _extraction(pages: Iterable[HtmlPage]) -> Extraction:
    read = list(pages)
    blocks = [
        replace(block, starts_page=True) if number and not place else block
        for number, page in enumerate(read)
        for place, block in enumerate(page.blocks)
    ]
    paginated = paginate(blocks)
    counts: dict[str, int] = {}
    for page in read:
        for name, count in page.counts.items():
            counts[name] = counts.get(name, 0) + count
    return Extraction(
        paginated,
        title=choose_title(read[0].title, paginated),
        creators=read[0].creators,
        date=read[0].date,
        counts=counts,
        skipped=tuple(each for page in read for each in page.skipped),
        repairs=tuple(each for page in read for each in page.repairs),
        tool=f"lxml {version('lxml')}",
    )


def _saved(parts: Iterable[bytes]) -> Iterator[HtmlPage]:
    """Yield the page, and those of its frames that are more than an advertisement."""
    found = False
    for part in parts:
        page = read_page(part)
        if not found or page.words >= _FRAME_WORDS:
            yield page
        elif page.words:
            yield replace(page, blocks=(), counts={"menus and forms": 1}, skipped=(), repairs=())
        found = True
    if not found:
        raise DamagedError


def _decoded(content: bytes) -> tuple[str, list[str], list[str]]:
    """Return the text, what was lost in it, and what its declaration got wrong."""
    declared = _DECLARED.search(content[:_DECLARED_BYTES])
    name = declared[1].decode("ascii", "replace").lower() if declared else ""
    text, encoding = decode_declared(content, name) if name else decode(content)
    repairs: list[str] = []
    if name and not content.isascii() and not _is_same(name, encoding):
        repairs.append(f"Text declared as {name} was read as {encoding}.")
    return text.replace("\0", ""), unreadable(text, encoding), repairs


def _is_same(declared: str, encoding: str) -> bool:
    """Say whether two names are of one encoding, or of one in all that browsers care for."""
    if declared in ("iso-8859-1", "latin1", "us-ascii", "windows-1252", "iso8859-1", "ascii"):
        return encoding in ("cp1252", "iso8859-1")
    try:
        return codecs.lookup(declared).name == codecs.lookup(encoding).name.removesuffix("-sig")
    except LookupError:
        return False


def _parsed(text: str) -> etree._Element:
    parser = etree.HTMLParser(
        no_network=True, huge_tree=True, remove_comments=True, remove_pis=True, encoding="utf-8"
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError) as exc:
        raise DamagedError from exc
    if root is None:
        raise DamagedError
    return root


def _take_out_of_head(root: etree._Element) -> None:
    """Put into the body what a page shows: the parser leaves elements above that are newer than itself."""
    head = root.find("head")
    shown = [] if head is None else [each for each in head if each.tag not in _IN_HEAD]
    if head is None or not shown:
        return
    body = root.find("body")
    if body is None:
        body = etree.SubElement(root, "body")
    body.text, first = None, body.text
    for place, each in enumerate(shown):
        body.insert(place, each)
    shown[-1].tail = f"{shown[-1].tail or ''}{first or ''}"


def _is_too_deep(root: etree._Element) -> bool:
    depth = deepest = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest >= _DEEPEST
