"""Why a document was found: how it says each word, where, and what it lacks."""

from __future__ import annotations

from typing import Any

import pytest

from archive.model import Page
from index.concordance import Concordance
from index.indexer import Indexer
from index.looking import Looked
from index.matching import Matcher
from index.pages import ranked
from index.query import Query, Wishes
from index.reasons import EXPLAINED_PAGES, MOST_SURFACES, Explainer
from index.results import Explanation, Hit, Match
from index.search import Search
from index.tree import And, Node, Or, Phrase, Reason, Sought, Way
from tests.index.asking import asked
from tests.index.conftest import MemoryArchive

HEAT = Sought(
    "Wärme",
    "wärme",
    (
        Way((("тепло",),), 0.8, Reason.TRANSLATION, "тепло", "ru"),
        Way((("вода",),), 0.2, Reason.TRANSLATION, "вода", "ru"),
    ),
)
NET = Sought("Netz", "netz", (Way((("сеть",),), 0.7, Reason.TRANSLATION, "сеть", "ru"),))


def explained(
    archive: MemoryArchive, node: Node | None, *texts: str | Page, match: Match = "some", **values: object
) -> Explanation:
    document = archive.put("a", *texts, **values)
    matcher = Matcher(node)
    concordance = Concordance.of(archive.pages("a"), document.title, document.creators)
    looked = Looked(concordance, matcher)
    return Explainer(node, matcher).explain(looked, ranked(looked, matcher), match)


def said(why: Explanation) -> dict[str, list[tuple[str, str, tuple[str, ...], tuple[int, ...]]]]:
    return {
        word.word: [(" ".join(each.surfaces), each.reason, each.fields, each.pages) for each in word.sayings]
        for word in why.words
    }


@pytest.mark.parametrize(
    ("query", "text", "surface", "reason"),
    [
        ("Stadt", "Die Stadt", "Stadt", "typed"),
        ("Stadt", "In Städten", "Städten", "form"),
        ("Städte", "Staedte", "Staedte", "spelling"),
        ("Konferenz", "Städtepartnerkonferenz", "Städtepartnerkonferenz", "compound"),
        ("Stadtentwicklung", "Entwicklung der Stadt", "Stadt … Entwicklung", "compound"),
        ('"der Stadt"', "In der\nStadt", "der Stadt", "typed"),
        ("Konferenz", "Die Konfe-\nrenz", "Konferenz", "typed"),
    ],
)
def test_it_is_told_what_stands_there_and_why_that_is_the_word(
    archive: MemoryArchive, query: str, text: str, surface: str, reason: str
) -> None:
    why = explained(archive, asked(query), text, match="all")
    assert said(why) == {query: [(surface, reason, ("text",), (1,))]}
    assert (why.missing, why.uncertain) == ((), ())


def test_it_is_told_in_which_fields_and_on_which_pages(archive: MemoryArchive) -> None:
    pages = (Page(0, "Wärme\nund Netz", title="Wärme"), Page(0, "Nichts"), Page(0, "", notes="Die Wärme"))
    why = explained(archive, And((HEAT, NET)), *pages, title="Von der Wärme", creators=("Anna Netz",))
    assert said(why) == {
        "Wärme": [("Wärme", "typed", ("title", "page_title", "text", "notes"), (1, 3))],
        "Netz": [("Netz", "typed", ("text", "creators"), (1,))],
    }
    assert [each.count for word in why.words for each in word.sayings] == [3, 2]


def test_a_translation_says_its_language_and_what_stands_there_most(archive: MemoryArchive) -> None:
    why = explained(archive, HEAT, "Тепло тепло ТЕПЛО")
    ((heat,),) = [word.sayings for word in why.words]
    assert (heat.reason, heat.form, heat.language, heat.weight, heat.count) == (
        "translation",
        "тепло",
        "ru",
        0.8,
        3,
    )
    assert [each.casefold() for each in heat.surfaces] == ["тепло"]


def test_only_some_of_many_forms_are_told(archive: MemoryArchive) -> None:
    forms = tuple((f"stadt{letter}",) for letter in "abcdefgh")
    word = Sought("Stadt", "stadt", (Way((tuple(form for (form,) in forms),), 0.9, Reason.FORM, "Stadt"),))
    why = explained(archive, word, " ".join(form for (form,) in forms))
    assert len(why.words[0].sayings[0].surfaces) == MOST_SURFACES
    assert why.words[0].sayings[0].count == len(forms)


