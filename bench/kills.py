"""Kill the processes of an archive while files come in; then let them end, and look at all of it.

    python -m bench.kills FOLDER... [--files 200] [--each 3] [--seed SEED] [--disturb index|disk]

Each process, of ingest, portal, worker and publishing, is killed with its group by SIGKILL: in every gap
between two writes that it passes (`archive/gaps.py`), and at random moments. An archive ends when its files
are used up, and is looked at then; archives follow one another until each gap had `--each` kills.

`--disturb index` deletes the folder of the index between two processes now and then; `--disturb disk` lays
the archive on a file system that is full at times.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from archive.gaps import Gap
from bench.support.grounds import GROUNDS, Ground
from bench.support.trial import Trial, Way
from bench.support.wholeness import defects
from ingest.mediatypes import media_type_of
from ingest.queue import Queue

_DEPOSIT = (
    Gap.STAGED,
    Gap.INTENDED,
    Gap.VERSION_PLACED,
    Gap.INVENTORY_PLACED,
    Gap.PLACED,
    Gap.CATALOGUED,
    Gap.FINISHED,
    Gap.CLOSED,
)
STAGES: Sequence[Sequence[tuple[Way, Gap]]] = (
    [(Way.INGEST, gap) for gap in (Gap.RECEIVED, Gap.ENTERED, *_DEPOSIT)],
    [(Way.INGEST, gap) for gap in (Gap.INDEX_DUE, Gap.INDEX_WRITTEN, Gap.INDEX_BUILT)],
    [
        *((Way.SERVE, gap) for gap in (Gap.UPLOAD_WHOLE, Gap.UPLOAD_ADOPTED, Gap.ENTERED)),
        *((Way.SERVE, gap) for gap in (Gap.UPLOAD_ENTERED, Gap.UPLOAD_NOTED)),
        *((Way.WORK, gap) for gap in _DEPOSIT),
    ],
    [
        *((Way.PUBLISH, gap) for gap in (Gap.SUCCEEDED, Gap.POINTED, Gap.LOGGED, Gap.REMOVED)),
        (Way.PUBLISH, Gap.INDEX_JOINED),
    ],
)
"""What files pass one after the other, and in which gaps each process can be ended."""

INDEX = frozenset({Gap.INDEX_DUE, Gap.INDEX_WRITTEN, Gap.INDEX_BUILT})
"""Gaps in which a process stands for sure where there is no index yet."""

MOST = 7
"""So many kills in one gap of one process fit into one archive of 200 files."""

MISSES = {Way.INGEST: 2, Way.WORK: 4, Way.PUBLISH: 10}
"""So often a process may end without having stood in a gap before it is taken that none will any more."""

End = tuple[Way, Gap | None]
"""Which process is killed, and where; None: at a random moment."""

RANDOM = "at a random moment"
SPAN_SECONDS = {Way.INGEST: 6.0, Way.SERVE: 3.0, Way.WORK: 6.0, Way.PUBLISH: 4.0}
"""Within which time a process is killed at random."""


@dataclass
class Tally:
    """How often processes were killed, by where they stood, and what was wrong afterwards."""

    kills: Counter[str] = field(default_factory=Counter)
    by_way: Counter[str] = field(default_factory=Counter)
    archives: int = 0
    set_aside: int = 0
    defects: list[str] = field(default_factory=list)

    def count(self, way: Way, end: Gap | None) -> None:
        """Note a kill."""
        self.kills[end.name if end else RANDOM] += 1
        self.by_way[way] += 1


def kill_through(trial: Trial, ground: Ground, each: int, tally: Tally, chance: random.Random) -> None:
    """Bring all files of a trial in, with up to `each` kills in each gap of each process.

    What was done, and what is wrong in the end, is noted in `tally`.
    """
    for stage in STAGES:
        ways = list(dict.fromkeys(way for way, _ in stage))
        quota: Counter[End] = Counter()
        misses: Counter[End] = Counter()
        due: list[End] = [*stage, *((way, None) for way in ways)]
        while due:
            way, gap = end = min(due, key=lambda end: (quota[end], end[1] is None, chance.random()))
            ground.disturb(trial.home, chance)
            if gap in INDEX:
                shutil.rmtree(trial.home / "index", ignore_errors=True)
            if gap is Gap.INDEX_JOINED:
                trial.scatter_index()
            moment = gap or chance.uniform(0.2, SPAN_SECONDS[way])
            number = 1 if way is Way.PUBLISH or gap in INDEX else chance.choice((1, 1, 2))
            if trial.run(way, moment, number):
                tally.count(way, gap)
                quota[end] += 1
            else:
                misses[end] += 1
            due = [end for end in due if quota[end] < each and misses[end] < MISSES.get(end[0], 1)]
        ground.calm()
        for way in ways:
            trial.run(way, None)
        tally.set_aside += Queue(trial.archive).retry()  # as staff would; see MOST_ATTEMPTS
        trial.run(Way.WORK, None)
    tally.archives += 1
    tally.defects += defects(trial.archive, trial.digests)


def choose(folder: Path, count: int, chance: random.Random) -> list[Path]:
    """Choose files of a folder, no two with the same bytes, and no zips, which are not kept themselves."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.stat().st_size)
    files = [path for path in files if media_type_of(path, path.name) != "application/zip"]
    different = {path.read_bytes(): path for path in files}
    return chance.sample(sorted(different.values()), min(count, len(different)))


def report(tally: Tally, gaps: Iterable[Gap]) -> Iterator[str]:
    """Say in lines what was done and what came of it."""
    yield f"{tally.kills.total()} kills in {tally.archives} archives: " + ", ".join(
        f"{way} {count}" for way, count in sorted(tally.by_way.items())
    )
    for gap in gaps:
        yield f"  {tally.kills[gap.name]:4} {gap.name}: {gap.value}"
    yield f"  {tally.kills[RANDOM]:4} {RANDOM}"
    yield f"{tally.set_aside} files set aside after three kills and tried again; {len(tally.defects)} defects"
    yield from tally.defects


def main() -> int:
    """Run with the arguments of the command line and say what came of it."""
    parser = argparse.ArgumentParser(prog="python -m bench.kills")
    parser.add_argument("folder", type=Path, nargs="+")
    parser.add_argument("--files", type=int, default=200)
    parser.add_argument("--each", type=int, default=3)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    parser.add_argument("--disturb", choices=GROUNDS, default="nothing")
    chosen = parser.parse_args()
    chance, tally = random.Random(chosen.seed), Tally()
    files: list[Path] = []
    for folder in chosen.folder:
        files += choose(folder.resolve(), chosen.files - len(files), chance)
    sys.stdout.write(f"seed {chosen.seed}, {len(files)} files\n")
    gaps = sorted({gap for stage in STAGES for _, gap in stage}, key=list(Gap).index)
    while not tally.defects and min(tally.kills[gap.name] for gap in gaps) < chosen.each:
        due = chosen.each - min(tally.kills[gap.name] for gap in gaps)
        with GROUNDS[chosen.disturb]() as ground:
            kill_through(Trial(files, ground.folder, chance), ground, min(due, MOST), tally, chance)
        sys.stdout.writelines(f"{line}\n" for line in report(tally, gaps))
        sys.stdout.flush()
    return 1 if tally.defects else 0


if __name__ == "__main__":
    sys.exit(main())
