"""The archive learns from its translations: what the public may read, and nothing of it afterwards."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

import pytest

from archive.errors import LockedError
from archive.lock import exclusive
from archive.model import Access, Page, Sensitive, State
from index import learner as learning
from index.indexer import Indexer
from index.learner import Learner
from index.lexicon import Lexicon
from index.live_lexicon import LiveLexicon, lexicon_folder, public_lexicon
from index.translated import may_show
from tests.index.conftest import MemoryArchive

GERMAN = "Die Stadt hat ein Netz.\n\nDas Netz verliert Wärme.\n\nWärme für die Stadt."
RUSSIAN = "У города есть сеть.\n\nСеть теряет тепло.\n\nТепло для города."
ENGLISH = "The city has a network.\n\nThe network loses heat.\n\nHeat for the city."


@pytest.fixture
def learner(archive: MemoryArchive, today: list[dt.date]) -> Iterator[Learner]:
    made = Learner(archive, today=lambda: today[0])  # type: ignore[arg-type]
    yield made
    made.close()


@pytest.fixture
def live(archive: MemoryArchive) -> LiveLexicon:
    return public_lexicon(archive)  # type: ignore[arg-type]


@pytest.fixture
def translated(archive: MemoryArchive) -> MemoryArchive:
    """An archive of one work in three languages: the Russian and the English are made from the German."""
    archive.put("de1", GERMAN, title="Fernwärme", languages=("de",))
    archive.put("ru1", RUSSIAN, language="ru", title="Сети", languages=("ru",), translation_of=("de1",))
    archive.put("en1", ENGLISH, language="en", title="Heat", languages=("en",), translation_of=("de1",))
    return archive


def known(lexicon: Lexicon | None, key: str, source: str, target: str) -> list[str]:
    assert lexicon is not None
    return [each.key for each in lexicon.translations(key, source, target)]


def test_pairs_are_learned_from(translated: MemoryArchive, learner: Learner, live: LiveLexicon) -> None:
    learned = learner.learn()
    assert (learned.anew, learned.size.pairs) == (True, 3)
    assert known(live.lexicon(), "netz", "de", "ru")[0] == "сеть"


def test_translations_of_the_same_are_a_pair(
    translated: MemoryArchive, learner: Learner, live: LiveLexicon
) -> None:
    learner.learn()
    assert known(live.lexicon(), "network", "en", "ru")[0] == "сеть"


def test_a_translation_of_a_translation_is_a_pair(archive: MemoryArchive, learner: Learner) -> None:
    archive.put("de1", GERMAN, languages=("de",))
    archive.put("ru1", RUSSIAN, language="ru", languages=("ru",), translation_of=("de1",))
    archive.put("en1", ENGLISH, language="en", languages=("en",), translation_of=("ru1",))
    assert learner.learn().size.pairs == 3


def test_documents_in_one_language_are_no_pair(archive: MemoryArchive, learner: Learner) -> None:
    archive.put("a", GERMAN, languages=("de",))
    archive.put("b", GERMAN, languages=("de",), translation_of=("a",))
    archive.put("c", "", languages=(), translation_of=("a",))
    assert learner.learn().size.pairs == 0


def test_nothing_is_done_while_nothing_changed(translated: MemoryArchive, learner: Learner) -> None:
    assert learner.is_due()
    assert learner.learn().anew
    assert not learner.is_due()
    assert not learner.learn().anew


def test_other_documents_change_nothing(
    translated: MemoryArchive, learner: Learner, live: LiveLexicon
) -> None:
    learner.learn()
    name = live.state().name
    translated.put("x", "Etwas anderes", languages=("de",))
    assert not learner.is_due()
    assert not learner.learn().anew
    assert live.state().name == name
    assert live.state().sequence == translated.last_change()


def test_a_record_that_changed_without_its_text_changes_nothing(
    translated: MemoryArchive, learner: Learner
) -> None:
    learner.learn()
    translated.change("ru1", creators=("Anna",))
    assert learner.is_due()
    assert not learner.learn().anew
    assert not learner.is_due()


def test_a_new_text_is_learned_from(translated: MemoryArchive, learner: Learner, live: LiveLexicon) -> None:
    learner.learn()
    translated.put("de1", GERMAN.replace("Netz", "Gitter"), title="Fernwärme", languages=("de",))
    assert learner.is_due()
    assert learner.learn().anew
    assert known(live.lexicon(), "netz", "de", "ru") == []
    assert known(live.lexicon(), "gitter", "de", "ru")[0] == "сеть"


def test_a_new_pair_is_learned_from(translated: MemoryArchive, learner: Learner) -> None:
    learner.learn()
    translated.put("de2", "Wasser", languages=("de",))
    translated.put("ru2", "Вода", language="ru", languages=("ru",), translation_of=("de2",))
    assert learner.learn().size.pairs == 4


def test_pairs_found_otherwise_are_learned_from(archive: MemoryArchive) -> None:
    archive.put("de1", GERMAN, languages=("de",))
    archive.put("ru1", RUSSIAN, language="ru", languages=("ru",))
    assert Learner(archive).learn().size.pairs == 0  # type: ignore[arg-type]
    learner = Learner(archive, lambda: [("ru1", "de1"), ("ru1", "gone")])  # type: ignore[arg-type]
    assert learner.learn().size.pairs == 1


RESTRICTED = {
    "withdrawn": {"state": State.WITHDRAWN},
    "draft": {"state": State.DRAFT},
    "for staff": {"access": Access.STAFF},
    "under embargo": {"access": Access.EMBARGOED, "embargoed_until": dt.date(2026, 6, 1)},
}


@pytest.mark.parametrize("values", RESTRICTED.values(), ids=RESTRICTED)
def test_nothing_is_learned_from_what_the_public_may_not_read(
    translated: MemoryArchive, learner: Learner, live: LiveLexicon, values: dict[str, object]
) -> None:
    translated.change("ru1", **values)
    assert learner.learn().size.pairs == 1
    assert known(live.lexicon(), "netz", "de", "ru") == []
    assert known(live.lexicon(), "netz", "de", "en")[0] == "network"


def test_it_is_what_an_archive_without_them_would_learn(
    translated: MemoryArchive, learner: Learner, live: LiveLexicon, make_archive: Callable[..., MemoryArchive]
) -> None:
    translated.change("de1", state=State.WITHDRAWN)
    learner.learn()
    other = make_archive("other")
    other.put("en1", ENGLISH, language="en", title="Heat", languages=("en",), translation_of=("de1",))
    other.put("ru1", RUSSIAN, language="ru", title="Сети", languages=("ru",), translation_of=("de1",))
    Learner(other).learn()  # type: ignore[arg-type]
    files = [
        lexicon_folder(each) / public_lexicon(each).state().name  # type: ignore[arg-type]
        for each in (translated, other)
    ]
    assert files[0].read_bytes() == files[1].read_bytes()


@pytest.mark.parametrize("values", RESTRICTED.values(), ids=RESTRICTED)
def test_the_lexicon_goes_as_soon_as_the_index_knows(
    translated: MemoryArchive,
    learner: Learner,
    indexer: Indexer,
    live: LiveLexicon,
    values: dict[str, object],
) -> None:
    learner.learn()
    indexer.catch_up()
    assert live.lexicon() is not None
    translated.change("ru1", **values)
    indexer.index_now(["ru1"])
    assert live.lexicon() is None
    assert [*lexicon_folder(translated).glob("lexicon-*")] == []  # type: ignore[arg-type]
    assert learner.is_due()
    assert learner.learn().size.pairs == 1


def test_the_lexicon_goes_with_a_purged_document(
    translated: MemoryArchive, learner: Learner, indexer: Indexer, live: LiveLexicon
) -> None:
    learner.learn()
    translated.purge("en1")
    indexer.catch_up()
    assert live.lexicon() is None


def test_the_lexicon_goes_where_more_is_withheld(
    translated: MemoryArchive, learner: Learner, indexer: Indexer, live: LiveLexicon
) -> None:
    learner.learn()
    indexer.catch_up()
    translated.change("ru1", withheld=(*Sensitive,))
    indexer.catch_up()
    assert live.lexicon() is None


def test_the_lexicon_stays_where_a_record_changes(
    translated: MemoryArchive, learner: Learner, indexer: Indexer, live: LiveLexicon
) -> None:
    learner.learn()
    translated.change("ru1", creators=("Anna",))
    translated.put("x", "Etwas anderes", languages=("de",), state=State.DRAFT)
    indexer.catch_up()
    assert live.lexicon() is not None


def test_hidden_pages_are_not_learned_from(
    archive: MemoryArchive, learner: Learner, live: LiveLexicon
) -> None:
    archive.put("de1", GERMAN, Page(2, "Geheim", languages=("de",), hidden=True), languages=("de",))
    archive.put(
        "ru1",
        RUSSIAN,
        Page(2, "Секрет", languages=("ru",), hidden=True),
        language="ru",
        languages=("ru",),
        translation_of=("de1",),
    )
    learner.learn()
    assert known(live.lexicon(), "geheim", "de", "ru") == []


def test_an_example_is_not_shown_once_its_document_is_closed(
    translated: MemoryArchive, learner: Learner, live: LiveLexicon, today: list[dt.date]
) -> None:
    learner.learn()
    lexicon = live.lexicon()
    assert lexicon is not None
    shown = may_show(translated, today[0])  # type: ignore[arg-type]
    assert lexicon.examples("netz", "de", "сеть", "ru", shown)
    translated.change("ru1", state=State.WITHDRAWN)
    assert lexicon.examples("netz", "de", "сеть", "ru", shown) == ()
    translated.change("ru1", state=State.PUBLISHED, withheld=(Sensitive.CONTACTS,))
    assert lexicon.examples("netz", "de", "сеть", "ru", shown) == ()


def test_an_embargo_that_ends_brings_a_pair(
    translated: MemoryArchive, learner: Learner, today: list[dt.date]
) -> None:
    translated.change("ru1", access=Access.EMBARGOED, embargoed_until=dt.date(2026, 6, 1))
    assert learner.learn().size.pairs == 1
    assert not learner.is_due()
    today[0] = dt.date(2026, 6, 1)
    assert learner.is_due()
    assert learner.learn().size.pairs == 3


def test_what_leaves_while_it_is_being_learned_does_not_stay(
    translated: MemoryArchive, learner: Learner, live: LiveLexicon
) -> None:
    def withdraw(done: int, all_: int) -> None:
        translated.change("ru1", state=State.WITHDRAWN)

    assert learner.learn(progress=withdraw).size.pairs == 1
    assert known(live.lexicon(), "netz", "de", "ru") == []


def test_one_process_learns_at_a_time(translated: MemoryArchive, learner: Learner) -> None:
    with exclusive(lexicon_folder(translated) / "lock", 0):  # type: ignore[arg-type]
        assert not learner.is_due()
        with pytest.raises(LockedError):
            learner.learn(timeout_seconds=0)
    assert learner.is_due()


def test_another_program_learns_anew(
    translated: MemoryArchive, learner: Learner, monkeypatch: pytest.MonkeyPatch
) -> None:
    learner.learn()
    monkeypatch.setattr(learning, "LEARNING", -1)
    assert Learner(translated).is_due()  # type: ignore[arg-type]


def test_a_damaged_file_is_learned_anew(
    translated: MemoryArchive, learner: Learner, live: LiveLexicon
) -> None:
    learner.learn()
    (lexicon_folder(translated) / live.state().name).write_bytes(b"x")  # type: ignore[arg-type]
    other = Learner(translated)  # type: ignore[arg-type]
    assert other.is_due()
    assert other.learn().anew
    assert known(public_lexicon(translated).lexicon(), "netz", "de", "ru")[0] == "сеть"  # type: ignore[arg-type]


def test_who_has_it_open_notices_a_new_one(
    translated: MemoryArchive, learner: Learner, live: LiveLexicon
) -> None:
    learner.learn()
    before = live.lexicon()
    translated.put("de1", GERMAN.replace("Netz", "Gitter"), title="Fernwärme", languages=("de",))
    learner.learn()
    after = live.lexicon()
    assert before is not after
    assert known(after, "gitter", "de", "ru")[0] == "сеть"
    assert len([*lexicon_folder(translated).glob("lexicon-*")]) == 1  # type: ignore[arg-type]
