"""The lexicon in its file: what was learned, how sure it is, and where it was seen."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import pytest

from index.errors import DamagedLexiconError
from index.learning import Pair, learn
from index.lesson import Text
from index.lexicon import DOUBT, EXAMPLE_CHARS, Lexicon
from index.lexicon_file import Mark

GERMAN = {
    "d1": ("Fernwärme", "Die Wärme der Stadt.\n\nDas Netz verliert Wärme."),
    "d2": ("Verkehr", "Der Verkehr in der Stadt.\n\nDas Netz für den Verkehr."),
    "d3": ("Wasser", "Wasser für die Stadt.\n\nDas Netz verliert Wasser."),
}
RUSSIAN = {
    "r1": ("Теплоснабжение", "Тепло города.\n\nСеть теряет тепло."),
    "r2": ("Транспорт", "Транспорт в городе.\n\nСеть для транспорта."),
    "r3": ("Вода", "Вода для города.\n\nСеть теряет воду."),
}
ENGLISH = {"e1": ("District heating", "The heat of the city.\n\nThe network loses heat.")}
TEXTS = {
    name: Text(name, language, title, ((1, text),))
    for language, texts in (("de", GERMAN), ("ru", RUSSIAN), ("en", ENGLISH))
    for name, (title, text) in texts.items()
}
PAIRS = [
    *(Pair(f"d{n}", f"r{n}", ("de", "ru")) for n in (1, 2, 3)),
    Pair("d1", "e1", ("de", "en")),
    Pair("e1", "r1", ("en", "ru")),
]


def load(pairs: Sequence[Pair]) -> list[tuple[Text, Text]]:
    return [(TEXTS[pair.source], TEXTS[pair.target]) for pair in pairs]


def learned(path: Path, pairs: Sequence[Pair] = PAIRS) -> Lexicon:
    learn(pairs, [Mark(each, 1) for each in sorted(TEXTS)], load, path)
    return Lexicon(path)


@pytest.fixture
def lexicon(tmp_path: Path) -> Lexicon:
    return learned(tmp_path / "lexicon")


def everyone(marks: Sequence[Mark]) -> set[str]:
    return {each.document for each in marks}


def test_the_likeliest_translation_comes_first(lexicon: Lexicon) -> None:
    assert lexicon.translations("stadt", "de", "ru")[0].key == "город"
    assert lexicon.translations("город", "ru", "de")[0].key == "stadt"
    assert lexicon.translations("heat", "en", "de")[0].key == "wärme"


def test_probabilities_leave_room_for_doubt(lexicon: Lexicon) -> None:
    found = lexicon.translations("wasser", "de", "ru")
    assert sum(each.count for each in found) <= lexicon.total("wasser", "de", "ru") + 0.001
    assert sum(each.probability for each in found) < 1
    assert found[0].probability == pytest.approx(
        found[0].count / (lexicon.total("wasser", "de", "ru") + DOUBT)
    )


def test_what_is_not_known_has_no_translations(lexicon: Lexicon) -> None:
    assert lexicon.translations("unbekannt", "de", "ru") == ()
    assert lexicon.translations("stadt", "ru", "de") == ()
    assert lexicon.total("unbekannt", "de", "ru") == 0


def test_titles_are_learned_from(lexicon: Lexicon) -> None:
    assert lexicon.translations("fernwärme", "de", "ru")[0].key == "теплоснабжение"
    (example,) = lexicon.examples("fernwärme", "de", "теплоснабжение", "ru", everyone)
    assert example.source == ("d1", 0, "Fernwärme")


def test_examples_tell_where_a_translation_was_seen(lexicon: Lexicon) -> None:
    found = lexicon.examples("netz", "de", "сеть", "ru", everyone)
    assert {each.source.document for each in found} <= {"d1", "d2", "d3"}
    assert all("Netz" in each.source.text and "Сеть" in each.target.text for each in found)
    assert {each.source.page_number for each in found} == {1}


def test_examples_are_the_same_from_the_other_side(lexicon: Lexicon) -> None:
    there = lexicon.examples("netz", "de", "сеть", "ru", everyone)
    back = lexicon.examples("сеть", "ru", "netz", "de", everyone)
    assert [(each.target, each.source) for each in back] == [(each.source, each.target) for each in there]


def test_no_example_of_a_document_that_may_not_be_opened(lexicon: Lexicon) -> None:
    found = lexicon.examples("netz", "de", "сеть", "ru", lambda marks: everyone(marks) - {"r1", "d2"})
    assert {each.source.document for each in found} == {"d3"}
    assert lexicon.examples("netz", "de", "сеть", "ru", lambda _: ()) == ()


def test_a_long_example_is_shortened_around_the_word(tmp_path: Path) -> None:
    filling = "Blume Haus Baum Weg " * 12
    texts = {
        "d": Text("d", "de", "A", ((7, f"{filling}Fernwärme {filling}"),)),
        "r": Text("r", "ru", "Б", ((8, "теплоснабжение"),)),
    }
    learn(
        [Pair("d", "r", ("de", "ru"))],
        [Mark("d", 1), Mark("r", 1)],
        lambda _: [(texts["d"], texts["r"])],
        tmp_path / "lexicon",
    )
    lexicon = Lexicon(tmp_path / "lexicon")
    key = lexicon.translations("теплоснабжение", "ru", "de")[0].key
    (example,) = lexicon.examples("теплоснабжение", "ru", key, "de", everyone)
    assert len(example.target.text) <= EXAMPLE_CHARS + 4
    assert key in example.target.text.lower()
    assert (example.source.page_number, example.target.page_number) == (8, 7)


def test_it_tells_what_it_was_learned_from(lexicon: Lexicon) -> None:
    assert lexicon.documents() == frozenset(TEXTS)
    assert lexicon.size.pairs == len(PAIRS)
    assert lexicon.size.segments > 10
    assert 0 < lexicon.size.words <= 2 * lexicon.size.entries


def test_the_file_is_the_same_byte_by_byte_in_any_order(tmp_path: Path) -> None:
    learned(tmp_path / "one")
    shuffled = random.Random(3).sample(PAIRS, len(PAIRS))
    learned(tmp_path / "other", [*shuffled, shuffled[0]])
    assert (tmp_path / "one").read_bytes() == (tmp_path / "other").read_bytes()


def test_what_is_learned_hangs_on_no_identifier(tmp_path: Path, lexicon: Lexicon) -> None:
    names = {name: f"x{number}" for number, name in enumerate(sorted(TEXTS, reverse=True))}
    renamed = [Pair(names[each.source], names[each.target], each.languages) for each in PAIRS]
    texts = {names[name]: text._replace(document=names[name]) for name, text in TEXTS.items()}
    learn(
        renamed,
        (),
        lambda pairs: [(texts[pair.source], texts[pair.target]) for pair in pairs],
        tmp_path / "renamed",
    )
    other = Lexicon(tmp_path / "renamed")
    for key in ("stadt", "netz", "wärme", "verkehr", "wasser"):
        assert other.translations(key, "de", "ru") == lexicon.translations(key, "de", "ru")


def test_nothing_learned_is_a_lexicon_too(tmp_path: Path) -> None:
    lexicon = learned(tmp_path / "empty", [])
    assert lexicon.translations("stadt", "de", "ru") == ()
    assert lexicon.size.pairs == 0


def test_a_damaged_file_says_so(tmp_path: Path) -> None:
    (tmp_path / "damaged").write_bytes(b"x" * 5000)
    with pytest.raises(DamagedLexiconError):
        Lexicon(tmp_path / "damaged")
    with pytest.raises(DamagedLexiconError):
        Lexicon(tmp_path / "missing")
