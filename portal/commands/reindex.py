"""`reindex`: make the index again from the catalogue."""

from __future__ import annotations

import argparse

from archive.settings import Settings
from index.indexer import Indexer
from portal.commands.opened import open_archive
from portal.exitcodes import ExitCode

SUMMARY = "Build the index anew from the catalogue, beside the one in use, and swap."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command's arguments: there are none."""


def run(chosen: argparse.Namespace, settings: Settings) -> ExitCode:
    """Build the index anew."""
    with open_archive(settings) as archive:
        Indexer(archive).rebuild()
    return ExitCode.OK
