"""One conference as a BagIt bag: originals, text, records, Dublin Core, a table, and a digest of each file.

A bag holds everything of its conference in any state, also what only staff may read, and can be read without
this program. `restore.py` reads it back; `bag_places.py` says what lies where.

Source: RFC 8493 (BagIt 1.0).
"""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import shutil
import tempfile
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path

import bagit

from archive.contents import Contents
from archive.dublincore import to_dublin_core, to_xml
from archive.durable import sync, sync_tree
from archive.errors import ArchiveError, NotFoundError
from archive.model import Conference, Document
from archive.records import conference_to_json, document_to_json, dump
from ingest.bag_places import (
    CONFERENCE,
    DOCUMENTS,
    DUBLIN_CORE,
    NOTES,
    ORIGINALS,
    RECORD,
    TABLE,
    TEXT,
)
from ingest.formulas import BYTE_ORDER_MARK, quoted

DIGEST = "sha512"
PAGE_BREAK = "\f"

COLUMNS = (
    "id",
    "title",
    "creators",
    "kind",
    "languages",
    "panel",
    "date",
    "rights",
    "access",
    "state",
    "version",
    "files",
)
"""Columns of the table; several values in one cell are parted by „; “."""

_PIECE_BYTES = 1024 * 1024

Progress = Callable[[str], None]
"""Called with the identifier of each document that is written."""


class BagError(ArchiveError):
    """A bag cannot be written, or what should be one is none."""


def write_bag(archive: Contents, conference: str, target: Path, progress: Progress = lambda _: None) -> int:
    """Write a conference as a new folder, whole or not at all; return how many documents it has.

    Raises:
        NotFoundError: there is no such conference.
        BagError: the folder is there, cannot be written, or an original is no longer what was received.
    """
    described = archive.conference(conference)
    if target.exists() or target.is_symlink():
        raise BagError(f"{target} is there already. Name a folder that is not.")
    try:
        partial = Path(tempfile.mkdtemp(prefix=f".{target.name[:100]}.", dir=target.absolute().parent))
    except OSError as exc:
        raise BagError(f"Nothing can be written beside {target}: {exc}.") from exc
    try:
        written = _write_payload(archive, described, partial, progress)
        bagit.make_bag(str(partial), _facts(described, len(written)), checksums=[DIGEST])
        partial.chmod(0o755)
        sync_tree(partial)
        partial.rename(target)
        sync(target.absolute().parent)
    except OSError as exc:
        raise BagError(f"{target} could not be written: {exc}. Nothing was left there.") from exc
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    return len(written)


def _write_payload(
    archive: Contents, conference: Conference, folder: Path, progress: Progress
) -> list[Document]:
    (folder / CONFERENCE).write_bytes(dump(conference_to_json(conference)))
    written = []
    for document in archive.documents(conference=conference.id, state=None):
        own = folder / DOCUMENTS / document.id
        try:
            _write_document(archive, conference, document, own)
        except NotFoundError:  # deleted for good meanwhile
            shutil.rmtree(own)
            continue
        written.append(document)
        progress(document.id)
    (folder / TABLE).write_bytes(_table(written))
    return written


def _write_document(archive: Contents, conference: Conference, document: Document, folder: Path) -> None:
    folder.mkdir(parents=True)
    (folder / RECORD).write_bytes(dump(document_to_json(document)))
    (folder / DUBLIN_CORE).write_bytes(to_xml(to_dublin_core(document, conference)))
    pages = archive.pages(document.id)
    (folder / TEXT).write_bytes(_joined([page.text for page in pages]))
    if any(page.notes for page in pages):
        (folder / NOTES).write_bytes(_joined([page.notes for page in pages]))
    for each in document.versions:
        for file in each.files:
            target = folder / ORIGINALS / str(each.number) / file.name
            target.parent.mkdir(parents=True, exist_ok=True)
            if _copied(archive.original(document.id, each.number, file.name), target) != file.sha512:
                raise BagError(
                    f"The original {file.name!r} of {document.id} is no longer what was received. "
                    "Run verify, and restore it from a backup."
                )


def _copied(source: Path, target: Path) -> str:
    """Copy a file; return the SHA-512 of what was read."""
    digest = hashlib.sha512()
    with source.open("rb") as read, target.open("xb") as written:
        while piece := read.read(_PIECE_BYTES):
            digest.update(piece)
            written.write(piece)
    return digest.hexdigest()


def _joined(texts: Sequence[str]) -> bytes:
    return PAGE_BREAK.join(text.replace(PAGE_BREAK, "\n") for text in texts).encode("utf-8", "replace")


def _table(documents: Sequence[Document]) -> bytes:
    written = io.StringIO()
    writer = csv.writer(written, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for document in documents:
        writer.writerow([quoted(text) for text in _row(document)])
    return (BYTE_ORDER_MARK + written.getvalue()).encode("utf-8", "replace")


def _row(document: Document) -> tuple[str, ...]:
    return (
        document.id,
        document.title,
        "; ".join(document.creators),
        document.kind.value,
        "; ".join(document.languages),
        document.panel or "",
        document.date.isoformat() if document.date else "",
        document.rights,
        document.access.value,
        document.state.value,
        str(document.current.number),
        "; ".join(file.path for file in document.current.files),
    )


def _facts(conference: Conference, documents: int) -> dict[str, str]:
    """Say in bag-info.txt what this is; a line there is one line."""
    titles = " / ".join(" ".join(title.split()) for title in conference.title.values() if title.strip())
    return {
        "Bag-Software-Agent": f"Konferenzarchiv, bagit-python {version('bagit')}",
        "Bagging-Date": dt.datetime.now(dt.UTC).date().isoformat(),
        "External-Identifier": conference.id,
        "External-Description": titles or conference.id,
        "Document-Count": str(documents),
    }
