"""What has to hold of an archive whatever happened to it: nothing lost, doubled, damaged or unfound."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from sqlalchemy import select

from archive.access import Audience, shown_pages
from archive.inventories import INVENTORY
from archive.model import Document, State
from archive.repository import Archive
from archive.tables import intake
from archive.verification import verify
from index.query import Query
from index.search import Search
from ingest.intake import DONE

WORDS = 6
"""So many words in a row of a document are sought as a phrase."""

WORD = re.compile(r"\b[^\W\d_]{3,}\b")

TEMPORARY = ("received", "journal", "uploads", "staging")
"""Folders of a home in which nothing is left when all is done."""


def defects(archive: Archive, digests: Mapping[str, str]) -> Iterator[str]:
    """Say what is wrong; nothing where all is well.

    Args:
        digests: SHA-512 of every file that was handed in -> what to call it.
    """
    documents = archive.documents(state=None)
    yield from (f"verify: {finding.place}: {finding.problem}" for finding in verify(archive))
    yield from _kept(documents, digests)
    stored = _stored(archive)
    yield from (f"lost: {name}" for digest, name in digests.items() if digest not in stored)
    yield from _queue(archive)
    for name in TEMPORARY:
        folder = archive.settings.home / name
        yield from (f"left behind: {path}" for path in (folder.iterdir() if folder.exists() else ()))
    yield from _unfound(archive, [each for each in documents if each.state is State.PUBLISHED])


def _kept(documents: tuple[Document, ...], digests: Mapping[str, str]) -> Iterator[str]:
    holders: defaultdict[str, set[str]] = defaultdict(set)
    for document in documents:
        for version in document.versions:
            for file in version.files:
                holders[file.sha512].add(document.id)
        doubled = Counter(file.sha512 for file in document.current.files)
        yield from (f"{document.id} has {digest[:12]} twice" for digest, n in doubled.items() if n > 1)
    yield from (f"{digest[:12]} is nobody's file" for digest in holders if digest not in digests)
    yield from (f"doubled: {digests.get(d, d)}: {who}" for d, who in holders.items() if len(who) > 1)


def _stored(archive: Archive) -> set[str]:
    """Return the SHA-512 of everything that objects keep, the first file of a corrected draft among it."""
    inventories = (json.loads((folder / INVENTORY).read_bytes()) for folder in archive.storage.objects())
    return {digest for inventory in inventories for digest in inventory["manifest"]}


def _queue(archive: Archive) -> Iterator[str]:
    with archive.catalogue.engine.connect() as connection:
        for row in connection.execute(select(intake).where(intake.c.state != DONE)):
            yield f"{row.path} is {row.state}: {row.error}"


def _unfound(archive: Archive, documents: list[Document]) -> Iterator[str]:
    """Seek each document by words that stand in it."""
    search = Search(archive)
    for document in documents:
        pages = shown_pages(document, archive.pages(document.id), Audience.PUBLIC, notes_public=False)
        runs = [words for page in pages if (words := WORD.findall(page.text))]
        if not runs:
            continue
        phrase = " ".join(max(runs, key=len)[:WORDS])
        hits = search.ask(Query(text=phrase, conference=(document.conference,), limit=200)).hits
        if document.id not in {hit.document.id for hit in hits}:
            yield f"{document.id} ({document.title}) is not found by {phrase!r}"
