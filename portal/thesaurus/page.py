"""The thesaurus as everybody sees it: what was found, and one concept with what is around it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

from index.query import Query
from index.thesaurus import Concept, Thesaurus
from portal.markup import DOT, NOTHING, SLASH, Markup, badge, seen, tag, together
from portal.reader import Reader
from portal.texts import LANGUAGES
from portal.urls import THESAURUS

MOST_FOUND = 60
"""Concepts that are listed; of others it is said how many."""

_MOST_ABOVE = 8
"""Levels above a concept that are shown."""


def name_of(concept: Concept, reader: Reader) -> str:
    """Name a concept in the reader's language, else in the next best."""
    others = {language: labels[0] for language, labels in concept.alternatives.items() if labels}
    return reader.texts.say({**others, **concept.preferred}) or concept.uri


def in_order(concepts: Iterable[Concept], reader: Reader) -> list[Concept]:
    """Sort concepts by name, Ö like O."""
    return sorted(concepts, key=lambda concept: place_of(name_of(concept, reader)))


def place_of(name: str) -> str:
    """Return what a name is sorted by."""
    return unicodedata.normalize("NFKD", name.casefold())


def overview_head(count: int, reader: Reader) -> Markup:
    """Say what this page is."""
    _ = reader.texts.gettext
    lead = _("What things are called in German, Russian and English, and what belongs together.")
    counted = reader.texts.ngettext("{n} concept", "{n} concepts", count)
    return tag(
        "div",
        tag("h1", _("Thesaurus"), tabindex="-1"),
        tag("p", lead, css="lead"),
        tag("p", counted, css="meta"),
        css="thesaurus-head",
    )


def found_list(found: Sequence[Concept], text: str, reader: Reader) -> Markup:
    """List the concepts that were found, or say that there are none."""
    _ = reader.texts.gettext
    if not found:
        words = _("No concept is called “{text}”. Try the beginning of a word, or another language.")
        said = words.format(text=seen(text[:80]))
        return tag("p", said, css="empty", data_announce=said)
    counted = reader.texts.ngettext("{n} concept found", "{n} concepts found", len(found))
    more = len(found) - MOST_FOUND
    rest = reader.texts.ngettext(
        "{n} more; write more letters.", "{n} more; write more letters.", max(more, 0)
    )
    return together(
        (
            tag("h2", counted, css="section", data_announce=counted),
            concept_list(found[:MOST_FOUND], reader),
            tag("p", rest, css="meta") if more > 0 else NOTHING,
        )
    )


def concept_list(concepts: Iterable[Concept], reader: Reader) -> Markup:
    """List concepts by what they are called in each language."""
    return tag("ul", together(_entry(concept, reader) for concept in concepts), css="concepts")


def concept_page(concept: Concept, thesaurus: Thesaurus, origin: str, reader: Reader) -> Markup:
    """Show a concept. `origin`: where it is from, if not from the program."""
    _ = reader.texts.gettext
    rows = together(_language(concept, language, reader) for language in LANGUAGES)
    heads = (_("Language"), _("Name"), _("Also"))
    table = tag(
        "table",
        tag("thead", tag("tr", together(tag("th", head, scope="col") for head in heads))),
        tag("tbody", rows),
        css="labels",
    )
    around = (
        (_("Broader"), concept.broader),
        (_("Narrower"), concept.narrower),
        (_("Related"), concept.related),
    )
    return tag(
        "div",
        tag(
            "nav",
            together(_above(concept, thesaurus, reader), SLASH),
            css="crumbs",
            aria_label=_("Where you are"),
        ),
        tag("h1", name_of(concept, reader), tabindex="-1", dir="auto"),
        tag("p", origin, css="meta") if origin else NOTHING,
        tag("p", _search(concept, reader), css="buttons"),
        tag("div", table, css="scrolled"),
        tag("div", together(_group(name, uris, thesaurus, reader) for name, uris in around), css="around"),
        css="concept",
    )


