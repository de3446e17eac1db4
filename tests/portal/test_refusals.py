from __future__ import annotations

import ast
import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

import archive
import ingest
from archive.errors import CatalogueError, EditError, LockedError, NotFoundError, StorageError
from portal.reader import reader_of
from portal.refusals import refusal_words
from tests.portal.sentences import example

GERMAN = reader_of({"lang": ["de"]}, "", dt.date(2026, 11, 22))


def refusals() -> Iterator[str]:
    """Every sentence with which a change is refused, with names as examples."""
    for package in (archive, ingest):
        for path in sorted(Path(str(package.__file__)).parent.glob("*.py")):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "EditError":
                    yield example(node.args[0])


def test_every_refused_change_is_said_in_the_readers_language() -> None:
    sentences = set(refusals())
    assert len(sentences) > 10
    for sentence in sentences:
        assert refusal_words(EditError(sentence), GERMAN) != sentence, sentence


@pytest.mark.parametrize(
    ("error", "begins"),
    [
        (NotFoundError("document", "7k3mx9q2f3"), "Es ist nicht mehr im Archiv."),
        (
            CatalogueError("postgresql://db is down"),
            "Die Datenbank des Archivs ist im Moment nicht benutzbar.",
        ),
        (LockedError(Path("x.lock"), "process 7"), "Ein anderer Vorgang schreibt gerade"),
        (StorageError("The disk is gone."), "The disk is gone."),
    ],
)
def test_other_errors_are_said_by_their_kind(error: Exception, begins: str) -> None:
    assert refusal_words(error, GERMAN).startswith(begins)
