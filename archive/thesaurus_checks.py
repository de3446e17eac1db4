"""Check the record of the thesaurus against the files that its object holds."""

from __future__ import annotations

from collections.abc import Iterator

from archive.errors import ArchiveError, NotFoundError
from archive.findings import Finding
from archive.objects import THESAURUS
from archive.repository import Archive
from archive.staff_log import StaffLog
from archive.stored import Stored
from archive.thesaurus_record import ACTIONS

_NAME = "thesaurus"


def thesaurus_findings(stored: Stored) -> Iterator[Finding]:
    """Check what staff made of the thesaurus."""
    try:
        record = stored.thesaurus()
    except (ArchiveError, LookupError, ValueError, TypeError, AttributeError) as exc:
        yield Finding(_NAME, f"has a record that cannot be read: {exc}")
        return
    for file in record.files:
        try:
            kept = stored.thesaurus_sha512(file)
        except NotFoundError:
            yield Finding(_NAME, f"names the file {file.name!r}, which is not stored")
            continue
        if kept != file.sha512:
            yield Finding(
                _NAME, f"has another SHA-512 for the file {file.name!r} than the inventory of its object"
            )


def lost_thesaurus_findings(archive: Archive) -> Iterator[Finding]:
    """Tell whether what staff did to the thesaurus is gone, which the staff log alone knows."""
    if archive.storage.exists(THESAURUS):
        return
    for step in StaffLog(archive.catalogue.engine).steps(actions=ACTIONS, limit=1):
        place = archive.storage.folder(THESAURUS).relative_to(archive.storage.root.parent)
        yield Finding(
            _NAME,
            f"was edited by {step.person}, and its object {place} is not in the storage root",
            "Restore that folder from a backup, or edit the thesaurus anew.",
        )
