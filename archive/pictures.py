"""Where the pictures of a file's pages lie: in a folder named by its digest, derived from the file."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path

_DIGEST = re.compile(r"[0-9a-f]{128}")


def pictures_of(folder: Path, sha512: str) -> Path:
    """Return where the pictures of one file lie below `folder`. Raises ValueError: this is no digest."""
    if not _DIGEST.fullmatch(sha512):
        raise ValueError("A picture is named by a SHA-512 digest.")
    return folder / sha512[:2] / sha512


def forget_pictures(folder: Path, sha512: str) -> None:
    """Delete the pictures of a file that is gone. Raises ValueError: this is no digest."""
    drawn_pages = pictures_of(folder, sha512)
    for drawn in drawn_pages.glob("*"):
        drawn.unlink(missing_ok=True)
    with suppress(OSError):
        drawn_pages.rmdir()
