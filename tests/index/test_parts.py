"""Parts of the search that a process does without, each in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from bench.command import PROJECT
from index.parts import Part

KNOWN = """
import json
from index.installed_dictionaries import key_of
from index.keys import document_keys, query_keys
from index.lexical import keys_of
from index.parts import leave_out
from index.vocabulary import own_words
leave_out({parts})
print(json.dumps({{
    "compound": "+konferenz" in document_keys("Energiekonferenz"),
    "compound taught": "konferenz" in keys_of(["Energiekonferenz"], "de"),
    "form": "stadt" in query_keys("Städte"),
    "form taught": key_of("Städte", "de") == "stadt",
    "stem": "~konferenz" in document_keys("Konferenzen"),
    "label": "youth" in own_words().translations("jugend", "de", "en"),
}}))
"""

ALL = {"compound", "compound taught", "form", "form taught", "label"}


def known(*parts: Part) -> set[str]:
    program = KNOWN.format(parts=[*map(str, parts)])
    done = subprocess.run([sys.executable, "-c", program], cwd=PROJECT, capture_output=True, check=True)
    return {name for name, is_known in json.loads(done.stdout).items() if is_known}


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        (Part.COMPOUNDS, ALL - {"compound", "compound taught"}),
        (Part.LEMMAS, ALL - {"form", "form taught"} | {"stem"}),
        (Part.THESAURUS, ALL - {"label"}),
    ],
)
def test_a_process_does_without_one_part_and_keeps_the_others(part: Part, expected: set[str]) -> None:
    assert known(part) == expected


def test_by_default_nothing_is_left_out() -> None:
    assert known() == ALL
