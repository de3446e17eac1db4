"""A run in several processes prints a line for every file, and ends as one in a single process does."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

FILES = {
    "test_good.py": "def test_a(): pass\ndef test_b(): pass\n",
    "test_bad.py": """
import pytest

@pytest.fixture
def ends_badly():
    yield
    raise OSError

def test_a(): pass
def test_b(): assert 0
def test_c(ends_badly): pass
@pytest.mark.skip(reason="no reason")
def test_d(): pass
""",
}


def test_each_file_has_a_line_that_tells_what_became_of_its_tests(tmp_path: Path) -> None:
    for name, text in FILES.items():
        (tmp_path / name).write_text(text)
    arguments = ["-ra", "-n", "2", "--dist", "loadfile", "-p", "by_file", "-p", "no:cacheprovider"]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *arguments],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parent)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 1
    lines = {line.partition("]")[2].rpartition(",")[0].strip() for line in done.stdout.splitlines()}
    assert "test_good.py  2 passed" in lines
    assert "test_bad.py  1 failed, 1 error, 2 passed, 1 skipped" in lines
    assert "FAILED test_bad.py::test_b (call)" in done.stdout
    assert "FAILED test_bad.py::test_c (teardown)" in done.stdout
    assert "SKIPPED [1] test_bad.py:12: no reason" in done.stdout
    assert "FAILED test_bad.py::test_b - assert 0" in done.stdout
