from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
from pathlib import Path

from archive.received import ReceivedFiles, hold

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
    (tmp_path / "received/lost+found").mkdir(parents=True)
    command = [sys.executable, "-c", RECEIVE, str(tmp_path / "received")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"reading\n"
        received.sweep(lambda _: False)
        assert len(list((tmp_path / "received").iterdir())) == 2
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        received.sweep(lambda _: False)
    assert [path.name for path in (tmp_path / "received").iterdir()] == ["lost+found"]


def test_receipt_is_swept_only_when_nobody_holds_or_needs_it(tmp_path: Path) -> None:
    received = ReceivedFiles(tmp_path, 10**6)
    kept, _, size_bytes = received.receive(io.BytesIO(b"bytes"))
    received.sweep(lambda _: False)
    assert (size_bytes, kept.path.read_bytes()) == (5, b"bytes")
    assert received.claim(kept.name) is None
    kept.release()
    received.sweep(lambda name: name == kept.name)
    taken_over = received.claim(kept.name)
    assert taken_over is not None
    taken_over.discard()
    assert received.claim(kept.name) is None
    assert not kept.path.exists()


def test_same_bytes_received_twice_do_not_share_a_file(tmp_path: Path) -> None:
    received = ReceivedFiles(tmp_path, 10**6)
    (one, digest, _), (two, same_digest, _) = (received.receive(io.BytesIO(b"x")) for _ in range(2))
    assert digest == same_digest
    assert one.path != two.path
    one.discard()
    two.discard()


def test_adopted_file_survives_the_loss_of_its_receipt(tmp_path: Path) -> None:
    received = ReceivedFiles(tmp_path / "received", 10**6)
    path = tmp_path / "uploaded"
    path.write_bytes(b"bytes")
    with path.open("rb") as lock:
        assert hold(lock, path)
        adopted = received.adopt(path, lock)
        assert (adopted.name, adopted.path.read_bytes()) == ("uploaded", b"bytes")
        received.sweep(lambda _: False)
        assert adopted.path.exists(), "a living process holds it"
    received.sweep(lambda _: False)
    assert not adopted.path.exists()
    assert path.read_bytes() == b"bytes"
