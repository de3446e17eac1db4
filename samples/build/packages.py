"""Make zipped documents the same bytes on every build.

The libraries stamp the time of writing into entries, core properties and the workbooks behind charts.
This sets all of them to one moment; LibreOffice's own generator fields stay as they are.
"""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime
from pathlib import Path

MADE_AT = datetime(2017, 6, 20, 9, 0, 0)
"""The moment written into every sample: before the conference, when slides are handed in."""

_ENTRY_TIME = (2017, 6, 20, 9, 0, 0)
_STAMP = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?")
_STAMPED = ("docProps/core.xml", "meta.xml")
_STORED_FIRST = "mimetype"


def fix_package(path: Path) -> None:
    """Rewrite a zipped document with fixed times, and the workbooks inside it."""
    path.write_bytes(_fixed(path.read_bytes()))


def truncate(path: Path, share: float) -> None:
    """Cut a file off, as a broken download does."""
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])


def _fixed(package: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(target, "w") as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename.startswith("Thumbnails/"):
                continue
            if entry.filename.endswith(".xlsx"):
                content = _fixed(content)
            elif entry.filename in _STAMPED:
                content = _STAMP.sub(MADE_AT.isoformat().encode(), content)
            elif entry.filename == "META-INF/manifest.xml":
                content = re.sub(rb'\s*<manifest:file-entry [^>]*"Thumbnails/[^>]*/>', b"", content)
            fixed = zipfile.ZipInfo(entry.filename, _ENTRY_TIME)
            fixed.external_attr = 0o644 << 16
            stored = entry.filename == _STORED_FIRST
            fixed.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            new.writestr(fixed, content)
    return target.getvalue()
