"""SKOS files of others, read by a process of its own, with limits on memory and time.

Its parser takes as long and as much as a file makes it; nobody who searches meanwhile waits for that. What it
read lies in a file from then on (`thesaurus_file.py`).
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from pathlib import Path

from archive.settings import Settings
from index.errors import ThesaurusError
from index.thesaurus import Thesaurus
from index.thesaurus_file import open_thesaurus, read_made

_ROOT = Path(__file__).resolve().parent.parent

_SPARE_SECONDS = 5
"""For starting."""

TOO_MUCH = "It takes too much memory or time to read. Leave out languages and notes, or load a part of it."


def open_apart(path: Path, kept: Path, settings: Settings) -> Thesaurus:
    """Return what a SKOS file holds, by way of the file `kept`, which is made where it is missing or old.

    Raises:
        ThesaurusError: it cannot be read.
        OSError: it cannot be opened.
    """
    found = read_made([path], kept)
    if found is None:
        _read(path, kept, settings)
        found = read_made([path], kept)
    # where the file could not be written, it is read here
    return open_thesaurus([path], kept) if found is None else found


def _read(path: Path, kept: Path, settings: Settings) -> None:
    limits = (str(settings.read_memory_bytes), str(int(settings.read_timeout_seconds)))
    try:
        done = subprocess.run(
            [sys.executable, "-m", "index.thesaurus_apart", str(path), str(kept), *limits],
            cwd=_ROOT,
            env={"PYTHONPATH": str(_ROOT), "LC_ALL": "C.UTF-8"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=settings.read_timeout_seconds + _SPARE_SECONDS,
            check=False,
        )
        said = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, ValueError) as exc:
        raise ThesaurusError(path, TOO_MUCH) from exc
    if said:
        raise ThesaurusError(path, said)


def _main(path: str, kept: str, memory_bytes: str, seconds: str) -> str:
    """Read a file; return why it cannot be, nothing where it can."""
    resource.setrlimit(resource.RLIMIT_AS, (int(memory_bytes), int(memory_bytes)))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds)))
    try:
        open_thesaurus([Path(path)], Path(kept))
    except ThesaurusError as exc:
        return exc.reason
    except MemoryError:
        return TOO_MUCH
    return ""


if __name__ == "__main__":
    sys.stdout.write(json.dumps(_main(*sys.argv[1:])))
