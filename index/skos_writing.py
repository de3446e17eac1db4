"""A thesaurus as SKOS in Turtle, for other programs to read.

Importing this imports rdflib: import it where one is written.

Source: SKOS Simple Knowledge Organization System Reference (W3C, 2009), sections 3, 5 and 8.
"""

from __future__ import annotations

from rdflib import RDF, SKOS, Graph, Literal, URIRef

from index.thesaurus import Thesaurus

_OWN = "urn:konferenzarchiv:thesaurus:"


def to_turtle(thesaurus: Thesaurus) -> bytes:
    """Write every concept with its labels and relations, as UTF-8."""
    graph = Graph(bind_namespaces="none")
    graph.bind("skos", SKOS)
    graph.bind("ka", _OWN)
    for concept in thesaurus.concepts.values():
        subject = URIRef(_address(concept.uri))
        graph.add((subject, RDF.type, SKOS.Concept))
        for language, label in concept.preferred.items():
            graph.add((subject, SKOS.prefLabel, Literal(label, lang=language)))
        for language, labels in concept.alternatives.items():
            for label in labels:
                graph.add((subject, SKOS.altLabel, Literal(label, lang=language)))
        for predicate, others in ((SKOS.broader, concept.broader), (SKOS.related, concept.related)):
            for other in others:
                graph.add((subject, predicate, URIRef(_address(other))))
    return graph.serialize(format="turtle", encoding="utf-8")


def _address(uri: str) -> str:
    """Write what may not stand in an address of Turtle by its number, as files of others may have it."""
    return "".join(
        f"%{ord(character):02X}" if character <= " " or character in '<>"{}|^`\\' else character
        for character in uri
    )
