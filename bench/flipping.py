"""Flip bytes of a storage root, one at a time, and see whether `verify` names the file; then worse damage.

python -m bench.flipping FOLDER [FLIPS] [SEED]
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import cast

from archive.repository import Archive
from archive.verification import verify
from bench.support.damage import DAMAGES, Damage, files_by_kind, flipped
from bench.support.history import archive_with_history

Way = Callable[[Path, Path, random.Random], AbstractContextManager[Damage]]

WORSE_A_KIND = 3
"""How many files of each kind are deleted, emptied and so on."""


class Flipping:
    """Damages one archive and counts what came of it."""

    def __init__(self, archive: Archive, chance: random.Random) -> None:
        self._archive = archive
        self._root = archive.storage.root
        self._chance = chance
        self.kinds = files_by_kind(self._root)
        self.done: Counter[tuple[str, str]] = Counter()
        self.whole_copies = 0
        self.wrong: list[str] = []
        self.seconds: list[float] = []

    def damage(self, way: Way, kind: str) -> None:
        """Damage one file of a kind, verify, and note what is wrong with the findings."""
        path = self._chance.choice(self.kinds[kind])
        with way(path, self._root, self._chance) as done:
            if not done.places:
                return
            began = time.monotonic()
            findings = list(verify(self._archive))
            self.seconds.append(time.monotonic() - began)
        self.done[way.__name__, kind] += 1
        places = [finding.place for finding in findings]
        self.whole_copies += any(finding.whole_copy for finding in findings)
        for missing in set(done.places) - set(places):
            self.wrong.append(f"{kind}, {done.what}: {missing} is not named, but {places}")
        for other in set(places) - set(done.places):
            self.wrong.append(f"{kind}, {done.what}: {other} is named and was not touched")

    def whole(self) -> list[str]:
        """Return what `verify` finds now, that nothing is damaged any more."""
        return [finding.line for finding in verify(self._archive)]


def main() -> int:
    """Run with the arguments of the command line and say what came of it."""
    folder = Path(sys.argv[1]).resolve()
    flips = int(sys.argv[2]) if len(sys.argv) > 2 else 1000
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else random.randrange(10**6)
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as work:
        archive = archive_with_history(folder, Path(work), chance)
        flipping = Flipping(archive, chance)
        before = flipping.whole()
        kinds = sorted(flipping.kinds)
        for number in range(flips):
            flipping.damage(flipped, kinds[number % len(kinds)])
        flipped_wrong, named = len(flipping.wrong), flipping.whole_copies
        for way in DAMAGES.values():
            for kind in kinds:
                for _ in range(min(WORSE_A_KIND, len(flipping.kinds[kind]))):
                    flipping.damage(cast(Way, way), kind)
        flipping.wrong += [f"before anything was damaged: {line}" for line in before]
        flipping.wrong += [f"after all was put back: {line}" for line in flipping.whole()]
        _print(flipping, seed, flips, flipped_wrong, named)
        archive.close()
    return 1 if flipping.wrong else 0


def _print(flipping: Flipping, seed: int, flips: int, flipped_wrong: int, named: int) -> None:
    files = sum(map(len, flipping.kinds.values()))
    median = sorted(flipping.seconds)[len(flipping.seconds) // 2]
    otherwise, worse = sum(flipping.done.values()) - flips, len(flipping.wrong) - flipped_wrong
    sys.stdout.write(
        f"seed {seed}: {files} files of {len(flipping.kinds)} kinds; {flips} bytes flipped, {flipped_wrong} "
        f"not found, not named, or named wrongly; a whole copy named for {named}; {otherwise} files damaged "
        f"otherwise, {worse} not well; one verify {median:.2f} s\n"
    )
    for kind, paths in sorted(flipping.kinds.items()):
        counts = ", ".join(
            f"{flipping.done[way, kind]} {way}" for way in ("flipped", *DAMAGES) if flipping.done[way, kind]
        )
        sys.stdout.write(f"  {kind} ({len(paths)}): {counts}\n")
    sys.stdout.writelines(f"{line!r}\n" for line in flipping.wrong[:50])


if __name__ == "__main__":
    sys.exit(main())
