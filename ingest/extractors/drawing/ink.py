"""The text of content parts: handwriting that was recognised, and whatever else is not drawn by shapes.

Source: W3C InkML 4.4 (annotations); W3C EMMA 3.2 (interpretations); [MS-PPTX] 2.2.1 (contentPart).
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from ingest.extractors import drawing, markup

_INK = "{http://www.w3.org/2003/InkML}ink"
_SAID = frozenset(("annotation", "literal"))
_SVG_TEXT = frozenset(("text", "title", "desc"))


def ink_lines(content: etree._Element) -> Iterator[str]:
    """Yield what a content part says, each thing once."""
    texts: Iterator[str]
    if content.tag == _INK:
        texts = (_text(each) for each in content.iter() if markup.local_name(each) in _SAID)
    elif markup.local_name(content) == "svg":
        texts = (_text(each) for each in content.iter() if markup.local_name(each) in _SVG_TEXT)
    elif markup.local_name(content) == "math":
        texts = iter((_text(content),))
    else:
        texts = drawing.paragraphs(content)
    yield from dict.fromkeys(text for text in texts if text.strip())


def _text(element: etree._Element) -> str:
    return " ".join("".join(map(str, element.itertext())).split())
