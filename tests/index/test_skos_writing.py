"""A thesaurus that is written as Turtle is read as the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.skos import read_thesaurus
from index.skos_writing import to_turtle
from index.thesaurus import Concept, Thesaurus, thesaurus_of
from index.vocabulary import own_thesaurus

ODD = thesaurus_of(
    [
        Concept("urn:x:a", {"de": 'Sog. "Wärme" \\ Co.', "ru": "тепло"}, {"de": ("Hitze", "Glut")}),
        Concept("urn:x:b", {"en": "heat @en ; ."}, broader=("urn:x:a",), related=("urn:x:c",)),
        Concept("urn:x:c", {"en": "cold"}, related=("urn:x:b",)),
    ],
    {},
    0,
)


@pytest.mark.parametrize("thesaurus", [ODD, own_thesaurus()], ids=["odd", "own"])
def test_what_was_written_is_read(thesaurus: Thesaurus, tmp_path: Path) -> None:
    path = tmp_path / "a.ttl"
    path.write_bytes(to_turtle(thesaurus))
    found = read_thesaurus([path])
    assert found.concepts.keys() == thesaurus.concepts.keys()
    for uri, concept in thesaurus.concepts.items():
        other = found.concepts[uri]
        assert (other.preferred, other.broader, other.related) == (
            concept.preferred,
            concept.broader,
            concept.related,
        )
        for language in ("de", "ru", "en"):
            assert set(other.labels(language)) == set(concept.labels(language))


def test_addresses_that_turtle_does_not_take_are_written_otherwise(tmp_path: Path) -> None:
    path = tmp_path / "a.ttl"
    path.write_bytes(to_turtle(thesaurus_of([Concept('urn:x:> <"a b\n', {"de": "Wärme"})], {}, 0)))
    (concept,) = read_thesaurus([path]).concepts.values()
    assert concept.uri == "urn:x:%3E%20%3C%22a%20b%0A"
