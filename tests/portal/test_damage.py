"""A damaged catalogue: told from other trouble, kept, and made again from the storage root."""

from __future__ import annotations

from pathlib import Path

from bench.command import Finished, portal

TEXT = "Die Fernwärme der Städtepartnerschaft versorgt Krasnodar und seine Partner zuverlässig. " * 8


def run(home: Path, *arguments: str) -> Finished:
    """Run a command; it must not end with a traceback."""
    done = portal(home, *arguments)
    assert "Traceback" not in done.errors
    return done


def test_damaged_catalogue_is_kept_and_made_again(tmp_path: Path) -> None:
    home, catalogue = tmp_path / "home", tmp_path / "home/catalogue.sqlite"
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.txt").write_text(TEXT, encoding="utf-8")
    assert run(home, "ingest", str(tmp_path / "in"), "--conference", "c").code == 0
    (home / "received/waits").write_bytes(b"bytes that only the catalogue can name")
    catalogue.write_bytes(b"no database" * 1000)
    for arguments in (("search", "Fernwärme", "--json"), ("verify",), ("ingest", str(tmp_path / "in"))):
        done = run(home, *arguments)
        assert done.code == 3
        assert "run: python -m portal rebuild" in done.errors
    done = run(home, "rebuild")
    assert done.code == 0
    (kept,) = home.glob("catalogue.sqlite.damaged-*")
    assert kept.read_bytes() == b"no database" * 1000
    assert str(kept) in done.errors
    assert [path.name for path in home.glob("received.damaged-*/*")] == ["waits"]
    assert run(home, "search", "Fernwärme", "--json").objects[0]["total"] == 1
    assert run(home, "verify").code == 0


def test_pages_that_are_damaged_are_told_from_a_fault_of_the_program(tmp_path: Path) -> None:
    home, catalogue = tmp_path / "home", tmp_path / "home/catalogue.sqlite"
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.txt").write_text(TEXT * 200, encoding="utf-8")
    run(home, "ingest", str(tmp_path / "in"), "--conference", "c")
    content = bytearray(catalogue.read_bytes())
    content[5 * 4096 :] = b"\xff" * (len(content) - 5 * 4096)
    catalogue.write_bytes(content)
    for arguments in (("verify",), ("search", "Fernwärme"), ("reindex",)):
        assert run(home, *arguments).code == 3
    assert run(home, "rebuild").code == 0
    assert run(home, "verify").code == 0
