"""`learn`, and the dictionary that `work` keeps up to date: processes of their own, as people call them."""

from __future__ import annotations

import signal
import subprocess
import time
from pathlib import Path

import pytest

from archive.settings import Settings
from bench.command import PROJECT, Finished, command, environment
from bench.command import portal as run
from index.lexicon import Lexicon
from index.live_lexicon import LiveLexicon
from portal.commands.relearning import (
    LATEST_SECONDS,
    QUIET_SECONDS,
    REST,
    RETRY_SECONDS,
    SELDOM_SECONDS,
    Debounce,
)

GERMAN = """Die Stadt saniert das Wärmenetz, damit weniger Wärme verloren geht.

Die Stadt sucht Partner für den Verkehr.

Der Verkehr in der Stadt braucht ein Netz von Straßenbahnen.
"""
RUSSIAN = """Город ремонтирует тепловую сеть, чтобы терялось меньше тепла.

Город ищет партнёров для транспорта.

Транспорту в городе нужна сеть трамваев.
"""

ALONE = {"ARCHIVE_DICTIONARIES": "none"}
"""What is learned from documents is the matter here; dictionaries of the machine take a minute to build."""


def portal(home: Path, *arguments: str) -> Finished:
    return run(home, *arguments, **ALONE)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive with one text in two languages."""
    folder = tmp_path_factory.mktemp("learn")
    (folder / "in").mkdir()
    (folder / "in/waerme.txt").write_text(GERMAN, encoding="utf-8")
    (folder / "in/teplo.txt").write_text(RUSSIAN, encoding="utf-8")
    (folder / "in/manifest.csv").write_text(
        "path,title,translation_of\nwaerme.txt,Wärme,\nteplo.txt,Тепло,waerme.txt\n", encoding="utf-8"
    )
    done = portal(folder / "home", "ingest", str(folder / "in"), "--conference", "c")
    assert done.code == 0, done
    return folder / "home"


def lexicon(home: Path) -> Lexicon | None:
    return LiveLexicon(home / "lexicon/public", notes_public=False).lexicon()


def test_learn_says_how_much_is_known(home: Path) -> None:
    first, again = portal(home, "learn", "--json"), portal(home, "learn", "--json")
    assert (first.code, again.code) == (0, 0)
    (learned,), (known,) = first.objects, again.objects
    assert {*learned} == {"anew", "found", "sure", "pairs", "segments", "words", "entries", "seconds"}
    assert (learned["found"], learned["sure"]) == (0, 0), "what a record names needs not be found"
    assert (learned["anew"], learned["pairs"], learned["segments"]) == (True, 1, 4)
    assert {**known, "seconds": 0} == {**learned, "anew": False, "seconds": 0}
    found = lexicon(home)
    assert found is not None
    assert found.translations("stadt", "de", "ru")[0].key == "город"


def test_translate_says_why_and_where(home: Path) -> None:
    portal(home, "learn")
    found = portal(home, "translate", "Städte", "--json").objects
    first = next(each for each in found if each["translation_language"] == "ru")
    assert (first["word"], first["language"], first["translation"]) == ("Städte", "de", "город")
    assert {each["origin"] for each in first["sources"]} >= {"learned"}
    assert first["examples"][0]["of"]["text"].startswith("Die Stadt")
    assert "Город" in first["examples"][0]["translation"]["text"]


def test_translate_shows_people_lines(home: Path) -> None:
    asked = command("translate", "город", "--language", "ru")
    done = subprocess.run(asked, env=environment(home, **ALONE), cwd=PROJECT, capture_output=True, check=True)
    lines = done.stdout.decode().splitlines()
    assert lines[0] == "город (ru)"
    assert any(line.startswith("  stadt (de) ") for line in lines)


def test_what_was_learned_comes_back_with_a_rebuild(home: Path) -> None:
    portal(home, "learn")
    before = lexicon(home)
    assert before is not None
    LiveLexicon(home / "lexicon/public", notes_public=False).take_away()
    assert portal(home, "rebuild").code == 0
    after = lexicon(home)
    assert after is not None
    assert after.translations("stadt", "de", "ru") == before.translations("stadt", "de", "ru")


def test_work_learns_where_nothing_is_known(home: Path) -> None:
    LiveLexicon(home / "lexicon/public", notes_public=False).take_away()
    assert lexicon(home) is None
    with subprocess.Popen(
        command("work"), env=environment(home, **ALONE), cwd=PROJECT, stderr=subprocess.DEVNULL
    ) as worker:
        deadline = time.monotonic() + 120
        while lexicon(home) is None and time.monotonic() < deadline:
            time.sleep(0.1)
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(timeout=30) == 0
    assert lexicon(home) is not None


def test_an_archive_without_translations_needs_no_dictionary(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(GERMAN, encoding="utf-8")
    portal(tmp_path / "home", "ingest", str(tmp_path / "a.txt"), "--conference", "c")
    done = portal(tmp_path / "home", "learn")
    assert done.code == 0
    assert lexicon(tmp_path / "home") is None
    assert Settings.from_env(environment(tmp_path / "home")).home.is_dir()


def test_it_waits_until_nothing_has_changed_for_a_while() -> None:
    debounce = Debounce()
    assert not debounce.is_time(1, 1000, is_missing=False)
    assert not debounce.is_time(2, 1000 + QUIET_SECONDS - 1, is_missing=False)
    assert not debounce.is_time(2, 1000 + QUIET_SECONDS, is_missing=False)
    assert debounce.is_time(2, 1000 + 2 * QUIET_SECONDS, is_missing=False)


def test_it_does_not_wait_for_ever() -> None:
    debounce = Debounce()
    times = range(1000, int(1000 + LATEST_SECONDS) + 10, 10)
    found = [debounce.is_time(second, second, is_missing=False) for second in times]
    assert found.index(True) == LATEST_SECONDS // 10


def test_it_rests_after_it_has_learned_and_looks_seldom_where_nothing_changes() -> None:
    debounce = Debounce()
    debounce.is_time(1, 1000, is_missing=False)
    debounce.looked(1000, 1100)
    assert not debounce.is_time(2, 1101, is_missing=False)
    assert not debounce.is_time(2, 1100 + 100 * REST - 1, is_missing=False)
    assert debounce.is_time(2, 1100 + 100 * REST, is_missing=False)
    debounce.looked(1600, 1600)
    assert not debounce.is_time(2, 1601, is_missing=False)
    assert debounce.is_time(2, 1600 + SELDOM_SECONDS, is_missing=False)


def test_it_is_time_at_once_where_a_document_left() -> None:
    debounce = Debounce()
    debounce.looked(0, 1000)
    assert debounce.is_time(5, 1001, is_missing=True)


def test_it_waits_where_it_could_not_be_learned() -> None:
    debounce = Debounce()
    debounce.looked(0, 1000, failed=True)
    assert not debounce.is_time(5, 1001, is_missing=True)
    assert debounce.is_time(5, 1000 + RETRY_SECONDS, is_missing=True)
    debounce.looked(1060, 1060)
    assert debounce.is_time(5, 1061, is_missing=True)
