"""The records of a conference as rows to choose from: which are shown, and what may be done with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from archive.model import Conference, Document, State
from portal.managing.words import access_name, state_name
from portal.markup import seen
from portal.reader import Reader
from portal.urls import Parameters, first

WITHOUT_PANEL = "-"
"""Filters the documents that are in no panel."""

_LENGTH = 200


@dataclass(frozen=True, slots=True)
class Filter:
    """Which records are shown; empty: all."""

    panel: str = ""
    state: str = ""
    language: str = ""
    words: str = ""


def filter_of(parameters: Parameters) -> Filter:
    """Read the filter from an address."""
    given = {name: first(parameters, name)[:_LENGTH] for name in ("panel", "state", "language", "words")}
    return Filter(**given)


def filtered(documents: Sequence[Document], chosen: Filter) -> list[Document]:
    """Return the documents that a filter lets through; every word has to occur in what describes them."""
    words = chosen.words.casefold().split()
    return [
        document
        for document in documents
        if chosen.panel in ("", document.panel or WITHOUT_PANEL)
        and chosen.state in ("", document.state.value)
        and (not chosen.language or chosen.language in document.languages)
        and all(word in _described(document) for word in words)
    ]


def rows_of(documents: Sequence[Document], conference: Conference, reader: Reader) -> list[Mapping[str, str]]:
    """Write documents as the rows of the table, by the names of its columns."""
    panels = {panel.id: reader.texts.say(panel.title) for panel in conference.panels}
    return [
        {
            "title": seen(document.title),
            "creators": seen("; ".join(document.creators)),
            "kind": reader.kind(document.kind),
            "languages": ", ".join(document.languages),
            "panel": panels.get(document.panel or "", document.panel or "–"),
            "state": state_name(document.state.value, reader),
            "access": access_name(document.access.value, reader),
            "link": reader.links.record(document.id),
        }
        for document in documents
    ]


def languages_of(documents: Sequence[Document]) -> list[str]:
    """List the languages of documents."""
    return sorted({language for document in documents for language in document.languages})


def in_state(documents: Sequence[Document], state: State) -> list[str]:
    """Return the identifiers of those documents that are in a state."""
    return [document.id for document in documents if document.state is state]


def _described(document: Document) -> str:
    names = [file.name for file in document.current.files]
    return " ".join((document.id, document.title, *document.creators, *names)).casefold()
