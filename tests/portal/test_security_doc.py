"""docs/security.md against the tests: whatever it says is held is held by a test that is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
DOCUMENT = ROOT / "docs" / "security.md"
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")


def rows() -> list[list[str]]:
    """The cells of the table, without its head."""
    lines = [line for line in DOCUMENT.read_text(encoding="utf-8").splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines[2:]]


def names_in(path: str) -> set[str]:
    """Return the names of the tests in a file; none where there is no such file."""
    source = ROOT / path
    text = source.read_text(encoding="utf-8") if source.exists() else ""
    return set(re.findall(r"^def (test_\w+)\(", text, re.M))


@pytest.mark.parametrize("row", rows(), ids=lambda row: row[0])
def test_every_row_names_tests_that_are_there(row: list[str]) -> None:
    attack, tried, happens, held_by = row
    assert attack
    assert tried
    assert happens
    named = NAMED.findall(held_by)
    assert named
    assert len(named) == held_by.count("`") // 2, "nothing else stands there"
    for path, name in named:
        assert name in names_in(path), f"{path} has no {name}"


def test_no_attack_stands_there_twice() -> None:
    attacks = [row[0] for row in rows()]
    assert len(attacks) > 20
    assert len(attacks) == len(set(attacks))


def test_every_test_of_an_attack_is_named() -> None:
    named = set(NAMED.findall(DOCUMENT.read_text(encoding="utf-8")))
    for file in (ROOT / "tests").rglob("test_attacks.py"):
        path = file.relative_to(ROOT).as_posix()
        assert {(path, name) for name in names_in(path)} <= named
