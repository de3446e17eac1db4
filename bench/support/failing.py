"""Run a module and end its process group with SIGKILL in a gap between two writes.

    python -m bench.support.failing GAP NUMBER MODULE [ARGUMENT...]

GAP is a name of `archive.gaps.Gap`; the process ends when it stands in that gap for the NUMBERth time.
"""

from __future__ import annotations

import itertools
import os
import runpy
import signal
import sys

from archive.gaps import Gap, listen


def end_in(gap: Gap, number: int) -> None:
    """End this process and its group when it stands in a gap for the given time, counted from 1."""
    passed = itertools.count(1)

    def listener(reached: Gap) -> None:
        if reached is gap and next(passed) == number:
            os.killpg(0, signal.SIGKILL)

    listen(listener)


if __name__ == "__main__":
    _, name, times, module, *arguments = sys.argv
    end_in(Gap[name], int(times))
    sys.argv = [module, *arguments]
    runpy.run_module(module, run_name="__main__", alter_sys=True)
