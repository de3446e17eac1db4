"""Where the archive has seen the translations that a search looks for: how often, and a passage of each.

Shown in a fold below what else was searched; only of documents that the reader may open, which is decided
where examples are looked up.
"""

from __future__ import annotations

from collections.abc import Iterable

from index.explained import Explained
from index.lexicon_file import Passage
from index.translation import Origin
from portal.markup import NOTHING, Markup, lang, tag, together
from portal.reader import Reader

MOST = 6
"""So many translations are told."""


def seen_translated(explained: Iterable[Explained], searched: frozenset[str], reader: Reader) -> Markup:
    """Show translations that the archive has learned, each with the passage where it is clearest.

    Args:
        searched: the forms that are looked for, in small letters; of others nothing is told.
    """
    told = [each for each in explained if each.examples and each.translation.key in searched][:MOST]
    if not told:
        return NOTHING
    heading = tag("summary", reader.texts.gettext("Where the archive learned these translations"))
    rows = together(_row(each, reader) for each in told)
    return tag("details", heading, tag("dl", rows), css="more-forms", data_fold="seen-translated")


def _row(explained: Explained, reader: Reader) -> Markup:
    found = explained.translation
    count = sum(source.count for source in found.sources if source.origin is Origin.LEARNED)
    times = reader.texts.ngettext("seen {n} time", "seen {n} times", max(1, round(count)))
    words = (tag("span", explained.word, lang=lang(explained.language)), " – ")
    other = tag("span", found.key, lang=lang(found.language))
    example = explained.examples[0]
    passages = together(
        (
            _passage(example.source, explained.language, reader),
            _passage(example.target, found.language, reader),
        ),
        " ↔ ",
    )
    return together((tag("dt", *words, other, ", ", times), tag("dd", passages)))


def _passage(passage: Passage, language: str, reader: Reader) -> Markup:
    href = reader.links.document(passage.document, passage.page_number or None)
    return tag("a", tag("q", " ".join(passage.text.split())), href=href, lang=lang(language), dir="auto")
