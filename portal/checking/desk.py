"""The desk: what lies on it, what is special, what people should decide before they publish."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from archive.model import Document, Sensitive, State
from index.query import Query
from ingest.drafts import Desk, Draft, Entry
from portal.cards import Shelf
from portal.checking.heaps import conference_name, source_name
from portal.checking.place import Look, Place
from portal.checking.problems import (
    Problem,
    counted,
    problem_name,
    sensitive_name,
    state_of_entry,
    trouble,
)
from portal.checking.withholding import withheld_meaning
from portal.markup import DOT, NOTHING, Markup, tag, together
from portal.reader import Reader

_FILES_LISTED = 200


def desk_head(desk: Desk, place: Place, shelf: Shelf, reader: Reader) -> Markup:
    """Show what the page is about, with the way back to all drafts."""
    _ = reader.texts.gettext
    batch = desk.batch
    conference = batch.conference if batch else place.conference
    name = conference_name(conference, shelf, reader) or _("Without a conference")
    facts = [source_name(batch, reader)] if batch else []
    if batch and batch.person:
        facts.append(batch.person)
    if batch:
        facts.append(reader.texts.moment(batch.created_at))
        facts.append(reader.texts.ngettext("{n} file", "{n} files", len(desk.entries)))
    facts.append(reader.texts.ngettext("{n} draft", "{n} drafts", len(desk.drafts)))
    crumbs = tag("a", _("All drafts"), href=reader.links.check(), data_id="to:heaps")
    return tag(
        "div",
        tag("nav", crumbs, css="crumbs", aria_label=_("Where you are")),
        tag("h1", _("Check drafts: {name}").format(name=name), tabindex="-1"),
        tag("p", together((tag("span", fact) for fact in facts), DOT), css="meta"),
        css="check-head",
    )


def progress_bar(done: int, total: int, reader: Reader) -> Markup:
    """Show how many files have been read."""
    _ = reader.texts.gettext
    told = _("{done} of {total} read").format(
        done=reader.texts.number(done), total=reader.texts.number(total)
    )
    bar = tag("progress", value=done, max=total, aria_label=told)
    lead = _("You may begin already, and leave this page at any time.")
    return tag("div", tag("p", tag("b", told), " ", tag("span", lead, css="meta")), bar, css="reading-on")


def chips(desk: Desk, place: Place, reader: Reader) -> Markup:
    """Link to the drafts that have something special, with how many there are, and to grid and list."""
    _ = reader.texts.gettext
    counts = counted(desk.drafts)
    every = _chip(
        _("All"),
        reader.texts.number(len(desk.drafts)),
        place.url(reader, problem=None, open=""),
        place.problem is None,
        "all",
    )
    some = [
        _chip(
            problem_name(problem, reader),
            reader.texts.number(counts[problem]),
            place.url(reader, problem=problem, open=""),
            place.problem is problem,
            problem.value,
        )
        for problem in Problem
        if counts[problem] or place.problem is problem
    ]
    looks = [
        tag(
            "a",
            name,
            href=place.url(reader, look=look),
            aria_current="true" if place.look is look else None,
            data_id=f"look:{look.value}",
            data_keep=True,
        )
        for look, name in ((Look.GRID, _("Grid")), (Look.LIST, _("List")))
    ]
    return tag(
        "div",
        tag("nav", every, *some, css="chips", aria_label=_("Which drafts are shown")),
        tag("nav", together(looks), css="tabs", aria_label=_("How drafts are shown")),
        css="check-bar",
    )


def _chip(name: str, count: str, url: str, current: bool, identifier: str) -> Markup:
    return tag(
        "a",
        name,
        " ",
        tag("small", count),
        css="pick",
        href=url,
        aria_current="true" if current else None,
        data_id=f"show:{identifier}",
        data_keep=True,
    )


def special(desk: Desk, reader: Reader) -> Markup:
    """List the files that became no draft of their own, each with what became of it."""
    _ = reader.texts.gettext
    if not desk.known:
        return NOTHING
    items = together(_known(entry, desk, reader) for entry in desk.known[:_FILES_LISTED])
    count = len(desk.known)
    heading = reader.texts.ngettext("{n} file was there already", "{n} files were there already", count)
    return tag("section", tag("h2", heading), tag("ul", items, css="known"), css="special")


def _known(entry: Entry, desk: Desk, reader: Reader) -> Markup:
    identifier = entry.document or ""
    draft = desk.draft(identifier)
    document = draft.document if draft else desk.others.get(identifier)
    state = state_of_entry(entry, desk, reader)
    link: Markup = NOTHING
    if document is not None:
        link = tag(
            "a",
            document.title,
            href=reader.links.record(document.id),
            dir="auto",
            data_id=f"known:{entry.id}",
        )
    return tag("li", tag("span", entry.path, css="path", dir="auto"), tag("span", state), link)


def failed_entry(entry: Entry, reader: Reader) -> Markup:
    """Show a file that was not taken in, and why."""
    words, language = trouble(entry.error, reader)
    return tag(
        "div",
        tag("b", entry.path, dir="auto"),
        tag("p", words, css="meta", lang="en" if language else None),
        css="failed",
    )


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that drafts hold: how many of them, and what would become of it."""

    what: Sensitive
    drafts: tuple[Draft, ...]
    kept: int


def warnings_of(drafts: Sequence[Draft]) -> tuple[Finding, ...]:
    """Sum up what drafts hold that is not to be published unasked."""
    found = []
    for what in Sensitive:
        holding = tuple(draft for draft in drafts if what in draft.found)
        if holding:
            kept = sum(1 for draft in holding if what in draft.withheld)
            found.append(Finding(what, holding, kept))
    return tuple(found)


