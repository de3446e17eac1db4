"""`thesaurus` as people call it: loads, takes out, writes, says what there is."""

from __future__ import annotations

import io
import json
from contextlib import closing
from pathlib import Path

import pytest

from archive.repository import Archive
from archive.settings import Settings
from archive.staff_log import StaffLog
from bench.command import portal
from index.thesaurus import Concept
from index.thesaurus_editing import ThesaurusEditing
from index.vocabulary import own_thesaurus

SKOS = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<urn:y:a> a skos:Concept ; skos:prefLabel "Quirl"@de, "мутовка"@ru .
""".encode()
HEATING = "urn:konferenzarchiv:thesaurus:fernwaerme"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    with closing(Archive.open(Settings.from_env({"ARCHIVE_HOME": str(tmp_path / "home")}))) as archive:
        editing = ThesaurusEditing(archive, "anna")
        editing.add(Concept("", {"de": "Bratwurst", "ru": "колбаска", "en": "bratwurst"}))
        editing.remove(HEATING)
    return tmp_path / "home"


def test_files_come_in_and_go(home: Path, tmp_path: Path) -> None:
    own = len(own_thesaurus().concepts)
    path = tmp_path / "Küche.ttl"
    path.write_bytes(SKOS)
    done = portal(home, "thesaurus", "--load", str(path), "--json")
    (said,) = done.objects
    assert (said["concepts"], said["own"]) == (own + 1, own)
    assert said["edits"] == {"added": 1, "changed": 0, "removed": 1}
    (file,) = said["files"]
    assert (file["name"], file["concepts"], file["by"]) == ("Küche.ttl", 1, "command line")
    assert portal(home, "verify").code == 0
    exported = portal(home, "thesaurus", "--export", str(tmp_path / "all.ttl"))
    assert exported.code == 0
    assert '"мутовка"@ru' in (tmp_path / "all.ttl").read_text(encoding="utf-8")
    (said,) = portal(home, "thesaurus", "--remove", "Küche.ttl", "--json").objects
    assert said["files"] == []
    assert portal(home, "thesaurus", "--remove", "Küche.ttl").code == 2
    with closing(Archive.open(Settings.from_env({"ARCHIVE_HOME": str(home)}))) as archive:
        people = [step.person for step in StaffLog(archive.catalogue.engine).steps()]
    assert people == ["command line", "command line", "anna", "anna"]


def test_what_cannot_be_read_is_refused_with_a_word(home: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.ttl"
    path.write_bytes(b"no Turtle")
    done = portal(home, "thesaurus", "--load", str(path))
    assert done.code == 2
    assert "The thesaurus a.ttl cannot be read: It is no Turtle" in done.errors
    assert portal(home, "thesaurus", "--load", str(tmp_path / "missing.ttl")).code == 2


def test_rebuild_brings_edits_and_files_back(home: Path) -> None:
    with closing(Archive.open(Settings.from_env({"ARCHIVE_HOME": str(home)}))) as archive:
        ThesaurusEditing(archive, "anna").load("Küche.ttl", io.BytesIO(SKOS))
    (before,) = portal(home, "thesaurus", "--json").objects
    for path in home.iterdir():
        if path.is_file():
            path.unlink()
    for path in (home / "thesaurus").iterdir():
        path.unlink()
    assert portal(home, "rebuild").code == 0
    assert portal(home, "verify").code == 0
    (after,) = portal(home, "thesaurus", "--json").objects
    assert json.dumps(after) == json.dumps(before)
