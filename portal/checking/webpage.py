"""What a saved web page says of the files of its batch, and of its conference, as HTML."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from archive.model import Agent, Link
from ingest.batch_webpage import Linked, PageField, PageProposal, draft_values
from portal.markup import Markup, beginning, tag, together
from portal.reader import Reader

_LONGEST = 220


def page_head(seen: PageProposal, reader: Reader) -> Markup:
    """Say that there is a saved page, and which it is."""
    _ = reader.texts.gettext
    found = sum(1 for linked in seen.links if linked.draft)
    lead = reader.texts.ngettext(
        "It links to {n} file of this upload.", "It links to {n} files of this upload.", found
    )
    if not found:
        lead = _("It links to no file of this upload.")
    path = tag("code", seen.document.current.files[0].path, dir="auto")
    return together(
        (
            tag("h2", _("Saved web page"), css="part-head"),
            tag("p", tag("b", seen.page.title, dir="auto", lang=seen.page.language or None), " ", path),
            tag("p", lead),
        )
    )


def pages_too_large(paths: Sequence[str], reader: Reader) -> Markup:
    """Say which pages could not be looked at, and what to do."""
    _ = reader.texts.gettext
    words = _(
        "This page is too large to be looked at as the page of a conference. Save it once more in the "
        "browser as “Web page, complete”."
    )
    return together(tag("p", tag("code", path, dir="auto"), " ", words, css="message") for path in paths)


def page_links(seen: PageProposal, reader: Reader) -> Markup:
    """Show the links of the page and the drafts that they mean."""
    _ = reader.texts.gettext
    heads = (_("Words of the link"), _("File"), _("Section"), _("Kind"))
    head = tag("tr", together(tag("th", each, scope="col") for each in heads))
    rows = together(_row(linked, seen, reader) for linked in seen.links)
    return tag("table", tag("thead", head), tag("tbody", rows), css="proposed")


def _row(linked: Linked, seen: PageProposal, reader: Reader) -> Markup:
    _ = reader.texts.gettext
    download = linked.download
    if linked.draft is None:
        file = tag("em", _("not in this upload")) + tag("small", download.name, dir="auto")
    else:
        done = "" if draft_values(linked, seen.conference.id) else _("already so")
        file = tag("span", download.path, dir="auto") + (tag("small", done) if done else "")
    return tag(
        "tr",
        tag("td", download.title or "–", dir="auto", lang=seen.page.language or None),
        tag("td", file),
        tag("td", download.panel or download.heading or "–", dir="auto"),
        tag("td", reader.kind(download.kind) if download.kind else "–"),
    )


def field_words(seen: PageProposal, name: PageField, reader: Reader) -> str:
    """Say what the page tells of a field: „Place: Krasnodar“."""
    return f"{_name(name, reader)}: {_value(seen, name, reader)}"


def _name(name: PageField, reader: Reader) -> str:
    _ = reader.texts.gettext
    return {
        PageField.TITLE: _("Title of the conference"),
        PageField.NUMBER: _("Number in the series"),
        PageField.DAYS: _("Days"),
        PageField.PLACE: _("Place"),
        PageField.MOTTO: _("Motto"),
        PageField.DESCRIPTION: _("Description"),
        PageField.ORGANISERS: _("Organisers"),
        PageField.LINKS: _("Links"),
    }[name]


def _value(seen: PageProposal, name: PageField, reader: Reader) -> str:
    found = seen.found
    if name is PageField.NUMBER:
        return str(found.number)
    if name is PageField.DAYS:
        return reader.texts.dates(found.start, found.end)
    if name is PageField.ORGANISERS:
        return beginning(", ".join(_names(found.organisers)), _LONGEST)
    if name is PageField.LINKS:
        return beginning(", ".join(_labels(found.links)), _LONGEST)
    texts: dict[str, str] = dict(getattr(found, name.value))
    return beginning(" ".join(texts.values()), _LONGEST)


def _names(agents: Iterable[Agent]) -> Iterable[str]:
    return (name for agent in agents for name in agent.name.values())


def _labels(links: Iterable[Link]) -> Iterable[str]:
    return (label for link in links for label in link.label.values())
