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

with ReceivedFiles(Path(sys.argv[1]), 10**6).receive(Slow()):
    pass
"""


def test_sweep_drops_what_the_dead_left_and_spares_the_living(tmp_path: Path) -> None:
    received = ReceivedFiles(tmp_path / "received", 10**6)
    command = [sys.executable, "-c", RECEIVE, str(tmp_path / "received")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"reading\n"
        received.sweep(lambda _: False)
        assert len(list((tmp_path / "received").iterdir())) == 1
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        received.sweep(lambda _: False)
    assert list((tmp_path / "received").iterdir()) == []


def test_received_bytes_stay_as_long_as_they_are_needed(tmp_path: Path) -> None:
    received = ReceivedFiles(tmp_path, 10**6)
    with received.receive(io.BytesIO(b"bytes")) as kept:
        received.sweep(lambda _: False)
        assert (kept.size_bytes, kept.path.read_bytes()) == (5, b"bytes")
    received.sweep(lambda name: name == kept.name)
    assert received.path(kept.name) == kept.path
    assert kept.path.exists()
    received.discard(kept.name)
    received.discard(kept.name)
    assert not kept.path.exists()


def test_same_bytes_received_twice_do_not_share_a_file(tmp_path: Path) -> None:
    received = ReceivedFiles(tmp_path, 10**6)
    with received.receive(io.BytesIO(b"x")) as one, received.receive(io.BytesIO(b"x")) as two:
        assert one.sha512 == two.sha512
        assert one.path != two.path
