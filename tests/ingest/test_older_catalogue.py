"""A catalogue from an older backup under a newer index: what comes in then is found all the same."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from archive.repository import Archive
from archive.settings import Settings
from index.query import Query
from index.search import Search
from ingest.crawl import Wishes, crawl
from ingest.worker import Worker

if TYPE_CHECKING:
    from ingest.readers import ReaderPool


def take_in(archive: Archive, readers: ReaderPool, folder: Path, *names: str) -> None:
    folder.mkdir()
    for name in names:
        (folder / f"{name}.txt").write_text(f"Fernwärme {name} für Krasnodar und seine Partnerstädte " * 9)
    assert list(Worker(archive, readers).ingest(crawl([folder], Wishes(conference="c"))))


def test_index_that_is_ahead_of_the_feed_is_built_anew_before_the_feed_overtakes_it(
    readers: ReaderPool, tmp_path: Path
) -> None:
    settings = Settings.from_env({"ARCHIVE_HOME": str(tmp_path / "home")})
    catalogue, older = settings.home / "catalogue.sqlite", tmp_path / "older.sqlite"
    with closing(Archive.open(settings)) as archive:
        take_in(archive, readers, tmp_path / "one", "Rot")
    shutil.copy(catalogue, older)
    with closing(Archive.open(settings)) as archive:
        take_in(archive, readers, tmp_path / "two", "Blau", "Gold")
        ahead = archive.last_change()
    shutil.copy(older, catalogue)
    with closing(Archive.open(settings)) as archive:
        take_in(archive, readers, tmp_path / "three", "Grau", "Lila", "Rosa", "Braun")
        assert archive.last_change() > ahead
        found = {hit.document.title for hit in Search(archive).ask(Query("Fernwärme")).hits}
        assert found == {document.title for document in archive.documents()}
        assert len(found) == 5
