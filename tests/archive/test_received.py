from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
from pathlib import Path

from archive.received import ReceivedFiles

RECEIVE = """
import sys
from pathlib import Path
from archive.received import ReceivedFiles

class Slow:
    def read(self, size):
        print("reading", flush=True)
        return sys.stdin.buffer.read(1)

ReceivedFiles(Path(sys.argv[1]), 10**6).receive(Slow())
"""


def test_sweep_drops_what_the_dead_left_and_spares_the_living(tmp_path: Path) -> None:
    received = ReceivedFiles(tmp_path / "received", 10**6)
    command = [sys.executable, "-c", RECEIVE, str(tmp_path / "received")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"reading\n"
        received.sweep()
        assert len(list((tmp_path / "received").iterdir())) == 1
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        received.sweep()
    assert list((tmp_path / "received").iterdir()) == []


def test_received_bytes_are_found_under_their_digest_until_discarded(tmp_path: Path) -> None:
    received = ReceivedFiles(tmp_path, 10**6)
    kept = received.receive(io.BytesIO(b"bytes"))
    assert (kept.size_bytes, kept.path.read_bytes()) == (5, b"bytes")
    assert received.path(kept.sha512) == kept.path
    received.discard(kept.sha512)
    received.discard(kept.sha512)
    assert not kept.path.exists()
