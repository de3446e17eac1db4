"""Read the saved web page of a conference: what it says of the conference, and the files that it links to.

Pure: bytes and the names of the files beside it in, a `PageRecord` out. What is not plain stays empty, and
everything is a proposal that staff look at.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from archive.model import Kind
from archive.settings import LANGUAGES
from ingest.language import language_of
from ingest.periods import Period, period_in
from ingest.webpage_blocks import Anchor, Block, Content, read_content
from ingest.webpage_facts import motto_in, number_in, organisers_in, place_in
from ingest.webpage_files import Beside, is_document_address, names_of

TITLE_LENGTH = 500
DESCRIPTION_LENGTH = 20_000
LABEL_LENGTH = 160

_WORDS_FOR_MOTTO = 40
"""A paragraph that is longer than the motto by less says nothing else: „Unter dem Motto: …“."""

_ROUND_TITLE = 3
"""Blocks before and after the title in which the days of the conference may stand."""
_PUBLISHED = re.compile(
    r"veröffentlicht|aktualisiert|stand:|published|posted|updated|опубликован|обновлен|дата публикации",
    re.IGNORECASE,
)
_KINDS = (
    (Kind.MINUTES, r"protokoll|minutes|niederschrift|протокол|стенограмм|резолюц"),
    (Kind.PRESENTATION, r"präsentation|vorträge|vortrag|folien|presentation|slides|talks|презентаци|доклад"),
    (Kind.PROGRAMME, r"programm\b|programme|program\b|agenda|tagesordnung|программ[аыу]|повестк"),
    (Kind.PAPER, r"beiträge|aufsätze|papers|articles|статьи|тезисы"),
)
_PANEL = re.compile(
    r"\b(?:panel|workshop|session|forum|plenum|arbeitsgruppe|ag|sektion|themenblock|round table|"
    r"working group|панель\w*|секци\w*|рабочая группа|круглый стол|пленарн\w*|сессия|форум)\b",
    re.IGNORECASE,
)
_EMPTY_WORDS = re.compile(
    r"(?:hier|here|здесь|тут|link|ссылка|download|downloads?|herunterladen|скачать|mehr|more|подробнее|pdf|pptx?|"
    r"click here|weiterlesen|zum download|datei|file|файл)(?:\s*[»›>:]+)?",
    re.IGNORECASE,
)
_AFTER_WORDS = re.compile(
    r"\s*[(\[]\s*(?:pdf|pptx?|docx?|odp|odt|xlsx?|zip)?[\s,;:|–-]*(?:[\d.,]+\s*(?:[kmg]i?b|[кмг]б|bytes?))?\s*"
    r"[)\]]\s*$|\s*[-–|,]?\s*(?:pdf|pptx?|docx?)[\s,]*[\d.,]+\s*(?:[kmg]i?b|[кмг]б)\s*$",
    re.IGNORECASE,
)
_INVITING = re.compile(
    r"\s+(?:finden sie|können sie|gibt es|erhalten sie|can be found|you (?:will|can) find|вы найд[её]те|"
    r"можно найти|доступн\w+)(?:\s+(?:herunterladen|downloaden|скачать))?\s*$",
    re.IGNORECASE,
)
"""What sentences say before „hier“."""
_TITLE_PARTS = re.compile(r"\s+[|–—·»:]+\s+|\s+-\s+")


@dataclass(frozen=True, slots=True)
class PageLink:
    """A web page that the page points to."""

    label: str
    address: str


@dataclass(frozen=True, slots=True)
class Download:
    """A file that the page links to.

    `title`: its words, or those around it; `heading`: the one above it; `panel`: that heading, if it names
    one; `path`: the file beside the page that it means, empty where there is none.
    """

    address: str
    title: str
    heading: str = ""
    panel: str = ""
    kind: Kind | None = None
    path: str = ""

    @property
    def name(self) -> str:
        """What its file is called."""
        return next(iter(names_of(self.address)), self.address)


@dataclass(frozen=True, slots=True)
class PageRecord:
    """What a page says of its conference; empty: nothing. `language`: that of its text, "" if unknown."""

    title: str
    language: str = ""
    number: int | None = None
    start: dt.date | None = None
    end: dt.date | None = None
    place: str = ""
    motto: str = ""
    description: str = ""
    organisers: tuple[str, ...] = ()
    links: tuple[PageLink, ...] = ()
    downloads: tuple[Download, ...] = ()
    saved_from: str = ""

    @property
    def found(self) -> tuple[Download, ...]:
        """The downloads whose file is there."""
        return tuple(download for download in self.downloads if download.path)


def read_page(content: bytes, files: Sequence[str] = ()) -> PageRecord:
    """Read a saved page.

    Args:
        files: the files saved with it, by their paths from its folder.

    Raises:
        WebPageError: it cannot be read.
    """
    page = read_content(content)
    place, title = _title(page)
    blocks = page.blocks
    texts = [block.text for block in blocks]
    language = _language(page, " ".join((title, *texts)))
    period = _period(blocks, place, title)
    beside = Beside(files)
    downloads = tuple(_downloads(blocks, beside))
    motto = motto_in(texts)
    return PageRecord(
        title=title[:TITLE_LENGTH],
        language=language,
        number=number_in(title),
        start=period.start if period else None,
        end=period.end if period else None,
        place=place_in(texts, language),
        motto=motto,
        description=_description(blocks, place, motto),
        organisers=organisers_in(texts),
        links=tuple(_links(blocks, page.saved_from)),
        downloads=downloads,
        saved_from=page.saved_from,
    )


def _title(page: Content) -> tuple[int, str]:
    """Return the place of the block with the title, -1 if there is none, and the title."""
    for level in (1, 2):
        for place, block in enumerate(page.blocks):
            if block.level == level and block.text and period_only(block.text) is None:
                return place, block.text
    parts = [part for part in _TITLE_PARTS.split(page.title) if part]
    return -1, parts[0] if parts else ""


def period_only(text: str) -> Period | None:
    """Return the period of a text that is little else."""
    period = period_in(text)
    return period if period and len(text) <= len(period.text) + 20 else None


def _language(page: Content, text: str) -> str:
    told = language_of(text[:DESCRIPTION_LENGTH], LANGUAGES)
    if told in LANGUAGES:
        return told
    return page.language if page.language in LANGUAGES else ""


def _period(blocks: Sequence[Block], place: int, title: str) -> Period | None:
    """Choose the days: beside the title, in it, else the first several of the text, else the first."""
    there = [block.text for block in blocks if not _PUBLISHED.search(block.text)]
    around = blocks[max(0, place - _ROUND_TITLE) : place + 1 + _ROUND_TITLE] if place >= 0 else ()
    near = [found for block in around if block.text in there and (found := period_only(block.text))]
    in_title = period_in(title)
    everywhere = [found for text in there if (found := period_in(text))]
    long = [found for found in everywhere if found.start != found.end]
    return next(iter([*near, *([in_title] if in_title else []), *long, *everywhere]), None)


def _description(blocks: Sequence[Block], place: int, motto: str) -> str:
    """Put the paragraphs together that follow the title, up to the first heading above downloads.

    What is told by a field of its own, the days or the motto, and nothing else is left out.
    """
    paragraphs: list[str] = []
    for block in blocks[place + 1 :]:
        if block.level and any(is_document_address(link.address) for link in _below(blocks, block)):
            break
        if block.level or not block.text or period_only(block.text) or _PUBLISHED.search(block.text[:60]):
            continue
        if motto and motto in block.text and len(block.text) <= len(motto) + _WORDS_FOR_MOTTO:
            continue
        linked = sum(len(link.text) for link in block.links)
        if linked < len(block.text) * 0.6 and not any(
            is_document_address(link.address) for link in block.links
        ):
            paragraphs.append(block.text)
    return "\n\n".join(paragraphs)[:DESCRIPTION_LENGTH]


def _below(blocks: Sequence[Block], heading: Block) -> Iterator[Anchor]:
    """Yield the links between a heading and the next of its level or above."""
    start = next(number for number, block in enumerate(blocks) if block is heading)
    for block in blocks[start + 1 :]:
        if 0 < block.level <= heading.level:
            return
        yield from block.links


def _links(blocks: Sequence[Block], saved_from: str) -> Iterator[PageLink]:
    seen = {saved_from}
    for block in blocks:
        for link in block.links:
            is_web = link.address.startswith(("https://", "http://"))
            if not is_web or link.address in seen or is_document_address(link.address) or link.is_download:
                continue
            seen.add(link.address)
            yield PageLink(_words(link, block) or link.address, link.address)


def _downloads(blocks: Sequence[Block], beside: Beside) -> Iterator[Download]:
    headings: list[Block] = []
    seen: set[str] = set()
    for number, block in enumerate(blocks):
        if block.level:
            headings = [above for above in headings if above.level < block.level]
            headings.append(block)
        for link in block.links:
            path = beside.find(link.address)
            is_page = path.casefold().endswith((".html", ".htm"))
            meant = link.is_download or is_document_address(link.address) or (path and not is_page)
            if not meant or link.address.startswith(("#", "mailto:", "javascript:", "data:")):
                continue
            if (path or link.address) in seen:
                continue
            seen.add(path or link.address)
            before = blocks[number - 1] if number else None
            yield replace(
                _placed(headings, block, before), address=link.address, title=_words(link, block), path=path
            )


def _placed(headings: Sequence[Block], block: Block, before: Block | None) -> Download:
    """Say of a link where it stands: the nearest heading that tells a kind or a panel counts."""
    kind = None
    panel = ""
    for heading in reversed(headings):
        kind = kind or _kind(heading.text)
        is_title = heading.level == 1
        if not panel and not is_title and _PANEL.search(heading.text) and not _kind(heading.text):
            panel = heading.text[:TITLE_LENGTH]
    for near in (block, before):
        if kind is None or (near is block and _kind(block.text) is Kind.PROGRAMME and not headings[1:]):
            kind = (_kind(near.text) if near and not near.level else None) or kind
    return Download("", "", headings[-1].text[:TITLE_LENGTH] if headings else "", panel, kind)


def _kind(text: str) -> Kind | None:
    return next((kind for kind, words in _KINDS if re.search(words, text[:300], re.IGNORECASE)), None)


def _words(link: Anchor, block: Block) -> str:
    """Return what a link is called: its words, or where these say nothing, those around it."""
    words = _AFTER_WORDS.sub("", link.text).strip(" »›>:")
    if words and not _EMPTY_WORDS.fullmatch(words) and words not in names_of(link.address):
        return words[:TITLE_LENGTH]
    if len(block.links) > 1:
        return ""
    around = block.text.replace(link.text, " ", 1)
    sentences = [part.strip(" .,:;–-") for part in re.split(r"(?<=[.!?:])\s+", " ".join(around.split()))]
    said = [part for part in sentences if len(part) > 3]
    return _INVITING.sub("", said[-1])[:LABEL_LENGTH] if said else ""
