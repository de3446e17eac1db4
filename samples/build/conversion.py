"""LibreOffice turns Office files into PDF and OpenDocument.

The bytes of a PDF may differ between runs and versions of LibreOffice; its text does not.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from pathlib import Path

from samples.build.packages import MADE_AT, fix_package

TIMEOUT_SECONDS = 300
"""LibreOffice needs some seconds a file, more at its first start."""


def convert(originals: list[Path], suffix: str, folder: Path) -> list[Path]:
    """Convert Office files into `folder`, all in one start of LibreOffice.

    Raises:
        RuntimeError: LibreOffice left one of the files out.
    """
    if not originals:
        return []
    stamp = str(int(MADE_AT.timestamp()))
    with tempfile.TemporaryDirectory() as profile:
        subprocess.run(
            [
                "soffice",
                f"-env:UserInstallation=file://{profile}",
                "--headless",
                "--convert-to",
                suffix,
                "--outdir",
                str(folder),
                *map(str, originals),
            ],
            check=True,
            capture_output=True,
            timeout=TIMEOUT_SECONDS,
            env={**os.environ, "SOURCE_DATE_EPOCH": stamp, "TZ": "UTC"},
        )
    made = [folder / f"{original.stem}.{suffix}" for original in originals]
    for path in made:
        if not path.exists():
            raise RuntimeError(f"LibreOffice did not write {path.name}")
        if suffix.startswith("od"):
            fix_package(path)
    return made
