"""„Warum dieser Treffer?“: on a card, how the document says each word of the query, and which it lacks."""

from __future__ import annotations

from index.clauses import LEAST_SHARE
from index.query import Query
from index.reasons import TYPED
from index.results import Hit, Saying, WordSaid
from index.tree import Reason
from portal.markup import DOT, NOTHING, Markup, lang, tag, together
from portal.reader import Reader
from portal.reason_names import reason_name

LINKED = 5
"""So many pages are named for one way in which a word is said."""


def lacks(hit: Hit, reader: Reader) -> Markup:
    """Say which words a document lacks, and which it has only perhaps; empty where it has all."""
    _ = reader.texts.gettext
    missing = together((tag("s", word) for word in hit.why.missing), ", ")
    perhaps = ", ".join(hit.why.uncertain)
    parts = (
        together((_("Missing:"), " ", missing)) if missing else "",
        _("Only perhaps meant: {words}").format(words=perhaps) if perhaps else "",
    )
    return tag("p", together(parts, DOT), css="lacks") if missing or perhaps else NOTHING


def why(hit: Hit, query: Query, reader: Reader) -> Markup:
    """Explain a hit, word by word, in a fold."""
    if not hit.why.words:
        return NOTHING
    asked = reader.texts.gettext("Why this hit?")
    rows = together(_row(word, hit, query, reader) for word in hit.why.words)
    summary = tag("summary", asked, aria_label=f"{asked} {hit.document.title}")
    return tag("details", summary, tag("dl", rows), css="why", data_fold=f"why:{hit.document.id}")


def _row(word: WordSaid, hit: Hit, query: Query, reader: Reader) -> Markup:
    said = together(tag("li", _saying(each, hit, query, reader)) for each in word.sayings)
    missing = tag("span", reader.texts.gettext("does not occur"), css="label")
    return together((tag("dt", word.word), tag("dd", tag("ul", said) if said else missing)))


def _saying(saying: Saying, hit: Hit, query: Query, reader: Reader) -> Markup:
    stands_there = tag("b", ", ".join(saying.surfaces), lang=lang(saying.language), dir="auto")
    fields = ", ".join(_field_name(name, reader) for name in saying.fields)
    pages = _pages(saying, hit, query, reader)
    return together((stands_there, together((_reason(saying, reader), fields, pages), DOT)), " – ")


def _reason(saying: Saying, reader: Reader) -> str:
    if saying.reason == TYPED:
        return reader.texts.gettext("as typed")
    name = reason_name(saying.reason, saying.language, reader)
    if saying.reason == Reason.TRANSLATION and saying.weight < LEAST_SHARE:
        return reader.texts.gettext("{reason}, uncertain").format(reason=name)
    return name


def _field_name(name: str, reader: Reader) -> str:
    _ = reader.texts.gettext
    names = {
        "title": _("Title"),
        "page_title": _("Heading"),
        "text": _("Text"),
        "creators": _("Names"),
        "notes": _("Notes"),
    }
    return names[name]


def _pages(saying: Saying, hit: Hit, query: Query, reader: Reader) -> Markup:
    document, pages = hit.document, saying.pages
    several = len(pages) > 1

    def link(number: int) -> Markup:
        name = reader.page(document.kind, number)
        url = reader.links.document(document.id, number, query)
        return tag("a", str(number) if several else name, href=url, aria_label=name if several else None)

    links = together(map(link, pages[:LINKED]), ", ")
    if not several:
        return links
    return together((reader.pages(document.kind), " ", links, " …" if len(pages) > LINKED else ""))
