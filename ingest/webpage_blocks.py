"""A saved web page -> the blocks of its main content, in order, with the links in each.

Navigation, banners about cookies, footers and forms are left out, but for a form that is wrapped around the
content. The page is hostile: its size, depth and
number of blocks are bounded, nothing it names is fetched, and nothing in it is run.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree, html

from ingest.charset import decode
from ingest.errors import WebPageError
from ingest.extractors.html.attributes import limit_attributes
from ingest.extractors.html.ends import without_ends
from ingest.webpage_source import source_of

MAX_BLOCKS = 5000
MAX_LINKS = 1000
MAX_BLOCK_CHARACTERS = 20_000
MAX_ADDRESS_CHARACTERS = 2000

_DECLARED = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_SAVED_FROM = re.compile(r"saved from url=\(\d+\)(\S{1,2000})", re.IGNORECASE)
_LEFT_OUT = frozenset(
    re.findall(
        r"\w+",
        "script style noscript template head iframe object embed svg nav footer button select dialog",
    )
)
_LEFT_OUT_ROLES = frozenset(
    re.findall(r"\w+", "navigation contentinfo search dialog alertdialog menu menubar")
)
_LEFT_OUT_WORDS = frozenset(
    re.findall(
        r"\w+",
        "cookie cookies cookiebar cookiebanner consent gdpr dsgvo nav navi navigation navbar menu menue "
        "mainmenu breadcrumb breadcrumbs footer fuss fusszeile sidebar share sharing social skip skiplink "
        "search suche login newsletter advert popup modal sitemap pagination pager langswitch languages",
    )
)
_NEVER_LEFT_OUT = frozenset(re.findall(r"\w+", "html body main article"))
_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_BLOCKS = frozenset(
    re.findall(
        r"\w+",
        "address article aside blockquote body caption dd div dl dt figcaption figure h1 h2 h3 h4 h5 h6 "
        "header hr li main ol p pre section summary table tbody td th thead tr ul br",
    )
)
_WRAPPED_CHARACTERS = 1500
"""A form with so much text is not one to be filled in."""
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Anchor:
    """A link: its address as it is written, its words, and whether it is marked as a download."""

    address: str
    text: str
    is_download: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """One block of text. `level` is that of a heading, from 1; 0: it is none."""

    text: str
    level: int = 0
    links: tuple[Anchor, ...] = ()


@dataclass(frozen=True, slots=True)
class Content:
    """What a page holds. `saved_from`: its address, if the browser noted it; `language`: as it declares."""

    blocks: tuple[Block, ...]
    title: str = ""
    language: str = ""
    saved_from: str = ""


def read_content(content: bytes) -> Content:
    """Read a page. Raises WebPageError."""
    source = source_of(content)
    text, _ = limit_attributes(without_ends(_text(source.html)))
    parser = html.HTMLParser(no_network=True, huge_tree=False, remove_pis=True)
    try:
        root = html.document_fromstring(text.replace("\0", ""), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as exc:
        raise WebPageError(f"The page cannot be read: {exc}.") from exc
    saved_from = _SAVED_FROM.search(text[:4000])
    title = _space(root.findtext(".//title") or "")
    language = re.sub(r"[-_].*", "", str(root.get("lang") or "")).casefold()
    blocks = tuple(_Flow().read(_main(root)))
    address = saved_from[1] if saved_from else source.saved_from
    return Content(blocks, title[:1000], language, address)


def _text(content: bytes) -> str:
    """Decode: what UTF-8 and UTF-16 show themselves counts before what the page declares."""
    text, encoding = decode(content)
    declared = _DECLARED.search(content[:4096])
    if declared and not encoding.startswith("utf"):
        try:
            return content.decode(declared[1].decode("ascii"))
        except (LookupError, UnicodeDecodeError):
            pass
    return text


def _main(root: etree._Element) -> etree._Element:
    """Return the element that holds the content: the one marked as such, if the title stands in it."""
    body = root.find("body")
    body = root if body is None else body
    headed = body.find(".//h1") is not None
    for path in (".//main", ".//*[@role='main']", ".//article", ".//*[@id='content']", ".//*[@id='main']"):
        found = body.findall(path)
        if len(found) == 1 and (not headed or found[0].find(".//h1") is not None):
            return found[0]
    return body


class _Flow:
    """Cuts the text of an element at the borders of block elements. Does not recurse: pages may be deep."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._links: list[Anchor] = []
        self._levels: list[int] = []
        self._open: list[_Open] = []
        self._left = MAX_LINKS

    def read(self, top: etree._Element) -> Iterator[Block]:
        count = 0
        walker = etree.iterwalk(top, events=("start", "end", "comment"))
        for event, element in walker:
            tag = element.tag if isinstance(element.tag, str) else ""
            if event == "comment":
                self._pieces.append(element.tail or "")
                continue
            if event == "start":
                if element is not top and _is_left_out(element, tag):
                    walker.skip_subtree()
                    continue
                for block in self._start(element, tag):
                    yield block
                    count += 1
            else:
                if not (element is not top and _is_left_out(element, tag)):
                    for block in self._end(element, tag):
                        yield block
                        count += 1
                if element is not top:
                    self._pieces.append(element.tail or "")
            if count >= MAX_BLOCKS:
                return
        yield from self._cut()

    def _start(self, element: etree._Element, tag: str) -> Iterator[Block]:
        if tag in _BLOCKS:
            yield from self._cut()
        if tag in _HEADINGS:
            self._levels.append(_HEADINGS[tag])
        if tag == "a":
            self._open.append(_Open(element, len(self._pieces)))
        if tag == "img":
            self._pieces.append(f" {element.get('alt') or ''} ")
        self._pieces.append(element.text or "")

    def _end(self, element: etree._Element, tag: str) -> Iterator[Block]:
        if tag == "a" and self._open and self._open[-1].element is element:
            opened = self._open.pop()
            address = (element.get("href") or "").strip()
            if address and len(address) <= MAX_ADDRESS_CHARACTERS and self._left:
                self._left -= 1
                words = _space("".join((*opened.before, *self._pieces[opened.position :])))
                self._links.append(Anchor(address, words[:1000], element.get("download") is not None))
        if tag in _BLOCKS:
            yield from self._cut()
        if tag in _HEADINGS and self._levels:
            self._levels.pop()

    def _cut(self) -> Iterator[Block]:
        for opened in self._open:  # a link around several blocks has the words of all
            opened.before.extend(self._pieces[opened.position :])
            opened.position = 0
        text = _space("".join(self._pieces))[:MAX_BLOCK_CHARACTERS]
        links = tuple(self._links)
        self._pieces.clear()
        self._links.clear()
        if text or links:
            yield Block(text, self._levels[-1] if self._levels else 0, links)


