"""Broken and odd files handed in as people would: one outcome each, nothing lost, nothing silently empty."""

from __future__ import annotations

import re
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
    paths = sorted(str(outcome["path"]) for outcome in done.objects)
    assert len(paths) == len(set(paths))
    unpacked = {str(outcome["path"]) for outcome in done.objects if outcome["status"] == "skipped"}
    assert {Path(path).suffix for path in unpacked} == {".zip"}
    folders = tuple(path.removesuffix(".zip") + "/" for path in unpacked)
    out_of_zips = {path for path in paths if path.startswith(folders)}
    assert sorted({*paths} - out_of_zips) == list(files_in(folder))
    for outcome in done.objects:
        if outcome["path"] in unpacked:
            assert re.search(r"taken out of the zip: \d", str(outcome["error"])), outcome
            continue
        if outcome["path"] in out_of_zips and outcome["status"] == "failed":
            assert outcome["error"], "the zip has it, damaged, and whoever handed it in is told"
            continue
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
