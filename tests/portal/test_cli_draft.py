"""`ingest --draft` publishes nothing, as a process of its own."""

from __future__ import annotations

from pathlib import Path

from bench.command import portal

TEXT = "Die Fernwärme der Städtepartnerschaft versorgt Krasnodar und seine Partner zuverlässig. " * 8


def test_draft_holds_everything_for_a_look(tmp_path: Path) -> None:
    home, folder = tmp_path / "home", tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    (folder / "b.pdf").write_bytes(b"%PDF-1.4 kaputt")

    done = portal(home, "ingest", str(folder), "--conference", "c", "--draft", "--json")

    assert done.code == 1
    found = {str(outcome["path"]): outcome for outcome in done.objects}
    assert {outcome["status"] for outcome in found.values()} == {"held"}
    assert found["a.txt"]["error"] is None
    assert found["b.pdf"]["error"]
    assert found["a.txt"]["characters"]
    (answer,) = portal(home, "search", "Fernwärme", "--json").objects
    assert answer["total"] == 0


def test_draft_leaves_what_is_published_as_it_is(tmp_path: Path) -> None:
    home, folder = tmp_path / "home", tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    portal(home, "ingest", str(folder), "--conference", "c")
    (folder / "a.txt").write_text(TEXT.replace("Fernwärme", "Wasserkraft"), encoding="utf-8")

    done = portal(home, "ingest", str(folder), "--conference", "c", "--draft", "--json")

    assert [outcome["status"] for outcome in done.objects] == ["held"]
    (answer,) = portal(home, "search", "Fernwärme", "--json").objects
    assert answer["total"] == 1
    (answer,) = portal(home, "search", "Wasserkraft", "--json").objects
    assert answer["total"] == 0
