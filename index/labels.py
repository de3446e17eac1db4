"""What documents that may be read are called and by whom: titles, creators, conferences, panels.

And labels of the thesaurus, as far as each of their words stands in such a document.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from archive.errors import NotFoundError
from archive.model import Conference, Document
from archive.repository import Archive
from index.plainly import plain
from index.readership import Readership
from index.text import tokens
from index.thesaurus import Thesaurus, label_key
from index.words import LAST

LONGEST = 200
"""A longer title is none that anybody asks for."""


class Kind(StrEnum):
    """What a suggestion is."""

    CONCEPT = "concept"
    WORD = "word"
    CREATOR = "creator"
    CONFERENCE = "conference"
    PANEL = "panel"
    TITLE = "title"


@dataclass(frozen=True, slots=True)
class Label:
    """Something to ask for, and how many documents have it."""

    kind: Kind
    text: str
    often: int


class Labels:
    """Labels by how their words begin. Threads may share it."""

    def __init__(self, labels: Iterable[Label]) -> None:
        self._labels = tuple(labels)
        starts = {
            (plain(token.folded), number)
            for number, label in enumerate(self._labels)
            for token in tokens(label.text)
        }
        self._starts = sorted(starts)

    def with_words(self, beginnings: Sequence[str]) -> list[Label]:
        """Return the labels that have a word beginning like each of some folded ones."""
        having = [self._having(plain(beginning)) for beginning in beginnings]
        return [self._labels[number] for number in set.intersection(*having)] if having else []

    def _having(self, beginning: str) -> set[int]:
        first = bisect_left(self._starts, (beginning, 0))
        last = bisect_left(self._starts, (beginning + LAST, 0))
        return {number for _, number in self._starts[first:last]}


def labels_of_documents(readership: Readership) -> Iterator[Label]:
    """Yield what documents that may be read today are called."""
    archive = readership.archive
    documents = [each for each in archive.documents() if readership.may_read(each)]
    of_conferences = Counter(each.conference for each in documents)
    of_panels = Counter(each.panel for each in documents if each.panel)
    titles, creators = _titles(documents), _creators(documents)
    for kind, counted in ((Kind.TITLE, titles), (Kind.CREATOR, creators)):
        yield from (Label(kind, text, often) for text, often in counted.items())
    for name, often in of_conferences.items():
        conference = _conference(archive, name)
        if conference is not None:
            yield from (Label(Kind.CONFERENCE, text, often) for text in _names(conference))
            yield from (
                Label(Kind.PANEL, text, of_panels[panel.id])
                for panel in conference.panels
                if panel.id in of_panels
                for text in dict.fromkeys(panel.title.values())
            )


def labels_of_thesaurus(thesaurus: Thesaurus, often: Callable[[str], int]) -> Iterator[Label]:
    """Yield the labels all of whose words occur; as often as the rarest of them, by their folded form."""
    for label, _, _ in thesaurus.labels():
        least = min(map(often, label_key(label).split()), default=0)
        if least:
            yield Label(Kind.CONCEPT, label, least)


def _titles(documents: Iterable[Document]) -> Counter[str]:
    titles = (" ".join(each.title.split()) for each in documents)
    return Counter(title for title in titles if 0 < len(title) <= LONGEST)


def _creators(documents: Iterable[Document]) -> Counter[str]:
    return Counter(
        name for each in documents for name in dict.fromkeys(each.creators) if len(name) <= LONGEST
    )


def _names(conference: Conference) -> dict[str, None]:
    translations = (conference.title, conference.series, conference.place)
    return dict.fromkeys(text for texts in translations for text in texts.values() if len(text) <= LONGEST)


def _conference(archive: Archive, name: str) -> Conference | None:
    try:
        return archive.conference(name)
    except NotFoundError:
        return None
