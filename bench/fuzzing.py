"""Damage real files of every format that is read, and see that each has one outcome and harms no reader.

    python -m bench.fuzzing CORPUS --files 2000 --seed 1 [--only NUMBER ...] [--keep FOLDER] [--processes 2]

Bytes are flipped, cut, spliced, doubled, zeroed; what is inside containers is made hostile in a container
that is whole. Each file is made from seed and number alone. Defects: a reader that died, took too long or too
much memory, gave no sensible answer; a file that is silently empty; words of another file of this machine.
They are kept in FOLDER, as are those that were slow, large, or had an error that no extractor foresaw.
"""

from __future__ import annotations

import argparse
import random
import re
import shutil
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from archive.formats import format_label
from bench.support.corpus_reading import files_below
from bench.support.markup_mutations import CANARY, MARKUP_MUTATIONS
from bench.support.mutations import MUTATIONS
from bench.support.package_mutations import hostile_package
from bench.support.pdf_mutations import PDF_MUTATIONS
from bench.support.watched_reading import Taken, read_watched
from ingest.extractors import EXTRACTORS
from ingest.mediatypes import extension_of, media_type_of

MOST_SOURCE_BYTES = 4_000_000
SLOW_SECONDS = 10
MUCH_BYTES = 1 << 30

SWELLING = frozenset(("with_swelling_member", "with_swelling_stream"))
"""Files that unpack to hundreds of megabytes may be stopped by the limits of their reader."""

LIMITS = frozenset(("too much memory", "too much text", "too slow"))

_UNFORESEEN = re.compile(r"\((\w+(?:Error|Exception|Warning|Exit)\w*)\)$")
_MARKUP = ("xml", "html", "rtf", "text/")

Sources = Mapping[str, Sequence[Path]]


@dataclass(frozen=True, slots=True)
class Made:
    """A file that was made: by which mutation, of which source."""

    number: int
    way: str
    source: Path
    path: Path


def sources_in(folder: Path) -> Sources:
    """Return the files of each format that an extractor reads, by the short name of the format."""
    found: dict[str, list[Path]] = defaultdict(list)
    for path in files_below(folder):
        media_type = media_type_of(path)
        if media_type in EXTRACTORS and 0 < path.stat().st_size <= MOST_SOURCE_BYTES:
            found[format_label(media_type)].append(path)
    return found


def make(sources: Sources, numbers: Sequence[int], seed: int, folder: Path) -> Iterator[Made]:
    """Make files, formats in turn; a number and a seed always make the same one."""
    canary = folder / "canary.txt"
    canary.write_text(CANARY, encoding="utf-8")
    formats = sorted(sources)
    for number in numbers:
        chance = random.Random(f"{seed}-{number}")
        label = formats[number % len(formats)]
        source = chance.choice(sources[label])
        way, content = _mutated(source, sources, chance)
        content = content.replace(b"{canary}", canary.as_uri().encode())
        path = folder / f"{number}-{way}.{extension_of(source.name) or label.lower()}"
        path.write_bytes(content)
        yield Made(number, way, source, path)


def _mutated(source: Path, sources: Sources, chance: random.Random) -> tuple[str, bytes]:
    content = source.read_bytes()
    other = chance.choice(sources[chance.choice(sorted(sources))]).read_bytes() or b" "
    if chance.random() < 0.7:
        hostile = hostile_package(content, chance)
        if hostile is not None:
            return hostile
        if content.startswith(b"%PDF"):
            mutation = chance.choice(PDF_MUTATIONS)
            return mutation.__name__, mutation(content, other, chance)
        if any(word in media_type_of(source) for word in _MARKUP):
            mutation = chance.choice(MARKUP_MUTATIONS)
            return mutation.__name__, mutation(content, other, chance)
    mutation = chance.choice(MUTATIONS)
    return mutation.__name__, mutation(content, other, chance)


def read_made(made: Sequence[Made], processes: int) -> Iterator[tuple[Made, Taken]]:
    """Read them all."""
    return zip(made, read_watched([each.path for each in made], processes), strict=True)


def defect(made: Made, taken: Taken) -> str:
    """Say what is wrong with what came of a file; "" where nothing is."""
    if CANARY in taken.text:
        return "another file of this machine was read"
    if made.way in SWELLING and taken.outcome in LIMITS:
        return ""
    return f"{taken.outcome}: {taken.reason}" if taken.is_defect else ""


def _remark(taken: Taken) -> str:
    """Say what is no defect and yet worth a look."""
    if taken.seconds > SLOW_SECONDS or taken.peak_bytes > MUCH_BYTES:
        return "slow or large"
    unforeseen = _UNFORESEEN.search(taken.reason)
    return f"nobody foresaw {unforeseen[1]}" if unforeseen else ""


def main() -> int:
    """Make, read, count."""
    parser = argparse.ArgumentParser(prog="python -m bench.fuzzing")
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--files", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    parser.add_argument("--only", type=int, nargs="*")
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--processes", type=int, default=2)
    arguments = parser.parse_args()
    sources = sources_in(arguments.corpus.resolve())
    numbers = arguments.only or range(arguments.files)
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    seconds: list[float] = []
    peaks: list[int] = []
    defects = 0
    with tempfile.TemporaryDirectory() as folder:
        for start in range(0, len(numbers), 100):
            made = list(make(sources, numbers[start : start + 100], arguments.seed, Path(folder)))
            for each, taken in read_made(made, arguments.processes):
                counts[format_label(media_type_of(each.source))][taken.outcome] += 1
                seconds.append(taken.seconds)
                peaks.append(taken.peak_bytes)
                what = defect(each, taken)
                defects += bool(what)
                what = what or _remark(taken)
                if what:
                    _say(each, taken, what)
                    if arguments.keep:
                        arguments.keep.mkdir(parents=True, exist_ok=True)
                        shutil.copy(each.path, arguments.keep / f"{arguments.seed}-{each.path.name}")
                each.path.unlink()
    _report(arguments.seed, counts, seconds, peaks, defects)
    return 1 if defects else 0


def _say(made: Made, taken: Taken, what: str) -> None:
    sys.stdout.write(
        f"number {made.number}, {made.way} of {made.source.name}: {what} "
        f"({taken.seconds:.1f} s, {taken.peak_bytes / 1e6:.0f} MB)\n"
    )
    sys.stdout.flush()


def _report(
    seed: int, counts: Mapping[str, Counter[str]], seconds: list[float], peaks: list[int], defects: int
) -> None:
    seconds.sort()
    sys.stdout.write(
        f"seed {seed}: {len(seconds)} files, {defects} defects; seconds {seconds[len(seconds) // 2]:.2f} in "
        f"the median, {seconds[-1]:.1f} at most; memory of a reader {max(peaks) / 1e6:.0f} MB at most\n"
    )
    outcomes = sorted({outcome for each in counts.values() for outcome in each})
    sys.stdout.write(f"| | {' | '.join(outcomes)} |\n|---|{'---|' * len(outcomes)}\n")
    for label, each in sorted(counts.items()):
        sys.stdout.write(f"| {label} | {' | '.join(str(each[outcome] or '') for outcome in outcomes)} |\n")


if __name__ == "__main__":
    sys.exit(main())
