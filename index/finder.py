"""Documents that the archive itself finds to be translations of one another, for what it learns.

For the public, from what the public may read. What is found hangs on those documents alone: it always
begins with the pairs that are known, dictionaries and the program's own thesaurus, learns from them, finds,
and does so again with what was found. So an archive in which nobody has named a translation begins with the
dictionaries. What staff make of the thesaurus is not looked at; nor does another one that comes with the
program make anything be looked for anew.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from archive.access import Audience, may_read
from archive.durable import make_folders, write_bytes
from archive.model import Document
from archive.refused_pairs import RefusedPair
from archive.repository import Archive
from index import translated
from index.digests import digest
from index.installed_dictionaries import KEYS, open_installed
from index.learning import Pair, learn
from index.lexicon import Lexicon
from index.lexicon_file import Mark
from index.live_lexicon import lexicon_folder
from index.pairs import Likeness, find_pairs
from index.translation import Translator
from index.vocabulary import own_words

FINDING = 2
"""Raised with every change of what is found in the same documents: it is then looked for anew."""

ROUNDS = 2
"""So often pairs are looked for, each time with what the pairs found before teach."""

_FILE = "pairs.json"


@dataclass(frozen=True, slots=True)
class Found:
    """What was found. `stamp` stands for documents and program; `sequence`, `day`, `dictionaries`, `refused`:
    up to which change of the archive, when, with how many entries and which refusals it was looked at."""

    stamp: str = ""
    sequence: int = -1
    day: str = ""
    dictionaries: int = 0
    refused: str = ""
    likenesses: tuple[Likeness, ...] = ()


class Finder:
    """Finds pairs among what the public may read."""

    def __init__(self, archive: Archive, today: Callable[[], dt.date] = dt.date.today) -> None:
        self._archive = archive
        self._today = today
        self._languages = archive.settings.languages
        self._file = lexicon_folder(archive) / _FILE

    def found(self) -> Found:
        """Return what was found last; what cannot be read counts as nothing."""
        with suppress(OSError, ValueError, TypeError, KeyError):
            content = json.loads(self._file.read_bytes())
            return Found(**{**content, "likenesses": tuple(map(_likeness, content["likenesses"]))})
        return Found()

    def likenesses(self) -> tuple[Likeness, ...]:
        """Return the pairs that were found, but for those that staff refused since."""
        refused = self._archive.refused_translations()
        return tuple(each for each in self.found().likenesses if each.documents not in refused)

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Return the pairs that need no look, to be learned from."""
        return tuple((each.source, each.target) for each in self.likenesses() if each.is_sure)

    def is_due(self) -> bool:
        """Tell whether there may be something to find; cheap where nothing changed."""
        return not _is_same(self.found(), self._now())

    def find(self) -> None:
        """Look for pairs, unless that was done in the same documents."""
        before, now = self.found(), self._now()
        if _is_same(before, now):
            return
        documents, known = self._documents(), self._known()
        refused = self._refused(documents)
        stamp = self._stamp(documents, known, refused)
        make_folders(self._file.parent)
        likenesses = (
            before.likenesses if before.stamp == stamp else self._look_often(documents, known, refused)
        )
        content = asdict(replace(now, stamp=stamp, likenesses=likenesses))
        write_bytes(self._file, json.dumps(content, ensure_ascii=False).encode())

    def _now(self) -> Found:
        """Return up to where looking now would look."""
        dictionaries = open_installed(self._archive.settings)
        return Found(
            sequence=self._archive.last_change(),
            day=self._today().isoformat(),
            dictionaries=sum(dictionaries.entries.values()),
            refused=digest(_in_order(self._archive.refused_translations())),
        )

    def _look_often(
        self, documents: list[Document], known: Collection[Pair], refused: Collection[RefusedPair]
    ) -> tuple[Likeness, ...]:
        likenesses: tuple[Likeness, ...] = ()
        for _ in range(ROUNDS):
            before = [each for each in likenesses if each.is_sure]
            likenesses = self._look(documents, known, before, refused)
        return likenesses

    def _documents(self) -> list[Document]:
        """Return what the public may read in one of the archive's languages, in order."""
        today = self._today()
        found = (
            each
            for each in self._archive.documents()
            if each.languages and each.languages[0] in self._languages
            if may_read(each, Audience.PUBLIC, today)
        )
        return sorted(found, key=lambda each: each.id)

    def _known(self) -> frozenset[Pair]:
        related = translated.related(self._archive, (), self._today())
        return frozenset(translated.pairs(related, (), self._languages))

    def _refused(self, documents: list[Document]) -> frozenset[RefusedPair]:
        """Return the refused pairs of these documents."""
        names = {each.id for each in documents}
        return frozenset(pair for pair in self._archive.refused_translations() if pair <= names)

    def _look(
        self,
        documents: list[Document],
        known: Collection[Pair],
        before: list[Likeness],
        refused: Collection[RefusedPair],
    ) -> tuple[Likeness, ...]:
        """Look once, with what is learned from the pairs known and those found before."""
        learned_from = {*known, *(Pair(each.source, each.target, each.languages) for each in before)}
        with TemporaryDirectory(prefix="finding-", dir=self._file.parent) as folder:
            lexicon = self._lexicon(learned_from, Path(folder) / "lexicon") if learned_from else None
            translator = Translator(
                self._languages, lexicon, open_installed(self._archive.settings), own_words()
            )

            def translations(key: str, source: str, target: str) -> Iterator[tuple[str, float]]:
                for each in translator.between(key, source, target):
                    yield each.key, each.probability

            pairs = frozenset(frozenset(each.documents) for each in known)
            found = find_pairs(translated.texts(self._archive, documents), translations, pairs, refused)
            if lexicon is not None:
                lexicon.close()
        return found

    def _lexicon(self, pairs: Collection[Pair], path: Path) -> Lexicon:
        names = sorted({name for pair in pairs for name in pair.documents})
        documents = self._archive.documents_by_id(names)
        learn(pairs, (), partial(translated.texts_of_pairs, self._archive, documents), path)
        return Lexicon(path)

    def _stamp(
        self, documents: list[Document], known: Collection[Pair], refused: Collection[RefusedPair]
    ) -> str:
        pairs = sorted(pair.documents for pair in known)
        notes_public = self._archive.settings.notes_public
        seen = [(Mark.of(each, notes_public=notes_public), each.languages[0]) for each in documents]
        dictionaries = open_installed(self._archive.settings)
        facts = (FINDING, KEYS, self._languages, pairs, seen, dictionaries.entries, _in_order(refused))
        return digest(facts)


def _is_same(found: Found, now: Found) -> bool:
    return bool(found.stamp) and replace(found, stamp="", likenesses=()) == now


def _in_order(pairs: Collection[RefusedPair]) -> list[list[str]]:
    return sorted(sorted(pair) for pair in pairs)


def _likeness(fields: dict[str, object]) -> Likeness:
    found = Likeness(**fields)  # type: ignore[arg-type]
    return Likeness(
        found.source,
        found.target,
        (found.languages[0], found.languages[1]),
        found.similarity,
        found.lead,
        tuple(found.words),
    )
