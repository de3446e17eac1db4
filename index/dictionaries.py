"""What bilingual dictionaries say of search keys: open what was built of them, and look up.

Built once by `dictionary_building.build` and mapped into memory: opening takes milliseconds, processes share
the pages. Where nothing was built, or what was built is damaged, nothing is known and everything else works.

Source: marisa-trie, github.com/pytries/marisa-trie; ADR 19 says why.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from marisa_trie import BytesTrie

FOLDER = "dictionaries"
"""Where in ARCHIVE_HOME they are built."""

CONTENTS = "contents.json"
"""Names the files of a built folder with their sizes, what was read and what was not."""

PER_MILLE = 1000

_BY_THIRD = "~"
"""Begins what is written of a key that only the third language leads on from."""


class Dictionaries:
    """Translation probabilities of keys, from one language into another.

    `entries`: how many entries of each dictionary were read; `trouble`: a sentence for each dictionary that
    was not read or not to its end.
    """

    def __init__(
        self,
        tries: Mapping[tuple[str, str], BytesTrie] | None = None,
        entries: Mapping[str, int] | None = None,
        trouble: Iterable[str] = (),
        phrases: Mapping[tuple[str, str], BytesTrie] | None = None,
    ) -> None:
        self._tries = dict(tries or {})
        self._phrases = dict(phrases or {})
        self.entries = dict(entries or {})
        self.trouble = tuple(trouble)

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Open a folder that `build` made; without one, or with a damaged one, nothing is known."""
        if not (folder / CONTENTS).exists():
            return cls()
        try:
            contents: dict[str, Any] = json.loads((folder / CONTENTS).read_bytes())
            words, phrases = (_tries(folder, contents[kind]) for kind in ("files", "phrases"))
            return cls(words, contents["entries"], contents["trouble"], phrases)
        except (OSError, ValueError, KeyError, AttributeError, TypeError, RuntimeError) as exc:
            return cls(trouble=(f"What was built of the dictionaries cannot be read: {exc}.",))

    def __bool__(self) -> bool:
        """Tell whether anything is known."""
        return any(self.entries.values())

    @property
    def is_built(self) -> bool:
        """Tell whether what was built is there and undamaged, if only of no dictionary at all."""
        return bool(self._tries)

    def translations(self, key: str, source: str, target: str) -> dict[str, float]:
        """Return the keys that a key may be translated by, best first, with their chances.

        At most ten, of at least 0.02 each. They sum up to 1 less what was cut off; to half of it at most
        where only the third language leads from one to the other.

        Args:
            key: as `key_of` made it when they were built.
            source: the language of the key, `de`, `ru` or `en`; `target`: that of the translations.
        """
        translations = {}
        for line in self._row(key, source, target).removeprefix(_BY_THIRD).splitlines():
            chance, _, translation = line.partition(" ")
            translations[translation] = int(chance) / PER_MILLE
        return translations

    def phrases(self, keys: tuple[str, ...], source: str, target: str) -> dict[tuple[str, ...], float]:
        """Return what entries say of several keys together, or in several keys of one, with their chances.

        Args:
            keys: those of a phrase or a word, without its function words.
        """
        trie = self._phrases.get((source, target))
        found = trie.get(" ".join(keys)) if trie is not None and all(keys) else None
        said = {}
        for line in str(found[0], "utf-8").splitlines() if found else ():
            chance, *others = line.split(" ")
            said[tuple(others)] = int(chance) / PER_MILLE
        return said

    def written(self, keys: tuple[str, ...], language: str) -> str:
        """Return nothing: of phrases only the keys are kept."""
        return ""

    def via(self, key: str, source: str, target: str) -> str:
        """Return the third language if only that leads from a key to its translations, else nothing."""
        if not self._row(key, source, target).startswith(_BY_THIRD):
            return ""
        return next(iter({language for pair in self._tries for language in pair} - {source, target}), "")

    def knows(self, key: str, language: str) -> bool:
        """Tell whether a key of a language has a translation into any other."""
        return any(self._row(key, *pair) for pair in self._tries if pair[0] == language)

    def _row(self, key: str, source: str, target: str) -> str:
        """Return what is written of a key, empty where nothing is: a line each, chance and translation."""
        trie = self._tries.get((source, target))
        found = trie.get(key) if trie is not None and key else None
        return str(found[0], "utf-8") if found else ""


@dataclass(frozen=True, slots=True)
class PhraseRow:
    """What `Dictionaries.phrases` is to say: keys with blanks between them, and their chances, best first."""

    keys: str
    translations: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Row:
    """What `Dictionaries` is to say of a key: translations with their chances, best first."""

    key: str
    translations: tuple[tuple[str, float], ...]
    by_third: bool


def write_rows(path: Path, rows: Iterable[Row]) -> int:
    """Write the rows of one direction; return the size of the file."""
    by_third = {True: _BY_THIRD, False: ""}
    return _write(path, ((row.key, by_third[row.by_third] + _written(row.translations)) for row in rows))


def write_phrases(path: Path, rows: Iterable[PhraseRow]) -> int:
    """Write the phrases of one direction; return the size of the file."""
    return _write(path, ((row.keys, _written(row.translations)) for row in rows))


def _tries(folder: Path, sizes: Mapping[str, int]) -> dict[tuple[str, str], BytesTrie]:
    tries = {}
    for name, size_bytes in sizes.items():
        path = folder / name
        if path.stat().st_size != size_bytes:
            raise ValueError(f"{name} has not the size it was written with")
        source, target = path.stem.split("-")
        tries[source, target] = BytesTrie().mmap(str(path))
    return tries


def _write(path: Path, rows: Iterable[tuple[str, str]]) -> int:
    BytesTrie((key, text.encode()) for key, text in rows).save(str(path))
    return path.stat().st_size


def _written(translations: Iterable[tuple[str, float]]) -> str:
    return "\n".join(f"{round(chance * PER_MILLE)} {translation}" for translation, chance in translations)
