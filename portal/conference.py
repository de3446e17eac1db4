"""One conference: its days, title, text and makers, the programme, and its documents by panel."""

from __future__ import annotations

from collections.abc import Sequence

from archive.model import Conference, Document, Kind, Panel
from portal.cards import download, example_badge, files, language_badges, main_language
from portal.conferences import agents, languages_of
from portal.markup import DOT, NOTHING, Markup, link, paragraphs, tag, together
from portal.reader import Reader


def conference_page(
    conference: Conference,
    documents: Sequence[Document],
    all_conferences: Sequence[Conference],
    reader: Reader,
) -> Markup:
    """Show a conference with the documents that the reader may see."""
    _ = reader.texts.gettext
    programmes = [
        document for document in documents if document.kind is Kind.PROGRAMME and not document.panel
    ]
    others = [document for document in documents if document not in programmes]
    facts = (_programmes(programmes, reader), _facts(conference, documents, reader))
    return tag(
        "div",
        _tabs(conference, all_conferences, reader),
        tag("div", _telling(conference, reader), tag("div", *facts, css="facts"), css="about"),
        _panels(conference, others, reader),
        css="browse",
    )


def _tabs(conference: Conference, all_conferences: Sequence[Conference], reader: Reader) -> Markup:
    if len(all_conferences) < 2:
        return NOTHING
    tabs = together(
        tag(
            "a",
            reader.conference(other),
            href=reader.links.conference(other.id),
            aria_current="page" if other.id == conference.id else None,
            data_id=f"tab:{other.id}",
        )
        for other in all_conferences
    )
    return tag("nav", tabs, css="tabs", aria_label=reader.texts.gettext("Conferences"), data_scroll="tabs")


def _telling(conference: Conference, reader: Reader) -> Markup:
    """Tell of the conference: when and where, title, motto, description, links."""
    _ = reader.texts.gettext
    texts = reader.texts
    when = together((texts.dates(conference.start, conference.end), texts.say(conference.place)), DOT)
    title, title_language = texts.pick(conference.title)
    motto, motto_language = texts.pick(conference.motto)
    prose, prose_language = texts.pick(conference.description)
    parts = [
        tag("p", when, example_badge(reader) if conference.example else NOTHING, css="when"),
        tag("h1", title or conference.id, tabindex="-1", lang=title_language),
    ]
    if motto:
        quoted = tag("q", motto, lang=motto_language)
        parts.append(tag("p", tag("span", _("Motto"), css="label"), " ", quoted, css="motto"))
    if prose:
        parts.append(tag("div", paragraphs(prose), css="prose", lang=prose_language))
    if conference.links:
        items = (tag("li", link(to.url, texts.say(to.label) or to.url)) for to in conference.links)
        parts += [tag("h2", _("More about it")), tag("ul", together(items), css="web")]
    return tag("div", *parts, css="telling")


def _programmes(programmes: Sequence[Document], reader: Reader) -> Markup:
    if not programmes:
        return NOTHING
    shown = together(_programme(document, reader) for document in programmes)
    return tag("h2", reader.texts.gettext("Programme")) + shown


def _programme(document: Document, reader: Reader) -> Markup:
    """Show a programme: its title leads to it, each of its files is a download."""
    number = document.current.number
    title = tag(
        "a", document.title, href=reader.links.document(document.id), lang=main_language(document), dir="auto"
    )
    example = example_badge(reader) if document.example else NOTHING
    buttons = (download(document, number, file, reader, css="button") for file in document.current.files)
    return tag(
        "div",
        tag("p", language_badges(document.languages, reader), title, example),
        tag("p", together(buttons), css="buttons"),
        css="programme",
    )


def _facts(conference: Conference, documents: Sequence[Document], reader: Reader) -> Markup:
    _ = reader.texts.gettext
    rows: list[tuple[str, str]] = [(_("Documents"), reader.texts.number(len(documents)))]
    if documents:
        rows.append((_("Languages"), language_badges(languages_of(documents), reader)))
    if conference.organisers:
        rows.append((_("Organisers"), agents(conference.organisers, reader)))
    if conference.partners:
        rows.append((_("In cooperation with"), agents(conference.partners, reader)))
    return tag("dl", together(tag("dt", name) + tag("dd", value) for name, value in rows))


