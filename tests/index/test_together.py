"""Words in one passage: what raises an entry among the best, in every engine."""

from __future__ import annotations

from pathlib import Path
from typing import Any as Anything

import pytest

from archive.model import Page
from index.clauses import together
from index.engine import Any, Apart, Engine, Entry, Group, Request, Schema, Term, Together
from index.entries import PAGE_BREAK, PASSAGE_KEYS
from index.indexer import Indexer
from index.query import Query
from index.search import Search
from tests.index.asking import asked
from tests.index.engines import ENGINES, SCHEMA, entry, ids

NEAR = f"gas netz {PAGE_BREAK} wind strom"
FAR = f"gas strom {PAGE_BREAK} wind netz"
OTHERS = [entry(f"o{number:02}", f"gas wind netz strom {PAGE_BREAK} {number}") for number in range(9)]
WORDS = tuple(Group((Term("text", word), Term("title", word))) for word in ("gas", "netz"))
GAS_NETZ = Any(WORDS)


def nearness(factor: float = 1.0, most: int = 100) -> Together:
    return Together(WORDS, ("text",), ("title",), PAGE_BREAK, factor, most)


@pytest.fixture
def filled(engine: Engine) -> Engine:
    engine.write([entry("x1", FAR), entry("x2", NEAR)], (), 5)
    engine.write([entry("x3", FAR)], (), 6)
    return engine


def test_an_entry_with_the_words_in_one_passage_comes_first(filled: Engine) -> None:
    assert ids(filled, GAS_NETZ) == ["x1", "x2", "x3"]
    assert ids(filled, GAS_NETZ, together=nearness()) == ["x2", "x1", "x3"]
    assert ids(filled, GAS_NETZ, together=nearness(), sort="-name") == ["x1", "x2", "x3"]


def test_the_score_is_raised_by_that_of_the_best_passage(filled: Engine) -> None:
    alone = {found.id: found.score for found in filled.search(Request(GAS_NETZ)).found}
    raised = {
        found.id: found.score
        for found in filled.search(Request(GAS_NETZ, together=nearness(factor=2.0))).found
    }
    assert raised["x2"] - alone["x2"] == pytest.approx(2 * (raised["x1"] - alone["x1"]))
    assert raised["x1"] == raised["x3"] > alone["x1"]


def test_what_is_said_in_several_words_is_in_the_passages_that_have_all_of_them(engine: Engine) -> None:
    texts = {
        "y1": f"gas netz {PAGE_BREAK} wind",
        "y2": f"gas wind {PAGE_BREAK} netz",
        "y3": f"gas netz wind {PAGE_BREAK} gas",
        "y4": f"gas strom {PAGE_BREAK} wind",
    }
    engine.write([entry(name, text) for name, text in texts.items()], (), 5)
    wind, gas, netz, strom = (Term("text", word) for word in ("wind", "gas", "netz", "strom"))
    several = Group((Apart(((gas,), (netz, strom))), Apart(((gas,), (Term("text", "nirgends"),))), Apart(())))
    wanted = Together((Group((wind,)), several), ("text",), (), PAGE_BREAK, 1.0, 100)
    plain = {found.id: found.score for found in engine.search(Request(wind)).found}
    raised = {found.id: found.score for found in engine.search(Request(wind, together=wanted)).found}
    gains = {name: raised[name] - plain[name] for name in texts}
    assert gains["y3"] > gains["y1"] == pytest.approx(gains["y4"])
    assert gains["y1"] > 0
    assert gains["y3"] > gains["y2"] > 0
    assert ids(engine, wind, together=wanted)[0] == "y3"


def test_a_whole_field_is_one_passage(engine: Engine) -> None:
    apart = f"gas {PAGE_BREAK} netz"
    engine.write([entry("y1", apart, title="gas"), entry("y2", apart, title="gas netz")], (), 5)
    engine.write([entry("y3", apart, title="wind netz")], (), 6)
    assert ids(engine, Any((Term("text", "gas"),)), together=nearness()) == ["y2", "y1", "y3"]


def test_passages_of_two_fields_belong_together_by_their_number(engine_kind: str, tmp_path: Path) -> None:
    fields = Schema(positions=("text", "heading"), bags=(), keywords=(), sorts=())
    engine = ENGINES[engine_kind][0](tmp_path, fields)
    text = f"wind {PAGE_BREAK} gas"
    headings = {"y1": f"netz {PAGE_BREAK} ", "y2": f" {PAGE_BREAK} netz", "y3": f"netz {PAGE_BREAK} wind"}
    engine.write(
        [Entry(name, name, {"text": text, "heading": each}) for name, each in headings.items()], (), 1
    )
    words = (Group((Term("text", "gas"),)), Group((Term("heading", "netz"),)))
    wanted = Together(words, ("text", "heading"), (), PAGE_BREAK, 1.0, 100)
    assert ids(engine, Term("text", "gas"), together=wanted) == ["y2", "y1", "y3"]
    engine.close()


