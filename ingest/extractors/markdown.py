"""Markdown, as it reads when it is rendered: as a web page without anything around its content.

Of a front matter, what people read is read (title, authors, date, abstract); title and authors become
properties. Tags that are none of HTML stand as they are, since authors write <name> without meaning a tag.

Source: CommonMark 0.31; GitHub Flavored Markdown; Pandoc's title block and YAML metadata block.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path

import mistune
import yaml
from lxml.html import defs
from mistune.plugins import import_plugin

from ingest.charset import decode
from ingest.extraction import Extraction
from ingest.extractors.decoding import unreadable
from ingest.extractors.flow import Block, paginate
from ingest.extractors.html import page_of
from ingest.extractors.properties import choose_title, sane_creators, sane_title
from ingest.extractors.tools import tool

_PLUGINS = ("table", "footnotes", "strikethrough", "def_list", "task_lists")
_PAGE_BREAK = '<div style="break-before: page"></div>'
_FRONT_MATTER = re.compile(r"\s*---[ \t]*\n(.{0,20000}?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL)
_TITLE_BLOCK = re.compile(r"% ?(.*)\n(?:% ?(.*)\n)?(?:% ?(.*)\n)?")
_READ = ("title", "subtitle", "author", "authors", "creator", "date", "description", "abstract", "keywords")
_AUTHORS = ("author", "authors", "creator")
_TAG = re.compile(r"</?([A-Za-z][\w-]*)")
_TAGS = defs.tags | {"main", "nav", "details", "summary", "figure", "figcaption", "mark", "time", "section"}
_MOST_NAMES = 100

Facts = Mapping[str, Sequence[str]]
"""Key of a front matter -> what it says."""


def extract(path: Path) -> Extraction:
    """Read a text with its headings, lists, tables, code and footnotes, without markup."""
    text, encoding = decode(path.read_bytes())
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    facts, text = _front_matter(text)
    page = page_of(_PAGE_BREAK.join(map(_rendered, text.split("\f"))), whole=True)
    title = next(iter(facts.get("title", ())), "")
    shown = [Block("; ".join(facts[key]), heading=key == "title") for key in _READ if facts.get(key)]
    pages = paginate([*shown, *page.blocks])
    return Extraction(
        pages,
        title=sane_title(title) or choose_title("", pages),
        creators=sane_creators(";".join(name for key in _AUTHORS for name in facts.get(key, ()))),
        counts=page.counts,
        skipped=(*page.skipped, *unreadable(text, encoding)),
        repairs=page.repairs,
        tool=f"{tool('mistune')}, charset {encoding}",
    )


def _rendered(text: str) -> str:
    plugins = [import_plugin(each) for each in _PLUGINS]
    return str(mistune.Markdown(_Renderer(escape=False), plugins=plugins)(text))


class _Renderer(mistune.HTMLRenderer):
    """Renders what is no HTML as text, and footnotes without the numbers that lead to them and back."""

    def inline_html(self, html: str) -> str:
        found = _TAG.match(html)
        return escape(html) if found and found[1].lower() not in _TAGS else html

    def footnote_ref(self, key: str, index: int) -> str:
        return ""

    def footnote_item(self, text: str, key: str, index: int) -> str:
        return f"<div>{text}</div>"


def _front_matter(text: str) -> tuple[Facts, str]:
    """Return what the front matter says, and the text behind it."""
    if found := _FRONT_MATTER.match(text):
        try:
            said = yaml.safe_load(found[1])
        except (yaml.YAMLError, ValueError, RecursionError):
            said = None
        if isinstance(said, dict):
            return {str(key).lower(): _texts(value) for key, value in said.items()}, text[found.end() :]
    elif text.startswith("% ") and (found := _TITLE_BLOCK.match(text)):
        title, authors, date = (each or "" for each in found.groups())
        facts = {"title": _texts(title), "author": _texts(authors.split(";")), "date": _texts(date)}
        return facts, text[found.end() :]
    return {}, text


def _texts(value: object) -> Sequence[str]:
    """Return the texts in a value, or in a list of values or of people with names."""
    found = []
    for each in value[:_MOST_NAMES] if isinstance(value, list) else [value]:
        named = each.get("name", "") if isinstance(each, dict) else each
        if (
            named is not None
            and not isinstance(named, list | dict)
            and (line := " ".join(str(named).split()))
        ):
            found.append(line)
    return found
