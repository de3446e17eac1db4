"""Put a file into a document: as the first of a new one, instead of another, beside others, read again.

Each function takes the record as it shall be but for its files, adds the file, and saves everything at once.
What a file holds that staff have not decided about yet is withheld with it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import replace
from pathlib import Path

from archive.editing import EDITABLE
from archive.history import history_of_document, was_published
from archive.identifiers import mint_document_id
from archive.model import Access, Document, File, Sensitive, State, Version
from archive.records import document_from_json, document_to_json
from archive.repository import Archive
from ingest.intake import Ticket
from ingest.kinds import guess_kind
from ingest.matching import reads_better
from ingest.neighbours import same_path
from ingest.work import Work


def described(ticket: Ticket, work: Work, reason: str) -> Document:
    """Describe a new document, still without files; a draft where there is a reason to hold it."""
    said, now = ticket.description, this_second()
    return Document(
        id=mint_document_id(),
        title=said.title or work.title,
        creators=said.creators or work.creators,
        kind=said.kind or guess_kind(ticket.path, ticket.media_type, work.pages),
        languages=work.languages,
        conference=said.conference,
        panel=said.panel,
        date=said.date,
        rights=said.rights,
        access=said.access or Access.PUBLIC,
        embargoed_until=said.embargoed_until,
        state=State.DRAFT if reason else State.PUBLISHED,
        reason=reason,
        versions=(),
        created_at=now,
        updated_at=now,
        example=said.example,
    )


def place_first(archive: Archive, document: Document, ticket: Ticket, work: Work) -> Document:
    """Save a new document with the file as its only one."""
    file = work.file(ticket, ())
    version = Version(1, document.created_at, (file,))
    document = replace(withholding(document, (), (file,)), versions=(version,))
    archive.save(
        document,
        message="Deposited",
        originals={file.name: ticket.received.path},
        pages=work.pages,
        passports={file.name: work.passport},
    )
    return document


def place_instead(archive: Archive, document: Document, ticket: Ticket, work: Work) -> Document:
    """Save the file in place of the one handed in under the same path.

    That makes a new version, unless nobody but staff could ever have the other file: then it leaves the
    version, so that publishing does not bring to light what was corrected before. The object keeps its bytes.
    """
    current, now = document.current, this_second()
    others = tuple(file for file in current.files if not same_path(file.path, ticket.path))
    leaving = {file.sha512 for file in current.files} - {file.sha512 for file in others}
    file = work.file(ticket, others)
    document = withholding(document, current.files, (file,))
    kept: dict[str, Path] = {}
    if was_published(archive.storage, document.id, leaving):
        version = Version(current.number + 1, now, (file, *others))
        versions = (*succeeded(document), version)
        kept = {other.name: archive.original(document.id, current.number, other.name) for other in others}
        message = "Replaced by a new version"
    else:
        version = replace(current, created_at=now, files=(file, *others))
        versions = (*document.versions[:-1], version)
        message = "Replaced before it was published"
    document = replace(document, versions=versions, updated_at=now)
    passports = archive.passports(document.id)
    staying = {other.name: passports[other.name] for other in others if other.name in passports}
    archive.save(
        document,
        message=message,
        originals={**kept, file.name: ticket.received.path},
        pages=work.pages,
        passports={**staying, file.name: work.passport},
    )
    return document


def place_beside(
    archive: Archive, document: Document, ticket: Ticket, work: Work, *, keep_languages: bool = False
) -> Document:
    """Save the file as another format of a document's current version; the one that reads best leads."""
    current = document.current
    file = work.file(ticket, current.files)
    pages = archive.pages(document.id)
    first = reads_better(ticket.media_type, work.pages, current.files[0].media_type, pages)
    files = (file, *current.files) if first else (*current.files, file)
    document = replace(
        withholding(document, current.files, (file,)),
        languages=work.languages if first and not keep_languages else document.languages,
        versions=(*document.versions[:-1], replace(current, files=files)),
        updated_at=this_second(),
    )
    archive.save(
        document,
        message="Rendition added",
        originals={file.name: ticket.received.path},
        pages=work.pages if first else pages,
        passports={**archive.passports(document.id), file.name: work.passport},
    )
    return document


def place_again(archive: Archive, document: Document, ticket: Ticket, work: Work) -> Document:
    """Save what was read anew of a file that the document has."""
    current = document.current
    known = next(file for file in current.files if file.sha512 == ticket.sha512)
    read = work.file(ticket, ())
    file = replace(known, page_count=read.page_count, sensitive=read.sensitive)
    files = (file, *(other for other in current.files if other != known))
    document = replace(
        withholding(document, current.files, (file,)),
        versions=(*document.versions[:-1], replace(current, files=files)),
        updated_at=this_second(),
    )
    archive.save(
        document,
        message="Read again",
        pages=work.pages,
        passports={**archive.passports(document.id), file.name: work.passport},
    )
    return document


def withholding(document: Document, decided: Iterable[File], files: Iterable[File]) -> Document:
    """Withhold what `files` hold that none of those `decided` about does.

    A document about which nobody decides file by file stays as the archive is set.
    """
    if document.withheld is None:
        return document
    before = {kind for file in decided for kind in file.sensitive}
    kinds = {*document.withheld, *(kind for file in files for kind in file.sensitive if kind not in before)}
    return replace(document, withheld=in_order(kinds))


def succeeded(document: Document) -> tuple[Version, ...]:
    """Return the versions of a document as they are under a newer one: what is withheld of them stays so."""
    return tuple(
        replace(
            version,
            files=tuple(
                replace(file, withheld=in_order({*file.withheld, *(document.withheld or ())}))
                for file in version.files
            ),
        )
        for version in document.versions
    )


def in_order(kinds: Collection[Sensitive]) -> tuple[Sensitive, ...]:
    """Put what is sensitive in the order in which it is always named."""
    return tuple(kind for kind in Sensitive if kind in kinds)


def corrected(archive: Archive, identifier: str) -> frozenset[str]:
    """Name the fields of a document that people have set, by their names in its JSON."""
    events = history_of_document(archive.storage, identifier)
    return frozenset(name for event in events if event.by for name in event.differences) & set(EDITABLE)


def is_held_by_person(archive: Archive, identifier: str) -> bool:
    """Tell whether a person gave the reason for which a draft is held now."""
    events = history_of_document(archive.storage, identifier)
    return next((bool(event.by) for event in events if "reason" in event.differences), False)


def keeping(document: Document, before: Document, fields: Collection[str]) -> Document:
    """Return the document with these fields as they were before."""
    if not fields:
        return document
    record = document_to_json(before)
    return document_from_json({**document_to_json(document), **{name: record[name] for name in fields}})


def this_second() -> dt.datetime:
    """Return the time, as records keep it."""
    return dt.datetime.now(dt.UTC).replace(microsecond=0)
