from __future__ import annotations

from pathlib import Path

from bench.vocabulary import Concept, concepts_of, occurs, places_of_words

PLACES = places_of_words(
    ["Die Städtepartnerschaften wachsen", "Теплоснабжение городов", "heat and supply", "demand"]
)

TURTLE = """
@prefix ka: <urn:konferenzarchiv:thesaurus:> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
ka:waerme a skos:Concept ; skos:prefLabel "Wärme"@de, "теплоснабжение"@ru, "heat demand"@en ;
    skos:altLabel "heat supply"@en .
ka:visum a skos:Concept ; skos:prefLabel "Visum"@de, "виза"@ru, "visa"@en .
"""


def test_a_label_occurs_in_another_form_and_in_a_compound() -> None:
    assert occurs("Städtepartnerschaft", PLACES)
    assert occurs("Partnerschaft", PLACES)
    assert occurs("теплоснабжение города", PLACES)


def test_all_words_of_a_label_stand_on_one_page() -> None:
    assert occurs("heat supply", PLACES)
    assert not occurs("heat demand", PLACES)
    assert not occurs("", PLACES)


def test_a_concept_occurs_in_the_languages_of_its_labels(tmp_path: Path) -> None:
    path = tmp_path / "energie.ttl"
    path.write_text(TURTLE, encoding="utf-8")
    assert concepts_of(path, PLACES) == [
        Concept("visum", frozenset()),
        Concept("waerme", frozenset({"ru", "en"})),
    ]
