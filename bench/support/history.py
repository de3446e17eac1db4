"""Make an archive of a folder in which objects have several versions, to be damaged or validated."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

from archive.editing import Editing
from archive.model import State
from archive.repository import Archive
from archive.settings import Settings
from bench.command import portal

CONFERENCE = "history"
PERSON = "bench"


def archive_with_history(folder: Path, work: Path, chance: random.Random) -> Archive:
    """Ingest a folder, replace files of it, correct, withdraw and restore records; return the archive, open.

    Args:
        work: an empty folder for the archive, `home`, and a copy of the files.
    """
    files, home = work / "files", work / "home"
    shutil.copytree(folder, files)
    _ingest(files, home)
    archive = Archive.open(Settings.from_env({"ARCHIVE_HOME": str(home)}))
    editing = Editing(archive, PERSON)
    published = [document.id for document in archive.documents()]
    chance.shuffle(published)
    third = max(1, len(published) // 3)
    for round_number in range(3):
        rights = {"rights": f"Round {round_number} – Ausgabe № {round_number}"}
        editing.edit(dict.fromkeys(published[:third], rights))
    editing.withdraw(published[third : 2 * third], "Rights are not clear – права не выяснены")
    editing.restore(published[third : third + third // 2 + 1])
    archive.close()
    for path in chance.sample(sorted(files.rglob("*.pdf")), min(5, len(list(files.rglob("*.pdf"))))):
        path.write_bytes(path.read_bytes() + b"\n% another edition\n")
    _ingest(files, home)
    archive = Archive.open(Settings.from_env({"ARCHIVE_HOME": str(home)}))
    drafts = archive.documents(state=State.DRAFT)
    Editing(archive, PERSON).edit({draft.id: {"title": "Ein Entwurf"} for draft in drafts})
    for draft in drafts[1:2]:
        archive.purge(draft.id)
    return archive


def _ingest(files: Path, home: Path) -> None:
    done = portal(home, "ingest", str(files), "--conference", CONFERENCE, "--json")
    if done.code not in (0, 1) or not done.objects:
        raise SystemExit(f"{files} could not be ingested: {done.errors}")
