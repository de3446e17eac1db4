"""The query language: from what a reader typed to a small tree of words, phrases, operators and fields.

Lucene's syntax in the three languages of the archive. Nothing that can be typed fails: what cannot be
understood is searched as plain words, and a `Notice` says so. What the words mean to the index is the
business of `clauses.py`.

Source: docs/query-syntax.md; Apache Lucene, „Query Parser Syntax“.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from luqum import tree
from luqum.exceptions import ParseError
from luqum.thread import parse as parse_lucene

from index.layout import typed_with_signs
from index.text import tokens
from index.tree import Between, Fielded, Node, Not, Or, Phrase, Word, all_of

MAX_CHARS = 1000
"""A longer query is cut."""

MAX_WORDS = 40
"""More words and phrases than that are left out."""

MAX_DEPTH = 12
"""Brackets and operators nested deeper are not followed."""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the reader should be told, as a code to translate and as English text."""

    code: str
    text: str


SYNTAX = Notice("syntax", "Part of the query was not understood; its words were searched.")
TOO_LONG = Notice("too_long", f"Only the first {MAX_WORDS} words of the query were searched.")
UNSUPPORTED = Notice(
    "unsupported", "Wildcards, fuzzy search and weights are not supported; the words were searched."
)


@dataclass(frozen=True, slots=True)
class Parsed:
    """A query understood: its tree, None if there is nothing to search for, and what to tell the reader."""

    node: Node | None
    notices: tuple[Notice, ...] = ()


FIELDS = {
    name: field
    for field, names in {
        "title": "title titel название заглавие",
        "creator": "creator author autor autorin urheber автор",
        "conference": "conference konferenz конференция",
        "panel": "panel панель секция",
        "language": "language sprache язык",
        "kind": "kind type art typ вид тип",
        "year": "year jahr год",
    }.items()
    for name in names.split()
}
"""The fields that can be asked for, by every name they have."""

_OPERATORS = {"UND": "AND", "И": "AND", "ODER": "OR", "ИЛИ": "OR", "NICHT": "NOT", "НЕ": "NOT"}

_QUOTES = re.compile("[\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033\uff02]")
_OPERATOR = re.compile(rf"(?<![^\s(])(?:{'|'.join(_OPERATORS)})(?![^\s)])")
_FIELD = re.compile(r"(?<![^\s(+-])(\w+):(?=[\w\"(\[])")
_WORDS_OR_PHRASE = re.compile(r'("[^"]*")')
_NO_SYNTAX = re.compile(r"(?<=\w)[~^][0-9.]*|[\\/<>{}'`^~:]|[-+](?=[-+\s)]|$)")
_ADVANCED = re.compile(r"(?<=\w)[*?]|[*?](?=\w)|[~^]\d")
_ABBREVIATION = re.compile(r"(?<!\w)([^\W\d_]\.)[ \u00a0\u202f]+(?=[^\W\d_]\.)")
_TYPED = re.compile(r"[^\s\"()]*[a-zäöü][^\s\"()]*", re.IGNORECASE)
_FIELD_MARK = "\x1f"


class _NotUnderstoodError(Exception):
    """The text is no query."""


def parse(text: str) -> Parsed:
    """Understand a query; of one that is no query, take the words.

    Every word is required unless operators say otherwise; OR binds tighter than a space, AND tighter than OR.
    """
    notices = [TOO_LONG] if len(text) > MAX_CHARS else []
    lucene, advanced = _to_lucene(text[:MAX_CHARS])
    if advanced:
        notices.append(UNSUPPORTED)
    if not lucene.strip():
        return Parsed(None, tuple(notices))
    reader = _Reader()
    try:
        node = reader.node(_parse(lucene), 0)
    except _NotUnderstoodError:
        reader = _Reader()
        node = reader.words(_plain(lucene))
        notices.append(SYNTAX)
    if reader.left_out:
        notices.append(TOO_LONG)
    return Parsed(node, tuple(dict.fromkeys(notices)))


