"""The thesaurus of an archive as of now: the program's own as staff edited it, and SKOS files they loaded.

A concept that several of them have is as the first of them says.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from archive.errors import ArchiveError
from archive.repository import Archive
from archive.thesaurus_record import ThesaurusFile, ThesaurusRecord
from index.errors import SearchIndexError
from index.thesaurus import Thesaurus, thesaurus_of
from index.thesaurus_apart import open_apart
from index.thesaurus_edits import edited
from index.thesaurus_words import ThesaurusWords
from index.vocabulary import own_thesaurus, own_words

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Thesauri:
    """What there is: `own` with its edits, what each loaded file holds, by its path, and all `together`."""

    record: ThesaurusRecord
    own: Thesaurus
    loaded: Mapping[str, Thesaurus]
    together: Thesaurus


class LiveThesaurus:
    """Gives the thesaurus of an archive. Threads may share it; what staff change, the next use has."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._making = threading.Lock()
        self._made: tuple[str, Thesauri] | None = None
        self._words: tuple[Thesaurus, ThesaurusWords] | None = None

    def stamp(self) -> str:
        """Return what is another with every change; it costs one look at a file."""
        return self._archive.stored.thesaurus_stamp()

    def thesauri(self) -> Thesauri:
        """Return all there is; the same as long as nothing changed. What cannot be read is left out."""
        with self._making:
            stamp = self.stamp()
            if self._made is None or self._made[0] != stamp:
                self._made = (stamp, self._make())
            return self._made[1]

    def words(self) -> ThesaurusWords:
        """Return the labels as keys of words; the same as long as nothing changed."""
        together = self.thesauri().together
        if together is own_thesaurus():
            return own_words()
        with self._making:
            if self._words is None or self._words[0] is not together:
                self._words = (together, ThesaurusWords(together))
            return self._words[1]

    def _make(self) -> Thesauri:
        try:
            record = self._archive.stored.thesaurus()
            own = edited(own_thesaurus(), record.edits)
        except (ArchiveError, OSError, LookupError, ValueError, TypeError, AttributeError) as exc:
            log.warning("What staff made of the thesaurus cannot be read: %s. Run verify.", exc)
            record, own = ThesaurusRecord(), own_thesaurus()
        loaded = {}
        for file in record.files:
            try:
                loaded[file.path] = loaded_thesaurus(self._archive, file)
            except (ArchiveError, SearchIndexError, OSError) as exc:
                log.warning("The thesaurus %s cannot be read: %s", file.name, exc)
        return Thesauri(record, own, MappingProxyType(loaded), _together(own, loaded))


def loaded_thesaurus(archive: Archive, file: ThesaurusFile) -> Thesaurus:
    """Return what a loaded file holds, by way of a file that is read at once.

    Raises:
        ArchiveError, SearchIndexError, OSError: it cannot be read.
    """
    path = archive.stored.thesaurus_file(file)
    return open_apart(path, read_file(archive, file.sha512), archive.settings)


def read_file(archive: Archive, sha512: str) -> Path:
    """Return where what was read of a SKOS file with this digest lies."""
    return archive.settings.home / "thesaurus" / f"{sha512[:32]}.json"


def _together(own: Thesaurus, loaded: Mapping[str, Thesaurus]) -> Thesaurus:
    if not loaded:
        return own
    concepts = {
        uri: concept
        for thesaurus in (*reversed([*loaded.values()]), own)
        for uri, concept in thesaurus.concepts.items()
    }
    return thesaurus_of(concepts.values(), {}, 0)
