from __future__ import annotations

from pathlib import Path

import pytest

from archive.errors import SettingsError
from archive.settings import Settings


def test_defaults() -> None:
    settings = Settings.from_env({})
    assert settings.home == Path("data").resolve()
    assert settings.catalogue_url == f"sqlite:///{settings.home / 'catalogue.sqlite'}"
    assert settings.languages == ("de", "ru", "en")
    assert not settings.notes_public
    assert settings.samples


def test_values_are_taken() -> None:
    settings = Settings.from_env(
        {
            "ARCHIVE_HOME": "/x",
            "ARCHIVE_LANGUAGES": "ru,de",
            "ARCHIVE_NOTES": "public",
            "ARCHIVE_READERS": "3",
        }
    )
    assert settings.home == Path("/x")
    assert settings.languages == ("ru", "de")
    assert settings.notes_public
    assert settings.readers == 3


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ARCHIVE_NOTES", "everyone"),
        ("ARCHIVE_READERS", "0"),
        ("ARCHIVE_READERS", "many"),
        ("ARCHIVE_READERS", "inf"),
        ("ARCHIVE_READ_TIMEOUT_SECONDS", "nan"),
        ("ARCHIVE_MAX_FILE_MB", "inf"),
        ("ARCHIVE_LANGUAGES", "fr"),
        ("ARCHIVE_PDF_READER", "acrobat"),
    ],
)
def test_unusable_value_is_named_with_what_to_write(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=name) as caught:
        Settings.from_env({name: value})
    assert caught.value.expected in str(caught.value)


def test_relative_sqlite_catalogue_lies_where_the_command_was_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    settings = Settings.from_env({"ARCHIVE_CATALOGUE_URL": "sqlite:///c.sqlite?timeout=5"})
    assert settings.catalogue_url == f"sqlite:///{tmp_path}/c.sqlite?timeout=5"


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "postgresql+psycopg://host/name"])
def test_other_catalogues_are_taken_as_they_are(url: str) -> None:
    assert Settings.from_env({"ARCHIVE_CATALOGUE_URL": url}).catalogue_url == url


def test_settings_passed_on_hold_in_another_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARCHIVE_HOME", "home")
    monkeypatch.setenv("ARCHIVE_CATALOGUE_URL", "")
    monkeypatch.chdir(tmp_path)
    settings = Settings.from_env()
    settings.pass_on()
    monkeypatch.chdir("/")
    assert Settings.from_env() == settings
    assert settings.home == tmp_path / "home"


def test_a_password_too_short_is_refused_without_being_shown() -> None:
    with pytest.raises(SettingsError) as error:
        Settings.from_env({"ARCHIVE_STAFF_PASSWORD": "kurz"})
    assert "ARCHIVE_STAFF_PASSWORD" in str(error.value)
    assert "10 to 1000 characters" in str(error.value)
    assert "kurz" not in str(error.value)


def test_the_password_is_not_shown_with_the_other_settings() -> None:
    settings = Settings.from_env({"ARCHIVE_STAFF_PASSWORD": "korrekt pferd"})
    assert settings.staff_password == "korrekt pferd"
    assert "korrekt" not in repr(settings)


def test_watch_folder_is_none_unless_set(tmp_path: Path) -> None:
    assert Settings.from_env({}).watch is None
    settings = Settings.from_env(
        {"ARCHIVE_HOME": str(tmp_path / "home"), "ARCHIVE_WATCH": str(tmp_path / "in")}
    )
    assert (settings.watch, settings.watch_quiet_seconds) == (tmp_path / "in", 10)


@pytest.mark.parametrize("folder", ["home", "home/in", "."])
def test_watch_folder_and_archive_lie_apart(tmp_path: Path, folder: str) -> None:
    with pytest.raises(SettingsError, match="ARCHIVE_WATCH"):
        Settings.from_env({"ARCHIVE_HOME": str(tmp_path / "home"), "ARCHIVE_WATCH": str(tmp_path / folder)})


def test_an_archive_elsewhere_shares_no_place_with_this_one(tmp_path: Path) -> None:
    env = {
        "ARCHIVE_HOME": str(tmp_path / "home"),
        "ARCHIVE_CATALOGUE_URL": "postgresql://localhost/archive",
        "ARCHIVE_WATCH": str(tmp_path / "in"),
    }
    elsewhere = Settings.from_env(env).elsewhere(tmp_path / "other")
    assert elsewhere == Settings.from_env({"ARCHIVE_HOME": str(tmp_path / "other")})


def test_dictionaries_lie_where_debian_puts_them_or_where_told_or_are_not_used() -> None:
    assert Settings.from_env({}).dictionaries == Path("/usr/share/dictd")
    assert Settings.from_env({"ARCHIVE_DICTIONARIES": ""}).dictionaries == Path("/usr/share/dictd")
    assert Settings.from_env({"ARCHIVE_DICTIONARIES": "words"}).dictionaries == Path("words").resolve()
    assert Settings.from_env({"ARCHIVE_DICTIONARIES": "none"}).dictionaries is None


def test_processes_started_use_the_same_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ARCHIVE_HOME", "ARCHIVE_CATALOGUE_URL", "ARCHIVE_DICTIONARIES", "ARCHIVE_ENGINE"):
        monkeypatch.setenv(name, "")
    assert Settings.from_env().engine == "whoosh"
    Settings.from_env({"ARCHIVE_ENGINE": "tantivy"}).pass_on()
    assert Settings.from_env().engine == "tantivy"
    with pytest.raises(SettingsError, match="ARCHIVE_ENGINE"):
        Settings.from_env({"ARCHIVE_ENGINE": "lucene"})


@pytest.mark.parametrize("told", ["none", "/words", ""])
def test_processes_started_use_the_same_dictionaries(told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ARCHIVE_HOME", "ARCHIVE_CATALOGUE_URL", "ARCHIVE_DICTIONARIES"):
        monkeypatch.setenv(name, "")
    settings = Settings.from_env({"ARCHIVE_DICTIONARIES": told})
    settings.pass_on()
    assert Settings.from_env().dictionaries == settings.dictionaries
