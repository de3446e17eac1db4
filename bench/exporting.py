"""Export a conference, check the bag with bagit, read it into an empty archive, and compare the two archives.

python -m bench.exporting FOLDER [QUERIES] [SEED]
"""

from __future__ import annotations

import hashlib
import random
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

from archive.repository import Archive
from archive.settings import Settings
from bench.command import portal
from bench.rebuilding import answers, queries, records
from bench.support.history import CONFERENCE, archive_with_history
from index.indexer import Indexer


def originals(home: Path) -> dict[tuple[str, int, str], str]:
    """Return the SHA-512 of the bytes of every file of every version."""
    with closing(Archive.open(Settings.from_env({"ARCHIVE_HOME": str(home)}))) as archive:
        return {
            (document.id, version.number, file.name): hashlib.sha512(
                archive.original(document.id, version.number, file.name).read_bytes()
            ).hexdigest()
            for document in archive.documents(state=None)
            for version in document.versions
            for file in version.files
        }


def main() -> int:
    """Run with the arguments of the command line and say what came of it."""
    folder = Path(sys.argv[1]).resolve()
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 100
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else 2017
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        with closing(archive_with_history(folder, work, random.Random(seed))) as archive:
            with closing(Indexer(archive)) as indexer:
                indexer.catch_up()
            conferences = archive.conferences()
        here, there, bag = work / "home", work / "there", work / "bag"
        written = portal(here, "export", CONFERENCE, str(bag))
        checked = subprocess.run(
            [sys.executable, "-m", "bagit", "--validate", str(bag)], capture_output=True, check=False
        )
        read = portal(there, "ingest", str(bag), "--json")
        asked = queries(here, count, seed)
        with closing(Archive.open(Settings.from_env({"ARCHIVE_HOME": str(there)}))) as archive:
            same = {
                "conferences": archive.conferences() == conferences,
                "records and text": records(here) == records(there),
                "originals": originals(here) == originals(there),
                "answers": answers(here, asked) == answers(there, asked),
            }
        whole = portal(there, "verify").code == 0
        size = sum(path.stat().st_size for path in bag.rglob("*") if path.is_file())
    said = (
        f"export: exit {written.code}, {size / 1e6:.0f} MB in {written.seconds:.1f} s",
        f"bagit --validate: exit {checked.returncode}",
        f"read back: {len(read.objects)} files in {read.seconds:.1f} s",
        *(f"{what} equal: {equal}" for what, equal in same.items()),
        f"verify finds nothing: {whole}",
    )
    sys.stdout.write("; ".join(said) + "\n")
    return 0 if whole and all(same.values()) and not written.code and not checked.returncode else 1


if __name__ == "__main__":
    sys.exit(main())
