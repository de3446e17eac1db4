"""Find concepts by a few letters of what they are called, in whatever language."""

from __future__ import annotations

from index.thesaurus import Concept, Thesaurus, label_key

MAX_TEXT_CHARS = 200


def find_concepts(thesaurus: Thesaurus, text: str) -> tuple[Concept, ...]:
    """Return the concepts that have a text in a label: as a whole, at the start of a word, anywhere."""
    wanted = label_key(text[:MAX_TEXT_CHARS])
    if not wanted:
        return ()
    ranks: dict[str, tuple[int, int]] = {}
    for key, uris in thesaurus.uris.items():
        if wanted not in key:
            continue
        rank = (0 if key == wanted else 1 if f" {wanted}" in f" {key}" else 2, len(key))
        for uri in uris:
            ranks[uri] = min(rank, ranks.get(uri, rank))
    return tuple(thesaurus.concepts[uri] for uri in sorted(ranks, key=lambda uri: (ranks[uri], uri)))
