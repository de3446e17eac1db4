"""Build translation probabilities out of the dictionaries that Debian packages have put on this machine.

They are read where they lie and never copied; what is kept is derived data, stamped with the files and the
code that made it. It takes about 75 s of processor time, so it is done once, in the background.

Source: the packages dict-freedict-* and mueller7-dict of Debian; ADR 19.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, permutations
from pathlib import Path

import numpy as np

from archive.durable import make_folders, sync, sync_tree
from archive.lock import exclusive
from archive.settings import DICTIONARIES
from index import freedict, mueller
from index.dictd import DictdError, read_articles
from index.dictionaries import CONTENTS, Dictionaries, Row, write_phrases, write_rows
from index.dictionary_pairs import HALF, Codes, KeyOf, PairCollector, Pairs, Vocabulary, Weights
from index.dictionary_phrases import PhraseCollector
from index.dictionary_tables import Table, table, table_with_third
from index.dictionary_terms import Entry

VERSION = 3
"""Raised with every change of what is read or how it is weighed: dictionaries are then built anew."""

LANGUAGES = ("de", "en", "ru")

_COLLECTED = frozenset(combinations(LANGUAGES, 2))
"""The directions in which pairs are gathered; the others are those, turned."""

LOCK_TIMEOUT_SECONDS = 600

_FREEDICT_CODES = {"deu": "de", "eng": "en", "rus": "ru"}
_FREEDICT = re.compile(r"freedict-(deu|eng|rus)-(deu|eng|rus)")
_MUELLER = "mueller7"


@dataclass(frozen=True, slots=True)
class DictionaryFile:
    """A dictionary of one language into another, where its package has put it."""

    name: str
    source: str
    target: str
    index: Path
    articles: Path

    def entries(self) -> Iterator[Entry]:
        """Yield its entries.

        Raises:
            DictdError: after the last entry that could be read, if there are others that could not.
        """
        articles = read_articles(self.index, self.articles)
        if self.name == _MUELLER:
            return mueller.read_entries(articles)
        return freedict.read_entries(articles, self.target)


def dictionaries_installed(folder: Path | None = DICTIONARIES) -> tuple[DictionaryFile, ...]:
    """Return the dictionaries in a folder that can be read, by name; none without a folder."""
    found = []
    for index in sorted(folder.glob("*.index")) if folder is not None else ():
        languages, articles = _languages(index.stem), index.with_suffix(".dict.dz")
        if languages is not None and index.is_file() and articles.is_file():
            found.append(DictionaryFile(index.stem, *languages, index, articles))
    return tuple(found)


def stamp(files: tuple[DictionaryFile, ...], keys: str) -> str:
    """Return a name for what is built of these files, another for every change of them or of the code.

    Args:
        keys: the version of the function that makes keys.
    """
    parts: list[object] = [VERSION, keys]
    for path in (path for file in files for path in (file.index, file.articles)):
        status = path.stat()
        parts.append((path.name, status.st_size, status.st_mtime_ns))
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]


def build(files: tuple[DictionaryFile, ...], home: Path, key_of: KeyOf, keys: str) -> Path:
    """Build what is not built yet, in a folder of `home` named by its stamp; return that folder.

    The same files, keys and code give the same bytes. What was built before is deleted; whoever has it open
    goes on with it. What cannot be read is said in `Dictionaries.trouble`.

    Args:
        key_of: the search key of a word in a language, empty where it has none.
        keys: its version.

    Raises:
        LockedError: another process has been building for ten minutes.
    """
    target = home / stamp(files, keys)
    make_folders(home)
    with exclusive(home / "lock", LOCK_TIMEOUT_SECONDS):
        if Dictionaries.open(target).is_built:
            return target
        fresh = home / f".{uuid.uuid4().hex}"
        fresh.mkdir()
        try:
            _write(files, fresh, key_of)
            sync_tree(fresh)
            for other in [path for path in home.iterdir() if path.is_dir() and path != fresh]:
                shutil.rmtree(other)
            fresh.rename(target)
            sync(home)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)
    return target


def _languages(name: str) -> tuple[str, str] | None:
    """Return from what language into what a dictionary of this name leads, None if it cannot be read."""
    if name == _MUELLER:
        return "en", "ru"
    match = _FREEDICT.fullmatch(name)
    if match is None or match[1] == match[2]:
        return None
    return _FREEDICT_CODES[match[1]], _FREEDICT_CODES[match[2]]


@dataclass(slots=True)
class _Read:
    """What was read: the keys of each language, and the pairs of keys counted for each direction."""

    keys: dict[str, list[str]]
    counts: dict[tuple[str, str], tuple[Codes, Weights]]
    phrases: dict[tuple[str, str], tuple[Pairs, PhraseCollector]]
    entries: dict[str, int]
    trouble: list[str]


def _write(files: tuple[DictionaryFile, ...], folder: Path, key_of: KeyOf) -> None:
    read = _read(files, key_of)
    direct = {pair: table(*counts, len(read.keys[pair[0]])) for pair, counts in read.counts.items()}
    sizes, phrase_sizes = {}, {}
    for source, target in permutations(LANGUAGES, 2):
        (third,) = set(LANGUAGES) - {source, target}
        ways = direct[source, third], direct[third, target]
        whole = table_with_third(*read.counts[source, target], *ways, len(read.keys[source]))
        name = f"{source}-{target}.dic"
        directly = np.unique(read.counts[source, target][0] >> HALF)
        sizes[name] = write_rows(
            folder / name, _rows(whole, frozenset(directly.tolist()), read.keys[source], read.keys[target])
        )
        pairs, phrases = read.phrases[source, target]
        rows = phrases.rows(
            pairs, read.keys[source], read.keys[target], turned=(source, target) not in _COLLECTED
        )
        name = f"{source}-{target}.phrases"
        phrase_sizes[name] = write_phrases(folder / name, rows)
    contents = {"files": sizes, "phrases": phrase_sizes, "entries": read.entries, "trouble": read.trouble}
    (folder / CONTENTS).write_text(json.dumps(contents, ensure_ascii=False, indent=1), "utf-8")


def _read(files: tuple[DictionaryFile, ...], key_of: KeyOf) -> _Read:
    vocabularies = {language: Vocabulary(language, key_of) for language in LANGUAGES}
    read = _Read({}, {}, {}, {}, [])
    for source, target in sorted(_COLLECTED):
        phrases = PhraseCollector()
        collector = PairCollector(vocabularies[source], vocabularies[target], phrases.add)
        for file in files:
            if {file.source, file.target} == {source, target}:
                try:
                    collector.add(file.entries(), turned=file.source == target)
                except DictdError as exc:
                    read.trouble.append(str(exc))
                read.entries[file.name] = collector.taken
        pairs = collector.pairs()
        read.counts[source, target], read.counts[target, source] = pairs.counts(), pairs.turned().counts()
        read.phrases[source, target], read.phrases[target, source] = (
            (pairs, phrases),
            (pairs.turned(), phrases),
        )
    read.keys = {language: vocabulary.keys for language, vocabulary in vocabularies.items()}
    return read


def _rows(
    whole: Table, directly: frozenset[int], source_keys: list[str], target_keys: list[str]
) -> Iterator[Row]:
    for number in np.flatnonzero(np.diff(whole.starts)).tolist():
        place = slice(whole.starts[number], whole.starts[number + 1])
        targets, chances = whole.target[place].tolist(), whole.probability[place].tolist()
        translations = tuple(
            (target_keys[target], chance) for target, chance in zip(targets, chances, strict=True)
        )
        yield Row(source_keys[number], translations, number not in directly)
