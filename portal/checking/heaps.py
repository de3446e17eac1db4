"""What there is to check in the whole archive: one line for each upload, load or conference."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.batches import Batch
from ingest.drafts import Heap
from portal.cards import Shelf
from portal.checking.place import Place
from portal.markup import DOT, NOTHING, Markup, tag, together
from portal.reader import Reader


def heaps_page(heaps: Sequence[Heap], shelf: Shelf, reader: Reader) -> Markup:
    """Show all drafts that need a look, the newest first, or that there are none."""
    _ = reader.texts.gettext
    heading = tag("h1", _("Check drafts"), tabindex="-1")
    drafts = sum(heap.drafts for heap in heaps)
    if not heaps:
        return tag("div", heading, _nothing(reader), css="check-start")
    told = reader.texts.ngettext("{n} draft needs a look.", "{n} drafts need a look.", drafts)
    lead = _("Look through what was found out of each file, correct it, and publish.")
    items = together(_heap(heap, shelf, reader) for heap in heaps)
    return tag(
        "div",
        heading,
        tag("p", f"{told} {lead}", css="lead", data_announce=told),
        tag("ul", items, css="heaps"),
        css="check-start",
    )


def source_name(batch: Batch | None, reader: Reader) -> str:
    """Say how files came in."""
    _ = reader.texts.gettext
    if batch is None:
        return _("Brought in from the command line")
    names = {"upload": _("Uploaded"), "watch": _("Watch folder"), "page": _("Saved web page")}
    return names.get(batch.source, _("Load"))


def conference_name(identifier: str, shelf: Shelf, reader: Reader) -> str:
    """Name a conference, by its identifier where the archive does not describe it."""
    known = shelf.conferences.get(identifier)
    return reader.conference(known) if known else identifier


def _heap(heap: Heap, shelf: Shelf, reader: Reader) -> Markup:
    _, ngettext = reader.texts.gettext, reader.texts.ngettext
    url = reader.links.check(heap.batch.id) if heap.batch else _conference_url(heap, reader)
    name = conference_name(heap.conference, shelf, reader) or _("Without a conference")
    facts = [source_name(heap.batch, reader)]
    if heap.batch and heap.batch.person:
        facts.append(heap.batch.person)
    facts.append(reader.texts.moment(heap.newest_at))
    extra = [
        tag("span", ngettext("{n} file is still read", "{n} files are still read", heap.under_way))
        if heap.under_way
        else NOTHING,
        tag(
            "span",
            ngettext("{n} file was not taken in", "{n} files were not taken in", heap.failed),
            css="grave",
        )
        if heap.failed
        else NOTHING,
    ]
    identifier = heap.batch.id if heap.batch else heap.conference
    return tag(
        "li",
        tag(
            "div",
            tag("h2", tag("a", name, href=url, data_id=f"heap:{identifier}")),
            tag("p", together((tag("span", fact) for fact in facts), DOT), css="meta"),
        ),
        tag(
            "p",
            tag("b", ngettext("{n} draft", "{n} drafts", heap.drafts)),
            together(extra),
            css="count",
        ),
        css="heap",
    )


def _conference_url(heap: Heap, reader: Reader) -> str:
    return Place(conference=heap.conference).url(reader)


def _nothing(reader: Reader) -> Markup:
    _ = reader.texts.gettext
    return tag(
        "div",
        tag("p", _("Everything has been looked at."), css="big"),
        tag("p", _("New drafts appear here as soon as files have been uploaded and read."), css="lead"),
        tag("p", tag("a", _("Upload files"), href=reader.links.upload(), css="button"), css="buttons"),
        css="all-done",
    )
