"""The settings of an archive: the only reader of the process environment.

Every setting is an environment variable `ARCHIVE_*`, described in docs/settings.md.
"""

from __future__ import annotations

import math
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Self

from archive.errors import SettingsError
from archive.passwords import LONGEST_PASSWORD, PASSWORD_LENGTH, is_password

LANGUAGES = ("de", "ru", "en")
"""Languages the archive knows, as ISO 639-1 codes."""

DICTIONARIES = Path("/usr/share/dictd")
"""Where the packages of Debian put bilingual dictionaries."""

ENGINES = ("whoosh", "tantivy")
"""Search engines there are; the first one unless told otherwise."""

_NO_DICTIONARIES = "none"
_SQLITE = "sqlite:///"


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings, checked. Paths are absolute."""

    home: Path
    catalogue_url: str = field(repr=False)
    languages: tuple[str, ...]
    notes_public: bool
    samples: bool
    readers: int
    read_timeout_seconds: float
    read_memory_bytes: int
    pdf_reader: str
    max_file_bytes: int
    base_url: str
    watch: Path | None
    watch_quiet_seconds: float
    dictionaries: Path | None
    engine: str
    staff_password: str = field(repr=False)

    @classmethod
    def from_env(cls, environment: Mapping[str, str] | None = None) -> Self:
        """Read the settings; without an argument, from the process environment.

        Raises:
            SettingsError: a value cannot be used.
        """
        env = os.environ if environment is None else environment
        home = Path(env.get("ARCHIVE_HOME", "") or "data").expanduser().resolve()
        return cls(
            home=home,
            catalogue_url=_catalogue_url(env.get("ARCHIVE_CATALOGUE_URL", ""), home),
            languages=_languages(env.get("ARCHIVE_LANGUAGES", "") or " ".join(LANGUAGES)),
            notes_public=_choice(env, "ARCHIVE_NOTES", ("staff", "public")) == "public",
            samples=_choice(env, "ARCHIVE_SAMPLES", ("yes", "no")) == "yes",
            readers=int(_number(env, "ARCHIVE_READERS", os.cpu_count() or 1, minimum=1)),
            read_timeout_seconds=_number(env, "ARCHIVE_READ_TIMEOUT_SECONDS", 120, minimum=1),
            read_memory_bytes=int(_number(env, "ARCHIVE_READ_MEMORY_MB", 2048, minimum=256)) * 1024 * 1024,
            pdf_reader=_choice(env, "ARCHIVE_PDF_READER", ("pdfium", "pdfminer")),
            max_file_bytes=int(_number(env, "ARCHIVE_MAX_FILE_MB", 2048, minimum=1)) * 1024 * 1024,
            base_url=(env.get("ARCHIVE_BASE_URL", "") or "").rstrip("/"),
            watch=_watch(env.get("ARCHIVE_WATCH", ""), home),
            watch_quiet_seconds=_number(env, "ARCHIVE_WATCH_QUIET_SECONDS", 10, minimum=0),
            dictionaries=_dictionaries(env.get("ARCHIVE_DICTIONARIES", "")),
            engine=_choice(env, "ARCHIVE_ENGINE", ENGINES),
            staff_password=_password(env, "ARCHIVE_STAFF_PASSWORD"),
        )

    def pass_on(self) -> None:
        """Let this process in another folder, and those it starts, use the same folders and catalogue."""
        os.environ["ARCHIVE_HOME"] = str(self.home)
        os.environ["ARCHIVE_CATALOGUE_URL"] = self.catalogue_url
        if self.watch is not None:
            os.environ["ARCHIVE_WATCH"] = str(self.watch)
        os.environ["ARCHIVE_ENGINE"] = self.engine
        os.environ["ARCHIVE_DICTIONARIES"] = str(self.dictionaries or _NO_DICTIONARIES)

    def elsewhere(self, home: Path) -> Settings:
        """Return these settings for an archive of its own, which touches nothing of this one."""
        return replace(self, home=home, catalogue_url=_catalogue_url("", home), watch=None)


def _catalogue_url(url: str, home: Path) -> str:
    """Make the path of an SQLite database absolute: processes in several folders use it."""
    if not url:
        return f"{_SQLITE}{home / 'catalogue.sqlite'}"
    path, *query = url.removeprefix(_SQLITE).split("?", 1)
    if not url.startswith(_SQLITE) or path.startswith((":memory:", "file:")) or not path:
        return url
    return "?".join([f"{_SQLITE}{Path(path).resolve()}", *query])


def _watch(text: str, home: Path) -> Path | None:
    if not text:
        return None
    folder = Path(text).expanduser().resolve()
    if folder.is_relative_to(home) or home.is_relative_to(folder):
        raise SettingsError("ARCHIVE_WATCH", text, "a folder outside ARCHIVE_HOME that does not hold it")
    return folder


def _dictionaries(text: str) -> Path | None:
    return None if text == _NO_DICTIONARIES else Path(text or DICTIONARIES).expanduser().resolve()


def _choice(env: Mapping[str, str], name: str, allowed: tuple[str, ...]) -> str:
    value = env.get(name, "") or allowed[0]
    if value not in allowed:
        raise SettingsError(name, value, "one of " + ", ".join(allowed))
    return value


def _number(env: Mapping[str, str], name: str, default: float, *, minimum: float) -> float:
    text = env.get(name, "")
    if not text:
        return default
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if not (math.isfinite(value) and value >= minimum):
        raise SettingsError(name, text, f"a number of at least {minimum:g}")
    return value


def _password(env: Mapping[str, str], name: str) -> str:
    """Read a password; the message about one that cannot be used does not show it."""
    password = env.get(name, "")
    if password and not is_password(password):
        raise SettingsError(name, "…", f"{PASSWORD_LENGTH} to {LONGEST_PASSWORD} characters")
    return password


def _languages(text: str) -> tuple[str, ...]:
    chosen = tuple(dict.fromkeys(text.replace(",", " ").split()))
    unknown = [code for code in chosen if code not in LANGUAGES]
    if unknown or not chosen:
        raise SettingsError("ARCHIVE_LANGUAGES", text, "some of " + " ".join(LANGUAGES))
    return chosen
