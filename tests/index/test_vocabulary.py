"""The project's own thesaurus keeps the rules that its files say of themselves."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from graphlib import TopologicalSorter
from pathlib import Path

import pytest
from rdflib import RDF, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, OWL, SKOS

from index.text import tokens

FOLDER = Path(__file__).parents[2] / "index" / "vocabulary"
SCHEME = URIRef("urn:konferenzarchiv:thesaurus")
LANGUAGES = ("de", "ru", "en")

DOMAINS = (
    "bildung",
    "energie",
    "erinnerungskultur",
    "gesundheit",
    "jugend",
    "oekologie",
    "partnerschaft",
    "stadtentwicklung",
    "verkehr",
    "verwaltung",
    "wirtschaft",
    "zivilgesellschaft",
)
FILES = sorted(path for path in FOLDER.glob("*.ttl") if path.name != "scheme.ttl")
IN_A_FILE, IN_ALL = 55, 600
"""At least so many concepts."""

HOMONYMS: dict[tuple[str, str], str] = {}
"""Language, folded label -> why two concepts share it."""

LATIN_IN_RUSSIAN: frozenset[str] = frozenset()
"""What Russian texts write in Latin letters, folded."""

_NAME = r"ka:[a-z0-9]+(?:-[a-z0-9]+)*"
_NAMES = rf"{_NAME}(?:, {_NAME})*"
_LABEL = r'"[^"\\\n]+"@'
_BLOCK = re.compile(
    rf"(?P<name>{_NAME}) a skos:Concept ;\n"
    rf"    skos:inScheme <{SCHEME}> ;\n"
    rf"    skos:prefLabel {_LABEL}de, {_LABEL}ru, {_LABEL}en ;\n"
    + "".join(rf"(?:    skos:altLabel {_LABEL}{code}(?:, {_LABEL}{code})* ;\n)?" for code in LANGUAGES)
    + rf"    (?:skos:topConceptOf <{SCHEME}>|skos:broader {_NAMES})"
    rf"(?: ;\n    skos:related {_NAMES})? \.\n"
)


@pytest.fixture(scope="module")
def graph() -> Graph:
    everything = Graph()
    for path in FOLDER.glob("*.ttl"):
        everything.parse(path)
    return everything


def test_the_scheme_is_declared_once_with_a_title_in_each_language(graph: Graph) -> None:
    assert list(graph.subjects(RDF.type, SKOS.ConceptScheme)) == [SCHEME]
    assert sorted(title.language for title in graph.objects(SCHEME, DCTERMS.title)) == sorted(LANGUAGES)
    assert len(list(graph.objects(SCHEME, OWL.versionInfo))) == 1


def test_each_domain_has_a_file() -> None:
    assert [path.stem for path in FILES] == list(DOMAINS)


def test_there_are_enough_concepts(graph: Graph) -> None:
    assert len(_concepts(graph)) >= IN_ALL


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_is_written_like_the_others_and_sorted(path: Path) -> None:
    head, *blocks = path.read_text(encoding="utf-8").split("\n\n")
    assert [line for line in head.splitlines() if not line.startswith("#")] == [
        f"@prefix ka: <{SCHEME}:> .",
        f"@prefix skos: <{SKOS}> .",
    ]
    matches = {block: _BLOCK.fullmatch(block.rstrip("\n") + "\n") for block in blocks}
    assert [block for block, match in matches.items() if match is None] == []
    names = [match["name"] for match in matches.values() if match]
    assert names == sorted(set(names))
    assert len(names) >= IN_A_FILE
    assert "".join(blocks).count("skos:topConceptOf") == 1


def test_a_concept_is_described_in_one_place() -> None:
    names = Counter(name for path in FILES for name in re.findall(rf"(?m)^{_NAME}", path.read_text("utf-8")))
    assert [name for name, count in names.items() if count > 1] == []


def test_every_concept_has_one_preferred_label_in_each_language(graph: Graph) -> None:
    wrong = [
        concept
        for concept in _concepts(graph)
        if sorted(label.language for label in graph.objects(concept, SKOS.prefLabel)) != sorted(LANGUAGES)
    ]
    assert wrong == []


def test_no_label_stands_twice_within_a_language(graph: Graph) -> None:
    places = defaultdict(list)
    for label, concept in _labels(graph):
        places[label.language, _folded(label)].append(concept)
    twice = {key for key, concepts in places.items() if len(concepts) > 1}
    assert {key: sorted(places[key]) for key in twice - HOMONYMS.keys()} == {}
    assert HOMONYMS.keys() <= twice


def test_labels_are_tidy(graph: Graph) -> None:
    assert [
        label for label, _ in _labels(graph) if str(label) != " ".join(label.split()) or not _folded(label)
    ] == []


def test_words_are_written_in_the_letters_of_their_language(graph: Graph) -> None:
    wrong = []
    for label, _ in _labels(graph):
        for word in re.findall(r"\w+", label):
            cyrillic, latin = bool(re.search("[а-яё]", word, re.I)), bool(re.search("[a-zäöüß]", word, re.I))
            allowed = label.language != "ru" or not latin or word.casefold() in LATIN_IN_RUSSIAN
            if (cyrillic and (latin or label.language != "ru")) or not allowed:
                wrong.append(str(label))
    assert wrong == []


def test_every_relation_leads_to_a_concept(graph: Graph) -> None:
    concepts = _concepts(graph)
    ends = {end for relation in (SKOS.broader, SKOS.related) for end in graph.objects(None, relation)}
    assert ends - concepts == set()


def test_every_concept_comes_up_to_a_top_concept_without_a_circle(graph: Graph) -> None:
    above = {concept: set(graph.objects(concept, SKOS.broader)) for concept in _concepts(graph)}
    tuple(TopologicalSorter(above).static_order())
    ends = {concept for concept, broader in above.items() if not broader}
    assert ends == set(graph.subjects(SKOS.topConceptOf, SCHEME))


def test_related_concepts_are_said_once_and_stand_in_no_line(graph: Graph) -> None:
    related = set(graph.subject_objects(SKOS.related))
    assert {pair for pair in related if pair[::-1] in related} == set()
    above = {concept: set(graph.transitive_objects(concept, SKOS.broader)) for concept in _concepts(graph)}
    assert {(one, other) for one, other in related if one in above[other] or other in above[one]} == set()


def _concepts(graph: Graph) -> set[URIRef]:
    return set(graph.subjects(RDF.type, SKOS.Concept))


def _labels(graph: Graph) -> list[tuple[Literal, URIRef]]:
    return [
        (label, concept)
        for relation in (SKOS.prefLabel, SKOS.altLabel)
        for concept, label in graph.subject_objects(relation)
    ]


def _folded(label: str) -> str:
    return " ".join(token.folded for token in tokens(label))
