from __future__ import annotations

import bz2
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from archive.errors import StorageError
from ingest import partial
from ingest.errors import ZipError
from ingest.unpacking import Member, Unpacked, Unpacking
from ingest.unpacking_folder import FOLDER, sweep
from tests.ingest.zipped import (
    Raw,
    Unpack,
    files_below,
    raw_zip,
    write_zip,
    zip_bytes,
)


def test_a_full_disk_is_told_and_leaves_nothing(
    unpack: Unpack, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(partial, "RESERVE_BYTES", 1 << 60)
    with pytest.raises(StorageError, match="nearly full"):
        unpack(zip_bytes({"a.txt": "a"}))
    assert files_below(home) == []


UNPACK_AND_WAIT = """
import sys, pathlib
from ingest.unpacking import Unpacking
unpacking = Unpacking(pathlib.Path(sys.argv[1]))
unpacking.unpack(pathlib.Path(sys.argv[2]))
print("there", flush=True)
sys.stdin.read()
"""


def test_what_a_killed_process_left_is_removed_and_that_of_a_living_one_is_not(
    tmp_path: Path, home: Path
) -> None:
    path = write_zip(tmp_path / "a.zip", {"a.txt": "a"})
    command = [sys.executable, "-c", UNPACK_AND_WAIT, str(home), str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"there\n"
        sweep(home)
        with Unpacking(home) as opened:
            opened.unpack(path)
            assert len(files_below(home)) == 2
        assert len(files_below(home)) == 1
        other.send_signal(signal.SIGKILL)
        other.wait()
        sweep(home)
        assert list((home / FOLDER).iterdir()) == []


def test_the_same_zip_is_unpacked_once(tmp_path: Path, home: Path) -> None:
    path = write_zip(tmp_path / "a.zip", {"a.txt": "a"})
    with Unpacking(home) as opened:
        assert opened.unpack(path) is opened.unpack(path)


# Any bytes

CHANGES = st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), min_size=1, max_size=12)
SOUND = raw_zip(
    Raw("Panel 1/ä.txt".encode(), b"text" * 50, flags=0x800),
    Raw("Доклад.txt".encode("cp866"), b"more"),
    Raw(b"inner.zip", zip_bytes({"a.txt": "a", "b/c.txt": "c"}), method=0),
    Raw(b"b.bz2", b"text" * 9, method=12, packed=bz2.compress(b"text" * 9)),
)


@hypothesis_settings(max_examples=400, deadline=None)
@given(changes=CHANGES, cut=st.integers(0, len(SOUND)))
def test_no_bytes_do_more_than_be_refused(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[int, int]], cut: int
) -> None:
    folder = tmp_path_factory.mktemp("fuzz")
    content = bytearray(SOUND if cut % 3 else SOUND[:cut])
    for place, value in changes:
        if content:
            content[place % len(content)] = value
    (folder / "a.zip").write_bytes(content)
    with Unpacking(folder / "home") as opened:
        try:
            unpacked = opened.unpack(folder / "a.zip")
        except ZipError:
            unpacked = Unpacked(())
        assert all(isinstance(member, Member) and member.path for member in unpacked.members)
        for member in unpacked.members:
            assert member.source.parent.parent == folder / "home" / FOLDER
            assert member.source.exists() == member.is_taken
    assert sorted(path.name for path in folder.iterdir()) == ["a.zip", "home"]
