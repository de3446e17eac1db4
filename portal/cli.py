"""The command line: parse, call one command, turn errors into a message and an exit code.

docs/cli.md describes the commands; a test holds it against the parser.
"""

from __future__ import annotations

import argparse
import logging
import os
import sys
from collections.abc import Callable, Sequence

from archive.errors import ArchiveError, StorageError
from archive.settings import Settings
from ingest.errors import IngestError
from portal.commands import ingest, rebuild, reindex, samples, search, serve, verify, work
from portal.exitcodes import ExitCode

Command = Callable[[argparse.Namespace, Settings], ExitCode]

COMMANDS = {
    "ingest": ingest,
    "search": search,
    "serve": serve,
    "verify": verify,
    "rebuild": rebuild,
    "reindex": reindex,
    "samples": samples,
    "work": work,
}
"""Every command by name, in the order of the help text."""


def parser() -> argparse.ArgumentParser:
    """Build the parser of all commands."""
    top = argparse.ArgumentParser(prog="python -m portal", description="Konferenzarchiv on the command line.")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, command in COMMANDS.items():
        own = commands.add_parser(name, help=command.SUMMARY, description=command.SUMMARY)
        command.add_arguments(own)
    return top


def main(arguments: Sequence[str]) -> int:
    """Run one command; return its exit code."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s", force=True)
    chosen = parser().parse_args(arguments)
    run: Command = COMMANDS[chosen.command].run
    try:
        return run(chosen, Settings.from_env())
    except StorageError as exc:
        return _fail(exc, ExitCode.DAMAGED)
    except (ArchiveError, IngestError) as exc:
        return _fail(exc, ExitCode.USAGE)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitCode.OK
    except KeyboardInterrupt:
        return 130


def _fail(error: Exception, code: ExitCode) -> ExitCode:
    sys.stderr.write(f"{error}\n")
    return code
