from __future__ import annotations

import json
import logging
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.output import LogFormatter, json_line, shown


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Fernwärme für Краснодар.pdf", "Fernwärme für Краснодар.pdf"),
        ("a\nheld: b", "a\\u000aheld: b"),
        ("\x1b[2K\x9b1A", "\\u001b[2K\\u009b1A"),
        ("gpj.\u202efdp", "gpj.\\u202efdp"),
        ("a\u2028b\u2029c", "a\\u2028b\\u2029c"),
        ("\udcff\U000e0041", "\\udcff\\U000e0041"),
        ("a\u00a0b", "a\u00a0b"),
    ],
)
def test_what_hides_is_shown(text: str, expected: str) -> None:
    assert shown(text) == expected


@given(st.text(st.characters()))
def test_nothing_shown_moves_the_cursor_or_the_line(text: str) -> None:
    categories = {unicodedata.category(character) for character in shown(text)}
    assert not categories & {"Cc", "Cf", "Cs", "Zl", "Zp"}


@given(st.text(st.characters()))
def test_json_is_one_line_however_lines_are_split(text: str) -> None:
    line = json_line({"path": text})
    assert len(line.splitlines()) == 1
    assert line.endswith("\n")
    assert not any(0x7F <= ord(character) <= 0x9F for character in line)
    line.encode()
    assert json.loads(line) == {"path": text}


def test_log_shows_names_and_keeps_the_lines_of_a_traceback() -> None:
    try:
        raise ValueError("a\x1b[2Kb")
    except ValueError:
        record = logging.LogRecord("x", logging.ERROR, "", 1, "%s: no", ("a\nb",), sys.exc_info())
    lines = LogFormatter("%(levelname)s %(message)s").format(record).split("\n")
    assert lines[0] == "ERROR a\\u000ab: no"
    assert lines[1].startswith("Traceback")
    assert lines[-1] == "ValueError: a\\u001b[2Kb"
