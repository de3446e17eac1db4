"""Broken and odd files handed in as people would: one outcome each, nothing lost, nothing silently empty."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.command import files_in, portal

pytestmark = pytest.mark.corpus


def test_every_broken_or_odd_file_has_one_outcome_and_none_is_silently_empty(
    corpus: Path, tmp_path: Path
) -> None:
    folder, home = corpus / "broken-and-odd", tmp_path / "home"
    done = portal(home, "ingest", str(folder), "--conference", "odd", "--json")
    assert done.code == 1
    assert sorted(str(outcome["path"]) for outcome in done.objects) == list(files_in(folder))
    for outcome in done.objects:
        assert outcome["status"] in {"deposited", "held", "unchanged"}, outcome
        assert outcome["document"], outcome
        if outcome["status"] == "held":
            assert outcome["error"], outcome
    silent = [
        outcome["path"]
        for outcome in done.objects
        if outcome["status"] == "deposited" and not outcome["characters"] and not outcome["error"]
    ]
    notes_only = {"python-pptx/sld-notes.pptx", "shapecrawler/056_slide-notes.pptx"}
    assert set(silent) <= notes_only, "the public can find nothing in these, and nobody was told"
    assert portal(home, "verify").code == 0
