"""What the score of a hit is made of: what each thing that was asked for adds, and the passage that has them.

Asked of the engine again, one thing after another, so that no engine has to tell more than its scores.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from index.clauses import parts, relaxed_parts
from index.describing import describe
from index.engine import Engine, Everything, Found, Request
from index.tree import Node


@dataclass(frozen=True, slots=True)
class ScoreParts:
    """What a score is made of: each thing asked for, in order, with what it adds, and what `passage` adds.

    What stands together in one passage raises the best hits alone, and only where they are sorted by score.
    """

    words: tuple[tuple[str, float], ...]
    passage: float


def score_parts(
    engine: Engine,
    request: Request,
    node: Node | None,
    with_all: tuple[Found, ...],
    with_some: tuple[Found, ...],
) -> dict[str, ScoreParts]:
    """Return what the scores of hits are made of, by document.

    Args:
        request: the one they answer.
        node: the expanded tree it was made from.
    """
    alone = replace(request, facets=(), sort="", offset=0, together=None)
    most = engine.search(replace(alone, clause=Everything(), limit=0)).total
    told: dict[str, ScoreParts] = {}
    for hits, asked in ((with_all, parts(node)), (with_some, relaxed_parts(node))):
        if not hits:
            continue
        scores = {
            clause: {
                each.document: each.score
                for each in engine.search(replace(alone, clause=clause, limit=most)).found
            }
            for clause in dict.fromkeys(clause for _, clause in asked)
        }
        for hit in hits:
            adds = [scores[clause].get(hit.document, 0.0) for _, clause in asked]
            told[hit.document] = ScoreParts(
                tuple((describe(item), add) for (item, _), add in zip(asked, adds, strict=True)),
                hit.score - sum(adds),
            )
    return told