@pytest.mark.parametrize("most", [1, 4, 100])
def test_pages_of_results_neither_miss_nor_double(filled: Engine, most: int) -> None:
    filled.write(OTHERS, (), 7)
    wanted = nearness(most=most)
    whole = ids(filled, GAS_NETZ, together=wanted, limit=100)
    pages = [ids(filled, GAS_NETZ, together=wanted, offset=offset, limit=3) for offset in range(0, 12, 3)]
    assert [name for page in pages for name in page] == whole
    assert len({*whole}) == 12


def test_only_the_best_are_ranked_anew(filled: Engine) -> None:
    before = ids(filled, GAS_NETZ)
    assert ids(filled, GAS_NETZ, together=nearness(most=1)) == before
    assert ids(filled, GAS_NETZ, together=nearness(most=2)) == ["x2", "x1", "x3"]


def test_filters_choose_before_the_best_are_ranked(engine: Engine) -> None:
    engine.write([entry(f"z{number}", FAR, kind="other") for number in range(5)], (), 5)
    engine.write([entry("z8", FAR, kind="talk"), entry("z9", NEAR, kind="talk")], (), 6)
    assert ids(engine, GAS_NETZ, together=nearness(most=2), filters={"kind": ("talk",)}) == ["z9", "z8"]


def test_deleted_entries_leave_no_trace(filled: Engine, engine_kind: str, tmp_path: Path) -> None:
    filled.write([entry("x4", NEAR), entry("x5", "gas")], (), 7)
    filled.write([], ["x4", "x5"], 8)
    fresh = ENGINES[engine_kind][0](tmp_path / "fresh", SCHEMA)
    fresh.write([entry("x3", FAR), entry("x2", NEAR), entry("x1", FAR)], (), 1)
    fresh.write([], ["d1", "d2", "d3", "d4"], 2)
    filled.write([], ["d1", "d2", "d3", "d4"], 9)
    request = Request(GAS_NETZ, together=nearness())
    assert filled.search(request) == fresh.search(request)
    fresh.close()


def test_unknown_words_and_fields_raise_nothing(filled: Engine) -> None:
    strange = Together((Group((Term("text", "nie"), Term("nowhere", "gas"))),), ("text",), (), "§", 1.0, 9)
    plain = filled.search(Request(GAS_NETZ))
    assert filled.search(Request(GAS_NETZ, together=strange)) == plain
    assert filled.search(Request(Term("text", "nie"), together=nearness())).found == ()


def test_one_word_needs_no_other() -> None:
    assert together(None) is together(asked("Stadt")) is together(asked("Stadt -Land")) is None
    wanted = together(asked("Stadt (Land OR Fluss) titel:Meer"))
    assert wanted is not None
    exact = [word.terms[0].token for word in wanted.words if isinstance(word.terms[0], Term)]
    assert exact == ["stadt", "land", "fluss"]


def test_a_document_with_the_words_on_one_page_is_found_first(
    archive: Anything, indexer: Indexer, search: Search
) -> None:
    archive.put("a", "Gas und Strom für alle Häuser", "Wind und Netz in der Stadt")
    archive.put("b", "Gas und Netz für alle Häuser", "Wind und Strom in der Stadt")
    archive.put("c", *["Strom und Wind"] * 2)
    indexer.catch_up()
    assert [hit.document.id for hit in search.ask(Query("Gas Netz")).hits] == ["b", "a"]
    assert [hit.document.id for hit in search.ask(Query("Netz Gas")).hits] == ["b", "a"]


def test_a_heading_belongs_to_its_page_and_a_long_page_is_cut(
    archive: Anything, indexer: Indexer, search: Search
) -> None:
    filler = " ".join(f"wort{number}x" for number in range(PASSAGE_KEYS))
    long = f"Netz {filler}"
    for name, first, second in (("a", "Wasser", "Gas"), ("b", "Gas", "Wasser")):
        archive.put(
            name,
            Page(0, f"{long}\n{filler}", title=first, languages=("de",)),
            Page(0, "Strom", title=second, languages=("de",)),
        )
    indexer.catch_up()
    assert [hit.document.id for hit in search.ask(Query("Gas Netz")).hits] == ["b", "a"]
    archive.put("c", f"Wind {filler} Sonne {filler}", f"Licht {filler}")
    archive.put("d", f"Wind Sonne {filler}", f"Licht {filler} {filler}")
    indexer.catch_up()
    assert [hit.document.id for hit in search.ask(Query("Wind Sonne")).hits] == ["d", "c"]
