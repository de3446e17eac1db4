"""Run every measurement on one folder, each under a heading of its own.

    python -m bench [FOLDER]

Without FOLDER: the conferences of the folder that KONFERENZARCHIV_CORPUS names, else the samples.
`bench.learning` is not among them: it needs parallel texts.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.command import PROJECT

BENCHES = {
    "Ingestion": "bench.ingestion",
    "Stages": "bench.stages",
    "Rebuilding": "bench.rebuilding",
    "Exporting": "bench.exporting",
    "Kills": "bench.kills",
    "Language": "bench.language",
    "Across": "bench.across",
    "Known items": "bench.known_items",
    "Layers": "bench.layers",
    "Proposals": "bench.proposals",
    "Reading": "bench.reading",
    "Outcomes": "bench.outcomes",
    "Fuzzing": "bench.fuzzing",
    "Memory": "bench.memory",
    "Verifying": "bench.verifying",
}
"""Heading -> module that takes a folder."""

SAMPLES = PROJECT / "samples" / "2017-krasnodar"


def main(arguments: list[str]) -> int:
    """Run all; 1 if one of them found something wrong."""
    folder = Path(arguments[0]).resolve() if arguments else _default_folder()
    if not folder.is_dir():
        sys.stderr.write(f"{folder} is no folder. Write: python -m bench FOLDER\n")
        return 2
    failed = [heading for heading, module in BENCHES.items() if _run(f"{heading}: {folder}", module, folder)]
    if _run("Flipping: 1,000 bytes of the samples", "bench.flipping", SAMPLES):
        failed.append("Flipping")
    if _run("Validating: the samples, by others", "bench.validating", SAMPLES):
        failed.append("Validating")
    if _run(f"Vocabulary: {folder} and the samples", "bench.vocabulary", folder, SAMPLES):
        failed.append("Vocabulary")
    if _run("Pairs: the translations among the samples", "bench.pairs", SAMPLES):
        failed.append("Pairs")
    with TemporaryDirectory(prefix="large-") as home:
        if _run(
            f"Searching: 10,000 pages made of {folder}", "bench.searching", folder, "10000", "--home", home
        ):
            failed.append("Searching")
        if _run("Hostile queries: the same", "bench.hostile", home):
            failed.append("Hostile queries")
        if _run("Living: the same", "bench.living", home):
            failed.append("Living")
    if _run("Portal: the samples", "bench.portal"):
        failed.append("Portal")
    if _run("Uploads: 500 MB, cut and resumed", "bench.uploads"):
        failed.append("Uploads")
    if _run("Express: one upload beside a bulk load", "bench.express"):
        failed.append("Express")
    if _run("Twins: two processes with 500 files each, half of them the same", "bench.twins"):
        failed.append("Twins")
    if _run("Turns: whose turn it is where 20,000 files wait", "bench.turns"):
        failed.append("Turns")
    sys.stdout.write(f"\nNot well: {', '.join(failed)}\n" if failed else "")
    return 1 if failed else 0


def _default_folder() -> Path:
    corpus = os.environ.get("KONFERENZARCHIV_CORPUS")
    return Path(corpus).resolve() / "conferences" if corpus else SAMPLES


def _run(heading: str, module: str, *arguments: Path | str) -> int:
    sys.stdout.write(f"\n## {heading}\n\n")
    sys.stdout.flush()
    return subprocess.run([sys.executable, "-m", module, *arguments], cwd=PROJECT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
