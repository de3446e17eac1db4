"""Edits laid over the program's thesaurus: what staff changed stays, all else follows the program."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from archive.thesaurus_record import ConceptEdit
from index.thesaurus import Concept, Thesaurus, thesaurus_of
from index.thesaurus_edits import concept_from_json, concept_to_json, edited

ENERGY = Concept("urn:x:energy", {"de": "Energie", "ru": "энергия", "en": "energy"}, narrower=("urn:x:heat",))
HEAT = Concept(
    "urn:x:heat",
    {"de": "Wärme", "ru": "тепло", "en": "heat"},
    {"de": ("Hitze",), "ru": ("теплота",)},
    broader=("urn:x:energy",),
    narrower=("urn:x:boiler",),
    related=("urn:x:cold",),
)
BOILER = Concept("urn:x:boiler", {"de": "Kessel", "ru": "котёл", "en": "boiler"}, broader=("urn:x:heat",))
COLD = Concept("urn:x:cold", {"de": "Kälte", "ru": "холод", "en": "cold"}, related=("urn:x:heat",))
OWN = thesaurus_of([ENERGY, HEAT, BOILER, COLD], {"fr": 1}, 0)

Change = Callable[[Concept], Concept]


def edit(concept: Concept, **values: object) -> ConceptEdit:
    return ConceptEdit(concept_to_json(concept), concept_to_json(replace(concept, **values)))  # type: ignore[arg-type]


def program(**values: object) -> Thesaurus:
    """The program's thesaurus after an update of „Wärme“."""
    return thesaurus_of([ENERGY, replace(HEAT, **values), BOILER, COLD], {}, 0)  # type: ignore[arg-type]


def test_without_edits_it_is_the_programs_own() -> None:
    assert edited(OWN, {}) is OWN


def test_a_concept_is_read_as_it_was_written() -> None:
    assert concept_from_json(HEAT.uri, concept_to_json(HEAT)) == replace(HEAT, narrower=())


def test_labels_are_changed_added_and_taken_out() -> None:
    wanted = edit(HEAT, preferred={**HEAT.preferred, "de": "Hitze"}, alternatives={"ru": ("теплота", "жар")})
    now = edited(OWN, {HEAT.uri: wanted}).concepts[HEAT.uri]
    assert dict(now.preferred) == {"de": "Hitze", "ru": "тепло", "en": "heat"}
    assert dict(now.alternatives) == {"ru": ("теплота", "жар")}
    assert (now.broader, now.narrower, now.related) == (HEAT.broader, HEAT.narrower, HEAT.related)


def test_a_changed_label_is_looked_up_at_once() -> None:
    now = edited(OWN, {HEAT.uri: edit(HEAT, alternatives={"de": ("Fernwärme",)})})
    assert [concept.uri for concept in now.with_label("FERNWÄRME")] == [HEAT.uri]
    assert now.with_label("Hitze") == ()


def test_what_staff_did_not_touch_follows_the_program() -> None:
    wanted = {HEAT.uri: edit(HEAT, alternatives={"de": ("Hitze", "Glut"), "ru": ("теплота",)})}
    newer = program(
        preferred={"de": "Wärme", "ru": "тепловая энергия", "en": "heat"},
        alternatives={"de": ("Hitze", "Wärmeenergie"), "en": ("warmth",)},
        broader=("urn:x:cold",),
    )
    now = edited(newer, wanted).concepts[HEAT.uri]
    assert now.preferred["ru"] == "тепловая энергия"
    assert dict(now.alternatives) == {"de": ("Hitze", "Wärmeenergie", "Glut"), "en": ("warmth",)}
    assert now.broader == ("urn:x:cold",)


def test_what_staff_changed_stays_whatever_the_program_says_later() -> None:
    wanted = {HEAT.uri: edit(HEAT, preferred={**HEAT.preferred, "en": "warmth"}, broader=())}
    newer = program(preferred={"de": "Wärme", "ru": "тепло", "en": "thermal energy"})
    now = edited(newer, wanted).concepts[HEAT.uri]
    assert now.preferred["en"] == "warmth"
    assert now.broader == ()


def test_a_label_that_became_preferred_is_no_alternative_besides() -> None:
    wanted = {HEAT.uri: edit(HEAT, preferred={**HEAT.preferred, "en": "warmth"})}
    now = edited(program(alternatives={"en": ("warmth", "hotness")}), wanted).concepts[HEAT.uri]
    assert now.alternatives["en"] == ("hotness",)


def test_a_concept_that_the_program_has_no_more_stays_if_staff_edited_it() -> None:
    newer = thesaurus_of([ENERGY, COLD], {}, 0)
    now = edited(newer, {HEAT.uri: edit(HEAT, alternatives={})})
    assert dict(now.concepts[HEAT.uri].preferred) == dict(HEAT.preferred)
    assert now.concepts[HEAT.uri].broader == (ENERGY.uri,)
    assert now.concepts[COLD.uri].related == (HEAT.uri,)


def test_an_added_concept_is_in_both_directions() -> None:
    pump = Concept("urn:y:pump", {"de": "Pumpe"}, broader=(HEAT.uri,), related=(COLD.uri,))
    now = edited(OWN, {pump.uri: ConceptEdit(None, concept_to_json(pump))})
    assert now.concepts[HEAT.uri].narrower == (BOILER.uri, pump.uri)
    assert now.concepts[COLD.uri].related == (HEAT.uri, pump.uri)


def test_what_was_below_a_removed_concept_goes_to_what_was_above() -> None:
    now = edited(OWN, {HEAT.uri: ConceptEdit(concept_to_json(HEAT), None)})
    assert HEAT.uri not in now.concepts
    assert now.concepts[BOILER.uri].broader == (ENERGY.uri,)
    assert now.concepts[ENERGY.uri].narrower == (BOILER.uri,)
    assert now.concepts[COLD.uri].related == ()
    assert now.with_label("Wärme") == ()


@pytest.mark.parametrize("uri", [HEAT.uri, COLD.uri])
def test_a_relation_can_be_cut_and_tied_from_either_side(uri: str) -> None:
    concept = OWN.concepts[uri]
    cut = edited(OWN, {uri: edit(concept, related=())})
    assert (cut.concepts[HEAT.uri].related, cut.concepts[COLD.uri].related) == ((), ())
    tied = edited(OWN, {uri: edit(concept, related=(*concept.related, BOILER.uri))})
    assert uri in tied.concepts[BOILER.uri].related
