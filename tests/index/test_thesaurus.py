"""A thesaurus answers for its labels, in every language; the project's own is read when it is asked for."""

from __future__ import annotations

import subprocess
import sys

import pytest

from index.thesaurus import Concept, Thesaurus, label_key, thesaurus_of
from index.vocabulary import own_thesaurus

HEAT = Concept(
    "urn:x:heat",
    {"de": "Fernwärme", "ru": "централизованное теплоснабжение", "en": "district heating"},
    {"de": ("Fernheizung",), "ru": ("теплофикация", "ЦТС")},
    broader=("urn:x:supply",),
)
SUPPLY = Concept("urn:x:supply", {"de": "Wärmeversorgung", "en": "heating"}, narrower=("urn:x:heat",))
HEATING = Concept("urn:x:heating", {"de": "Heizung", "en": "heating"}, {"ru": ("отопление",)})


@pytest.fixture
def thesaurus() -> Thesaurus:
    return thesaurus_of([SUPPLY, HEATING, HEAT], {"fr": 2}, 1)


def labels(thesaurus: Thesaurus, label: str, language: str) -> tuple[str, ...]:
    """Return what the one concept of a label is called in a language."""
    (concept,) = thesaurus.with_label(label)
    return concept.labels(language)


@pytest.mark.parametrize("label", ["Fernwärme", "FERNWÄRME", "теплофикация", "District  Heating", "цтс"])
def test_a_concept_is_found_by_any_of_its_labels(thesaurus: Thesaurus, label: str) -> None:
    assert thesaurus.with_label(label) == (HEAT,)


def test_a_part_of_a_label_is_none(thesaurus: Thesaurus) -> None:
    assert thesaurus.with_label("district") == thesaurus.with_label("") == thesaurus.with_label("…") == ()


def test_a_label_may_be_of_several_concepts(thesaurus: Thesaurus) -> None:
    assert thesaurus.with_label("heating") == (HEATING, SUPPLY)
    assert [each.labels("de") for each in thesaurus.with_label("heating")] == [
        ("Heizung",),
        ("Wärmeversorgung",),
    ]


def test_labels_begin_with_the_preferred_one(thesaurus: Thesaurus) -> None:
    assert labels(thesaurus, "Fernheizung", "ru") == (
        "централизованное теплоснабжение",
        "теплофикация",
        "ЦТС",
    )
    assert labels(thesaurus, "Fernheizung", "de") == ("Fernwärme", "Fernheizung")
    assert labels(thesaurus, "Heizung", "ru") == ("отопление",)
    assert labels(thesaurus, "Wärmeversorgung", "ru") == ()
    assert thesaurus.with_label("Kaffee") == ()


def test_all_labels_are_told_concept_by_concept(thesaurus: Thesaurus) -> None:
    told = [(label, language, concept.uri) for label, language, concept in thesaurus.labels()]
    assert told[:4] == [
        ("Fernwärme", "de", "urn:x:heat"),
        ("Fernheizung", "de", "urn:x:heat"),
        ("централизованное теплоснабжение", "ru", "urn:x:heat"),
        ("теплофикация", "ru", "urn:x:heat"),
    ]
    assert len(told) == 11


def test_spellings_meet() -> None:
    assert label_key("Straßenbahn") == label_key("STRASSENBAHN")
    assert label_key("приёмная семья") == label_key("Приемная  семья")
    assert label_key("Ost-West-Handel") == "ost west handel"


def test_nobody_changes_a_thesaurus(thesaurus: Thesaurus) -> None:
    with pytest.raises(TypeError):
        thesaurus.concepts["urn:x:heat"] = SUPPLY  # type: ignore[index]
    with pytest.raises(TypeError):
        HEAT.preferred["de"] = "Heizung"  # type: ignore[index]


def test_the_project_has_a_thesaurus_of_its_own() -> None:
    own = own_thesaurus()
    assert own is own_thesaurus()
    assert (dict(own.ignored_labels), own.ignored_relations) == ({}, 0)
    assert "НКО" in labels(own, "gemeinnützige Organisation", "ru")
    assert labels(own, "камень преткновения", "en") == ("stumbling stone", "Stolperstein")
    assert own.with_label("Mahlzeit") == ()
    assert {len(concept.preferred) for concept in own.concepts.values()} == {3}


def test_the_reader_of_skos_is_not_imported_before_it_is_needed() -> None:
    code = "import sys, index.thesaurus, index.vocabulary; sys.exit('rdflib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
