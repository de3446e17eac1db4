"""How a command says what came of it."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """What came of a command; the last two are what a shell expects of a program that a signal ended."""

    OK = 0
    """All well."""
    LOOK = 1
    """Some files were held or failed."""
    REFUSED = 2
    """Wrong usage, or something that cannot be used now."""
    DAMAGED = 3
    """The archive is damaged."""
    INTERRUPTED = 130
    """Stopped by the user."""
    NO_READER = 141
    """Nobody reads the output any more."""
