"""The archive as the other packages see it: keep bytes, describe documents, find both again.

Every change takes the archive's lock and goes the same way: a journal entry, the storage root, the
catalogue with its change feed. Whoever takes the lock first finishes what a dead writer began.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from archive.agreement import refuse_other_conference, refuse_other_document
from archive.catalogue import Catalogue
from archive.contents import Contents
from archive.durable import make_folders
from archive.errors import ArchiveError, StorageError
from archive.gaps import Gap, passing
from archive.halves import lacks_half, refuse_halves
from archive.journal import Intent, Journal
from archive.lock import exclusive
from archive.model import Conference, Document, Page
from archive.objects import RECORD, THESAURUS, conference_object, document_object, original_path
from archive.pictures import forget_pictures
from archive.received import Received, ReceivedFiles
from archive.records import Json, conference_to_json, document_to_json, dump
from archive.rows import refuse_unfit, rows_of
from archive.settings import Settings
from archive.storage import Original, Storage
from archive.thesaurus_record import ThesaurusRecord, thesaurus_to_json
from archive.usable import refuse_unusable
from archive.waiting import refuse_if_awaited

LOCK_TIMEOUT_SECONDS = 120


class Archive(Contents):
    """One archive, open. May be shared by threads and opened by several processes at once."""

    def __init__(self, settings: Settings, storage: Storage, catalogue: Catalogue) -> None:
        super().__init__(settings, storage, catalogue)
        self._journal = Journal(settings.home / "journal")
        self._received = ReceivedFiles(settings.home / "received", settings.max_file_bytes)
        self._lock = settings.home / "archive.lock"

    @classmethod
    def open(cls, settings: Settings, *, create: bool = True, rebuilding: bool = False) -> Archive:
        """Open the archive in `settings.home`.

        Args:
            create: make an empty archive where there is none.
            rebuilding: take a catalogue that lacks what the storage root has, in order to fill it.

        Raises:
            ArchiveError: it cannot be opened; the message says what to do.
        """
        home, storage = settings.home, Storage(settings.home / "storage")
        if not create and not storage.root.exists() and not (home / "catalogue.sqlite").exists():
            raise StorageError(f"There is no archive in {home}. ARCHIVE_HOME names the folder of one.")
        try:
            make_folders(home)
        except OSError as exc:
            raise StorageError(
                f"The folder {home} cannot be used: {exc}. ARCHIVE_HOME names another."
            ) from exc
        refuse_unusable(home)
        archive = cls(settings, storage, Catalogue.open(settings.catalogue_url, home / "catalogue.lock"))
        try:
            archive._make_storage()
            refuse_halves(archive, archive._is_half, rebuilding=rebuilding)
        except BaseException:
            archive.close()
            raise
        return archive

    def _make_storage(self) -> None:
        """Make an empty storage root in an archive that never had one."""
        home, root = self.settings.home, self.storage.root
        try:
            if not root.exists() and self.catalogue.is_empty():
                with exclusive(self._lock, LOCK_TIMEOUT_SECONDS):
                    Storage.make(root, home / "staging")
        except OSError as exc:
            raise StorageError(
                f"The folder {home} cannot be used: {exc}. ARCHIVE_HOME names another."
            ) from exc

    def _is_half(self) -> bool:
        """Tell whether either catalogue or storage root has nothing, and no writer is at work in between."""
        return not self._journal.has_entries() and lacks_half(self.storage, self.catalogue)

    def close(self) -> None:
        """Let go of the catalogue."""
        self.catalogue.close()

    def receive(self, source: BinaryIO) -> tuple[Received, str, int]:
        """Keep bytes before anything reads them: receipt, SHA-512, size. Raises StorageError."""
        return self._received.receive(source)

    def adopt(self, path: Path, lock: BinaryIO) -> Received:
        """Take over a whole file without copying it, see `ReceivedFiles.adopt`. Raises StorageError."""
        return self._received.adopt(path, lock)

    def claim_received(self, name: str) -> Received | None:
        """Take over a receipt that no living process holds; None where there is none."""
        return self._received.claim(name)

    def sweep_received(self, is_needed: Callable[[str], bool]) -> None:
        """Drop the receipts of dead processes that nobody noted as needed."""
        self._received.sweep(is_needed)

    def save(
        self,
        document: Document,
        *,
        message: str,
        by: str = "",
        originals: Mapping[str, Path] | None = None,
        pages: Sequence[Page] | None = None,
        passports: Mapping[str, Json] | None = None,
    ) -> None:
        """Keep a document as it is now, whole or not at all.

        Args:
            message: what happened, for the object's history.
            by: who did it; empty: the program by itself.
            originals: where the bytes of the current version's new files lie, by file name.
            pages: what was read, if it was read anew; else pages and passports stay.
        """
        with self.writing():
            self._save(document, message, by, originals or {}, pages, passports or {})

    def revise(
        self,
        identifier: str,
        change: Callable[[Document], Document],
        *,
        message: str,
        by: str = "",
        originals: Mapping[str, Path] | None = None,
        pages: Sequence[Page] | None = None,
        passports: Mapping[str, Json] | None = None,
    ) -> tuple[Document, Document]:
        """Change the record of a document as it is at this moment, with every other writer kept out.

        Args:
            change: makes the new record from the old one; what it raises leaves everything as it was.
            originals: as in `save`, like `pages` and `passports`, where the change brings files.

        Returns:
            The record before and after; the same where nothing changed, which is not saved.
        """
        with self.writing():
            before = self.document(identifier)
            after = change(before)
            if after != before:
                after = replace(after, updated_at=dt.datetime.now(dt.UTC).replace(microsecond=0))
                self._save(after, message, by, originals or {}, pages, passports or {})
        return before, after

    def _save(
        self,
        document: Document,
        message: str,
        by: str,
        originals: Mapping[str, Path],
        pages: Sequence[Page] | None,
        passports: Mapping[str, Json],
    ) -> None:
        _check_pages(pages or ())
        refuse_unfit(rows_of(document, pages, passports))
        refuse_other_document(self.stored, self.catalogue, document.id)
        digests = {file.name: file.sha512 for file in document.current.files}
        files: dict[str, Original | bytes] = {RECORD: dump(document_to_json(document))}
        for name, path in originals.items():
            files[original_path(document.current.number, name)] = Original(path, digests[name])
        entry = self._journal.begin()
        self.storage.stage(document_object(document.id), files, message, entry, by)
        intent = Intent("put-document", document.id, None if pages is None else tuple(pages), dict(passports))
        self._do(entry, intent, document)

    def save_conference(
        self, conference: Conference, *, message: str = "Conference described", by: str = ""
    ) -> bool:
        """Keep a conference; tell whether anything changed."""
        if conference in self.conferences():
            return False
        before, after = self.revise_conference(conference.id, lambda _: conference, message=message, by=by)
        return before != after

    def revise_conference(
        self,
        identifier: str,
        change: Callable[[Conference | None], Conference],
        *,
        message: str,
        by: str = "",
    ) -> tuple[Conference | None, Conference]:
        """Change a conference as it is at this moment, as `revise` does a document. None: there is none."""
        with self.writing():
            before = next((each for each in self.conferences() if each.id == identifier), None)
            after = change(before)
            if after != before:
                refuse_other_conference(self.stored, self.catalogue, identifier)
                files = {RECORD: dump(conference_to_json(after))}
                entry = self._journal.begin()
                self.storage.stage(conference_object(identifier), files, message, entry, by)
                self._do(entry, Intent("put-conference", identifier), after)
        return before, after

    def revise_thesaurus(
        self,
        change: Callable[[ThesaurusRecord], ThesaurusRecord],
        *,
        message: str,
        by: str = "",
        originals: Mapping[str, Path] | None = None,
    ) -> tuple[ThesaurusRecord, ThesaurusRecord]:
        """Change what staff made of the thesaurus as it is at this moment, as `revise` does a document.

        Args:
            originals: where the bytes of new files lie, by their path in the object.
        """
        with self.writing():
            before = self.stored.thesaurus()
            after = change(before)
            if after != before:
                kept = {file.path: file.sha512 for file in after.files}
                files: dict[str, Original | bytes] = {RECORD: dump(thesaurus_to_json(after))}
                for path, source in (originals or {}).items():
                    files[path] = Original(source, kept[path])
                gone = [file.path for file in before.files if file.path not in kept]
                entry = self._journal.begin()
                self.storage.stage(THESAURUS, files, message, entry, by, gone)
                self._do(entry, Intent("put-thesaurus", THESAURUS))
        return before, after

    def purge(self, identifier: str, check: Callable[[Document], None] = lambda _: None) -> Document:
        """Take a document out, bytes and all. What stays of it is said in `traces.py`.

        Args:
            check: looks at the record as it is at this moment; what it raises leaves everything as it was.

        Returns:
            The record as it was.

        Raises:
            NotFoundError: there is no such document, or no more.
        """
        with self.writing():
            document = self.document(identifier)
            check(document)
            self._do(self._journal.begin(), Intent("remove-document", identifier))
        return document

    def remove_conference(self, identifier: str) -> None:
        """Take out a conference that has no documents and awaits none. Raises NotFoundError, ArchiveError."""
        self.conference(identifier)
        with self.writing():
            if self.documents(conference=identifier, state=None):
                raise ArchiveError(f"The conference {identifier} has documents; move or purge them first.")
            refuse_if_awaited(self.catalogue.engine, identifier)
            self._do(self._journal.begin(), Intent("remove-conference", identifier))

    def recover(self) -> None:
        """Finish what a dead writer began, if there is anything."""
        if self._journal.has_entries():
            with self.writing():
                pass

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep every writer out while the block runs."""
        with exclusive(self._lock, LOCK_TIMEOUT_SECONDS):
            yield

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Keep every other writer out while the block runs, and finish first what a dead one began.

        Raises:
            LockedError, StorageError: the archive cannot be written now.
        """
        try:
            with exclusive(self._lock, LOCK_TIMEOUT_SECONDS):
                for entry, intent in self._journal.unfinished():
                    self._apply(entry, intent)
                yield
        except OSError as exc:
            raise StorageError(
                f"The archive could not be written: {exc}. Nothing was changed by halves."
            ) from exc

    def _do(self, entry: Path, intent: Intent, record: Document | Conference | None = None) -> None:
        passing(Gap.STAGED)
        self._journal.commit(entry, intent)
        passing(Gap.INTENDED)
        self._apply(entry, intent, record)

    def _apply(self, entry: Path, intent: Intent, record: Document | Conference | None = None) -> None:
        """Carry out a valid journal entry. Every step may have been done before.

        Args:
            record: what the storage root has when the entry is placed; None: read it from there.
        """
        if intent.action == "put-document":
            name = document_object(intent.identifier)
            self.storage.place(name, entry)
            passing(Gap.PLACED)
            document = record if isinstance(record, Document) else self.stored.document(intent.identifier)
            self.catalogue.put_document(document, intent.pages, intent.passports)
        elif intent.action == "remove-document":
            had = self.storage.remove(document_object(intent.identifier), entry)
            passing(Gap.REMOVED)
            for sha512 in self.catalogue.digests_of_its_own(intent.identifier, had):
                forget_pictures(self.settings.home / "pictures", sha512)
            self.catalogue.remove_document(intent.identifier, for_good=True)
        elif intent.action == "put-conference":
            name = conference_object(intent.identifier)
            self.storage.place(name, entry)
            self.catalogue.put_conference(
                record if isinstance(record, Conference) else self.stored.conference(intent.identifier)
            )
        elif intent.action == "put-thesaurus":
            self.storage.place(THESAURUS, entry)
        else:
            self.storage.remove(conference_object(intent.identifier), entry)
            self.catalogue.remove_conference(intent.identifier)
        passing(Gap.CATALOGUED)
        self._journal.finish(entry)
        passing(Gap.FINISHED)


def _check_pages(pages: Sequence[Page]) -> None:
    """Refuse pages that no catalogue takes, before anything is written."""
    if [page.number for page in pages] != list(range(1, len(pages) + 1)):
        raise ValueError("pages have to be numbered from 1 without gaps")
    for page in pages:
        f"{page.text}{page.title}{page.notes}".encode()
