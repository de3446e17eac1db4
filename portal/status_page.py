"""The status page as HTML: what is under way, what waits, drafts by reason, workers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from archive.search_log import Order, Unanswered
from ingest.batches import Batch
from ingest.presence import Living
from ingest.queue import ENDED, LOST
from ingest.queue_overview import Entry, Tally
from portal.cards import Shelf
from portal.checking.heaps import conference_name, source_name
from portal.checking.problems import trouble
from portal.markup import DOT, NOTHING, Markup, badge, tag, together
from portal.reader import Reader
from portal.status import Work
from portal.unanswered import API
from portal.urls import CHECK, STATUS, page_url


def head(reader: Reader) -> Markup:
    """Show what this page is."""
    _ = reader.texts.gettext
    lead = _("What waits and what went wrong, what the archive holds, and whether all is well.")
    return tag("div", tag("h1", _("Status"), tabindex="-1"), tag("p", lead, css="lead"), css="status-head")


def under_way(work: Work, drafts: int, shelf: Shelf, reader: Reader) -> Markup:
    """Show how much there is to do, what is being read, and who does it."""
    _, ngettext = reader.texts.gettext, reader.texts.ngettext
    tally = work.tally
    numbers = together(
        (
            _number(tally.waiting, ngettext("waits to be read", "wait to be read", tally.waiting), reader),
            _number(tally.reading, ngettext("is being read", "are being read", tally.reading), reader),
            _number(tally.failed, _("set aside"), reader, grave=True),
            _number(
                drafts,
                ngettext("draft needs a look", "drafts need a look", drafts),
                reader,
                url=reader.links.page(CHECK),
            ),
            _number(
                work.index_behind,
                ngettext("change not yet in the index", "changes not yet in the index", work.index_behind),
                reader,
            ),
        )
    )
    batches = together(_batch(batch, counts, shelf, reader) for batch, counts in work.batches)
    return tag(
        "div",
        tag("ul", numbers, css="tallies"),
        tag("ul", batches, css="progresses") if batches else NOTHING,
        _workers(work.workers, reader),
        css="under-way",
    )


def waiting(entries: Sequence[Entry], total: int, shelf: Shelf, reader: Reader) -> Markup:
    """List the files whose turn comes next."""
    _ = reader.texts.gettext
    if not entries:
        return NOTHING
    rows = together(
        tag(
            "tr",
            tag("th", entry.path, scope="row", dir="auto"),
            tag("td", conference_name(entry.conference, shelf, reader), dir="auto"),
            tag("td", reader.texts.moment(entry.entered_at) if entry.entered_at else "–"),
        )
        for entry in entries
    )
    table = _table((_("File"), _("Conference"), _("Came in")), rows, _("Files that wait"))
    more = total - len(entries)
    rest = reader.texts.ngettext("and {n} more", "and {n} more", more)
    return _section(_("Next in turn"), table, tag("p", rest, css="meta") if more > 0 else NOTHING)


def set_aside_head(count: int, reader: Reader) -> Markup:
    """Say what set aside means, above the files."""
    _ = reader.texts.gettext
    lead = _("These files are kept, and nothing tries to read them again until you say so.")
    counted = reader.texts.ngettext("{n} file set aside", "{n} files set aside", count)
    return _section(counted, tag("p", lead, css="meta"))


def set_aside(entry: Entry, shelf: Shelf, reader: Reader) -> Markup:
    """Say why a file was set aside."""
    words, is_english = reason_words(entry.error, reader)
    facts = [conference_name(entry.conference, shelf, reader), reader.texts.size(entry.size_bytes)]
    if entry.changed_at is not None:
        facts.append(reader.texts.moment(entry.changed_at))
    return tag(
        "div",
        tag("p", together((tag("span", fact, dir="auto") for fact in facts), DOT), css="meta"),
        tag("p", words, lang="en" if is_english else None, dir="auto"),
        css="set-aside",
    )


def drafts_head(total: int, reader: Reader) -> Markup:
    """Lead to the drafts that somebody has to look at."""
    _ = reader.texts.gettext
    counted = reader.texts.ngettext("{n} draft needs a look", "{n} drafts need a look", total)
    link = tag("a", _("Look at the drafts"), href=reader.links.page(CHECK), data_id="to-check")
    return _section(counted, tag("p", link))


def drafts_of(reason: str, count: int, reader: Reader) -> Markup:
    """Say why so many drafts are held."""
    words, is_english = reason_words(reason, reader)
    if not reason:
        words = reader.texts.gettext("They were read and wait to be published.")
    return tag(
        "div",
        tag("b", reader.texts.number(count)),
        tag("span", words, lang="en" if is_english else None, dir="auto"),
        css="reason",
    )


def reason_words(reason: str, reader: Reader) -> tuple[str, bool]:
    """Say why a file is held or set aside, and whether that is English for want of a translation."""
    _ = reader.texts.gettext
    own = {
        ENDED: _(
            "The program ended three times while this file was being read. Split the file, or save it in "
            "another format and hand that in."
        ),
        LOST: _("The bytes of this file are gone from received/. Hand the file in again."),
    }
    if reason in own:
        return own[reason], False
    words, is_english = trouble(reason, reader)
    return words, bool(is_english)


def unanswered(entries: Sequence[Unanswered], count: int, order: Order, reader: Reader) -> Markup:
    """List the queries that found nothing."""
    _ = reader.texts.gettext
    name = _("Queries without hits")
    if not entries:
        return _section(name, tag("p", _("Every query has found something so far."), css="meta"))
    rows = together(
        tag(
            "tr",
            tag("th", entry.query, scope="row", dir="auto"),
            tag("td", _asked_in(entry.language, reader)),
            tag("td", reader.texts.number(entry.times), css="number"),
            tag("td", reader.texts.short_date(entry.last_day), css="number"),
        )
        for entry in entries
    )
    heads = (
        _("Query"),
        _("Asked on pages in"),
        _sorted_by(_("How often"), Order.TIMES, order, reader),
        _sorted_by(_("Last asked"), Order.LAST_DAY, order, reader),
    )
    lead = _("What people seek and the archive does not have. Words and days are kept, nobody's name.")
    more = count - len(entries)
    rest = reader.texts.ngettext("and {n} more", "and {n} more", more)
    return _section(
        name,
        tag("p", lead, css="meta"),
        _table(heads, rows, name, css="facts-table queries-table"),
        tag("p", rest, css="meta") if more > 0 else NOTHING,
    )


def _number(count: int, words: str, reader: Reader, *, url: str = "", grave: bool = False) -> Markup:
    number = tag("b", reader.texts.number(count))
    name = tag("a", words, href=url, data_id=f"tally:{url}") if url else tag("span", words)
    return tag("li", number, name, css="grave" if grave and count else "" if count else "none")


def _batch(batch: Batch, tally: Tally, shelf: Shelf, reader: Reader) -> Markup:
    _ = reader.texts.gettext
    done, total = tally.done + tally.failed, tally.done + tally.failed + tally.under_way
    told = _("{done} of {total} files").format(
        done=reader.texts.number(done), total=reader.texts.number(total)
    )
    name = conference_name(batch.conference, shelf, reader) or source_name(batch, reader)
    facts = [source_name(batch, reader), *([batch.person] if batch.person else []), told]
    return tag(
        "li",
        tag("a", name, href=reader.links.check(batch.id), data_id=f"batch:{batch.id}", dir="auto"),
        tag("span", together((tag("span", fact) for fact in facts), DOT), css="meta"),
        tag("progress", value=done, max=total, aria_label=f"{name}: {told}"),
    )


def _workers(workers: Sequence[Living], reader: Reader) -> Markup:
    _ = reader.texts.gettext
    if not workers:
        none = _("No worker is alive: files wait until the portal is started again.")
        return tag("p", none, css="problem")
    kinds = {"work": _("Worker"), "ingest": _("Load from the command line"), "watch": _("Watch folder")}
    return tag(
        "ul",
        together(_worker(worker, kinds.get(worker.kind, worker.kind), reader) for worker in workers),
        css="workers",
        aria_label=_("Workers"),
    )


def _worker(worker: Living, kind: str, reader: Reader) -> Markup:
    _ = reader.texts.gettext
    since = _("since {moment}").format(moment=reader.texts.moment(worker.started_at))
    said = tag("span", _("has nothing to do"), css="meta")
    if worker.in_hand:
        paths = together((tag("span", path, dir="auto") for path in worker.in_hand), DOT)
        said = tag("span", tag("span", _("reads"), css="label"), " ", paths, css="doing")
    return tag("li", tag("b", kind), tag("span", since, css="meta"), said)


def _sorted_by(name: str, order: Order, current: Order, reader: Reader) -> Markup:
    lang = {"lang": [reader.links.lang]} if reader.links.lang else {}
    by: Mapping[str, Sequence[str]] = {"sort": [order.value], **lang}
    return tag(
        "a",
        name,
        href=page_url(STATUS, by),
        aria_current="true" if order is current else None,
        data_id=f"sort:{order.value}",
        data_keep=True,
    )


def _asked_in(language: str, reader: Reader) -> Markup:
    if language == API:
        return tag("span", reader.texts.gettext("JSON interface"))
    return badge(language, reader.texts.language_name(language))


def _table(heads: Sequence[str], rows: Markup, name: str, css: str = "facts-table") -> Markup:
    head_row = tag("tr", together(tag("th", each, scope="col") for each in heads))
    table = tag("table", tag("thead", head_row), tag("tbody", rows), css=css, aria_label=name)
    return tag("div", table, css="scroll", tabindex="0", role="group", aria_label=name)


def _section(name: str, *content: Markup) -> Markup:
    return tag("section", tag("h2", name), together(content), css="status-part")
