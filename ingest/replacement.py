"""Another file in place of one that a document has: it comes in under the same path, as a draft to check.

Nothing that readers see changes until the draft is published; then the document has a new version, and the
old one stays where it is.
"""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import BinaryIO

from archive.model import Document, File, State
from archive.repository import Archive
from ingest.accession import Accession
from ingest.batches import Batches
from ingest.candidate import Description
from ingest.errors import IngestError
from ingest.intake import Intake
from ingest.mediatypes import media_type_of
from ingest.outcome import Outcome, Status
from ingest.uploads import PRIORITY, SOURCE


class ReplacementError(IngestError):
    """The file cannot take the place of the other one."""


class OtherFormatError(ReplacementError):
    """It is of another format, and would bear a name that lies."""


class SameBytesError(ReplacementError):
    """The archive has these bytes already."""


def replace_file(
    archive: Archive, document: Document, file: File, name: str, source: BinaryIO, person: str
) -> str:
    """Take in a file that is to replace one of a document's; return the batch in which its draft comes.

    Args:
        name: its file name as given, to tell the format by.
        source: its bytes, which are copied to the disk piece by piece.

    Raises:
        ReplacementError: it cannot replace that file. StorageError: it could not be kept.
    """
    if document.state is State.WITHDRAWN:
        raise ReplacementError("The document is withdrawn. Restore it first.")
    received, sha512, size_bytes = archive.receive(source)
    try:
        if media_type_of(received.path, PurePosixPath(name).name) != file.media_type:
            raise OtherFormatError(f"It is not of the format of {file.name}.")
        if any(sha512 == each.sha512 for each in document.current.files):
            raise SameBytesError("These are the bytes that the document has.")
    except BaseException:
        received.discard()
        raise
    batch = Batches(archive.catalogue.engine).begin(person, SOURCE, document.conference, document.panel)
    taken = Accession(archive, Intake(archive)).take(
        file.path,
        file.name,
        received,
        sha512,
        size_bytes,
        _described(document),
        batch=batch.id,
        priority=PRIORITY,
    )
    if isinstance(taken, Outcome):
        if taken.status is Status.FAILED:
            raise ReplacementError(taken.error)
        raise SameBytesError("Another document has these bytes.")
    taken.received.release()  # a worker takes it over
    return batch.id


def _described(document: Document) -> Description:
    """Say of the new file what staff have said of the document."""
    return Description(
        document.conference,
        document.panel,
        document.kind,
        document.title,
        document.creators,
        document.date,
        document.rights,
        example=document.example,
        hold=True,
        access=document.access,
        embargoed_until=document.embargoed_until,
    )
