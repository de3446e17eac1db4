"""Memory of processes (RSS) as Linux keeps it: now, and at its highest since it was last asked to forget.

Source: proc_pid_status(5), proc_pid_clear_refs(5).
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path


def forget_peak(process: int) -> None:
    """Let the highest memory of a process be what it is now."""
    with suppress(OSError):
        Path(f"/proc/{process}/clear_refs").write_text("5", encoding="ascii")


def resident_bytes(process: int) -> int:
    """Return the memory of a process; 0 where it has ended."""
    return _status(process, "VmRSS:")


def peak_bytes(process: int) -> int:
    """Return the highest memory of a process; 0 where it has ended."""
    return _status(process, "VmHWM:")


def children_of_this() -> list[int]:
    """Return the processes that threads of this one started."""
    found = []
    for thread in Path("/proc/self/task").iterdir():
        with suppress(OSError):
            found += (thread / "children").read_text(encoding="ascii").split()
    return [int(child) for child in found]


def _status(process: int, key: str) -> int:
    with suppress(OSError):
        for line in (
            Path(f"/proc/{process}/status").read_text(encoding="ascii", errors="replace").splitlines()
        ):
            if line.startswith(key):
                return int(line.split()[1]) * 1024
    return 0
