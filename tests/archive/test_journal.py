from __future__ import annotations

import json
from pathlib import Path

import pytest

from archive.journal import INTENT, Intent, Journal
from archive.model import Page

PAGE = {"number": 1, "text": "Stadt", "title": "", "notes": "", "hidden": False}


def test_what_was_begun_is_read_as_it_was_written(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    intent = Intent("put-document", "7k3mx9q2f1", (Page(1, "Stadt", languages=("de", "en")),), {"a": {}})
    journal.commit(journal.begin(), intent)
    assert [found for _, found in journal.unfinished()] == [intent]


@pytest.mark.parametrize(("language", "languages"), [("de", ("de",)), ("", ())])
def test_what_an_older_program_began_is_finished(
    tmp_path: Path, language: str, languages: tuple[str, ...]
) -> None:
    fields = {"action": "put-document", "identifier": "7k3mx9q2f1", "passports": None}
    (tmp_path / "entry").mkdir()
    (tmp_path / "entry" / INTENT).write_text(
        json.dumps({**fields, "pages": [{**PAGE, "language": language}]}), encoding="utf-8"
    )
    ((_, intent),) = Journal(tmp_path).unfinished()
    assert intent.pages == (Page(1, "Stadt", languages=languages),)
