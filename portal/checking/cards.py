"""A draft as people look at it: a card in the list, and everything known about the one that is open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from archive.contacts import count_contacts
from archive.model import Document, Page, Sensitive
from archive.records import Json, document_to_json
from ingest.drafts import Draft
from ingest.proposals import Field
from portal.cards import Shelf, cover, download, language_badges, main_language
from portal.checking.place import Place
from portal.checking.problems import Problem, problem_name, problems, sensitive_name, trouble
from portal.checking.reasons import field_name, reason_words
from portal.checking.withholding import withheld_meaning
from portal.formats import format_name
from portal.markup import DOT, NOTHING, Markup, lang, tag, together
from portal.pictures import THUMBNAIL_WIDTH, pictured
from portal.reader import Reader
from portal.skipped import told
from portal.urls import picture_url

_PAGES_NAMED = 12
"""Page numbers that are written out before „…“."""

_NOTES_SHOWN = 60
_NOTE_LENGTH = 2000


def cards(drafts: Sequence[Draft], place: Place, shelf: Shelf, reader: Reader) -> Markup:
    """Show drafts one under the other, each with a link that opens it."""
    if not drafts:
        return NOTHING
    return tag("div", together(card(draft, place, shelf, reader) for draft in drafts), css="drafts")


def card(draft: Draft, place: Place, shelf: Shelf, reader: Reader) -> Markup:
    """Show a draft in few words."""
    document = draft.document
    url = place.url(reader, open=draft.id)
    title = tag("a", document.title, href=url, data_id=f"draft:{draft.id}", data_keep=True)
    return tag(
        "article",
        tag("span", thumbnail(document), css="thumb"),
        tag(
            "div",
            tag("p", facts(draft, shelf, reader), css="meta"),
            tag("h2", title, lang=main_language(document), dir="auto"),
            tag("p", ", ".join(document.creators), css="who", dir="auto") if document.creators else NOTHING,
            flags(draft, reader),
            css="body",
        ),
        css="draft",
        data_target=draft.id,
    )


def facts(draft: Draft, shelf: Shelf, reader: Reader) -> Markup:
    """Show languages, kind, conference, panel, pages and formats in one line."""
    document = draft.document
    conference = shelf.conference(document)
    pages = document.current.files[0].page_count or 0
    formats = " + ".join(format_name(file) for file in document.current.files)
    parts = (
        reader.kind(document.kind),
        reader.conference(conference) if conference else document.conference,
        shelf.panel(document.panel, reader),
        reader.texts.ngettext("{n} page", "{n} pages", pages) if pages else "",
        formats,
    )
    spans = (tag("span", part) for part in parts if part)
    return language_badges(document.languages, reader) + together(spans, DOT)


def flags(draft: Draft, reader: Reader) -> Markup:
    """Show what is special about a draft; nothing where it is ready."""
    _ = reader.texts.gettext
    found = problems(draft)
    names = [_flag(problem, draft, reader) for problem in found]
    if len(draft.document.current.files) > 1:
        formats = " + ".join(format_name(file) for file in draft.document.current.files)
        names.append(tag("li", _("Formats joined: {formats}").format(formats=formats), css="flag calm"))
    if draft.document.replaces:
        names.append(tag("li", _("New version of another document"), css="flag calm"))
    if draft.document.format_of:
        names.append(tag("li", _("Another format of a document"), css="flag calm"))
    if draft.document.translation_of:
        names.append(tag("li", _("Translation found"), css="flag calm"))
    if not found:
        names.append(tag("li", _("Ready"), css="flag good"))
    return tag("ul", together(names), css="flags")


def _flag(problem: Problem, draft: Draft, reader: Reader) -> Markup:
    if problem is Problem.SENSITIVE:
        css = "flag note"
        return together(tag("li", sensitive_name(what, reader), css=css) for what in draft.found)
    grave = problem in (Problem.UNREAD, Problem.HELD)
    return tag("li", problem_name(problem, reader), css="flag grave" if grave else "flag note")


def thumbnail(document: Document) -> Markup:
    """Show the first page of a draft, or a sheet with its title."""
    source = pictured(document)
    if source is None:
        return cover(document)
    url = picture_url(document.id, 1, THUMBNAIL_WIDTH, source.sha512)
    return tag("img", src=url, alt="", width=176, height=99, loading="lazy", decoding="async")


def head(draft: Draft, shelf: Shelf, reader: Reader) -> Markup:
    """Show what is above the form of the draft that is open."""
    _ = reader.texts.gettext
    document = draft.document
    links = (
        tag("a", _("Look at the document"), href=reader.links.document(draft.id), data_id="to:document"),
        tag("a", _("Record"), href=reader.links.record(draft.id), data_id="to:record"),
        *(
            download(document, document.current.number, file, reader, css="file")
            for file in document.current.files
        ),
    )
    reason = NOTHING
    if document.reason:
        words, language = trouble(document.reason, reader)
        reason = tag("p", words, css="message", lang=language or ("en" if language else None))
    return tag(
        "div",
        tag("span", thumbnail(document), css="thumb"),
        tag(
            "div",
            tag("p", facts(draft, shelf, reader), css="meta"),
            tag("h2", document.title, lang=main_language(document), dir="auto"),
            flags(draft, reader),
            reason,
            tag("p", together(links), css="links"),
            css="body",
        ),
        css="draft opened",
        data_target=draft.id,
    )


def findings(draft: Draft, shelf: Shelf, reader: Reader) -> Markup:
    """Show why each value was proposed, and how well each file could be read."""
    _ = reader.texts.gettext
    record = document_to_json(draft.document)
    reasons = []
    for name, proposal in draft.proposals.items():
        if name not in (Field.SAME_BYTES, Field.SIMILAR):
            corrected = name.value in record and record[name.value] != proposal.value
            why = _("corrected by hand") if corrected else reason_words(proposal, shelf, reader)
            reasons.append(tag("dt", field_name(name, reader)) + tag("dd", why, dir="auto"))
    parts = [tag("h3", _("Why these values")), tag("dl", together(reasons))] if reasons else []
    if draft.passports:
        rows = (_passport(name, report, reader) for name, report in draft.passports.items())
        parts += [tag("h3", _("What could be read")), tag("ul", together(rows), css="passports")]
    return tag("div", together(parts), css="findings") if parts else NOTHING


def _passport(name: str, report: Json, reader: Reader) -> Markup:
    _ = reader.texts.gettext
    light = str(report.get("light", "red"))
    words = {
        "green": _("All of it could be read"),
        "amber": _("Parts could not be read"),
        "red": _("Nothing could be read"),
    }.get(light, "")
    without = report.get("pages_without_text")
    more = []
    if isinstance(without, Sequence) and without and light == "amber":
        named = [int(str(page)) for page in without]
        message = reader.texts.ngettext("no text on page {pages}", "no text on pages {pages}", len(named))
        more.append(message.format(pages=numbers(named)))
    why = together(tag("li", each) for each in told(report, reader))
    return tag(
        "li",
        tag("span", css=f"light light-{light if light in ('green', 'amber') else 'red'}", aria_hidden="true"),
        tag("b", name, dir="auto"),
        " ",
        tag("span", together([words, *more], ", ")),
        tag("ul", why) if why else NOTHING,
    )


def numbers(pages: Sequence[int]) -> str:
    """Write page numbers: „2, 5, 9“; of many only the first."""
    written = ", ".join(str(page) for page in pages[:_PAGES_NAMED])
    return f"{written} …" if len(pages) > _PAGES_NAMED else written


def unseen(draft: Draft, pages: Sequence[Page], reader: Reader) -> Markup:
    """Show where a draft holds what the audience did not see, and the notes themselves, folded."""
    _ = reader.texts.gettext
    where = _where(draft, pages)
    rows = []
    for what in draft.found:
        at = where.get(what, ())
        message = reader.texts.ngettext("page {pages}", "pages {pages}", len(at))
        told = message.format(pages=numbers(at)) if at else ""
        means = withheld_meaning(what, reader)
        words = tag("dd", together(filter(None, (told, means)), DOT) or "–")
        rows.append(tag("dt", sensitive_name(what, reader)) + words)
    notes = [page for page in pages if page.notes.strip()]
    shown = together(
        tag(
            "article",
            tag("h4", reader.page(draft.document.kind, page.number, page.label)),
            tag("p", page.notes[:_NOTE_LENGTH], lang=lang(page.language), dir="auto"),
        )
        for page in notes[:_NOTES_SHOWN]
    )
    folded = NOTHING
    if notes:
        summary = tag("summary", _("Read notes and comments"))
        folded = tag("details", summary, shown, css="notes")
    return tag("div", tag("dl", together(rows)), folded, css="unseen")


def _where(draft: Draft, pages: Sequence[Page]) -> Mapping[Sensitive, Sequence[int]]:
    def with_contacts(page: Page) -> bool:
        return count_contacts(f"{page.title}\n{page.text}\n{page.notes}") > 0

    return {
        Sensitive.NOTES: [page.number for page in pages if page.notes.strip()],
        Sensitive.COMMENTS: [page.number for page in pages if page.notes.strip()],
        Sensitive.HIDDEN: [page.number for page in pages if page.hidden],
        Sensitive.CONTACTS: [page.number for page in pages if with_contacts(page)]
        if Sensitive.CONTACTS in draft.found
        else [],
    }