def _panels(conference: Conference, documents: Sequence[Document], reader: Reader) -> Markup:
    """Show the documents by panel, the panels under their working group, and the rest at the end."""
    _ = reader.texts.gettext
    parts: list[Markup] = []
    group_before = ""
    for panel in conference.panels:
        group, language = reader.texts.pick(panel.working_group)
        if group and group != group_before:
            parts.append(tag("p", group, css="working-group", lang=language))
        group_before = group
        own = [document for document in documents if document.panel == panel.id]
        parts.append(_rows(_panel_head(panel, own, reader), own, reader, panel))
    known = {panel.id for panel in conference.panels}
    rest = [document for document in documents if document.panel not in known]
    if rest:
        name = _("Other documents") if conference.panels else _("Documents")
        parts.append(_rows(tag("h3", name, " ", _count(rest, reader)), rest, reader))
    if not parts:
        return NOTHING
    return tag("h2", _("Presentations and documents"), css="section") + together(parts)


def _panel_head(panel: Panel, documents: Sequence[Document], reader: Reader) -> Markup:
    _ = reader.texts.gettext
    title, language = reader.texts.pick(panel.title)
    parts = [tag("h3", title or panel.id, " ", _count(documents, reader), lang=language)]
    when = [reader.texts.date(panel.day) if panel.day else "", panel.time or "", panel.room or ""]
    if any(when):
        parts.append(tag("p", together(when, DOT), css="when"))
    for label, people in ((_("Coordinated by"), panel.coordinators), (_("Moderated by"), panel.moderators)):
        if people:
            parts += [tag("p", label, css="label"), agents(people, reader)]
    return together(parts)


def _rows(head: Markup, documents: Sequence[Document], reader: Reader, panel: Panel | None = None) -> Markup:
    """Show a heading at the left and documents at the right, one row a work with its translations."""
    about, language = reader.texts.pick(panel.description) if panel else ("", "")
    described = tag("div", paragraphs(about), css="described", lang=language) if about else NOTHING
    rows = together(_row(work, reader) for work in works(documents, reader.texts.language))
    nothing = tag("p", reader.texts.gettext("Nothing here yet."), css="empty")
    return tag(
        "section",
        tag("div", head, css="of"),
        tag("div", described, rows or nothing, css="rows"),
        css="panel",
        data_target=panel.id if panel else None,
    )


def works(documents: Sequence[Document], language: str) -> list[list[Document]]:
    """Group documents that are translations of one another, each group led by the one in this language."""
    group_of = {document.id: [document] for document in documents}
    for document in documents:
        for other in document.translation_of:
            if other in group_of and group_of[other] is not group_of[document.id]:
                merged = group_of[other] + group_of[document.id]
                group_of.update({member.id: merged for member in merged})
    groups = {id(group): group for group in group_of.values()}.values()
    return [sorted(group, key=lambda document: document.languages[:1] != (language,)) for group in groups]


def _row(work: Sequence[Document], reader: Reader) -> Markup:
    lead = work[0]
    url = reader.links.document(lead.id)
    title = tag("a", lead.title, href=url, lang=main_language(lead), dir="auto", data_id=f"row:{lead.id}")
    kind = reader.kind(lead.kind) if lead.kind is not Kind.PRESENTATION else ""
    under = together((kind, ", ".join(lead.creators)), DOT)
    example = example_badge(reader) if lead.example else NOTHING
    switches = together(_switch(document, reader) for document in work)
    return tag(
        "div",
        tag("div", tag("p", title, css="name"), tag("p", under, example, css="who")),
        tag("div", files(lead, reader), tag("span", switches, css="switches"), css="side"),
        css="row",
    )


def _switch(document: Document, reader: Reader) -> Markup:
    """Link to one language of a work by its code."""
    codes = " ".join(code.upper() for code in document.languages if code) or "–"
    names = ", ".join(reader.texts.language_name(code) for code in document.languages if code)
    label = f"{codes} – {names}: {document.title}"
    return tag(
        "a",
        codes,
        css="switch",
        href=reader.links.document(document.id),
        title=document.title,
        aria_label=label,
    )


def _count(documents: Sequence[Document], reader: Reader) -> Markup:
    return tag("small", reader.texts.number(len(documents)))
