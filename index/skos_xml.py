"""Which RDF/XML is let through to its parser, which copies what it has read so far again and again.

Looked at is what makes reading take longer than the file is large: entities, deep nesting, declarations of
namespaces, endless tags and texts, and XML literals, which rdflib parses anew with every word of theirs. What
is let through may still be wrong.

Source: Extensible Markup Language (XML) 1.0, sections 2 and 4; RDF 1.1 XML Syntax, section 2.8.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Never
from xml.parsers import expat

MAX_DEPTH = 50
"""Elements within one another; SKOS needs six, or as many as its terms have levels."""

MAX_NAMESPACES = 100
"""Declared at one place; SKOS needs three."""

MAX_TEXT_CHARS = 20_000
"""Between two tags."""

MAX_TAG_BYTES = 1 << 20

_CHUNK_BYTES = 1 << 16
_PARSE_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#parseType"


class RefusedError(ValueError):
    """A file would take too long to read."""


def check_xml(content: bytes) -> None:
    """Go through a file once.

    Raises:
        RefusedError: it has what is not let through.
        expat.ExpatError: it is no XML.
    """
    _Check().run(content)


class _Check:
    def __init__(self) -> None:
        self._parser = expat.ParserCreate(namespace_separator="")
        self._parser.EntityDeclHandler = self._declare_entity
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._read
        self._parser.StartNamespaceDeclHandler = self._open_namespace
        self._parser.EndNamespaceDeclHandler = self._close_namespace
        self._depth = 0
        self._namespaces = 0
        self._chars = 0

    def run(self, content: bytes) -> None:
        for start in range(0, len(content), _CHUNK_BYTES):
            self._parser.Parse(content[start : start + _CHUNK_BYTES], False)
            if start - self._parser.CurrentByteIndex > MAX_TAG_BYTES:
                _refuse("a tag or comment without end")
        self._parser.Parse(b"", True)

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            _refuse(f"more than {MAX_DEPTH} elements within one another")
        self._chars = 0
        if attributes.get(_PARSE_TYPE, "Resource") not in ("Resource", "Collection"):
            _refuse("XML within it that is no RDF (parseType)")

    def _end(self, name: str) -> None:
        self._chars = 0
        self._depth -= 1

    def _read(self, text: str) -> None:
        self._chars += len(text)
        if self._chars > MAX_TEXT_CHARS:
            _refuse(f"a text of more than {MAX_TEXT_CHARS} characters")

    def _open_namespace(self, prefix: str | None, uri: str) -> None:
        self._namespaces += 1
        if self._namespaces > MAX_NAMESPACES:
            _refuse(f"more than {MAX_NAMESPACES} namespaces")

    def _close_namespace(self, prefix: str | None) -> None:
        self._namespaces -= 1

    def _declare_entity(self, *_: object) -> None:
        _refuse("entities of its own")


def _refuse(what: str) -> Never:
    raise RefusedError(f"It has {what}, which is not read. Save it as Turtle.")
