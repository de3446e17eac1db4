"""What a search did, as JSON: `explain` of `search --json --explain` and of `/api/v1/search?explain=1`."""

from __future__ import annotations

from index.score_parts import ScoreParts
from index.trace import SoughtTerm, SoughtWord, Trace
from index.tree import And, Between, Boosted, Fielded, Fuzzy, Node, Not, Or, Pattern, Phrase, Word

Json = dict[str, object]


def trace_to_json(trace: Trace) -> Json:
    """Write all of it but the scores, which stand with the hits."""
    query = trace.query
    return {
        "parsed": None if trace.parsed is None else node_to_json(trace.parsed),
        "words": [_word(word) for word in trace.words],
        "left_out": list(trace.left_out),
        "notices": [{"code": notice.code, "text": notice.text} for notice in trace.notices],
        "filters": {field: list(values) for field, values in trace.filters.items()},
        "sort": query.sort.value,
        "exact": query.wishes.exact,
        "translate": query.wishes.translate,
        "names": query.wishes.names,
        "without": list(query.wishes.without),
    }


def score_parts_to_json(parts: ScoreParts) -> Json:
    """Write what a score is made of."""
    return {
        "words": [{"word": word, "score": round(score, 4)} for word, score in parts.words],
        "passage": round(parts.passage, 4) + 0.0,
    }


def node_to_json(node: Node) -> Json:
    """Write the tree of a query as it was parsed."""
    match node:
        case Word(text) | Pattern(text):
            return {"type": type(node).__name__.lower(), "text": text}
        case Fuzzy(text, edits):
            return {"type": "fuzzy", "text": text, "edits": edits}
        case Phrase(text, slop):
            return {"type": "phrase", "text": text, "slop": slop}
        case Between(low, high):
            return {"type": "range", "low": low, "high": high}
        case And(items) | Or(items):
            return {"type": type(node).__name__.lower(), "items": [node_to_json(item) for item in items]}
        case Not(item):
            return {"type": "not", "items": [node_to_json(item)]}
        case Boosted(item, factor):
            return {"type": "boost", "factor": factor, "items": [node_to_json(item)]}
        case Fielded(field, item):
            return {"type": "field", "field": field, "items": [node_to_json(item)]}
        case _:
            raise TypeError(node)


def _word(word: SoughtWord) -> Json:
    return {
        "word": word.word,
        "field": word.field,
        "excluded": word.is_excluded,
        "cut": word.cut,
        "terms": [_term(term) for term in word.terms],
    }


def _term(term: SoughtTerm) -> Json:
    return {
        "form": term.form,
        "keys": [list(slot) for slot in term.keys],
        "reason": term.reason,
        "weight": term.weight,
        "enough": term.is_enough,
        "language": term.language,
        "sources": list(term.sources),
        "via": term.via,
    }
