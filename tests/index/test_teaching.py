"""The archive finds translations itself, learns from them, and tells nothing of what is not public."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from archive.model import Access
from index.finder import Finder
from index.live_lexicon import public_lexicon
from index.teaching import Teacher
from tests.index.conftest import MemoryArchive
from tests.index.dictd_files import write_dictionary
from tests.index.test_pairs import GERMAN, WORDS

UNKNOWN = ("Quark", "творог")
"""No dictionary has them: what the archive learns."""


@pytest.fixture
def archive(tmp_path: Path) -> MemoryArchive:
    """An archive with three works in two languages, none of them named as a translation, and a dictionary."""
    words = [f"{german.capitalize()}\n{russian}\n" for german, russian in WORDS.items()]
    write_dictionary(tmp_path / "dictd", "freedict-deu-rus", words)
    made = MemoryArchive(tmp_path / "home", dictionaries=str(tmp_path / "dictd"))
    fill(made, *GERMAN)
    return made


def fill(archive: MemoryArchive, *works: str, access: Access = Access.PUBLIC) -> None:
    for work in works:
        german = GERMAN[work].split()
        sentences = [f"{word} und {UNKNOWN[0]}." if word in german[::4] else f"{word}." for word in german]
        russian = [
            f"{WORDS[word.lower()]} и {UNKNOWN[1]}." if word in german[::4] else f"{WORDS[word.lower()]}."
            for word in german
        ]
        archive.put(f"{work}-de", "\n\n".join(sentences), languages=("de",), access=access)
        archive.put(f"{work}-ru", "\n\n".join(russian), language="ru", languages=("ru",), access=access)


@pytest.fixture
def teacher(archive: MemoryArchive) -> Iterator[Teacher]:
    with closing(Teacher(archive, lambda: dt.date(2026, 1, 1))) as teacher:  # type: ignore[arg-type]
        yield teacher


def test_from_dictionaries_alone_pairs_are_found_and_learned_from(
    archive: MemoryArchive, teacher: Teacher
) -> None:
    assert teacher.is_due()
    learned = teacher.teach()
    assert (learned.anew, learned.size.pairs) == (True, len(GERMAN))
    lexicon = public_lexicon(archive).lexicon()  # type: ignore[arg-type]
    assert lexicon is not None
    assert lexicon.translations("quark", "de", "ru")[0].key == "творог"
    assert not teacher.is_due()
    assert not teacher.teach().anew


def test_a_new_document_makes_it_look_again(archive: MemoryArchive, teacher: Teacher) -> None:
    teacher.teach()
    archive.put("other", "Ein ganz anderer Text.", languages=("de",))
    assert teacher.is_due()
    assert not teacher.teach().anew
    assert not teacher.is_due()


def test_what_is_not_public_teaches_nothing(tmp_path: Path, archive: MemoryArchive) -> None:
    half = MemoryArchive(tmp_path / "half", dictionaries=str(tmp_path / "dictd"))
    fill(half, "wärme", "jugend")
    both = MemoryArchive(tmp_path / "both", dictionaries=str(tmp_path / "dictd"))
    fill(both, "wärme", "jugend")
    fill(both, "müll", access=Access.STAFF)
    found = []
    for each in (half, both):
        with closing(Teacher(each, lambda: dt.date(2026, 1, 1))) as teacher:  # type: ignore[arg-type]
            teacher.teach()
        found.append(Finder(each).found().likenesses)  # type: ignore[arg-type]
    assert found[0] == found[1]
    assert len(found[0]) == 2


def test_what_was_found_and_cannot_be_read_is_looked_for_anew(
    archive: MemoryArchive, teacher: Teacher
) -> None:
    teacher.teach()
    finder = Finder(archive)  # type: ignore[arg-type]
    before = finder.pairs()
    (archive.settings.home / "lexicon" / "public" / "pairs.json").write_text("{")
    assert finder.pairs() == ()
    teacher.teach()
    assert finder.pairs() == before != ()


def test_from_what_was_refused_nothing_is_learned_until_that_is_taken_back(
    archive: MemoryArchive, teacher: Teacher
) -> None:
    finder = Finder(archive, lambda: dt.date(2026, 1, 1))  # type: ignore[arg-type]
    teacher.teach()
    before = finder.pairs()
    archive.refused.add(frozenset(before[0]))
    assert finder.pairs() == before[1:], "at once"
    assert teacher.is_due()
    assert teacher.teach().size.pairs == len(before) - 1
    assert before[0] not in {(each.source, each.target) for each in finder.found().likenesses}
    assert not teacher.is_due()
    archive.refused.clear()
    assert teacher.is_due()
    teacher.teach()
    assert finder.pairs() == before


def test_refusals_of_what_is_not_public_change_nothing(archive: MemoryArchive, teacher: Teacher) -> None:
    teacher.teach()
    before = Finder(archive).found()  # type: ignore[arg-type]
    archive.refused.add(frozenset({"hidden-de", "wärme-ru"}))
    assert not teacher.teach().anew
    assert Finder(archive).found().stamp == before.stamp  # type: ignore[arg-type]
