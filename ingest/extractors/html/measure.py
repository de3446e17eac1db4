"""How much text is in each element of a page, and of which kind, for deciding what of it is content.

Source: none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from lxml import etree

INVISIBLE = frozenset(("script", "style", "template", "head", "xml"))
"""Elements whose text is never shown."""

_FILES = re.compile(
    r"\.(pdf|pptx?|ppsx?|docx?|xlsx?|od[tpsg]|key|zip|rar|rtf|epub|djvu?|mp[34])([?#]|$)", re.IGNORECASE
)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4"))


@dataclass(slots=True)
class Measure:
    """What an element holds, with all that is in it. Lengths are numbers of characters without spaces around.

    `files` are links to documents, `fields` what people fill in, `rows` those of tables.
    """

    text: int = 0
    linked: int = 0
    files: int = 0
    fields: int = 0
    tables: int = 0
    rows: int = 0
    headings: int = 0
    titles: int = 0

    def add(self, inner: Measure) -> None:
        """Take in an element inside."""
        self.text += inner.text
        self.linked += inner.linked
        self.files += inner.files
        self.fields += inner.fields
        self.tables += inner.tables
        self.rows += inner.rows
        self.headings += inner.headings
        self.titles += inner.titles


def measure(
    root: etree._Element, is_wanted: Callable[[etree._Element], bool]
) -> Mapping[etree._Element, Measure]:
    """Measure the page, and each element in it that is wanted; those that are never shown hold nothing."""
    found: dict[etree._Element, Measure] = {}
    open_elements: list[Measure] = [Measure()]
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = element.tag
        if event == "start":
            open_elements.append(_own(element, tag))
            continue
        inner = open_elements.pop()
        if tag in INVISIBLE:
            inner = Measure()
        elif tag == "a":
            inner.linked = inner.text
            inner.files += bool(_FILES.search(element.get("href", "")))
        if element is root or is_wanted(element):
            found[element] = inner
        around = open_elements[-1]
        around.add(inner)
        if element.tail and element is not root:
            around.text += len(element.tail.strip())
    return found


def _own(element: etree._Element, tag: object) -> Measure:
    if not isinstance(tag, str):
        return Measure()
    return Measure(
        text=len((element.text or "").strip()),
        fields=tag in ("input", "select", "textarea", "button") and element.get("type") != "hidden",
        tables=tag == "table",
        rows=tag == "tr",
        headings=tag in _HEADINGS,
        titles=tag in ("h1", "main", "article"),
    )
