"""Words with signs, and what is only meant as it is written, are found so and not in pieces."""

from __future__ import annotations

import pytest

from index.filing import filed
from index.indexer import Indexer
from index.query import Query, Wishes
from index.search import Search
from tests.index.conftest import MemoryArchive

TEXTS = {
    "c++": "Programmieren in C++, leicht gemacht",
    "c": "Vitamin C und D",
    "c#": "(C#)",
    "§24": "Nach § 24 BauGB",
    "§24a": "siehe §§\u00a024a ff.",
    "24": "Es kamen 24 Leute",
    "2007/08": "Im Schuljahr 2007/08",
    "2007": "2007 kamen sie, 08 gingen sie",
    "gost": "по ГОСТ Р 7.0.5-2008",
    "gost2": "ГОСТ Р 7.32, раздел 5, пункт 0",
    "mail": "an anna.maier@rathaus.example, bitte",
    "anna": "Anna schrieb Maier, im Rathaus",
    "url": "siehe https://www.example.org/pfad/datei.html",
    "at&t": "von AT&T",
    "4-K": "Das 4-K-Modell des Lernens",
    "4-K s": "Nach 4-K-Modellen",
    "4, K": "4 Fragen, K als Buchstabe, ein Modell",
}


@pytest.mark.parametrize("exact", [False, True])
@pytest.mark.parametrize(
    ("typed", "documents"),
    [
        ("C++", {"c++"}),
        ('"C++"', {"c++"}),
        ("c#", {"c#"}),
        ("C", {"c", "c++", "c#"}),
        ("§ 24", {"§24"}),
        ("§24", {"§24"}),
        ("§ 24a", {"§24a"}),
        ("24", {"§24", "24"}),
        ("2007/08", {"2007/08"}),
        ("ГОСТ Р 7.0.5", {"gost"}),
        ("ГОСТ 7.0.5-2008", {"gost"}),
        ("anna.maier@rathaus.example", {"mail"}),
        ("https://www.example.org/pfad/datei.html", {"url"}),
        ("example.org", {"url"}),
        ("AT&T", {"at&t"}),
        ("4-K", {"4-K", "4-K s"}),
        ("4-K Lernens", {"4-K"}),
        ("Lernens -4-K-Modell", set()),
        ("-4-K Modell", {"4, K"}),
    ],
)
def test_it_is_found_as_written(
    archive: MemoryArchive, indexer: Indexer, search: Search, typed: str, documents: set[str], exact: bool
) -> None:
    for name, text in TEXTS.items():
        archive.put(name, text, language="ru" if name.startswith("gost") else "de")
    indexer.catch_up()
    page = search.ask(Query(typed, limit=50, wishes=Wishes(exact=exact)))
    assert {hit.document.id for hit in page.hits if hit.match == "all"} == documents


@pytest.mark.parametrize(("exact", "documents"), [(True, {"4-K"}), (False, {"4-K", "4-K s"})])
@pytest.mark.parametrize("typed", ["4-K-Modell", "(4-K-Modell)", "4-K-Modell^2 OR Unsinn"])
def test_a_letter_beside_a_number_belongs_to_it(
    archive: MemoryArchive, indexer: Indexer, search: Search, typed: str, documents: set[str], exact: bool
) -> None:
    for name, text in TEXTS.items():
        archive.put(name, text)
    indexer.catch_up()
    page = search.ask(Query(typed, limit=50, wishes=Wishes(exact=exact)))
    assert {hit.document.id for hit in page.hits if hit.match == "all"} == documents


@pytest.mark.parametrize(
    ("chunk", "keys"), [("C++", {"c++"}), ("§\u00a024", {"§24"}), ("C+", set()), ("§x", set())]
)
def test_a_place_has_its_signs(chunk: str, keys: set[str]) -> None:
    signed = {key for each in filed(chunk) for key in each.keys if not key.isalnum()}
    assert {key for key in signed if "+" in key or "§" in key} == keys
