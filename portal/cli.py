"""The command line: parse, call one command, turn errors into a message and an exit code.

docs/cli.md describes the commands; a test holds it against the parser.
"""

from __future__ import annotations

import argparse
import logging
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from types import ModuleType

from archive.errors import ArchiveError, DamagedCatalogueError, DamagedStorageError
from archive.settings import Settings
from index.errors import SearchIndexError
from ingest.errors import IngestError
from portal.exitcodes import ExitCode
from portal.output import LogFormatter, shown

Command = Callable[[argparse.Namespace, Settings], ExitCode]

COMMANDS = (
    "ingest",
    "search",
    "suggest",
    "eval",
    "serve",
    "status",
    "passports",
    "user",
    "verify",
    "rebuild",
    "reindex",
    "learn",
    "thesaurus",
    "translate",
    "export",
    "samples",
    "work",
)
"""Every command, in the order of the help text; each is a module of `portal.commands`."""


def parser(names: Sequence[str] = COMMANDS) -> argparse.ArgumentParser:
    """Build the parser of these commands; what the others need is not loaded."""
    top = argparse.ArgumentParser(prog="python -m portal", description="Konferenzarchiv on the command line.")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name in names:
        command = _load(name)
        own = commands.add_parser(name, help=command.SUMMARY, description=command.SUMMARY)
        command.add_arguments(own)
    return top


def main(arguments: Sequence[str]) -> int:
    """Run one command; return its exit code."""
    _log_to_standard_error()
    named = tuple(name for name in arguments[:1] if name in COMMANDS)
    chosen = parser(named or COMMANDS).parse_args(arguments)
    run: Command = _load(chosen.command).run
    try:
        code = run(chosen, Settings.from_env())
        sys.stdout.flush()
        return code
    except BrokenPipeError:
        _drop_output()
        return ExitCode.NO_READER
    except KeyboardInterrupt:
        sys.stderr.write(_STOPPED.get(chosen.command, "Stopped.\n"))
        return ExitCode.INTERRUPTED
    except (DamagedStorageError, DamagedCatalogueError) as exc:
        return _fail(str(exc), ExitCode.DAMAGED)
    except (ArchiveError, SearchIndexError, IngestError) as exc:
        return _fail(str(exc), ExitCode.REFUSED)
    except OSError as exc:
        _drop_output()
        return _fail(f"A file cannot be read or written: {exc}. Mend that and try again.", ExitCode.REFUSED)


def _load(name: str) -> ModuleType:
    return import_module(f"portal.commands.{name}")


_STOPPED = dict.fromkeys(("ingest", "samples"), "Stopped. Files that were kept go on with the next run.\n")


def _log_to_standard_error() -> None:
    handler = logging.StreamHandler()
    handler.setFormatter(LogFormatter("%(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)


def _drop_output() -> None:
    """Send what is left for streams that nobody reads to nowhere, so that Python ends without complaint."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _fail(message: str, code: ExitCode) -> ExitCode:
    sys.stderr.write(f"{shown(message)}\n")
    return code
