"""The measurement of learning, on a corpus of one topic."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bench import learning


def test_it_prints_a_line_for_a_number_of_pairs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    texts = {
        "de": ["Die Stadt hat ein Netz.", "Das Netz verliert Wärme in der Stadt."],
        "ru": ["У города есть сеть.", "Сеть теряет тепло в городе."],
    }
    lines = [
        json.dumps({"_id": f"topic.{language}", "text": "\n\n".join(each), "language": language})
        for language, each in texts.items()
    ]
    (tmp_path / "corpus.jsonl").write_text("\n".join(lines), encoding="utf-8")
    monkeypatch.setattr(learning, "WORDS", 50)
    monkeypatch.setattr("sys.argv", ["learning", str(tmp_path), "--here", "3"])
    assert learning.main() == 0
    assert capsys.readouterr().out.startswith("| 3 | ")
