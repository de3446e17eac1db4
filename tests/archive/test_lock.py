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
        assert path.read_text() == f"process {os.getpid()}"
