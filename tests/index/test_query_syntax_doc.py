"""docs/query-syntax.md says what the program does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from index.query_text import FIELDS
from index.search import CUT, NO_INDEX
from index.syntax import PATTERNS, SYNTAX, TOO_LONG, WILDCARD, parse
from tests.index.asking import matcher

DOC = (Path(__file__).parents[2] / "docs" / "query-syntax.md").read_text(encoding="utf-8")
WORDS, SYNTAX_TABLE, LIMITS = re.split(r"^## (?:Phrases|Languages).*$", DOC, flags=re.MULTILINE)
FORMS = re.findall(r"^\| `(\S+)` \| ([^|]+) \|", WORDS, flags=re.MULTILINE)
EXAMPLES = re.findall(r"^\| `([^`]+)` \|", SYNTAX_TABLE, flags=re.MULTILINE)


@pytest.mark.parametrize("typed", EXAMPLES)
def test_every_example_is_understood(typed: str) -> None:
    parsed = parse(typed)
    assert parsed.node is not None
    assert parsed.notices == ()


@pytest.mark.parametrize(("typed", "forms"), FORMS)
def test_a_word_finds_the_forms_it_is_said_to_find(typed: str, forms: str) -> None:
    for form in forms.split(", "):
        assert matcher(typed).find(form), form


@pytest.mark.parametrize("name", re.findall(r"`([A-ZА-Я]\w+):", DOC))
def test_every_name_of_a_field_is_known(name: str) -> None:
    assert name.lower() in FIELDS


def test_the_tables_are_found() -> None:
    assert len(FORMS) >= 5
    assert len(EXAMPLES) >= 15


def test_every_message_is_listed() -> None:
    for notice in (SYNTAX, TOO_LONG, PATTERNS, WILDCARD, CUT, NO_INDEX):
        assert f"| `{notice.code}` | {notice.text} |" in LIMITS
