"""Every way to write a word: a table of queries with a text that has to be found, or must not be.

The table is `hard_cases.csv`: what is tried, a name, whether the text is found with all words, query and
text, with escapes as in Python for what cannot be seen. All texts are in one archive. Cases of a phenomenon
that begins with „translation“ are searched with translations, all others without.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.settings import Settings
from index.indexer import Indexer
from index.installed_dictionaries import open_installed
from index.query import Query, Wishes
from index.search import MAX_LIMIT, Search
from tests.index.conftest import KRASNODAR, MemoryArchive

TABLE = Path(__file__).with_name("hard_cases.csv")
TRANSLATION = "translation"
SETTINGS = Settings.from_env({})

with TABLE.open(encoding="utf-8", newline="") as file:
    CASES = [*csv.DictReader(file)]

_ESCAPE = re.compile(r"\\(?:u([0-9a-f]{4})|([nrt]))")


def plain(text: str) -> str:
    """Return a text of the table without escapes."""
    return _ESCAPE.sub(
        lambda found: chr(int(found[1], 16)) if found[1] else {"n": "\n", "r": "\r", "t": "\t"}[found[2]],
        text,
    )


@pytest.fixture(scope="module")
def hard(tmp_path_factory: pytest.TempPathFactory, engine_name: str) -> Iterator[Search]:
    archive = MemoryArchive(tmp_path_factory.mktemp("hard"), engine=engine_name)
    archive.put_conference(KRASNODAR)
    for number, case in enumerate(CASES):
        archive.put(f"case-{number}", plain(case["text"]))
    indexer = Indexer(archive)  # type: ignore[arg-type]
    indexer.catch_up()
    search = Search(archive)  # type: ignore[arg-type]
    yield search
    search.close()
    indexer.close()


NAMES = [f"{case['phenomenon']}: {case['name']}" for case in CASES]


@pytest.mark.every_engine
@pytest.mark.parametrize("number", range(len(CASES)), ids=NAMES)
def test_a_hard_case(hard: Search, number: int) -> None:
    case = CASES[number]
    if case["phenomenon"].startswith(TRANSLATION) and not open_installed(SETTINGS).is_built:
        pytest.skip("needs what was built of the dictionaries: python -m index.installed_dictionaries")
    wishes = Wishes(translate=case["phenomenon"].startswith(TRANSLATION))
    page = hard.ask(Query(plain(case["query"]), limit=MAX_LIMIT, wishes=wishes))
    assert page.total <= MAX_LIMIT
    found = {hit.document.id for hit in page.hits if hit.match == "all"}
    assert (f"case-{number}" in found) == (case["found"] == "yes"), f"{case['query']} | {case['text']}"


def test_the_table_is_large_and_has_both_kinds() -> None:
    assert len(CASES) >= 300
    assert sum(case["found"] == "no" for case in CASES) >= 0.3 * len(CASES)
    assert min(Counter(case["phenomenon"] for case in CASES).values()) >= 8
    names = Counter((case["phenomenon"], case["name"]) for case in CASES)
    assert max(names.values()) == 1
    assert all(case["name"] and case["query"] and case["text"] for case in CASES)


@pytest.mark.parametrize(
    ("query", "texts"),
    [
        ("Städte", ("Unsere Städte bauen.", "Unsere Stadt baut.")),
        ("Stadt", ("Unsere Stadt baut.", "Unsere Städte bauen.", "Unsere Stadtbibliothek baut.")),
        ("Müller", ("Frau Müller spricht.", "Frau Mueller spricht.")),
        ("Konferenz", ("Die Konferenz beginnt.", "Die Städtepartnerkonferenz beginnt.")),
        ("Stadtentwicklung", ("Die Stadtentwicklung geht weiter.", "Die Entwicklung unserer Stadt.")),
        ("stadtentwicklung", ("Die Stadtentwicklung geht weiter.", "Die Entwicklung unserer Stadt.")),
        ("Schüleraustausch", ("Der Schüleraustausch lohnt sich.", "Ein Austausch unter Schülern.")),
        ("город", ("Наш город растёт.", "Много городов растёт.")),
        ("Краснодар", ("Город Краснодар растёт.", "Die Stadt Krasnodar.")),
        ("Krasnodar", ("Die Stadt Krasnodar.", "Город Краснодар растёт.")),
        ("XIV", ("Die XIV. Konferenz beginnt.", "Die 14. Konferenz beginnt.")),
        ("cities", ("Many cities meet.", "Every city meets.")),
    ],
)
def test_what_is_nearer_comes_first(tmp_path: Path, query: str, texts: tuple[str, ...]) -> None:
    archive = MemoryArchive(tmp_path)
    archive.put_conference(KRASNODAR)
    for number, text in reversed([*enumerate(texts)]):
        archive.put(f"text-{len(texts) - number}", text)
    archive.put("other", "Ein anderer Text, in dem nichts davon steht.")
    indexer, search = Indexer(archive), Search(archive)  # type: ignore[arg-type]
    indexer.catch_up()
    page = search.ask(Query(query, wishes=Wishes(translate=False)))
    found = [hit.document.id for hit in page.hits if hit.match == "all"]
    assert found == [f"text-{len(texts) - number}" for number in range(len(texts))]
    search.close()
    indexer.close()


def test_names_in_the_other_script_are_left_out_on_demand(hard: Search) -> None:
    case = next(number for number, each in enumerate(CASES) if each["name"] == "Russian finds German w")
    for names in (True, False):
        wishes = Wishes(translate=False, names=names)
        page = hard.ask(Query(CASES[case]["query"], limit=MAX_LIMIT, wishes=wishes))
        assert (f"case-{case}" in {hit.document.id for hit in page.hits}) == names
