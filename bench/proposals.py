"""For how many files title, creators, kind, date and panel are proposed, and by what reason.

    python -m bench.proposals FOLDER

Each folder in FOLDER is taken for a conference; nothing is said of its files but that they are to be held.
Says, too, how many files hold what the audience did not see.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from dataclasses import replace
from pathlib import Path

from sqlalchemy import select

from archive.model import Document
from archive.repository import Archive
from archive.settings import Settings
from archive.tables import intake
from ingest.crawl import Crawl, Wishes, crawl
from ingest.proposals import Field, proposals_from_json
from ingest.readers import ReaderPool
from ingest.worker import Worker

_FIELDS = (Field.TITLE, Field.CREATORS, Field.LANGUAGES, Field.KIND, Field.DATE, Field.PANEL)
_OTHERS = (Field.SIMILAR, Field.TRANSLATION_OF, Field.FORMAT_OF, Field.SAME_BYTES)


def held(found: Crawl) -> Crawl:
    """Let every file be held, and say nothing else of it than its conference."""
    candidates = (
        replace(candidate, description=replace(candidate.description, hold=True, panel=None))
        for candidate in found.candidates
    )
    return replace(found, candidates=tuple(candidates))


def main() -> int:
    """Take in all folders and print a table."""
    folder = Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as home:
        settings = Settings.from_env({"ARCHIVE_HOME": home})
        archive = Archive.open(settings)
        with ReaderPool.of(settings) as readers:
            for conference in sorted(path for path in folder.iterdir() if path.is_dir()):
                found = crawl([conference], Wishes(conference=conference.name.replace("_", "-")))
                for _ in Worker(archive, readers).ingest(held(found)):
                    pass
        _print(archive)
        archive.close()
    return 0


def _print(archive: Archive) -> None:
    with archive.catalogue.engine.connect() as connection:
        rows = connection.scalars(select(intake.c.proposals)).all()
    proposals = [proposals_from_json(row) for row in rows]
    sys.stdout.write(f"{len(proposals)} files\n")
    for name in _FIELDS:
        reasons = Counter(found[name].reason.value for found in proposals if name in found)
        counts = ", ".join(f"{count} {reason}" for reason, count in reasons.most_common())
        sys.stdout.write(f"{name.value}: {counts}\n")
    for name in _OTHERS:
        sys.stdout.write(f"{name.value}: {sum(name in found for found in proposals)}\n")
    documents = archive.documents(state=None)
    sys.stdout.write(f"{len(documents)} drafts; {_holding(documents)}\n")


def _holding(documents: tuple[Document, ...]) -> str:
    files = [file for document in documents for file in document.current.files]
    kinds = Counter(kind.value for file in files for kind in file.sensitive)
    some = sum(bool(file.sensitive) for file in files)
    counts = ", ".join(f"{count} {kind}" for kind, count in kinds.most_common())
    return f"{some} of {len(files)} files hold what was not shown: {counts}"


if __name__ == "__main__":
    sys.exit(main())
