"""What comes of each file of a folder of broken and odd ones: a table by format, and what reading them takes.

    python -m bench.outcomes CORPUS/broken-and-odd [--list]

Formats are as sniffed from the bytes; those that nothing reads are in one line. Green: read whole; amber: in
part, or mended, as its passport says; red: read, but there is no text; the others are held. A second table
has what was odd or damaged, in the words that staff see. A file that is silently empty, too slow, too large
for its reader or kills it is a defect. With --list each file that is not green is named with its reason.
"""

from __future__ import annotations

import re
import sys
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from archive.formats import format_label
from bench.support.corpus_reading import MEMORY_BYTES, TIMEOUT_SECONDS, files_below
from bench.support.watched_reading import OUTCOMES, Taken, read_watched
from ingest.extractors import EXTRACTORS

_READ = ("green", "amber", "red")


def main() -> int:
    """Read all files and print; 1 if there is a defect."""
    folder = Path(sys.argv[1]).resolve()
    taken = list(read_watched(files_below(folder), processes=2))
    by_format: dict[str, list[Taken]] = defaultdict(list)
    for each in taken:
        is_read = each.media_type in EXTRACTORS
        by_format[format_label(each.media_type) if is_read else "not read"].append(each)
    _print_table(by_format)
    _print_reasons(taken)
    slowest, largest = max(taken, key=lambda each: each.seconds), max(taken, key=lambda each: each.peak_bytes)
    sys.stdout.write(
        f"\n{len(taken)} files; slowest {slowest.seconds:.1f} s of {TIMEOUT_SECONDS} ({slowest.path.name}); "
        f"most memory {_megabytes(largest)} MB of {MEMORY_BYTES // 10**6:,} ({largest.path.name})\n"
    )
    defects = [each for each in taken if each.is_defect]
    told = [each for each in taken if each.outcome != "green"] if "--list" in sys.argv else defects
    sys.stdout.writelines(
        f"{each.outcome}: {each.path.relative_to(folder)}: {each.reason}\n"
        for each in sorted(told, key=lambda each: (OUTCOMES.index(each.outcome), each.path))
    )
    return 1 if defects else 0


def _print_table(by_format: Mapping[str, Sequence[Taken]]) -> None:
    counts = {label: Counter(each.outcome for each in taken) for label, taken in by_format.items()}
    shown = [outcome for outcome in OUTCOMES if any(count[outcome] for count in counts.values())]
    sys.stdout.write(f"| | files | {' | '.join(shown)} | s, at most | MB, at most |\n")
    sys.stdout.write(f"|---{'|---' * (len(shown) + 3)}|\n")
    for label, taken in sorted(by_format.items(), key=lambda each: (-len(each[1]), each[0])):
        cells = " | ".join(str(counts[label][outcome] or "") for outcome in shown)
        seconds, memory = max(each.seconds for each in taken), max(map(_megabytes, taken))
        sys.stdout.write(f"| {label} | {len(taken)} | {cells} | {seconds:.1f} | {memory} |\n")


def _print_reasons(taken: Sequence[Taken]) -> None:
    reasons: Counter[tuple[str, str]] = Counter()
    for each in taken:
        sentences = re.findall(r"\S.*?[.!](?= |$)", each.reason) if each.outcome in _READ else [each.reason]
        reasons.update({(each.outcome, re.sub(r"\d+", "N", sentence)) for sentence in sentences if sentence})
    sys.stdout.write("\n| | what the passport or the reason says | files |\n|---|---|---|\n")
    for (outcome, reason), count in sorted(
        reasons.items(), key=lambda each: (OUTCOMES.index(each[0][0]), -each[1])
    ):
        sys.stdout.write(f"| {outcome} | {reason} | {count} |\n")


def _megabytes(taken: Taken) -> int:
    return round(taken.peak_bytes / 1e6)


if __name__ == "__main__":
    sys.exit(main())
