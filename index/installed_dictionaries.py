"""The dictionaries of this machine under the keys of this archive: what was built of them, and building it.

Those that Debian's packages put where they do are the same for every archive, so they lie beside the word
lists; others, and where nothing can be written there, lie in ARCHIVE_HOME. The key of a word is the one under
which the archive learns it from its own documents, so that both can be mixed.

    python -m index.installed_dictionaries     builds them, where the packages are installed
"""

from __future__ import annotations

import logging
import os
from pathlib import Path

from archive.settings import DICTIONARIES, Settings
from index.dictionaries import FOLDER, Dictionaries
from index.dictionary_building import build, dictionaries_installed, stamp
from index.keys import ANALYSIS
from index.lemmas import WORD_LISTS
from index.lexical import LEXICAL, keys_of

log = logging.getLogger(__name__)

BUILT = Path(__file__).parent.parent / "build" / FOLDER

KEYS = f"lexical {LEXICAL}, analysis {ANALYSIS}, {WORD_LISTS}"
"""The version of `key_of`."""


def key_of(word: str, language: str) -> str:
    """Return the key of a word, without those of the parts of a compound; empty for a function word."""
    keys = keys_of([word], language)
    return keys[0] if keys else ""


def open_installed(settings: Settings) -> Dictionaries:
    """Open what was built of the dictionaries as they are now; empty where that is not built yet."""
    name = stamp(dictionaries_installed(settings.dictionaries), KEYS)
    found = (Dictionaries.open(place / name) for place in _places(settings))
    return next((each for each in found if each.is_built), Dictionaries())


def build_installed(settings: Settings) -> Dictionaries:
    """Build what is not built yet, which takes a minute of one core, and open it; log what is not in it."""
    found = open_installed(settings)
    if found.is_built:
        return found
    files = dictionaries_installed(settings.dictionaries)
    built = Dictionaries.open(build(files, _places(settings)[0], key_of, KEYS))
    for trouble in built.trouble:
        log.warning("%s", trouble)
    return built


def _places(settings: Settings) -> tuple[Path, ...]:
    """Return where they may lie, where they are built first."""
    own = settings.home / FOLDER
    if settings.dictionaries != DICTIONARIES:
        return (own,)
    return (BUILT, own) if os.access(BUILT.parent, os.W_OK) else (own, BUILT)


if __name__ == "__main__":
    build_installed(Settings.from_env())
