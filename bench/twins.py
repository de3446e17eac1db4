"""Two processes put files into one archive at the same moment, half of them the same.

python -m bench.twins [FILES]
"""

from __future__ import annotations

import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

from archive.repository import Archive
from archive.settings import Settings
from archive.verification import verify
from bench.command import Finished, portal
from index.query import Query
from index.search import Search

CONFERENCE = "twins"
WORDS = (
    "Fernwärme",
    "Krasnodar",
    "Partnerschaft",
    "Umwelt",
    "города",
    "школы",
    "energy",
    "transport",
    "Abfall",
)


def write_files(folder: Path, files: int) -> tuple[Path, Path]:
    """Write two folders of that many texts each; half of them have the same names and bytes in both."""
    chance, twins = random.Random(files), (folder / "one", folder / "two")
    for twin in twins:
        twin.mkdir(parents=True)
    for number in range(files + (files + 1) // 2):
        text = f"Bericht{number}. " + " ".join(chance.choices(WORDS, k=80))
        for twin, has_it in zip(twins, (number < files, number >= files // 2), strict=True):
            if has_it:
                (twin / f"{number:04}.txt").write_text(text, encoding="utf-8")
    return twins


def ingest_at_once(home: Path, twins: tuple[Path, Path]) -> list[Finished]:
    """Let two processes take in a folder each at the same time."""
    with ThreadPoolExecutor(2) as processes:
        runs = [
            processes.submit(portal, home, "ingest", str(twin), "--conference", CONFERENCE, "--json")
            for twin in twins
        ]
        return [run.result() for run in runs]


def defects(home: Path, twins: tuple[Path, Path], done: list[Finished]) -> Iterator[str]:
    """Say what is wrong afterwards; nothing where each file is there once, found, and told of rightly."""
    names = [{path.name for path in twin.iterdir()} for twin in twins]
    told = Counter(str(outcome["status"]) for run in done for outcome in run.objects)
    expected = {"deposited": len(names[0] | names[1]), "unchanged": len(names[0] & names[1])}
    if told != expected:
        yield f"told: {dict(told)}, expected: {expected}"
    yield from (f"exit {run.code}: {run.errors}" for run in done if run.code)
    with closing(Archive.open(Settings.from_env({"ARCHIVE_HOME": str(home)}))) as archive:
        yield from (f"verify: {finding.place}: {finding.problem}" for finding in verify(archive))
        kept = Counter(file.name for document in archive.documents() for file in document.current.files)
        yield from (f"{name} is there {kept[name]} times" for name in names[0] | names[1] if kept[name] != 1)
        search = Search(archive)
        for document in archive.documents():
            word = f"Bericht{int(document.current.files[0].name[:4])}"
            found = [hit.document.id for hit in search.ask(Query(text=word)).hits]
            if found[:1] != [document.id]:
                yield f"{word} finds {found}, not {document.id}"
    yield from (f"left behind: {path}" for path in (home / "received").iterdir())


def main() -> int:
    """Run with the arguments of the command line and say what came of it."""
    files = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    with tempfile.TemporaryDirectory() as name:
        home, twins = Path(name) / "home", write_files(Path(name), files)
        done = ingest_at_once(home, twins)
        wrong = list(defects(home, twins, done))
    told = [dict(Counter(str(outcome["status"]) for outcome in run.objects)) for run in done]
    seconds = max(run.seconds for run in done)
    sys.stdout.write(f"{files} files each: {told}, {seconds:.1f} s; {len(wrong)} defects\n")
    sys.stdout.writelines(f"{line}\n" for line in wrong[:50])
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
