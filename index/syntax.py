"""The query language: from what a reader typed to a small tree of words, phrases, operators and fields.

Lucene's syntax in the three languages of the archive. Nothing that can be typed fails: what cannot be
understood is searched as plain words, and a `Notice` says so. What the words mean to the index is the
business of `clauses.py`.

Source: docs/query-syntax.md; luqum, luqum.tree.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from luqum import tree
from luqum.exceptions import ParseError
from luqum.thread import parse as parse_lucene

from index.query_text import FIELDS, PLUS, as_lucene
from index.signs import signed_key
from index.text import tokens
from index.tree import Between, Boosted, Fielded, Fuzzy, Node, Not, Or, Pattern, Phrase, Word, all_of

MAX_CHARS = 1000
"""A longer query is cut."""

MAX_WORDS = 40
"""More words and phrases than that are left out."""

MAX_DEPTH = 12
"""Brackets and operators nested deeper are not followed."""

MAX_PATTERNS = 8
"""More words with wildcards, that may be misspelt, or of phrases with others between, are left out."""

MIN_LETTERS = 2
"""A pattern with fewer letters fits nearly every word."""


MIN_FUZZY_LETTERS, SHORT_LETTERS = 3, 5
"""A shorter word is like too many others; one of so many letters at most is like those one edit away."""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the reader should be told, as a code to translate and as English text."""

    code: str
    text: str


SYNTAX = Notice("syntax", "Part of the query was not understood; its words were searched.")
TOO_LONG = Notice("too_long", f"Only the first {MAX_WORDS} words of the query were searched.")
PATTERNS = Notice(
    "patterns",
    f"Only the first {MAX_PATTERNS} words with wildcards, fuzzy spelling or nearness were searched.",
)
WILDCARD = Notice("wildcard", f"Words with wildcards need {MIN_LETTERS} letters; others were left out.")


@dataclass(frozen=True, slots=True)
class Parsed:
    """A query understood: its tree, None if there is nothing to search for, and what to tell the reader."""

    node: Node | None
    notices: tuple[Notice, ...] = ()


_FIELDS = frozenset(FIELDS.values())
_WILDCARDS = re.compile(r"[*?]")
_BESIDE_PATTERN = re.compile(r"[^\w*?]+")


class _NotUnderstoodError(Exception):
    """The text is no query."""


def parse(text: str) -> Parsed:
    """Understand a query; of one that is no query, take the words.

    Every word is required unless operators say otherwise; OR binds tighter than a space, AND tighter than OR.
    """
    notices = [TOO_LONG] if len(text) > MAX_CHARS else []
    lucene = as_lucene(text[:MAX_CHARS])
    if not lucene.strip():
        return Parsed(None, tuple(notices))
    reader = _Reader()
    try:
        node = reader.node(_parse(lucene), 0)
    except _NotUnderstoodError:
        reader = _Reader()
        node = reader.words(_plain(lucene))
        notices.append(SYNTAX)
    return Parsed(node, tuple(dict.fromkeys((*notices, *reader.notices))))


def _parse(lucene: str) -> tree.Item:
    try:
        return parse_lucene(lucene)
    except (ParseError, ValueError, ArithmeticError, RecursionError) as exc:
        raise _NotUnderstoodError from exc


def _plain(lucene: str) -> list[str]:
    """Return the words of a query that is none, without its operators and field names."""
    words = re.sub(r"\b(?:AND|OR|NOT|TO)\b|\b\w+:", " ", lucene)
    return [token.surface for token in tokens(words)]


class _Reader:
    """Reads luqum's tree, counts its words, and notes what the reader should be told."""

    def __init__(self) -> None:
        self.count = self.patterns = 0
        self.notices: list[Notice] = []

    def node(self, item: tree.Item, depth: int) -> Node | None:
        """Turn an item into a node, None where it holds no word."""
        if depth > MAX_DEPTH:
            raise _NotUnderstoodError
        match item:
            case tree.Word():
                return self._word(item.value)
            case tree.Phrase():
                return self._phrase(item, 0)
            case tree.Proximity():
                return self._phrase(item.term, int(item.degree))
            case tree.Fuzzy():
                return self._fuzzy(item.term.value, int(item.degree))
            case tree.SearchField():
                return self._fielded(item, depth)
            case tree.Boost():
                inner = self.node(item.expr, depth + 1)
                return None if inner is None else Boosted(inner, float(item.force))
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

    def _word(self, text: str) -> Node | None:
        """Read a word, of which each part between hyphens and other signs may be a pattern."""
        if not _WILDCARDS.search(text):
            return self._leaf(Word(text.replace(PLUS, "+")))
        found = (
            self._pattern(part) if _WILDCARDS.search(part) else self._leaf(Word(part))
            for part in _BESIDE_PATTERN.split(text)
        )
        return all_of(tuple(node for node in found if node is not None))

    def _pattern(self, text: str) -> Node | None:
        if sum(map(str.isalnum, text)) >= MIN_LETTERS:
            return self._costly(Pattern(text))
        self.notices.append(WILDCARD)
        return None

    def _fuzzy(self, text: str, edits: int) -> Node | None:
        """Read a word that may be misspelt; too short a one is taken as it is."""
        letters = sum(map(str.isalnum, text))
        if letters < MIN_FUZZY_LETTERS or _WILDCARDS.search(text):
            return self._word(text)
        return self._costly(Fuzzy(text, edits if letters > SHORT_LETTERS else 1))

    def _costly(self, node: Pattern | Fuzzy | Phrase) -> Node | None:
        """Take what is costly to look for, until so many words were taken."""
        if self.patterns >= MAX_PATTERNS:
            self.notices.append(PATTERNS)
            return None
        self.patterns += sum(1 for _ in tokens(node.text)) if isinstance(node, Phrase) else 1
        return self._leaf(node)

    def _phrase(self, item: tree.Phrase, slop: int) -> Node | None:
        text = item.value[1:-1].strip()
        if signed_key(text):
            return self._leaf(Word(text))
        return self._costly(Phrase(text, slop)) if slop else self._leaf(Phrase(text))

    def _fielded(self, item: tree.SearchField, depth: int) -> Node | None:
        if isinstance(item.expr, tree.Range):
            if item.name != "year":
                raise _NotUnderstoodError
            return self._leaf(Fielded("year", _between(item.expr)))
        if item.name not in _FIELDS:
            raise _NotUnderstoodError
        inner = self.node(item.expr, depth + 1)
        return None if inner is None else Fielded(item.name, inner)

    def _leaf(self, node: Word | Phrase | Pattern | Fuzzy | Fielded) -> Node | None:
        count = 1 if isinstance(node, Fielded | Pattern) else sum(1 for _ in tokens(node.text))
        if not count:
            return None
        self.count += count
        if self.count > MAX_WORDS:
            self.notices.append(TOO_LONG)
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