def test_words_that_are_missing_and_words_that_may_be_meant(archive: MemoryArchive) -> None:
    why = explained(archive, And((HEAT, NET)), "Вода")
    assert (why.missing, why.uncertain) == (("Netz",), ("Wärme",))
    assert said(why)["Netz"] == []


def test_one_of_several_is_enough(archive: MemoryArchive) -> None:
    either = Or((NET, Phrase("am Fluss")))
    assert explained(archive, And((HEAT, either)), "Wärme am Fluss").missing == ()
    assert explained(archive, And((HEAT, either)), "Wärme").missing == ('Netz OR "am Fluss"',)


def test_of_a_word_in_pieces_only_what_occurs_is_told(archive: MemoryArchive) -> None:
    node = asked("Ost-West Netz")
    assert said(explained(archive, node, "Ost und West")) == {
        "Ost": [("Ost", "typed", ("text",), (1,))],
        "West": [("West", "typed", ("text",), (1,))],
        "Netz": [],
    }
    assert explained(archive, node, "Das Netz").missing == ("Ost-West",)


def test_a_word_on_a_page_that_is_not_looked_through_is_not_missing(archive: MemoryArchive) -> None:
    pages = [*["Netz Netz"] * EXPLAINED_PAGES, "Wärme"]
    assert explained(archive, And((HEAT, NET)), *pages).missing == ()


def hits(search: Search, text: str, **wishes: Any) -> dict[str, Hit]:
    return {hit.document.id: hit for hit in search.ask(Query(text, wishes=Wishes(**wishes))).hits}


def test_hits_say_why_and_what_they_lack(archive: Any, indexer: Indexer, search: Search) -> None:
    archive.put("all", "Die Wärme der Stadt")
    archive.put("some", "Viele Städte")
    archive.put("creator", "Nichts", creators=("Anna Stadt",))
    indexer.catch_up()
    found = hits(search, "Wärme Stadt")
    assert {name: hit.why.missing for name, hit in found.items()} == {
        "all": (),
        "some": ("Wärme",),
        "creator": ("Wärme",),
    }
    assert said(found["creator"].why)["Stadt"] == [("Stadt", "typed", ("creators",), ())]
    assert said(found["some"].why)["Stadt"] == [("Städte", "form", ("text",), (1,))]


def test_a_title_says_nothing_on_the_pages_of_another_language(
    archive: Any, indexer: Indexer, search: Search
) -> None:
    pages = (Page(0, "Wärme", languages=("de",)), Page(0, "Zwirbel", languages=("ru",)))
    archive.put("both", *pages, title="Knortz")
    archive.put("russian", "Zwirbel", language="ru", title="Knortz")
    indexer.catch_up()
    found = {hit.document.id: hit for hit in search.ask(Query("Knortz Zwirbel", language=("ru",))).hits}
    assert (found["both"].match, found["both"].why.missing) == ("some", ("Knortz",))
    assert said(found["both"].why)["Knortz"] == []
    assert found["russian"].match == "all"
    assert said(found["russian"].why)["Knortz"] == [("Knortz", "typed", ("title",), ())]


def test_exact_words_are_explained_as_typed(archive: Any, indexer: Indexer, search: Search) -> None:
    archive.put("a", "Viele Städte")
    indexer.catch_up()
    assert said(hits(search, "Städte", exact=True)["a"].why) == {
        "Städte": [("Städte", "typed", ("text",), (1,))]
    }


def test_words_that_no_document_has_are_named(archive: Any, indexer: Indexer, search: Search) -> None:
    archive.put("a", "Stadt", title="Fluss")
    archive.put("b", "Wärme")
    indexer.catch_up()
    assert search.ask(Query("Stadt Quanten")).absent == ("Quanten",)
    assert search.ask(Query("Stadt Wärme")).absent == ()
    assert search.ask(Query('Wärme Stadt "alte Stadt" title:Fluss')).absent == ("Wärme", '"alte Stadt"')
    assert search.ask(Query("Stadt Fluss")).absent == ()
    assert search.ask(Query("Quanten")).absent == ()
