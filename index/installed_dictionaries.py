"""The dictionaries of this machine under the keys of this archive: what was built of them, and building it.

Kept in ARCHIVE_HOME, as all derived data. The key of a word is the one under which the archive learns it from
its own documents, so that both can be mixed.
"""

from __future__ import annotations

from pathlib import Path

from archive.settings import Settings
from index.dictionaries import FOLDER, Dictionaries
from index.dictionary_building import build, dictionaries_installed, stamp
from index.keys import ANALYSIS
from index.lemmas import WORD_LISTS
from index.lexical import LEXICAL, keys_of

KEYS = f"lexical {LEXICAL}, analysis {ANALYSIS}, {WORD_LISTS}"
"""The version of `key_of`."""


def key_of(word: str, language: str) -> str:
    """Return the key of a word, without those of the parts of a compound; empty for a function word."""
    keys = keys_of([word], language)
    return keys[0] if keys else ""


def open_installed(settings: Settings) -> Dictionaries:
    """Open what was built of the dictionaries as they are now; empty where that is not built yet."""
    return Dictionaries.open(_built(settings))


def is_built(settings: Settings) -> bool:
    """Tell whether nothing is left to build: cheap enough to be asked at every start."""
    return Dictionaries.open(_built(settings)).is_built


def build_installed(settings: Settings) -> Dictionaries:
    """Build what is not built yet, which takes a minute of one core, and open it."""
    files = dictionaries_installed(settings.dictionaries)
    return Dictionaries.open(build(files, settings.home / FOLDER, key_of, KEYS))


def _built(settings: Settings) -> Path:
    return settings.home / FOLDER / stamp(dictionaries_installed(settings.dictionaries), KEYS)
