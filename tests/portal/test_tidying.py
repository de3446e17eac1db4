"""Tidying up the index takes a part of the worker's time, however long it takes."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from archive.settings import Settings
from index.indexer import Indexer
from portal.commands import work
from portal.commands.opened import open_archive


@pytest.mark.parametrize("seconds", [0.0, 0.2])
def test_the_longer_tidying_takes_the_longer_is_waited(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seconds: float
) -> None:
    class Slow(Indexer):
        def tidy(self) -> None:
            super().tidy()
            time.sleep(seconds)

    monkeypatch.setattr(work, "TIDY_SECONDS", 0.1)
    with open_archive(Settings.from_env({"ARCHIVE_HOME": str(tmp_path)}), create=True) as archive:
        indexer = Slow(archive)
        indexer.catch_up()
        began = time.monotonic()
        pause = work.tidied(indexer)
        took = time.monotonic() - began
        indexer.close()
    assert max(0.1, (work.TIDY_SHARE - 1) * seconds) <= pause <= max(0.1, (work.TIDY_SHARE - 1) * took)
