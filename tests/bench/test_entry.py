from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bench import __main__ as entry
from bench.command import PROJECT


def test_every_measurement_has_its_heading(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    called = []

    def run(arguments: list[object], **_: object) -> subprocess.CompletedProcess[bytes]:
        called.append([str(argument) for argument in arguments[2:]])
        return subprocess.CompletedProcess([], returncode=1 if "bench.kills" in arguments else 0)

    monkeypatch.setattr(subprocess, "run", run)
    assert entry.main([str(tmp_path)]) == 1
    modules = [module for module, *_ in called]
    assert sorted(modules) == sorted(
        f"bench.{path.stem}"
        for path in (PROJECT / "bench").glob("[a-z]*.py")
        if path.stem not in ("command", "learning")
    )
    assert called[0][1:] == [str(tmp_path)]
    said = capsys.readouterr().out
    assert said.count("\n## ") == len(modules)
    assert said.endswith("Not well: Kills\n")


def test_folder_that_is_none_is_explained(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bench", str(tmp_path / "none")], cwd=PROJECT, capture_output=True, check=False
    )
    assert done.returncode == 2
    assert "is no folder" in done.stderr.decode()
