"""Two processes that take files into the same archive at the same moment, half of them the same."""

from __future__ import annotations

from pathlib import Path

from bench.twins import defects, ingest_at_once, write_files


def test_two_ingestions_at_once_lose_nothing_and_double_nothing(tmp_path: Path) -> None:
    home, twins = tmp_path / "home", write_files(tmp_path, 40)
    assert list(defects(home, twins, ingest_at_once(home, twins))) == []
