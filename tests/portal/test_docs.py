"""The documents against the program: every command, option and setting is there, and none besides."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

import pytest

from archive.gaps import Gap
from portal.cli import COMMANDS, parser

ROOT = Path(__file__).parent.parent.parent
PICTURE_BYTES = 120_000


def _section(text: str, command: str) -> str:
    found = re.search(rf"^## `{command}\b.*?(?=^## |\Z)", text, re.S | re.M)
    assert found, f"docs/cli.md has no section on {command}"
    return found.group()


def test_every_command_and_option_is_described_and_no_other() -> None:
    text = (ROOT / "docs/cli.md").read_text(encoding="utf-8")
    described = re.findall(r"^## `(\w+)", text, re.M)
    assert sorted(described) == sorted(COMMANDS)
    (commands,) = (action for action in parser()._actions if isinstance(action, argparse._SubParsersAction))
    for name, own in commands.choices.items():
        options = _options(own) - {"-h", "--help"}
        assert set(re.findall(r"`(--[a-z-]+)", _section(text, name))) == options, name


def _options(parser: argparse.ArgumentParser) -> set[str]:
    """Every option of a command, those of its actions among them."""
    options: set[str] = set()
    for action in parser._actions:
        options |= set(action.option_strings)
        if isinstance(action, argparse._SubParsersAction):
            options |= {option for inner in action.choices.values() for option in _options(inner)}
    return options


def test_every_setting_is_described_and_no_other() -> None:
    described = set(
        re.findall(r"^\| `(ARCHIVE_\w+)`", (ROOT / "docs/settings.md").read_text(encoding="utf-8"), re.M)
    )
    read = set(re.findall(r'"(ARCHIVE_\w+)"', (ROOT / "archive/settings.py").read_text(encoding="utf-8")))
    assert described == read


def test_the_guide_for_staff_shows_every_picture_that_was_taken_for_it() -> None:
    text = (ROOT / "docs/staff.md").read_text(encoding="utf-8")
    shown = re.findall(r"!\[[^\]]{10,}\]\((\S+)\)", text)
    assert len(shown) == text.count("![") == len(set(shown)), "each once, with words for who cannot see it"
    pictures = list((ROOT / "docs/images/staff").iterdir())
    assert {ROOT / "docs" / name for name in shown} == set(pictures)
    assert not [picture.name for picture in pictures if picture.stat().st_size > PICTURE_BYTES]


def test_the_guide_for_staff_names_what_is_there() -> None:
    text = (ROOT / "docs/staff.md").read_text(encoding="utf-8")
    settings = (ROOT / "docs/settings.md").read_text(encoding="utf-8")
    assert all(f"`{name}`" in settings for name in re.findall(r"ARCHIVE_[A-Z_]+", text))
    (commands,) = (action for action in parser()._actions if isinstance(action, argparse._SubParsersAction))
    for name, given in re.findall(r"python -m portal (\w+)([^`\n#]*)", text):
        assert set(re.findall(r"--[a-z-]+", given)) <= _options(commands.choices[name]), name
    headings = re.findall(r"^#+ (.+)$", text, re.M)
    anchors = {title.lower().replace(",", "").replace(" ", "-") for title in headings}
    assert set(re.findall(r"\(#([^)]+)\)", text)) <= anchors


def test_only_settings_reads_the_environment() -> None:
    reading = re.compile(r"os\.environ|os\.getenv")
    allowed = {"archive/settings.py"}
    found = {
        path.relative_to(ROOT).as_posix()
        for package in ("archive", "index", "ingest", "portal")
        for path in (ROOT / package).rglob("*.py")
        if reading.search(path.read_text(encoding="utf-8"))
    }
    assert found <= allowed | {"ingest/readers.py"}, "settings come from Settings.from_env alone"


def test_only_tests_import_the_entry() -> None:
    importing = re.compile(r"^\s*(from|import) app\b", re.M)
    for package in ("archive", "index", "ingest", "portal"):
        for path in (ROOT / package).rglob("*.py"):
            assert not importing.search(path.read_text(encoding="utf-8")), path


def test_every_local_link_leads_somewhere() -> None:
    for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8")):
            assert (path.parent / target).exists(), f"{path.name} links to {target}"


def test_every_file_holds_one_notion() -> None:
    long = {
        path.relative_to(ROOT).as_posix(): lines
        for package in ("archive", "index", "ingest", "portal", "tests", "bench", "samples", "tools")
        for path in (ROOT / package).rglob("*.py")
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > 350
    }
    assert not long


def test_every_gap_between_two_writes_is_explained() -> None:
    design = (ROOT / "docs" / "design.md").read_text(encoding="utf-8")
    table = re.findall(r"^\| `([A-Z_]+)` \|", design, re.MULTILINE)
    assert table == [gap.name for gap in Gap]


@pytest.mark.parametrize("package", ["whoosh", "pdfminer.six", "streamlit", "langdetect", "python-docx"])
def test_the_archive_is_built_on_the_packages_it_was_asked_to(package: str) -> None:
    listed = (ROOT / "requirements.in").read_text(encoding="utf-8").splitlines()
    assert any(line.lower().startswith(package) for line in listed)
