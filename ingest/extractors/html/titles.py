"""What a web page is called, and which of its headings name its site instead.

A site puts its name on every page: in a banner, in its metadata, behind the title of the page. That is no
title of any of its pages, but for the one that has nothing else.

Source: HTML Living Standard, 4.2.2 (title), 4.3.8 (header); ARIA 1.2, 5.3.4 (banner); ogp.me.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from itertools import islice, takewhile

from lxml import etree

from ingest.extractors.properties import sane_title

_SITE_NAMES = ("og:site_name", "application-name", "apple-mobile-web-app-title")
_SHARED_TITLES = ("og:title", "dc.title", "dcterms.title", "citation_title")
_HEADINGS = ("h1", "h2", "h3")
_CONTENT = ("main", "article", "body")
_MOST_HEADINGS = 100
"""A banner stands before so many."""

_BANNER = re.compile(
    r"(?<![a-z])(logo|branding|banner|(site|blog|brand)[-_]?(title|name|header|branding))(?![a-z])",
    re.IGNORECASE,
)
_HOME = re.compile(
    r"((https?:)?//[^/?#]+/?|/|(\.{0,2}/)*(index|home|start)\.\w+|(\.{1,2}/)+)([a-z]{2}/?)?", re.IGNORECASE
)
_BETWEEN_NAMES = re.compile(r"\s+[|–—·•»«:/-]+\s+|\s*[|»«]\s*|:\s+")


def banners(root: etree._Element) -> frozenset[etree._Element]:
    """Return the headings that say what the site is called, where others or the page's title say more."""
    names = {name.casefold() for name in named(root, _SITE_NAMES)}
    headings = [each for each in islice(root.iter(*_HEADINGS), _MOST_HEADINGS) if _text(each)]
    sure = [each for each in headings if _text(each).casefold() in names or _is_banner(each)]
    found = sure or [each for each in headings if _is_in_header(each)] or _named_last(root, headings)
    names.update(_text(each).casefold() for each in sure)
    says_more = len(found) < len(headings) or (sure and sane_title(_without(_own_title(root), names)))
    return frozenset(found if says_more else ())


def title_of(root: etree._Element, site: Collection[etree._Element]) -> str:
    """Return the title that the page gives itself, without its site's name, which `site` are headings of."""
    names = {name.casefold() for name in (*named(root, _SITE_NAMES), *map(_text, site))}
    whole = _own_title(root)
    own = sane_title(_without(whole, names))
    shared = next((sane_title(each) for each in named(root, _SHARED_TITLES)), "")
    headings = [sane_title(_text(each)) for each in root.iter("h1") if each not in site]
    heading = headings[0] if len(headings) == 1 else ""
    if heading and heading.casefold() in own.casefold():
        return heading
    if shared and (not own or shared.casefold() in own.casefold()):
        return shared
    return own or shared or heading or ("" if site else sane_title(whole))


def named(root: etree._Element, names: Iterable[str]) -> list[str]:
    """Return what the head says under names, in their order."""
    said: dict[str, list[str]] = {}
    for element in root.iter("meta"):
        name = next(filter(None, map(element.get, ("name", "property", "itemprop"))), "").lower()
        said.setdefault(name, []).append(" ".join(element.get("content", "").split()))
    return [each for name in names for each in said.get(name, []) if each and not each.startswith("http")]


def _is_banner(heading: etree._Element) -> bool:
    """Say whether a heading leads to the first page of the site, or stands in what is called so."""
    if any(_HOME.fullmatch(link.get("href", "")) for link in heading.iter("a")) or _is_called_so(heading):
        return True
    return any(
        _is_called_so(around) or (around.tag == "a" and _HOME.fullmatch(around.get("href", "")) is not None)
        for around in takewhile(lambda each: each.tag not in _CONTENT, heading.iterancestors())
    )


def _is_in_header(heading: etree._Element) -> bool:
    """Say whether a heading stands in the head of the page, not of what is on it."""
    around = [each.tag for each in heading.iterancestors()]
    return "header" in around and around.count("main") + around.count("article") == 0


def _is_called_so(element: etree._Element) -> bool:
    names = f"{element.get('class', '')} {element.get('id', '')}"
    return element.get("role", "") == "banner" or _BANNER.search(names) is not None


def _named_last(root: etree._Element, headings: list[etree._Element]) -> list[etree._Element]:
    """Return the headings that say what the title says last, where another says what stands before it."""
    *before, last = _BETWEEN_NAMES.split(_own_title(root).casefold())
    said = {_text(each).casefold() for each in headings}
    return [each for each in headings if _text(each).casefold() == last] if said.intersection(before) else []


def _without(title: str, names: Collection[str]) -> str:
    """Return a title without its first or last part, where that is one of the names."""
    borders = list(_BETWEEN_NAMES.finditer(title))
    begin, end = 0, len(title)
    if borders and title[borders[-1].end() :].casefold() in names:
        end = borders.pop().start()
    if borders and title[: borders[0].start()].casefold() in names:
        begin = borders[0].end()
    return "" if title.casefold() in names else title[begin:end]


def _own_title(root: etree._Element) -> str:
    return " ".join((root.findtext(".//title") or "").split())


def _text(heading: etree._Element) -> str:
    return " ".join("".join(map(str, heading.itertext())).split())
