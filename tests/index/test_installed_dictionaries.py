"""The dictionaries of a machine under the keys of an archive."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive.settings import Settings
from index.installed_dictionaries import build_installed, key_of, open_installed
from index.translation import Translator
from tests.index.dictd_files import write_dictionary


def settings_of(home: Path, folder: str) -> Settings:
    return Settings.from_env({"ARCHIVE_HOME": str(home), "ARCHIVE_DICTIONARIES": folder})


@pytest.mark.parametrize(
    ("word", "language", "key"),
    [
        ("Städte", "de", "stadt"),
        ("Fernwärme", "de", "fernwärme"),
        ("städtisch", "de", "städtisch"),
        ("der", "de", ""),
        ("cities", "en", "city"),
        ("людей", "ru", "человек"),
        ("7", "ru", ""),
    ],
)
def test_keys_are_those_the_archive_learns(word: str, language: str, key: str) -> None:
    assert key_of(word, language) == key


def test_what_is_installed_is_built_once_and_opened(tmp_path: Path) -> None:
    write_dictionary(tmp_path / "dictd", "freedict-deu-rus", ["Städte /ˈʃtɛːtə/ <n>\nгорода\n"])
    settings = settings_of(tmp_path / "home", str(tmp_path / "dictd"))
    assert not open_installed(settings).is_built
    assert not open_installed(settings)
    assert build_installed(settings).translations("stadt", "de", "ru") == {"город": 1}
    assert open_installed(settings).is_built
    translated = Translator(("de", "ru", "en"), dictionaries=open_installed(settings)).translations(
        "stadt", "de"
    )
    assert [(found.key, found.language) for found in translated] == [("город", "ru")]


def test_a_dictionary_that_comes_or_goes_is_noticed(tmp_path: Path) -> None:
    settings = settings_of(tmp_path / "home", str(tmp_path / "dictd"))
    assert not build_installed(settings)
    assert open_installed(settings).is_built
    write_dictionary(tmp_path / "dictd", "freedict-deu-rus", ["Stadt\nгород\n"])
    assert not open_installed(settings).is_built
    assert build_installed(settings).knows("stadt", "de")
    assert open_installed(settings)
    (tmp_path / "dictd" / "freedict-deu-rus.dict.dz").unlink()
    assert not open_installed(settings)
    assert not build_installed(settings).knows("stadt", "de")


def test_none_are_used_where_that_is_set(tmp_path: Path) -> None:
    settings = settings_of(tmp_path / "home", "none")
    assert settings.dictionaries is None
    assert not build_installed(settings).knows("stadt", "de")


def test_what_cannot_be_read_of_a_dictionary_is_logged_when_it_is_built(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    write_dictionary(tmp_path / "dictd", "freedict-deu-rus", ["Stadt\nгород\n"])
    write_dictionary(tmp_path / "dictd", "mueller7", ["city\nгород\n"])
    (tmp_path / "dictd" / "mueller7.dict.dz").write_bytes(b"no gzip")
    settings = settings_of(tmp_path / "home", str(tmp_path / "dictd"))
    assert build_installed(settings).translations("stadt", "de", "ru") == {"город": 1}
    build_installed(settings)
    assert caplog.messages == ["mueller7.dict.dz could not be read to its end: Not a gzipped file (b'no')."]
