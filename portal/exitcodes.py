"""How a command says what came of it."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """0 all well, 1 some files were held or failed, 2 wrong usage, 3 the archive is damaged."""

    OK = 0
    LOOK = 1
    USAGE = 2
    DAMAGED = 3