def _to_lucene(text: str) -> tuple[str, bool]:
    """Write a query as luqum reads it: one kind of quote, English operators and fields, no stray signs."""
    text = _QUOTES.sub('"', text.replace("\x00", " ").replace(_FIELD_MARK, " "))
    shouted = not any(character.islower() for character in text)
    advanced = False
    sections = _WORDS_OR_PHRASE.split(text)
    for at in range(0, len(sections), 2):
        section = sections[at].replace('"', " ")
        advanced = advanced or _ADVANCED.search(section) is not None
        following = '"' if at + 1 < len(sections) else ""
        section = _TYPED.sub(lambda match: typed_with_signs(match[0]) or match[0], section)
        section = _ABBREVIATION.sub(r"\1", section)
        section = _FIELD.sub(_mark_field, section + following)
        section = section.removesuffix('"') if following else section
        section = _NO_SYNTAX.sub(" ", section).replace(_FIELD_MARK, ":")
        if not shouted:
            section = _OPERATOR.sub(lambda match: _OPERATORS[match[0]], section)
        sections[at] = section
    for at in range(1, len(sections), 2):
        sections[at] = sections[at].replace("\\", " ")
    return "".join(sections), advanced


def _mark_field(match: re.Match[str]) -> str:
    field = FIELDS.get(match[1].lower())
    return match[0] if field is None else field + _FIELD_MARK


def _parse(lucene: str) -> tree.Item:
    try:
        return parse_lucene(lucene)
    except (ParseError, ValueError, RecursionError) as exc:
        raise _NotUnderstoodError from exc


def _plain(lucene: str) -> list[str]:
    """Return the words of a query that is none, without its operators and field names."""
    words = re.sub(r"\b(?:AND|OR|NOT|TO)\b|\b\w+:", " ", lucene)
    return [token.surface for token in tokens(words)]


class _Reader:
    """Reads luqum's tree and counts its words."""

    def __init__(self) -> None:
        self.count = 0
        self.left_out = False

    def node(self, item: tree.Item, depth: int) -> Node | None:
        """Turn an item into a node, None where it holds no word."""
        if depth > MAX_DEPTH:
            raise _NotUnderstoodError
        match item:
            case tree.Word():
                return self._leaf(Word(item.value))
            case tree.Phrase():
                return self._leaf(Phrase(item.value[1:-1]))
            case tree.SearchField():
                return self._fielded(item, depth)
            case tree.Not() | tree.Prohibit():
                inner = self.node(item.a, depth + 1)
                return None if inner is None else Not(inner)
            case tree.Plus():
                return self.node(item.a, depth + 1)
            case tree.BaseGroup():
                return self.node(item.expr, depth + 1)
            case tree.OrOperation():
                found = self._nodes(item, depth)
                return Or(found) if len(found) > 1 else next(iter(found), None)
            case tree.AndOperation() | tree.UnknownOperation():
                return all_of(self._nodes(item, depth))
            case _:
                raise _NotUnderstoodError

    def words(self, surfaces: list[str]) -> Node | None:
        """Return a node that requires every word."""
        return all_of(tuple(node for surface in surfaces if (node := self._leaf(Word(surface))) is not None))

    def _nodes(self, item: tree.Item, depth: int) -> tuple[Node, ...]:
        found = (self.node(child, depth + 1) for child in item.children)
        return tuple(node for node in found if node is not None)

    def _fielded(self, item: tree.SearchField, depth: int) -> Node | None:
        if isinstance(item.expr, tree.Range):
            if item.name != "year":
                raise _NotUnderstoodError
            return self._leaf(Fielded("year", _between(item.expr)))
        inner = self.node(item.expr, depth + 1)
        return None if inner is None else Fielded(item.name, inner)

    def _leaf(self, node: Word | Phrase | Fielded) -> Node | None:
        count = 1 if isinstance(node, Fielded) else sum(1 for _ in tokens(node.text))
        if not count:
            return None
        self.count += count
        if self.count > MAX_WORDS:
            self.left_out = True
            return None
        return node


def _between(item: tree.Range) -> Between:
    return Between(_bound(item.low), _bound(item.high))


def _bound(item: tree.Item) -> int | None:
    text = str(item).strip()
    if text == "*":
        return None
    if not re.fullmatch(r"[0-9]{1,4}", text):
        raise _NotUnderstoodError
    return int(text)
