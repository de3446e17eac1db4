"""XML from hostile hands: no entities, no network, no giants."""

from __future__ import annotations

from lxml import etree

from ingest.extraction import DamagedError

MAX_PART_BYTES = 256 * 1024 * 1024
"""No single XML part may be larger than this."""


def parse(content: bytes, *, recover: bool = False) -> etree._Element:
    """Return the root element, without comments and instructions; with `recover`, of what can be read.

    Raises:
        DamagedError: the markup is not well-formed, or nothing of it could be read.
    """
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        recover=recover,
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as exc:
        raise DamagedError from exc
    if root is None:
        raise DamagedError
    return root


def local_name(element: etree._Element) -> str:
    """Return the tag without its namespace; "" for comments and processing instructions."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
