"""An ingestion killed at random moments, as a process group with SIGKILL, and run to its end afterwards."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from bench.kills import kill_and_finish

SAMPLES = Path(__file__).parent.parent.parent / "samples" / "2017-krasnodar"


@pytest.mark.timeout(600)
def test_killed_ingestion_loses_nothing_and_doubles_nothing(tmp_path: Path) -> None:
    seed = int(os.environ.get("KONFERENZARCHIV_SEED", "0")) or random.randrange(10**6)
    assert kill_and_finish(SAMPLES, tmp_path / "home", kills=3, seed=seed, span_seconds=4) == [], (
        f"seed {seed}"
    )
