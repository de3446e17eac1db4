"""What would be a formula is written so that it is none, and read back as it was."""

from __future__ import annotations

import itertools

import pytest

from ingest.formulas import plain, quoted


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@a", "\ta", "\ra", "'a", "'=a", "''", "a", "", "a=b"])
def test_quoting_for_csv_is_taken_back(text: str) -> None:
    assert plain(quoted(text)) == text
    assert not quoted(text).startswith(("=", "+", "-", "@", "\t", "\r"))


def test_quoting_is_taken_back_whatever_stands_beside_whatever() -> None:
    for length in range(6):
        for letters in itertools.product("='a, \"\t", repeat=length):
            text = "".join(letters)
            assert plain(quoted(text)) == text
