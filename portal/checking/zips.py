"""The zips of a batch whose files lie on the desk in their place."""

from __future__ import annotations

from ingest.drafts import Desk, Entry
from ingest.outcome import Status
from portal.checking.problems import trouble
from portal.markup import NOTHING, Markup, tag, together
from portal.reader import Reader

_ZIPS_LISTED = 200


def unpacked_zips(desk: Desk, reader: Reader) -> Markup:
    """List the zips that were unpacked, each with how many files came out of it; nothing where none was."""
    found = [entry for entry in desk.entries if entry.status == Status.SKIPPED.value]
    if not found:
        return NOTHING
    heading = reader.texts.ngettext("{n} zip was unpacked", "{n} zips were unpacked", len(found))
    items = together(_zip(entry, reader) for entry in found[:_ZIPS_LISTED])
    return tag("section", tag("h2", heading), tag("ul", items, css="known"), css="special")


def _zip(entry: Entry, reader: Reader) -> Markup:
    words, language = trouble(entry.error, reader)
    said = tag("span", words, lang="en" if language else None)
    return tag("li", tag("span", entry.path, css="path", dir="auto"), said)
