"""`passports` on the command line: every file's report, searched."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from bench.command import PROJECT, command, environment, portal

TEXT = "Die Fernwärme der Städtepartnerschaft versorgt Krasnodar und seine Partner zuverlässig. " * 8


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("passports")
    (folder / "in").mkdir()
    (folder / "in/a.txt").write_text(TEXT, encoding="utf-8")
    canvas = Canvas(str(folder / "in/b.pdf"), invariant=True)
    canvas.drawString(50, 700, TEXT[:60])
    canvas.showPage()
    canvas.rect(50, 50, 200, 200, fill=1)
    canvas.showPage()
    canvas.save()
    (folder / "in/c.pptx").write_bytes(b"PK\x03\x04 cut off")
    (folder / "in/d.xyz").write_bytes(b"\x00\x01\x02\x03" * 40)
    assert portal(folder / "home", "ingest", str(folder / "in"), "--conference", "c").code == 1
    return folder / "home"


def listed(home: Path, *arguments: str) -> list[str]:
    done = portal(home, "passports", "--json", *arguments)
    assert done.code == 0
    return [f"{found['light']} {found['path']}" for found in done.objects]


def test_every_file_has_a_report(home: Path) -> None:
    assert sorted(listed(home)) == ["amber b.pdf", "green a.txt", "red c.pptx", "red d.xyz"]


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        (("--light", "red"), ["red c.pptx", "red d.xyz"]),
        (("--light", "amber", "--light", "green"), ["amber b.pdf", "green a.txt"]),
        (("--format", "pdf"), ["amber b.pdf"]),
        (("--format", "PPTX"), ["red c.pptx"]),
        (("--conference", "other"), []),
        (("no text layer",), ["amber b.pdf"]),
        (("DAMAGED", "c.pptx"), ["red c.pptx"]),
        (("pypdfium2",), ["amber b.pdf"]),
        (("DAMAGED", "b.pdf"), []),
    ],
)
def test_reports_are_found_by_what_they_say(home: Path, arguments: tuple[str, ...], found: list[str]) -> None:
    assert sorted(listed(home, *arguments)) == found


def test_reports_are_read_on_one_line_each(home: Path) -> None:
    done = subprocess.run(
        command("passports", "--light", "amber"),
        env=environment(home),
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=True,
    )
    (line,) = done.stdout.splitlines()
    assert line.startswith("amber ")
    assert "b.pdf: PDF, 2 pages, " in line
    assert line.endswith("no text layer.")
