"""Every broken or odd file has one outcome, within the time and the memory of a reader."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.support.corpus_reading import MEMORY_BYTES, TIMEOUT_SECONDS, files_below
from bench.support.watched_reading import OUTCOMES, read_watched

pytestmark = pytest.mark.corpus


def test_broken_and_odd_files_are_read_or_held_within_the_limits(corpus: Path) -> None:
    paths = files_below(corpus / "broken-and-odd")
    taken = list(read_watched(paths, processes=2))
    assert [each.path for each in taken] == paths
    assert {each.outcome for each in taken} <= set(OUTCOMES)
    assert [(each.path.name, each.outcome, each.reason) for each in taken if each.is_defect] == []
    assert [each.path.name for each in taken if each.outcome != "green" and not each.reason] == []
    assert 0 < max(each.peak_bytes for each in taken) < MEMORY_BYTES / 2
    assert max(each.seconds for each in taken) < TIMEOUT_SECONDS / 4
