"""Elements of a large part, one after the other, without a tree of the whole."""

from __future__ import annotations

import io
from collections.abc import Iterator

from lxml import etree

from ingest.extractors.parts import Parts


def elements(parts: Parts, name: str, *tags: str) -> Iterator[etree._Element]:
    """Yield the elements of a part that have these tags in any namespace, as they end.

    Each is gone with the next, and so is what a caller has not taken by then. Markup that is not well-formed
    is read as far as it goes, and named in `parts.skipped`.
    """
    content = parts.content(name)
    if content is None:
        return
    events = etree.iterparse(
        io.BytesIO(content),
        tag=[f"{{*}}{tag}" for tag in tags],
        resolve_entities=False,
        no_network=True,
        recover=True,
    )
    is_whole = True
    try:
        for _, element in events:
            yield element
            _forget(element)
    except etree.XMLSyntaxError:
        is_whole = False
    said = f"{name} is damaged; what could be read was read."
    if (not is_whole or len(events.error_log)) and said not in parts.skipped:
        parts.skipped.append(f"{name} is damaged; what could be read was read.")


def _forget(element: etree._Element) -> None:
    """Take an element that was read, and all before it, out of the tree."""
    element.clear()
    before = element.getprevious()
    if before is not None:
        parent = element.getparent()
        while parent is not None and before is not None:
            parent.remove(before)
            before = element.getprevious()
