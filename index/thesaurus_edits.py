"""What staff made of the program's own thesaurus, laid over it.

Of a concept that staff changed, what they did not change follows the program: an edit holds the concept as it
was and as it was to be, and only what differs between the two is laid over the concept as it is now.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import cast

from archive.records import Json
from archive.thesaurus_record import ConceptEdit
from index.thesaurus import Concept, Labels, Thesaurus, related_concepts, thesaurus_of

_Pair = tuple[str, str]


def concept_to_json(concept: Concept) -> Json:
    """Write what can be edited of a concept; `narrower` follows from other concepts."""
    return {
        "preferred": dict(concept.preferred),
        "alternatives": {language: list(labels) for language, labels in concept.alternatives.items()},
        "broader": list(concept.broader),
        "related": list(concept.related),
    }


def concept_from_json(uri: str, record: Json) -> Concept:
    """Read a concept that `concept_to_json` wrote."""
    alternatives = cast("Mapping[str, list[str]]", record["alternatives"])
    return Concept(
        uri,
        cast("Mapping[str, str]", record["preferred"]),
        {language: tuple(labels) for language, labels in alternatives.items()},
        tuple(cast("list[str]", record["broader"])),
        (),
        tuple(cast("list[str]", record["related"])),
    )


def edited(own: Thesaurus, edits: Mapping[str, ConceptEdit]) -> Thesaurus:
    """Lay edits over a thesaurus.

    Where a concept was taken out, those below it go to what was above it.
    """
    if not edits:
        return own
    labels: dict[str, Labels] = {
        uri: (concept.preferred, concept.alternatives) for uri, concept in own.concepts.items()
    }
    broader = {(uri, other) for uri, concept in own.concepts.items() for other in concept.broader}
    related = {_unordered(uri, other) for uri, concept in own.concepts.items() for other in concept.related}
    gone = {uri for uri, edit in edits.items() if edit.after is None}
    for uri, edit in edits.items():
        if edit.after is None:
            continue
        after = concept_from_json(uri, edit.after)
        # one that the program has no more stays as staff left it
        before = Concept(uri, {})
        if edit.before is not None and uri in own.concepts:
            before = concept_from_json(uri, edit.before)
        labels[uri] = _labels(before, after, labels.get(uri, ({}, {})))
        broader = _laid_over(
            broader,
            ((uri, other) for other in before.broader),
            ((uri, other) for other in after.broader),
        )
        related = _laid_over(
            related,
            (_unordered(uri, other) for other in before.related),
            (_unordered(uri, other) for other in after.related),
        )
    kept = {uri: each for uri, each in labels.items() if uri not in gone}
    return thesaurus_of(
        related_concepts(kept, _without(broader, gone), related), own.ignored_labels, own.ignored_relations
    )


def _labels(before: Concept, after: Concept, now: Labels) -> Labels:
    preferred = dict(now[0])
    for language in {*before.preferred, *after.preferred}:
        if (label := after.preferred.get(language)) != before.preferred.get(language):
            preferred.pop(language, None)
            if label is not None:
                preferred[language] = label
    alternatives = {}
    for language in sorted({*now[1], *after.alternatives}):
        then, wanted = before.alternatives.get(language, ()), after.alternatives.get(language, ())
        kept = [each for each in now[1].get(language, ()) if each in wanted or each not in then]
        added = [each for each in wanted if each not in then]
        found = tuple(each for each in dict.fromkeys([*kept, *added]) if each != preferred.get(language))
        if found:
            alternatives[language] = found
    return preferred, alternatives


def _laid_over(pairs: set[_Pair], before: Iterable[_Pair], after: Iterable[_Pair]) -> set[_Pair]:
    then, wanted = {*before}, {*after}
    return (pairs - (then - wanted)) | (wanted - then)


def _without(broader: set[_Pair], gone: set[str]) -> set[_Pair]:
    """Lead past concepts that are gone."""
    for uri in sorted(gone):
        above = {other for one, other in broader if one == uri}
        below = {one for one, other in broader if other == uri}
        broader = {pair for pair in broader if uri not in pair}
        broader |= {(one, other) for one in below for other in above}
    return broader


def _unordered(one: str, other: str) -> _Pair:
    return min(one, other), max(one, other)
