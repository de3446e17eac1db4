"""Trouble of work that goes on by itself, for the log."""

from __future__ import annotations

import logging


class Trouble:
    """What cannot be done now, told once while it lasts: a database that is down is asked twice a second."""

    def __init__(self, log: logging.Logger) -> None:
        self._log = log
        self._told = ""

    def tell(self, error: Exception) -> None:
        """Note an error in the log unless it is the one told last."""
        if str(error) != self._told:
            self._log.error("%s", error)
            self._told = str(error)

    def is_over(self) -> None:
        """Note that it works."""
        if self._told:
            self._log.warning("It works again.")
            self._told = ""
