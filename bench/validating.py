"""Have the storage root validated by OCFL validators of others, whole and with one byte flipped.

python -m bench.validating FOLDER [SEED]

ocfl-java (Maven, `bench/ocfl_java`) and rocfl (`cargo install rocfl`, looked for on the PATH); one that is
not there is passed over. ocfl-java looks at objects, not at the files of the root itself.
"""

from __future__ import annotations

import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from archive.verification import verify
from bench.command import PROJECT
from bench.support.damage import files_by_kind, flipped
from bench.support.history import archive_with_history

JAVA_PROJECT = PROJECT / "bench" / "ocfl_java" / "pom.xml"

_COLOURS = re.compile(r"\x1b\[[0-9;]*m")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a validator says: valid or not, and its lines on errors and warnings."""

    valid: bool
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Validator:
    """A program of other authors. `validate` raises SystemExit where it could not do its work."""

    name: str
    validate: Callable[[Path], Verdict]


def validators() -> list[Validator]:
    """Return those that are on this machine."""
    found = []
    if shutil.which("mvn") and shutil.which("java"):
        subprocess.run(["mvn", "-q", "-f", JAVA_PROJECT, "compile"], check=True)
        version = re.search(r"ocfl-java-core</artifactId>\s*<version>(.*?)<", JAVA_PROJECT.read_text())
        found.append(Validator(f"ocfl-java {version.group(1) if version else ''}", _by_ocfl_java))
    if shutil.which("rocfl"):
        said = subprocess.run(["rocfl", "--version"], check=True, capture_output=True, text=True)
        found.append(Validator(said.stdout.strip(), _by_rocfl))
    return found


def _by_ocfl_java(root: Path) -> Verdict:
    options = ("-q", "-B", "-Dstyle.color=never", "-f", str(JAVA_PROJECT))
    done = _run("mvn", *options, "exec:java", f"-Dexec.args={root}")
    lines = [line for line in done.stdout.splitlines() if line.startswith(("error", "warning", "note"))]
    if done.returncode and not lines:
        raise SystemExit(f"ocfl-java did not run: {done.stdout} {done.stderr}")
    return Verdict(done.returncode == 0, tuple(lines))


def _by_rocfl(root: Path) -> Verdict:
    done = _run("rocfl", "--root", str(root), "validate", "--level", "warn")
    lines = re.findall(r"^\s+\d+\. (.*)", done.stdout, re.MULTILINE)
    if done.returncode and not lines:
        lines = [line for line in done.stderr.splitlines() if line.strip()]
    return Verdict(done.returncode == 0, tuple(lines))


def _run(*arguments: str) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        arguments, check=False, capture_output=True, text=True, encoding="utf-8", errors="replace"
    )
    done.stdout = _COLOURS.sub("", done.stdout)
    return done


def main() -> int:
    """Run with the arguments of the command line and say what came of it."""
    folder = Path(sys.argv[1]).resolve()
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else random.randrange(10**6)
    chance, used, wrong = random.Random(seed), validators(), False
    if not used:
        sys.stderr.write("There is neither Maven nor rocfl on this machine: nothing was validated.\n")
        return 1
    with tempfile.TemporaryDirectory() as work:
        archive = archive_with_history(folder, Path(work), chance)
        root = archive.storage.root
        kinds = files_by_kind(root)
        sys.stdout.write(f"seed {seed}: {sum(map(len, kinds.values()))} files\n")
        for validator in used:
            verdict = validator.validate(root)
            wrong |= not verdict.valid or bool(verdict.lines)
            said = "; ".join(verdict.lines) or "no errors, no warnings"
            sys.stdout.write(f"whole: {validator.name}: {'valid' if verdict.valid else 'INVALID'}, {said}\n")
        for kind, paths in sorted(kinds.items()):
            with flipped(chance.choice(paths), root, chance) as done:
                found = [v.name for v in used if not v.validate(root).valid]
                ours = any(finding.place in done.places for finding in verify(archive))
            wrong |= not ours
            sys.stdout.write(f"{kind}, {done.what}: verify {ours}, {', '.join(found) or 'no other'}\n")
        archive.close()
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