def warnings_head(reader: Reader) -> Markup:
    """Say what the choice is, and what it means."""
    _ = reader.texts.gettext
    return tag(
        "div",
        tag("h2", _("Not for everybody?")),
        tag(
            "p",
            _(
                "These drafts hold what the audience did not see, or how to reach people. Kept for staff "
                "means: others are not shown the text and do not find it, and only staff can have the file "
                "that holds it. Another format without it, such as a PDF beside the slides, stays public."
            ),
            css="lead",
        ),
        css="warnings",
    )


def warning_words(warning: Finding, reader: Reader) -> str:
    """Say how many drafts hold something, how many keep it for staff, and what that means."""
    meaning = withheld_meaning(warning.what, reader)
    return " ".join(filter(None, (_how_many(warning, reader) + ("." if meaning else ""), meaning)))


def _how_many(warning: Finding, reader: Reader) -> str:
    _ = reader.texts.gettext
    count = reader.texts.ngettext("{n} draft", "{n} drafts", len(warning.drafts))
    kept, total = warning.kept, len(warning.drafts)
    if kept == total:
        return _("{count}, kept for staff").format(count=count)
    if not kept:
        return _("{count}, to be published").format(count=count)
    return _("{count}, kept for staff in {kept}").format(count=count, kept=reader.texts.number(kept))


def warning_name(warning: Finding, reader: Reader) -> str:
    """Name what drafts hold."""
    return sensitive_name(warning.what, reader)


@dataclass(frozen=True, slots=True)
class Plan:
    """What „publish“ would do: to publish, to become versions or formats, and what is left out and why.

    `to_restore`: withdrawn documents to which drafts belong that are left out for it.
    """

    to_publish: tuple[Draft, ...]
    left_out: Mapping[Problem, int]
    to_restore: tuple[Document, ...] = ()

    @property
    def alike(self) -> int:
        """How many become a document of their own although they look like another one."""
        return counted(self.to_publish)[Problem.ALIKE]

    @property
    def new_versions(self) -> int:
        """How many become a new version of a document that is there."""
        return sum(1 for draft in self.to_publish if draft.document.replaces)

    @property
    def formats(self) -> int:
        """How many become another format of a document that is there."""
        return sum(1 for draft in self.to_publish if draft.document.format_of)


def plan(drafts: Sequence[Draft], withdrawn: Mapping[str, Document] = MappingProxyType({})) -> Plan:
    """Tell what can be published: everything but what is held, could not be read, or has nowhere to go.

    Args:
        withdrawn: those of the documents to which drafts belong that were withdrawn.
    """
    held = [draft for draft in drafts if draft.is_held]
    left_out = Counter(Problem.UNREAD if draft.is_unread else Problem.HELD for draft in held)
    free = [draft for draft in drafts if not draft.is_held]
    to_restore = dict.fromkeys(target_of(draft) for draft in free if target_of(draft) in withdrawn)
    ready = tuple(draft for draft in free if target_of(draft) not in withdrawn)
    return Plan(ready, left_out, tuple(withdrawn[name] for name in to_restore))


def target_of(draft: Draft) -> str:
    """Return the document that a draft is to go into; empty for one of its own."""
    return draft.document.replaces or draft.document.format_of or ""


def plan_summary(planned: Plan, reader: Reader) -> Markup:
    """Say what „publish“ would do before anybody presses it."""
    _, ngettext = reader.texts.gettext, reader.texts.ngettext
    new = len(planned.to_publish) - planned.new_versions - planned.formats
    lines = [ngettext("{n} new document", "{n} new documents", new)] if new else []
    if planned.new_versions:
        lines.append(ngettext("{n} new version", "{n} new versions", planned.new_versions))
    if planned.formats:
        lines.append(ngettext("{n} further format", "{n} further formats", planned.formats))
    if planned.alike:
        lines.append(
            ngettext(
                "{n} of them looks like a document that is there: look at it first",
                "{n} of them look like documents that are there: look at them first",
                planned.alike,
            )
        )
    keeping = sum(1 for draft in planned.to_publish if draft.withheld)
    if keeping:
        lines.append(
            ngettext("{n} of them keeps something for staff", "{n} of them keep something for staff", keeping)
        )
    for problem, number in planned.left_out.items():
        if problem is Problem.UNREAD:
            unread = ngettext("{n} left out: could not be read", "{n} left out: could not be read", number)
            lines.append(unread)
        else:
            lines.append(ngettext("{n} left out: held", "{n} left out: held", number))
    items = [tag("li", line) for line in lines]
    for document in planned.to_restore:
        url = reader.links.record(document.id)
        link = tag("a", document.title, href=url, dir="auto", data_id=f"restore:{document.id}")
        words = _("left out: it belongs to a document that was withdrawn. Restore that first:")
        items.append(tag("li", words, " ", link))
    return tag("ul", together(items), css="plan")


def published(desk: Desk, reader: Reader) -> Markup:
    """Say what of a batch people can read by now, and where."""
    _ = reader.texts.gettext
    done = [each for each in desk.published if each.state is State.PUBLISHED]
    if not done:
        return NOTHING
    told = reader.texts.ngettext(
        "{n} document of this batch is published", "{n} documents of this batch are published", len(done)
    )
    links = [
        tag(
            "a",
            _("To the conference"),
            href=reader.links.conference(conference),
            data_id=f"done:{conference}",
        )
        for conference in dict.fromkeys(each.conference for each in done)
    ]
    links.append(tag("a", _("Search for it"), href=reader.links.search(_found(done)), data_id="done:search"))
    return tag(
        "div",
        tag("p", tag("b", told), data_announce=told),
        tag("p", together(links), css="links"),
        css="done",
    )


def _found(done: Sequence[Document]) -> Query:
    conferences = tuple(dict.fromkeys(each.conference for each in done))
    return Query(text="", conference=conferences)
