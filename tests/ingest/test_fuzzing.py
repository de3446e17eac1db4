"""A short form of bench/fuzzing.py: damaged and hostile files have one outcome each and harm no reader."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import pytest

from bench.fuzzing import defect, make, read_made, sources_in
from bench.support.markup_mutations import CANARY
from bench.support.package_mutations import hostile_package, members_of

SAMPLES = Path(__file__).parents[2] / "samples" / "2017-krasnodar"
FILES = 150
SEED = 20171025

_HTML = "<html><head><title>Netze</title></head><body><h1>Netze</h1><p>Fernwärme spart.</p></body></html>"
_FODT = (
    '<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'office:mimetype="application/vnd.oasis.opendocument.text"><office:body><office:text>'
    "<text:h>Netze</text:h><text:p>Fernwärme<text:s/>spart.</text:p></office:text></office:body></office:document>"
)
_RTF = (
    r"{\rtf1\ansi\ansicpg1251{\fonttbl{\f0\fcharset204 Arial;}}\f0\fs24 \'d2\'e5\'ef\'eb\'ee Netz\par Ende}"
)
_CSV = "Zeit;Titel\n9:00;Eröffnung\n9:30;Wärmekarte\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sources")
    for path in sorted(SAMPLES.rglob("*")):
        if path.suffix in (".pdf", ".pptx", ".docx", ".odt", ".odp", ".txt"):
            (folder / path.name).write_bytes(path.read_bytes())
    for name, content in {"a.html": _HTML, "a.fodt": _FODT, "a.rtf": _RTF, "a.csv": _CSV}.items():
        (folder / name).write_text(content, encoding="utf-8")
    return folder


def test_damaged_and_hostile_files_have_one_outcome_each_and_harm_no_reader(
    folder: Path, tmp_path: Path
) -> None:
    made = list(make(sources_in(folder), range(FILES), SEED, tmp_path))
    assert len({each.way for each in made}) > 15
    outcomes: Counter[str] = Counter()
    defects = []
    for each, taken in read_made(made, processes=2):
        outcomes[taken.outcome] += 1
        if what := defect(each, taken):
            defects.append(f"{each.path.name} of {each.source.name}: {what}")
    assert defects == []
    assert sum(outcomes.values()) == FILES
    assert outcomes["damaged"] > 10
    assert outcomes["green"] + outcomes["amber"] > 10


def test_a_number_always_makes_the_same_file(folder: Path, tmp_path: Path) -> None:
    sources = sources_in(folder)
    once = [(each.path.name, each.path.read_bytes()) for each in make(sources, [7, 12], SEED, tmp_path)]
    again = [(each.path.name, each.path.read_bytes()) for each in make(sources, [12, 7], SEED, tmp_path)]
    assert once == again[::-1]


def test_containers_are_made_hostile_inside_and_stay_containers(folder: Path) -> None:
    content = (folder / "Trinkwasser - Netze, Verluste, Vorsorge.pptx").read_bytes()
    whole = members_of(content)
    ways = set()
    for number in range(60):
        hostile = hostile_package(content, random.Random(number))
        assert hostile is not None
        way, damaged = hostile
        ways.add(way)
        if way == "with_hostile_member":
            changed = members_of(damaged)
            assert changed.keys() == whole.keys()
            assert 0 <= sum(changed[name] != whole[name] for name in whole) <= 3
    assert len(ways) >= 4
    assert hostile_package(b"no container", random.Random(1)) is None


def test_what_another_file_says_is_a_defect(tmp_path: Path, folder: Path) -> None:
    (made,) = make({"TXT": [folder / "a.csv"]}, [0], SEED, tmp_path)
    made.path.write_text(f"Das steht in einer anderen Datei: {CANARY}", encoding="utf-8")
    ((_, taken),) = read_made([made], processes=1)
    assert defect(made, taken) == "another file of this machine was read"