@dataclass(slots=True)
class _Open:
    element: etree._Element
    position: int
    before: list[str] = field(default_factory=list)


def _is_left_out(element: etree._Element, tag: str) -> bool:
    if tag == "form":
        return not _is_wrapper(element)
    if tag in _LEFT_OUT or element.get("role") in _LEFT_OUT_ROLES:
        return True
    if tag in _NEVER_LEFT_OUT or tag in _HEADINGS:
        return False
    if element.get("hidden") is not None:
        return True
    named = f"{element.get('id') or ''} {element.get('class') or ''}"[:500].casefold()
    if not _LEFT_OUT_WORDS.intersection(re.split(r"[^a-z]+", named)):
        return False
    return element.find(".//h1") is None and element.find(".//article") is None


def _is_wrapper(form: etree._Element) -> bool:
    """Tell whether a form holds the content, as all pages of some programs have it."""
    if any(form.find(f".//{tag}") is not None for tag in ("h1", "main", "article")):
        return True
    length = sum(len(text) for text in form.itertext("p", "li", "td", "div", "span", "a", with_tail=False))
    return length >= _WRAPPED_CHARACTERS


def _space(text: str) -> str:
    return _SPACE.sub(" ", text.replace("\u00ad", "").replace("\u200b", "")).strip()