def top_concepts(thesaurus: Thesaurus, reader: Reader) -> Markup:
    """List the concepts that have nothing above them and something below, with how many they lead to."""
    _ = reader.texts.gettext
    tops = [each for each in thesaurus.concepts.values() if each.narrower and not each.broader]
    if not tops:
        return NOTHING
    entries = (
        _entry(each, reader, _count(len(all_below(each, thesaurus)), reader))
        for each in in_order(tops, reader)
    )
    return tag("h2", _("Subject areas"), css="section") + tag("ul", together(entries), css="concepts tops")


def all_below(concept: Concept, thesaurus: Thesaurus) -> set[str]:
    """Return everything below a concept, at whatever depth; a circle ends where it began."""
    below: set[str] = set()
    open_ones = [concept.uri]
    while open_ones:
        known = thesaurus.concepts.get(open_ones.pop())
        fresh = [uri for uri in (known.narrower if known else ()) if uri not in below]
        below.update(fresh)
        open_ones += fresh
    return below - {concept.uri}


def crumb(reader: Reader) -> Markup:
    """Link to the page of the thesaurus."""
    return tag(
        "a", reader.texts.gettext("Thesaurus"), href=reader.links.page(THESAURUS), data_id="to:thesaurus"
    )


def _above(concept: Concept, thesaurus: Thesaurus, reader: Reader) -> list[Markup]:
    chain: list[Concept] = []
    one = concept
    while one.broader and len(chain) < _MOST_ABOVE:
        above = thesaurus.concepts.get(one.broader[0])
        if above is None or above in chain or above is concept:
            break
        chain.insert(0, above)
        one = above
    return [crumb(reader), *(_link(each, reader, "above") for each in chain)]


def _search(concept: Concept, reader: Reader) -> Markup:
    _ = reader.texts.gettext
    url = reader.links.search(Query(text=name_of(concept, reader)))
    return tag("a", _("Search the archive for it"), css="button", href=url, data_id="search-for-it")


def _language(concept: Concept, language: str, reader: Reader) -> Markup:
    name = reader.texts.language_name(language)
    preferred, others = concept.preferred.get(language), concept.alternatives.get(language, ())
    return tag(
        "tr",
        tag("th", badge(language, name), " ", tag("span", name), scope="row"),
        tag("td", _label(preferred, language, reader) if preferred else "–"),
        tag(
            "td",
            together((_label(other, language, reader) for other in others), ", ") or "–",
            css="" if others else "none",
        ),
    )


def _label(label: str, language: str, reader: Reader) -> Markup:
    url = reader.links.search(Query(text=label))
    return tag("a", label, href=url, lang=language, dir="auto", data_id=f"label:{language}:{label}")


def _group(name: str, uris: Sequence[str], thesaurus: Thesaurus, reader: Reader) -> Markup:
    known = in_order((thesaurus.concepts[uri] for uri in uris if uri in thesaurus.concepts), reader)
    if not known:
        return NOTHING
    links = together(tag("li", _link(each, reader, name)) for each in known)
    return tag("section", tag("h2", name), tag("ul", links))


def _count(count: int, reader: Reader) -> Markup:
    return tag("span", reader.texts.ngettext("{n} concept", "{n} concepts", count), css="label")


def _entry(concept: Concept, reader: Reader, count: Markup = NOTHING) -> Markup:
    own = name_of(concept, reader)
    others = [
        tag("span", label, lang=language, dir="auto")
        for language in LANGUAGES
        if (label := concept.preferred.get(language)) and label != own
    ]
    names = tag("span", _link(concept, reader, "found"), " ", tag("span", together(others, DOT), css="meta"))
    return tag("li", names, " ", count) if count else tag("li", names)


def _link(concept: Concept, reader: Reader, where: str) -> Markup:
    url = reader.links.thesaurus(concept.uri)
    return tag("a", name_of(concept, reader), href=url, dir="auto", data_id=f"{where}:{concept.uri}")
