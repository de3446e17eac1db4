"""Dictionaries from where packages put them to what they say of a key."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from archive.settings import DICTIONARIES
from index.dictionaries import CONTENTS, Dictionaries
from index.dictionary_building import build, dictionaries_installed, stamp
from index.lexical import keys_of
from tests.index.dictd_files import write_dictionary

DEU_RUS = [
    "Stadt /ʃtat/ <n, fem>\nгород\ngrößere Siedlung\n",
    "Vertrag /fɛɐ̯ˈtʁaːk/ <n, masc>\nдоговор, контракт\nrechtliche Vereinbarung\n",
]
DEU_ENG = [
    "Fernwärme /fˈɛɾnvˌɛɾmə/ <fem, n, sg>\n [techn.] district heating <n>\n   Synonym: {Heizung}\n\n",
    "Vertrag /fɛɾtɾˈɑːk/ <masc, n, sg>\n [jur.] contract <n>, treaty <n>\n\n",
    "Energie /ˌeːnɛɾɡˈiː/ <fem, n, sg>\nenergy <n>\n\n",
]
ENG_DEU = ["energy /ˈɛnədʒi/\nEnergie <fem>, Kraft <fem>\n\n"]
MUELLER = [
    "heating\n   [↗hi:tɪŋ] _n. отопление; central heating паровое отопление\n",
    "contract\n   [↗kɘntrækt] _n. договор\n",
]


def key_of(word: str, language: str) -> str:
    return next(iter(keys_of([word], language)), "")


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    folder = tmp_path / "dictd"
    write_dictionary(folder, "freedict-deu-rus", DEU_RUS)
    write_dictionary(folder, "freedict-deu-eng", DEU_ENG)
    write_dictionary(folder, "freedict-eng-deu", ENG_DEU)
    write_dictionary(folder, "mueller7", MUELLER)
    return folder


def built(installed: Path, home: Path) -> Dictionaries:
    return Dictionaries.open(build(dictionaries_installed(installed), home, key_of, "1"))


def test_those_that_can_be_read_are_found(installed: Path) -> None:
    for name in ("freedict-fra-deu", "freedict-deu-deu", "wn", "freedict-eng-rus-extra"):
        write_dictionary(installed, name, DEU_RUS)
    (installed / "freedict-eng-rus.index").write_bytes(b"")
    (installed / "freedict-rus-deu.index").mkdir()
    (installed / "freedict-rus-deu.dict.dz").write_bytes(b"")
    found = dictionaries_installed(installed)
    assert [(file.name, file.source, file.target) for file in found] == [
        ("freedict-deu-eng", "de", "en"),
        ("freedict-deu-rus", "de", "ru"),
        ("freedict-eng-deu", "en", "de"),
        ("mueller7", "en", "ru"),
    ]


def test_words_are_translated_in_both_directions(installed: Path, tmp_path: Path) -> None:
    dictionaries = built(installed, tmp_path / "home")
    assert dictionaries
    assert dictionaries.trouble == ()
    assert dictionaries.translations("stadt", "de", "ru") == {"город": 1}
    assert dictionaries.translations("город", "ru", "de") == {"stadt": 1}
    assert dictionaries.translations("energie", "de", "en") == {"energy": 1}
    assert dictionaries.translations("energy", "en", "de") == {"energie": 0.8, "kraft": 0.2}
    assert dictionaries.translations("fernwärme", "de", "en") == {"district": 0.5, "heating": 0.5}
    assert dictionaries.translations("отопление", "ru", "en") == {"heating": 1}


def test_what_the_third_language_confirms_is_surer(installed: Path, tmp_path: Path) -> None:
    said = built(installed, tmp_path / "home").translations("vertrag", "de", "ru")
    assert list(said) == ["договор", "контракт"]
    assert said["договор"] > 0.9


def test_the_third_language_leads_where_nothing_else_does(installed: Path, tmp_path: Path) -> None:
    dictionaries = built(installed, tmp_path / "home")
    assert dictionaries.translations("fernwärme", "de", "ru") == {"отопление": 0.25}
    assert dictionaries.via("fernwärme", "de", "ru") == "en"
    assert dictionaries.via("stadt", "de", "ru") == ""
    assert dictionaries.via("unbekannt", "de", "ru") == ""


def test_what_is_not_known_has_no_translation(installed: Path, tmp_path: Path) -> None:
    dictionaries = built(installed, tmp_path / "home")
    for key in ("", "unbekannt", "stad", "stadtt", "\xff", "город"):
        assert dictionaries.translations(key, "de", "ru") == {}
        assert not dictionaries.knows(key, "de")
    assert dictionaries.translations("stadt", "de", "de") == {}
    assert dictionaries.translations("stadt", "de", "fr") == {}
    assert dictionaries.knows("stadt", "de")
    assert dictionaries.knows("kraft", "de")
    assert dictionaries.knows("договор", "ru")


def test_it_is_built_once(installed: Path, tmp_path: Path) -> None:
    home, files = tmp_path / "home", dictionaries_installed(installed)
    folder = build(files, home, key_of, "1")
    written = (folder / CONTENTS).stat().st_mtime_ns

    def not_again(word: str, language: str) -> str:
        raise AssertionError(f"{word} was asked for again")

    assert build(files, home, not_again, "1") == folder
    assert (folder / CONTENTS).stat().st_mtime_ns == written
    assert folder.name == stamp(files, "1")


def test_the_same_gives_the_same_bytes(installed: Path, tmp_path: Path) -> None:
    files = dictionaries_installed(installed)
    first, second = (build(files, tmp_path / name, key_of, "1") for name in ("one", "two"))
    names = sorted(path.name for path in first.iterdir())
    assert len(names) == 13
    assert all((first / name).read_bytes() == (second / name).read_bytes() for name in names)


def test_changed_dictionaries_and_keys_are_built_anew(installed: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    first = build(dictionaries_installed(installed), home, key_of, "1")
    opened = Dictionaries.open(first)
    assert build(dictionaries_installed(installed), home, key_of, "2") != first
    index, _ = write_dictionary(installed, "freedict-deu-rus", [*DEU_RUS, "Amt /amt/\nведомство\n"])
    os.utime(index, ns=(0, 0))
    third = build(dictionaries_installed(installed), home, key_of, "2")
    assert Dictionaries.open(third).translations("amt", "de", "ru") == {"ведомство": 1}
    assert [path for path in home.iterdir() if path.is_dir()] == [third]
    assert opened.translations("stadt", "de", "ru") == {"город": 1}


def test_without_dictionaries_nothing_is_known_and_nothing_fails(tmp_path: Path) -> None:
    (tmp_path / "a-file").write_bytes(b"")
    for folder in (None, tmp_path, tmp_path / "a-file", tmp_path / "missing"):
        assert dictionaries_installed(folder) == ()
    for dictionaries in (
        Dictionaries(),
        Dictionaries.open(tmp_path / "missing"),
        Dictionaries.open(build((), tmp_path / "home", key_of, "1")),
    ):
        assert dictionaries.translations("stadt", "de", "ru") == {}
        assert not dictionaries.knows("stadt", "de")
        assert dictionaries.trouble == ()


def test_a_damaged_dictionary_costs_no_other(installed: Path, tmp_path: Path) -> None:
    (installed / "mueller7.dict.dz").write_bytes(b"no gzip")
    dictionaries = built(installed, tmp_path / "home")
    assert dictionaries.translations("stadt", "de", "ru") == {"город": 1}
    assert dictionaries.entries["mueller7"] == 0
    assert dictionaries.entries["freedict-deu-rus"] == 2
    assert dictionaries.trouble == (
        "mueller7.dict.dz could not be read to its end: Not a gzipped file (b'no').",
    )


@pytest.mark.parametrize("damage", ["cut", "missing", "contents", "list"])
def test_what_was_built_and_damaged_is_told_and_built_again(
    installed: Path, tmp_path: Path, damage: str
) -> None:
    files = dictionaries_installed(installed)
    folder = build(files, tmp_path / "home", key_of, "1")
    if damage == "cut":
        os.truncate(folder / "de-ru.dic", 100)
    elif damage == "missing":
        (folder / "de-ru.dic").unlink()
    else:
        (folder / CONTENTS).write_text("{" if damage == "contents" else json.dumps([1]))
    dictionaries = Dictionaries.open(folder)
    assert not dictionaries
    assert dictionaries.translations("stadt", "de", "ru") == {}
    assert dictionaries.trouble[0].startswith("What was built of the dictionaries cannot be read: ")
    again = Dictionaries.open(build(files, tmp_path / "home", key_of, "1"))
    assert again.translations("stadt", "de", "ru") == {"город": 1}


def test_what_an_interrupted_build_left_is_deleted(installed: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    (home / ".1234").mkdir(parents=True)
    (home / ".1234" / "de-ru.dic").write_bytes(b"half")
    folder = build(dictionaries_installed(installed), home, key_of, "1")
    assert [path for path in home.iterdir() if path.is_dir()] == [folder]


def test_a_build_that_fails_leaves_what_was_there(installed: Path, tmp_path: Path) -> None:
    home, files = tmp_path / "home", dictionaries_installed(installed)
    folder = build(files, home, key_of, "1")

    def fail(word: str, language: str) -> str:
        raise OSError("no memory")

    with pytest.raises(OSError, match="no memory"):
        build(files, home, fail, "2")
    assert [path for path in home.iterdir() if path.is_dir()] == [folder]


REAL = dictionaries_installed(DICTIONARIES)


@pytest.mark.skipif(
    not {"freedict-deu-rus", "mueller7"} <= {file.name for file in REAL},
    reason="needs the Debian packages dict-freedict-deu-rus and mueller7-dict",
)
def test_the_real_ones_say_what_they_say(tmp_path: Path) -> None:
    files = tuple(file for file in REAL if file.name in ("freedict-deu-rus", "mueller7"))
    dictionaries = Dictionaries.open(build(files, tmp_path, key_of, "1"))
    assert dictionaries.trouble == ()
    assert dictionaries.entries["freedict-deu-rus"] > 22_000
    assert dictionaries.entries["mueller7"] > 43_000
    for word, source, target, wanted in (
        ("stadt", "de", "ru", "город"),
        ("krankenhaus", "de", "ru", "больница"),
        ("молодежь", "ru", "de", "jugend"),
        ("heating", "en", "ru", "отопление"),
        ("политика", "ru", "en", "policy"),
        ("theater", "en", "ru", "театр"),
        ("stadt", "de", "en", "town"),
        ("договор", "ru", "en", "treaty"),
    ):
        key, other = key_of(word, source), key_of(wanted, target)
        assert other in dictionaries.translations(key, source, target), word
    assert dictionaries.via("stadt", "de", "en") == "ru"


def test_what_takes_several_words_is_kept_whole(installed: Path, tmp_path: Path) -> None:
    known = built(installed, tmp_path / "home")
    assert known.phrases(("fernwärme",), "de", "en") == {("district", "heating"): 1.0}
    assert known.phrases(("district", "heating"), "en", "de") == {("fernwärme",): 1.0}
    assert known.phrases(("energie",), "de", "en") == {}
    assert known.phrases(("fernwärme",), "de", "ru") == {}
    assert known.phrases((), "de", "en") == {}
