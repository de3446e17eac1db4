"""From texts that are translations of one another to the file of a lexicon.

Each two languages by themselves, as `lesson.py` does it. What is learned hangs on the set of texts alone, not
on their order.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from index.lesson import Lesson, Text
from index.lexicon import Size
from index.lexicon_file import LexiconWriter, Mark

LEARNING = 1
"""Raised with every change of what is learned from the same texts: it is then learned anew."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two documents that are translations of one another, by identifier, and their languages in order."""

    source: str
    target: str
    languages: tuple[str, str]

    @property
    def documents(self) -> tuple[str, str]:
        """Return the two documents."""
        return self.source, self.target


Load = Callable[[Sequence[Pair]], Iterable[tuple[Text, Text]]]
"""Reads the texts of some pairs."""

BATCH = 20
"""So many pairs are read at once."""


def learn(
    pairs: Collection[Pair],
    marks: Iterable[Mark],
    load: Load,
    path: Path,
    progress: Callable[[int], None] = lambda _: None,
) -> None:
    """Learn from pairs and write the file.

    Args:
        marks: what may be seen of their documents.
        load: reads the texts of pairs, at most `BATCH` at once.
        progress: told how many pairs have been read.
    """
    by_languages: dict[tuple[str, str], list[Pair]] = {}
    for pair in sorted({*pairs}, key=lambda each: (each.languages, each.source, each.target)):
        by_languages.setdefault(pair.languages, []).append(pair)
    done = segments = entries = 0
    with LexiconWriter(path) as writer, tempfile.TemporaryFile(dir=path.parent) as spool:
        for languages, alike in by_languages.items():
            lesson = Lesson(languages, spool)
            for start in range(0, len(alike), BATCH):
                for source, target in load(alike[start : start + BATCH]):
                    lesson.read(source, target)
                done += len(alike[start : start + BATCH])
                progress(done)
            seen, written = lesson.write(writer)
            segments, entries = segments + seen, entries + written
        writer.documents(sorted(marks))
        writer.facts(asdict(Size(done, segments, writer.words, entries)))
