"""Publish every draft of an archive, as the page for checking does when all are chosen.

python -m bench.publishing PERSON
"""

from __future__ import annotations

import sys
from contextlib import closing

from archive.model import State
from archive.repository import Archive
from archive.settings import Settings
from index.indexer import Indexer
from ingest.succession import publish


def main() -> int:
    """Publish, let readers find it, and name what could not be published."""
    with closing(Archive.open(Settings.from_env())) as archive, closing(Indexer(archive)) as indexer:
        drafts = [document.id for document in archive.documents(state=State.DRAFT)]
        published = publish(archive, drafts, sys.argv[1])
        indexer.index_now([*drafts, *published.into.values()])
        indexer.tidy()
    sys.stdout.writelines(f"{name}: {problem}\n" for name, problem in published.problems.items())
    return 1 if published.problems else 0


if __name__ == "__main__":
    sys.exit(main())
