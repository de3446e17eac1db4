"""Which documents of the archive are translations of one another, and what one audience may see of them.

A translation of B, and C translation of B, makes A and C a pair, too. What a document says of itself counts
if the audience may read it; so pairs are those of an archive that holds nothing else.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from archive.access import Audience, may_read
from archive.model import Document
from archive.repository import Archive
from index.learning import Pair
from index.lesson import Text
from index.lexicon_file import Mark
from index.readership import Readership

MOST_SISTERS = 12
"""Of a document with more translations, such as a collection, each is a pair with it alone."""

_AT_ONCE = 50
"""So many documents are read at once."""


def readable(archive: Archive, identifiers: Iterable[str], today: dt.date) -> dict[str, Document]:
    """Return those of the documents that the public may read."""
    found = archive.documents_by_id(sorted({*identifiers}))
    return {name: each for name, each in found.items() if may_read(each, Audience.PUBLIC, today)}


def related(archive: Archive, more: Iterable[tuple[str, str]], today: dt.date) -> dict[str, Document]:
    """Return all documents that have to do with a translation, and that the public may read."""
    relations = archive.translation_relations()
    return readable(archive, (each for pair in (*relations, *more) for each in pair), today)


def pairs(
    documents: Mapping[str, Document], more: Iterable[tuple[str, str]], languages: Sequence[str]
) -> set[Pair]:
    """Return the pairs of documents in two of the archive's languages.

    Args:
        more: pairs that were found otherwise.
    """
    near: defaultdict[str, set[str]] = defaultdict(set)
    for document in documents.values():
        for original in document.translation_of:
            near[document.id].add(original)
            near[original].add(document.id)
    found = {(one, other) for one, others in near.items() for other in others}
    found.update(
        pair
        for sisters in near.values()
        if len(sisters) <= MOST_SISTERS
        for pair in combinations(sorted(sisters), 2)
    )
    found.update(more)
    return {
        pair
        for one, other in found
        if one in documents and other in documents
        if (pair := _pair(documents[one], documents[other], languages)) is not None
    }


def may_show(archive: Archive, today: dt.date) -> Callable[[Sequence[Mark]], frozenset[str]]:
    """Return what tells of which documents the public may see now what was seen when it was learned."""

    def shown(marks: Sequence[Mark]) -> frozenset[str]:
        there = readable(archive, (each.document for each in marks), today)
        return frozenset(
            then.document
            for then in marks
            if then.document in there
            and (
                now := Mark.of(there[then.document], notes_public=archive.settings.notes_public)
            ).shows_all_of(then)
            and now.version == then.version
        )

    return shown


def texts(archive: Archive, documents: Sequence[Document]) -> Iterator[Text]:
    """Yield what the public may see of documents, in order; some are read at once."""
    for start in range(0, len(documents), _AT_ONCE):
        yield from _texts(archive, documents[start : start + _AT_ONCE]).values()


def texts_of_pairs(
    archive: Archive, documents: Mapping[str, Document], pairs: Sequence[Pair]
) -> list[tuple[Text, Text]]:
    """Read what the public may see of both documents of some pairs.

    Args:
        documents: at least those of the pairs, by identifier.
    """
    names = sorted({name for pair in pairs for name in pair.documents})
    found = _texts(archive, [documents[name] for name in names])
    return [(found[pair.source], found[pair.target]) for pair in pairs]


def _texts(archive: Archive, documents: Sequence[Document]) -> dict[str, Text]:
    """Read titles and pages, without notes."""
    pages = archive.pages_of([each.id for each in documents])
    public = Readership(archive, Audience.PUBLIC)
    return {
        each.id: Text(
            each.id,
            each.languages[0],
            each.title,
            tuple((page.number, page.text) for page in public.shown(each, pages[each.id])),
        )
        for each in documents
    }


def _pair(one: Document, other: Document, languages: Sequence[str]) -> Pair | None:
    if not one.languages or not other.languages or one.id == other.id:
        return None
    source, target = sorted((one, other), key=lambda each: each.languages[0])
    spoken = source.languages[0], target.languages[0]
    if spoken[0] == spoken[1] or not {*spoken} <= {*languages}:
        return None
    return Pair(source.id, target.id, spoken)
