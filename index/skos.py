"""From SKOS files to a thesaurus: Turtle, N-Triples and RDF/XML, ours and other people's.

Labels in the languages of the archive are kept, others counted. Not read: SKOS-XL, hidden labels, notes,
notations, collections, what maps concepts of one scheme to those of another, and concepts without an address
of their own. Whatever a file says, nothing is fetched: rdflib is given bytes, and no format that may name
further files (JSON-LD).

Importing this imports rdflib, which takes as long as reading a small thesaurus: import it where one is read.

Source: SKOS Simple Knowledge Organization System Reference (W3C, 2009), sections 3, 5 and 8; RDF 1.1 Turtle,
N-Triples and XML Syntax (W3C, 2014).
"""

from __future__ import annotations

import codecs
import logging
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from xml.parsers.expat import ExpatError
from xml.sax import SAXException

from rdflib.exceptions import Error as RdflibError

from index.errors import ThesaurusError
from index.skos_statements import Statements
from index.skos_xml import RefusedError, check_xml
from index.thesaurus import Thesaurus

FORMATS: Mapping[str, str] = {".ttl": "turtle", ".nt": "turtle", ".rdf": "xml", ".xml": "xml", ".owl": "xml"}
"""Extension of a file -> the parser of rdflib that reads it; N-Triples are Turtle, too."""

_NAMES = {"turtle": "Turtle", "xml": "RDF/XML"}

MAX_BYTES = 64 << 20

_BASE = "http://thesaurus.invalid/"
"""What an address is taken relative to that is none by itself."""

MAX_BASES = 100
"""Changes of what addresses are relative to; each may make all that follow longer."""

_CHANGE_OF_BASE = re.compile(rb"\bbase\s*<", re.IGNORECASE)

_UNREADABLE = (
    *(RdflibError, SAXException, SyntaxError, ValueError, RecursionError),
    *(AssertionError, AttributeError, LookupError, TypeError),
)
"""What the parsers of rdflib raise for what they cannot read, and where they trip over it."""


def read_thesaurus(paths: Iterable[Path]) -> Thesaurus:
    """Read files into one thesaurus; what they say of the same concept adds up.

    Raises:
        ThesaurusError: a file is too large, broken, or of another format than its name says; or none of them
            has a concept.
        OSError: a file cannot be opened.
    """
    statements = Statements()
    path = None
    for path in paths:
        _parse(path, statements)
    thesaurus = statements.thesaurus()
    if path and not thesaurus.concepts:
        raise ThesaurusError(path, "It has no skos:Concept with a label in German, Russian or English.")
    return thesaurus


def _parse(path: Path, statements: Statements) -> None:
    parser = FORMATS.get(path.suffix.lower())
    if parser is None:
        known = ", ".join(sorted(FORMATS))
        raise ThesaurusError(
            path, f"Save it as Turtle or RDF/XML, under a name with one of {known} at its end."
        )
    with path.open("rb") as file:
        content = file.read(MAX_BYTES + 1).removeprefix(codecs.BOM_UTF8)
    if len(content) > MAX_BYTES:
        raise ThesaurusError(path, f"It has more than {MAX_BYTES >> 20} MB; leave out languages and notes.")
    if parser == "xml":
        _check(path, content)
    elif len(_CHANGE_OF_BASE.findall(content)) > MAX_BASES:
        raise ThesaurusError(path, f"It has more than {MAX_BASES} @base. Write its addresses in full.")
    # warns on standard error of every odd address and every number that is none
    logging.getLogger("rdflib.term").setLevel(logging.ERROR)
    try:
        statements.parse(data=content, format=parser, publicID=_BASE)
    except _UNREADABLE as exc:
        raise ThesaurusError(path, f"It is no {_NAMES[parser]}: {_shortened(exc)}") from exc


def _check(path: Path, content: bytes) -> None:
    try:
        check_xml(content)
    except RefusedError as exc:
        raise ThesaurusError(path, str(exc)) from exc
    except (ExpatError, LookupError) as exc:
        raise ThesaurusError(path, f"It is no XML: {_shortened(exc)}") from exc


def _shortened(error: Exception) -> str:
    """Return the first line of what a parser says; some quote the whole file."""
    return " ".join(str(error).split())[:200] or type(error).__name__
