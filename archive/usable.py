"""Whether this process may work in a home folder, and else what to do about it."""

from __future__ import annotations

import os
import pwd
from contextlib import suppress
from pathlib import Path

from archive.errors import StorageError

_MOVED_AMONG = ("journal", "staging", "storage")
"""Folders that versions are renamed from and to, which the operating system does on one file system only."""


def refuse_unusable(home: Path) -> None:
    """Look at a home folder and at what lies in it.

    Raises:
        StorageError: something there cannot be read and written; the message says why and what to do.
    """
    try:
        paths = [home, *sorted(home.iterdir())]
    except OSError:
        paths = [home]
    for path in paths:
        wanted = os.R_OK | os.W_OK | (os.X_OK if path.is_dir() else 0)
        if not os.access(path, wanted) and path.exists():  # Files under way may be gone by now.
            raise StorageError(f"{path} cannot be read and written{_reason(path, home)}")
        if path.name in _MOVED_AMONG and path.exists() and path.stat().st_dev != home.stat().st_dev:
            raise StorageError(
                f"{path} is on another file system than {home}. Originals get their place in one step, which "
                "takes one file system: put the whole folder there, and let ARCHIVE_HOME name it."
            )


def _reason(path: Path, home: Path) -> str:
    if os.statvfs(path).f_flag & os.ST_RDONLY:
        return ": its file system is mounted read-only. Mount it so that it can be written."
    owner, me = path.stat().st_uid, os.geteuid()
    if owner == me:
        return f": its permissions forbid it. Run: chmod -R u+rwX {home}"
    theirs, mine = _name(owner), _name(me)
    return (
        f": it belongs to {theirs}, and this process runs as {mine}. Run it as {theirs}, or give the folder "
        f"away as root: chown -R {mine} {home}"
    )


def _name(user: int) -> str:
    with suppress(KeyError):
        return pwd.getpwuid(user).pw_name
    return f"user {user}"
