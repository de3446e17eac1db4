"""Publish drafts of an archive, as the page for checking does with those that are chosen.

python -m bench.support.publishing PERSON [AT_MOST]
"""

from __future__ import annotations

import random
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
        at_most = int(sys.argv[2]) if len(sys.argv) > 2 else len(drafts)
        chosen = random.sample(drafts, min(at_most, len(drafts)))
        published = publish(archive, chosen, sys.argv[1])
        indexer.index_now([*chosen, *published.into.values()])
        indexer.tidy()
    sys.stdout.writelines(f"{name}: {problem}\n" for name, problem in published.problems.items())
    return 1 if published.problems else 0


if __name__ == "__main__":
    sys.exit(main())
