"""`serve`: portal, routes and worker in the foreground."""

from __future__ import annotations

import argparse
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from streamlit import config

from archive.settings import Settings
from portal.exitcodes import ExitCode
from portal.output import shown

SUMMARY = "Serve the portal and its worker in the foreground; ends cleanly on SIGTERM."

PROJECT = Path(__file__).parent.parent.parent
RESTART_SECONDS = 2.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command's arguments."""
    parser.add_argument("--port", type=int, default=8501, help="port to listen on (default 8501)")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default 127.0.0.1)")


def run(chosen: argparse.Namespace, settings: Settings) -> ExitCode:
    """Serve until SIGTERM or SIGINT."""
    try:
        listener = _listen(chosen.host, chosen.port)
    except (OSError, OverflowError, UnicodeError) as exc:
        place = f"{chosen.host}, port {chosen.port}"
        sys.stderr.write(shown(f"{place} cannot be used: {exc}. --port and --host name others.") + "\n")
        return ExitCode.REFUSED
    settings.pass_on()
    os.chdir(PROJECT)
    for number in (signal.SIGTERM, signal.SIGINT):
        # The server raises the signal that ended it once more when everything is closed: heeded by then.
        signal.signal(number, lambda *_: None)
    with listener, _worker_process():
        sys.stdout.write(f"Konferenzarchiv: http://localhost:{listener.getsockname()[1]}\n")
        sys.stdout.flush()
        config.set_option("server.port", listener.getsockname()[1])  # so that pages and messages know it
        server = uvicorn.Server(uvicorn.Config("app:app", log_config=None, access_log=False))
        server.run(sockets=[listener])
    return ExitCode.OK


def _listen(host: str, port: int) -> socket.socket:
    """Take the port before anything else is begun; who connects from now on waits until it is served."""
    family, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
    return socket.create_server(address[:2], family=family)


@contextmanager
def _worker_process() -> Iterator[None]:
    """Keep one worker running; one that dies is started again."""
    stop = threading.Event()
    command = [sys.executable, "-m", "portal", "work", "--with-parent"]
    process = subprocess.Popen(command)

    def watch() -> None:
        nonlocal process
        while not stop.is_set():
            if process.poll() is not None and not stop.wait(RESTART_SECONDS):
                process = subprocess.Popen(command)
            stop.wait(RESTART_SECONDS)

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        stop.set()
        watcher.join()
        process.terminate()
        process.wait()
