"""Check the files that came in and wait, or were set aside: often there is no other copy of them."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select

from archive.findings import Finding, copied_from
from archive.folder_files import sha512_of_file
from archive.repository import Archive
from archive.tables import intake
from archive.verification import whole_copies
from ingest.intake import DONE

HAND_IN_AGAIN = "No whole copy is in the archive; hand the file in again"


def received_findings(archive: Archive) -> Iterator[Finding]:
    """Yield which received files are no longer what came in. One that is done meanwhile is not wrong."""
    waits = (intake.c.state != DONE, intake.c.received != "")
    columns = (intake.c.id, intake.c.received, intake.c.sha512, intake.c.path)
    with archive.catalogue.engine.connect() as connection:
        rows = connection.execute(select(*columns).where(*waits).order_by(intake.c.id)).all()
    copies = whole_copies(archive)
    for row in rows:
        path = archive.settings.home / "received" / row.received
        try:
            problem = "" if sha512_of_file(path) == row.sha512 else "is damaged: it is not what came in"
        except FileNotFoundError:
            problem = "is missing"
        except OSError as exc:
            problem = f"cannot be read: {exc.strerror or exc}"
        if not problem:
            continue
        with archive.catalogue.engine.connect() as connection:
            still = connection.execute(select(intake.c.id).where(intake.c.id == row.id, *waits)).first()
        if still is not None:
            whole = copies.find(row.sha512, path)
            remedy = copied_from(whole) if whole else f"{HAND_IN_AGAIN}: {row.path}."
            yield Finding(f"received/{row.received}", problem, remedy, whole)
