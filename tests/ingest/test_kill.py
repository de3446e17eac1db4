"""Processes killed with SIGKILL while files come in: once in every gap between two writes, and at random."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from archive.gaps import Gap
from bench.kills import STAGES, Tally, choose, kill_through
from bench.support.grounds import LosingIndex
from bench.support.trial import Trial

SAMPLES = Path(__file__).parents[2] / "samples" / "2017-krasnodar"


def test_each_gap_is_tried() -> None:
    assert {gap for stage in STAGES for _, gap in stage} == set(Gap)


@pytest.mark.timeout(900)
def test_killed_processes_lose_nothing_and_double_nothing() -> None:
    seed = int(os.environ.get("KONFERENZARCHIV_SEED", "0")) or random.randrange(10**6)
    chance, tally = random.Random(seed), Tally()
    with LosingIndex() as ground:
        kill_through(Trial(choose(SAMPLES, 30, chance), ground.folder, chance), ground, 1, tally, chance)
    assert tally.defects == [], f"seed {seed}"
    assert len(tally.kills) > len(Gap) // 2, f"seed {seed}: {tally.kills}"
