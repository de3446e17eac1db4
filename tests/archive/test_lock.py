from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from archive.errors import LockedError
from archive.lock import exclusive

HOLD = """
import sys, time
from pathlib import Path
from archive.lock import exclusive
with exclusive(Path(sys.argv[1]), 5):
    print("held", flush=True)
    time.sleep(600)
"""


def test_second_holder_is_told_who_holds_it_and_dead_holders_hold_nothing(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with subprocess.Popen([sys.executable, "-c", HOLD, str(path)], stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(LockedError, match=f"process {holder.pid}"), exclusive(path, 0):
            pass
        os.kill(holder.pid, signal.SIGKILL)
    with exclusive(path, 5):
        assert path.read_text().split() == ["process", str(os.getpid())]


def test_a_lock_that_another_program_holds_is_not_put_down_to_a_dead_process(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    ended = subprocess.run(["sh", "-c", "echo $$"], capture_output=True, text=True, check=True)
    path.write_text(f"process {ended.stdout.strip()}")
    program = ["flock", str(path), "sh", "-c", "echo held; exec sleep 600"]
    with subprocess.Popen(program, stdout=subprocess.PIPE, start_new_session=True) as backup:
        assert backup.stdout is not None
        assert backup.stdout.readline() == b"held\n"
        with pytest.raises(LockedError, match="in use by another program"), exclusive(path, 0):
            pass
        os.killpg(backup.pid, signal.SIGKILL)


TAKE_AGAIN_AND_AGAIN = """
import sys, time
from pathlib import Path
from archive.lock import exclusive
while True:
    with exclusive(Path(sys.argv[1]), 60):
        print("held", flush=True)
        time.sleep(0.1)
"""


def test_who_takes_the_lock_again_and_again_lets_others_have_their_turn(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    command = [sys.executable, "-c", TAKE_AGAIN_AND_AGAIN, str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        turns = 0
        for _ in range(5):
            assert holder.stdout.readline() == b"held\n"
            with exclusive(path, 60):
                os.set_blocking(holder.stdout.fileno(), False)
                turns += len((holder.stdout.read() or b"").splitlines())
                os.set_blocking(holder.stdout.fileno(), True)
        holder.kill()
    assert turns <= 5
