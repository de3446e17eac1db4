"""Take a file out of a draft and make it a draft of its own: the two are not the same work after all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from archive.editing import EditError
from archive.errors import NotFoundError
from archive.identifiers import mint_document_id
from archive.model import Document, File, Page, Sensitive, State, Version
from archive.records import Json
from archive.repository import Archive
from archive.staff_log import StaffLog
from ingest.extraction import ExtractionError
from ingest.neighbours import documents_at
from ingest.placing import in_order, this_second
from ingest.readers import ReaderPool
from ingest.succession import accession_lock, if_unchanged, point_entries
from ingest.work import pages_of, passport_of


def separate(
    archive: Archive,
    readers: ReaderPool,
    document: str,
    file_name: str,
    person: str,
    batch: str | None = None,
) -> Document:
    """Take a file out of a draft and make it a draft of its own; return that.

    Whichever file leads now in one of the two is read again where its text is not kept.

    Raises:
        NotFoundError: the draft or the file is gone. EditError: it is no draft, or has no other file.
    """
    with accession_lock(archive):
        draft = archive.document(document)
        current = draft.current
        taken = next((file for file in current.files if file.name == file_name), None)
        if taken is None:
            raise NotFoundError("file", file_name)
        rest = tuple(file for file in current.files if file is not taken)
        if draft.state is not State.DRAFT or not rest:
            raise EditError("Only a draft of several files can be taken apart.")
        led = current.files[0] is taken
        known, passports = archive.pages(draft.id), dict(archive.passports(draft.id))
        leading = rest[0] if led else taken
        pages, passports[leading.name] = _read(archive, readers, draft, leading)
        now = this_second()
        own = replace(
            draft,
            id=_left_by_crash(archive, draft, taken) or mint_document_id(),
            versions=(Version(1, now, (taken,)),),
            withheld=_only(draft.withheld, (taken,)),
            created_at=now,
            updated_at=now,
        )
        archive.save(
            own,
            message="Taken out of another draft",
            by=person,
            originals={taken.name: archive.original(draft.id, current.number, taken.name)},
            pages=known if led else pages,
            passports={taken.name: passports[taken.name]} if taken.name in passports else {},
        )
        point_entries(archive, draft.id, own.id, taken.sha512)
        archive.revise(
            draft.id,
            if_unchanged(
                draft,
                lambda before: replace(
                    before,
                    versions=(*before.versions[:-1], replace(before.current, files=rest)),
                    withheld=_only(before.withheld, rest),
                ),
            ),
            message="A file taken out",
            by=person,
            pages=pages if led else known,
            passports={file.name: passports[file.name] for file in rest if file.name in passports},
        )
        StaffLog(archive.catalogue.engine).enter(
            person, "separate", {own.id: {"state": (None, "draft")}}, batch=batch, conference=own.conference
        )
        return own


def _left_by_crash(archive: Archive, draft: Document, taken: File) -> str | None:
    """Name the draft that was made of this file before, when the other could not be changed any more."""
    for document in documents_at(archive, draft.conference, taken.path):
        alone = [file.sha512 for file in document.current.files] == [taken.sha512]
        if alone and document.id != draft.id and document.state is State.DRAFT:
            return document.id
    return None


def _read(
    archive: Archive, readers: ReaderPool, draft: Document, file: File
) -> tuple[tuple[Page, ...], Json]:
    try:
        reading = readers.read(archive.original(draft.id, draft.current.number, file.name), file.media_type)
    except ExtractionError as exc:
        return (), passport_of(exc)
    return pages_of(reading), passport_of(reading)


def _only(withheld: tuple[Sensitive, ...] | None, files: Iterable[File]) -> tuple[Sensitive, ...]:
    """Return what is withheld of these files; where nobody has decided, all that they hold."""
    held = {kind for file in files for kind in file.sensitive}
    return in_order(held if withheld is None else held & set(withheld))
