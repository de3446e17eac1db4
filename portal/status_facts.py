"""The lower half of the status page as HTML: what is held, disk, index, last verification, versions."""

from __future__ import annotations

from collections.abc import Sequence

from archive.formats import format_of
from archive.holdings import Holdings
from archive.verification_log import Verified
from portal.cards import Shelf
from portal.checking.heaps import conference_name
from portal.markup import NOTHING, Markup, badge, tag, together
from portal.reader import Reader
from portal.status import Disk, Status

VERIFY_DAYS = 31
"""A verification longer ago than that is called old."""


def holdings(held: Holdings, shelf: Shelf, reader: Reader) -> Markup:
    """Show what is held by conference, language and format."""
    _, texts = reader.texts.gettext, reader.texts
    if not held.conferences:
        return _section(_("Holdings"), tag("p", _("The archive is empty."), css="meta"))
    order = {name: number for number, name in enumerate(shelf.conferences)}
    names = sorted(held.conferences, key=lambda name: (order.get(name, len(order)), name))
    conferences = [
        (
            tag("a", conference_name(name, shelf, reader), href=reader.links.conference(name), dir="auto"),
            *_counts(held.conferences[name].published, held.conferences[name].drafts, reader),
            texts.number(held.conferences[name].files),
            texts.size(held.conferences[name].size_bytes),
        )
        for name in names
    ]
    total = held.all
    conferences.append(
        (
            tag("b", _("All")),
            *_counts(total.published, total.drafts, reader),
            texts.number(total.files),
            texts.size(total.size_bytes),
        )
    )
    heads = (_("Conference"), _("Published"), _("Drafts"), _("Files"), _("Size"))
    languages = [
        (_language(code, reader), texts.number(count))
        for code, count in sorted(held.languages.items(), key=lambda pair: (-pair[1], pair[0]))
    ]
    formats = [
        (format_of(name).upper() or name, texts.number(each.files), texts.size(each.size_bytes))
        for name, each in sorted(held.formats.items(), key=lambda pair: (-pair[1].files, pair[0]))
    ]
    beside = tag(
        "div",
        _table((_("Language"), _("Documents")), languages, _("Holdings by language")),
        _table((_("Format"), _("Files"), _("Size")), formats, _("Holdings by format")),
        css="side-by-side",
    )
    return _section(_("Holdings"), _table(heads, conferences, _("Holdings by conference")), beside)


def machine(status: Status, reader: Reader) -> Markup:
    """Show disk, index, last verification and versions."""
    _ = reader.texts.gettext
    facts = tag(
        "dl",
        together(
            (
                _fact(_("Disk"), _disk(status.disk, reader)),
                _fact(_("Search index"), _index(status, reader)),
                _fact(_("Last verification"), _verified(status.verified, reader)),
                _fact(_("Software"), _versions(status)),
            )
        ),
        css="machine",
    )
    return _section(_("Machine and program"), facts)


def _disk(disk: Disk, reader: Reader) -> Markup:
    _ = reader.texts.gettext
    free, total = _size(disk.free_bytes, reader), _size(disk.total_bytes, reader)
    said = _("{free} of {total} are free").format(free=free, total=total)
    used = disk.total_bytes - disk.free_bytes
    bar = tag("progress", value=used, max=disk.total_bytes, aria_label=said)
    names = {
        "storage": _("originals"),
        "received": _("received"),
        "uploads": _("uploads"),
        "index": _("index"),
        "pictures": _("pictures"),
    }
    parts = (f"{names.get(name, name)} {_size(size, reader)}" for name, size in disk.parts.items() if size)
    return together((tag("p", said), bar, tag("p", ", ".join(parts), css="meta")))


def _size(size_bytes: int, reader: Reader) -> str:
    """Write a size, that of a disk in gigabytes."""
    if size_bytes < 1_000_000_000:
        return reader.texts.size(size_bytes)
    return reader.texts.gettext("{n} GB").format(n=reader.texts.number(round(size_bytes / 1_000_000_000)))


def _index(status: Status, reader: Reader) -> Markup:
    _, ngettext = reader.texts.gettext, reader.texts.ngettext
    behind = status.work.index_behind
    if not status.index_current:
        said = _("It is being built anew.")
    elif behind:
        said = ngettext("{n} change is not yet in it.", "{n} changes are not yet in it.", behind)
    else:
        said = _("It holds everything.")
    return together((tag("p", said), tag("p", status.index_stamp, css="meta", lang="en")))


def _verified(verified: Verified | None, reader: Reader) -> Markup:
    _, ngettext = reader.texts.gettext, reader.texts.ngettext
    how = tag("code", "python -m portal verify")
    if verified is None:
        return together((tag("p", _("Never yet."), css="warned"), tag("p", how, css="meta")))
    found = ngettext("{n} finding", "{n} findings", verified.findings)
    said = _("Nothing is damaged.") if not verified.findings else found
    days = (reader.today - verified.at.astimezone().date()).days
    old = days > VERIFY_DAYS
    css = "warned" if old or verified.findings else ""
    again = tag("p", _("That was some time ago; verify again:"), " ", how, css="meta")
    return together(
        (tag("p", f"{reader.texts.moment(verified.at)}: {said}", css=css), again if old else NOTHING)
    )


def _versions(status: Status) -> Markup:
    pairs = (f"{name} {version}" for name, version in status.versions.items())
    return tag("p", ", ".join(pairs), css="meta", lang="en")


def _fact(name: str, content: Markup) -> Markup:
    return together((tag("dt", name), tag("dd", content)))


def _counts(published: int, drafts: int, reader: Reader) -> tuple[str, str]:
    return reader.texts.number(published), reader.texts.number(drafts) if drafts else "–"


def _language(code: str, reader: Reader) -> Markup:
    name = reader.texts.language_name(code)
    return together((badge(code, name), tag("span", name, aria_hidden="true")))


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]], name: str) -> Markup:
    head_row = tag("tr", together(tag("th", each, scope="col") for each in heads))
    body = together(
        tag("tr", tag("th", first, scope="row"), together(tag("td", each, css="number") for each in rest))
        for first, *rest in rows
    )
    table = tag("table", tag("thead", head_row), tag("tbody", body), css="facts-table", aria_label=name)
    return tag("div", table, css="scroll", tabindex="0", role="group", aria_label=name)


def _section(name: str, *content: Markup) -> Markup:
    return tag("section", tag("h2", name), together(content), css="status-part")
