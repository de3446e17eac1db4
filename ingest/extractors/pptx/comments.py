"""Comments on slides with the names of who wrote them; replies after what they reply to.

Source: ISO/IEC 29500-1, 19.4 (comments); [MS-PPTX] 2.6 (threaded comments), 2.14 (their modern form).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from lxml import etree

from ingest.extractors import markup
from ingest.extractors.drawing import paragraphs
from ingest.extractors.parts import Parts

_AUTHORS = ("commentAuthors", "authors")
_AN_AUTHOR = frozenset(("cmAuthor", "author"))
_A_COMMENT = frozenset(("cm", "reply"))


def comment_authors(parts: Parts, presentation: str) -> dict[str, str]:
    """Return the names of authors by their identifiers, of both kinds of comments."""
    names: dict[str, str] = {}
    for kind in _AUTHORS:
        for name in parts.related(presentation, kind):
            part = parts.read(name)
            for element in () if part is None else part.root.iter():
                if markup.local_name(element) in _AN_AUTHOR:
                    names[element.get("id", "")] = element.get("name", "").strip()
    return names


def comments(root: etree._Element, authors: Mapping[str, str]) -> Iterator[str]:
    """Yield each comment and each reply that has words, "name: text"."""
    found = [element for element in root.iter() if markup.local_name(element) in _A_COMMENT]
    known = {_identity(element) for element in found}
    replies: defaultdict[tuple[str, str], list[etree._Element]] = defaultdict(list)
    threads = []
    for element in found:
        parent = next((each for each in element.iter() if markup.local_name(each) == "parentCm"), None)
        above = None if parent is None else _identity(parent)
        if above is not None and above in known and above != _identity(element):
            replies[above].append(element)
        else:
            threads.append(element)
    ordered = []
    waiting = threads[::-1]
    while waiting:
        ordered.append(waiting.pop())
        waiting += reversed(replies.pop(_identity(ordered[-1]), []))
    for element in (*ordered, *(each for rest in replies.values() for each in rest)):
        if said := _said(element, authors):
            yield said


def _identity(element: etree._Element) -> tuple[str, str]:
    return element.get("authorId", ""), element.get("idx", "") or element.get("id", "")


def _said(element: etree._Element, authors: Mapping[str, str]) -> str:
    lines = []
    for child in element:
        if markup.local_name(child) == "text":
            lines.append(child.text or "")
        elif markup.local_name(child) == "txBody":
            lines += paragraphs(child)
    name = authors.get(element.get("authorId", ""), "")
    text = "\n".join(line for line in lines if line.strip())
    return f"{name}: {text}" if name and text else text
