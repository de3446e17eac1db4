"""The file of a thesaurus says what its SKOS files say, and never what they said before."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from index import skos
from index.errors import ThesaurusError
from index.skos import read_thesaurus
from index.thesaurus import Thesaurus
from index.thesaurus_file import open_thesaurus
from index.vocabulary import FOLDER

HEAT = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<urn:x:heat> a skos:Concept ; skos:prefLabel "Fernwärme"@de, "chaleur"@fr ; skos:altLabel "Fernheizung"@de ;
    skos:broader <urn:x:supply>, <urn:x:nothing> .
<urn:x:supply> a skos:Concept ; skos:prefLabel "теплоснабжение"@ru .
"""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "heat.ttl"
    path.write_text(HEAT, encoding="utf-8")
    return path


def refuse(*_: object) -> Thesaurus:
    pytest.fail("SKOS was read although the file is there")


def test_the_file_says_what_the_sources_say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sources, path = sorted(FOLDER.glob("*.ttl")), tmp_path / "deep" / "t.json"
    made = open_thesaurus(sources, path)
    monkeypatch.setattr(skos, "read_thesaurus", refuse)
    assert open_thesaurus(sources, path) == made
    assert len(made.concepts) > 600
    assert list(path.parent.iterdir()) == [path]


def test_what_was_ignored_is_told_by_the_file_too(source: Path, tmp_path: Path) -> None:
    open_thesaurus([source], tmp_path / "t.json")
    told = open_thesaurus([source], tmp_path / "t.json")
    assert (told.ignored_labels, told.ignored_relations) == ({"fr": 1}, 1)
    assert told == read_thesaurus([source])


def test_a_changed_source_makes_it_anew(source: Path, tmp_path: Path) -> None:
    path = tmp_path / "t.json"
    (heat,) = open_thesaurus([source], path).with_label("Fernwärme")
    assert heat.labels("de") == ("Fernwärme", "Fernheizung")
    source.write_text(HEAT.replace("Fernheizung", "Heiznetz"), encoding="utf-8")
    (heat,) = open_thesaurus([source], path).with_label("Fernwärme")
    assert heat.labels("de") == ("Fernwärme", "Heiznetz")
    other = source.with_name("b.ttl")
    other.write_text(HEAT.replace("urn:x:heat", "urn:x:b"), encoding="utf-8")
    assert len(open_thesaurus([source, other], path).concepts) == 3


@pytest.mark.parametrize(
    "damage",
    [b"", b"{}", b"[]", b"\xff", b'{"stamp": 1}'],
)
def test_a_damaged_file_is_made_anew(source: Path, tmp_path: Path, damage: bytes) -> None:
    path = tmp_path / "t.json"
    path.write_bytes(damage)
    made = open_thesaurus([source], path)
    assert made.with_label("Fernheizung")
    assert json.loads(path.read_bytes())["ignored_relations"] == 1


def test_a_file_with_something_lost_is_made_anew(source: Path, tmp_path: Path) -> None:
    path = tmp_path / "t.json"
    whole = open_thesaurus([source], path)
    for name in json.loads(path.read_bytes()):
        record = json.loads(path.read_bytes())
        record[name] = None
        path.write_text(json.dumps(record), encoding="utf-8")
        assert open_thesaurus([source], path) == whole


def test_who_may_not_write_has_the_thesaurus_all_the_same(source: Path, tmp_path: Path) -> None:
    place = tmp_path / "a-file"
    place.write_bytes(b"")
    assert open_thesaurus([source], place / "t.json").with_label("Fernwärme")


def test_a_source_that_cannot_be_read_leaves_no_file(source: Path, tmp_path: Path) -> None:
    source.write_text("Fernwärme", encoding="utf-8")
    with pytest.raises(ThesaurusError):
        open_thesaurus([source], tmp_path / "t.json")
    assert list(tmp_path.iterdir()) == [source]
