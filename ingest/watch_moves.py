"""Move what was taken out of the way, so that nothing is overwritten and no link is followed."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path, PurePath

from archive.names import unique_name

DONE, FAILED = "done", "failed"


class MoveError(Exception):
    """A file stays where it is; the message says why."""


def move(source: Path, folder: Path, below: PurePath) -> Path:
    """Move a file to `folder`/`below`, or to a name like it that is free.

    Args:
        folder: there already; no part of the way from it to the file may be a link.

    Raises:
        MoveError: it stays where it is.
    """
    try:
        where = _make_folders(folder, below.parent)
        target = _free(where, below.name)
        try:
            source.rename(target)  # over our own empty placeholder
        except OSError:
            with suppress(OSError):
                if target.stat().st_size == 0:
                    target.unlink()
            raise
    except OSError as exc:
        raise MoveError(f"{source} cannot be moved to {folder}: {exc.strerror}.") from exc
    return target


def note(folder: Path, below: PurePath, text: str) -> None:
    """Write a text to `folder`/`below`, or to a name like it that is free. Raises MoveError."""
    try:
        where = _make_folders(folder, below.parent)
        _free(where, below.name).write_text(text, encoding="utf-8")
    except OSError as exc:
        raise MoveError(f"{folder / below} cannot be written: {exc.strerror}.") from exc


def _make_folders(folder: Path, below: PurePath) -> Path:
    where = folder
    for part in below.parts:
        where = where / part
        where.mkdir(exist_ok=True)
        if where.is_symlink():
            raise NotADirectoryError(0, f"{where} is a link")
    return where


def _free(folder: Path, name: str) -> Path:
    """Take a name that nobody has, by an empty file of this name."""
    while True:
        path = folder / unique_name(name, [entry.name for entry in folder.iterdir()])
        try:
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_NOFOLLOW, 0o644))
        except FileExistsError:
            continue
        return path
