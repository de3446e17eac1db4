"""How long `verify` takes, against `sha512sum` over the same files in the same run.

python -m bench.verifying FOLDER [TIMES]
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from archive.repository import Archive
from archive.settings import Settings
from archive.verification import verify
from bench.command import portal


def main() -> int:
    """Run with the arguments of the command line and say what came of it."""
    folder = Path(sys.argv[1]).resolve()
    times = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    with tempfile.TemporaryDirectory() as home:
        portal(Path(home), "ingest", str(folder), "--conference", "verified")
        archive = Archive.open(Settings.from_env({"ARCHIVE_HOME": home}))
        files = [path for path in archive.storage.root.rglob("*") if path.is_file()]
        gigabytes = sum(path.stat().st_size for path in files) / 1e9
        objects = sum(1 for _ in archive.storage.objects())
        sys.stdout.write(f"{objects} objects, {len(files)} files, {gigabytes:.3f} GB\n")
        _sha512sum(files)
        for _ in range(times):
            began = time.monotonic()
            found = list(verify(archive))
            ours, theirs = time.monotonic() - began, _sha512sum(files)
            sys.stdout.write(
                f"verify {ours:.2f} s ({ours / gigabytes:.1f} s a GB), sha512sum {theirs:.2f} s, "
                f"ratio {ours / theirs:.2f}, {len(found)} findings\n"
            )
        archive.close()
    return 1 if found else 0


def _sha512sum(files: list[Path]) -> float:
    names = b"\0".join(str(path).encode() for path in files)
    began = time.monotonic()
    subprocess.run(["xargs", "-0", "sha512sum"], input=names, stdout=subprocess.DEVNULL, check=True)
    return time.monotonic() - began


if __name__ == "__main__":
    sys.exit(main())
