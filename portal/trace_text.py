"""What a search did, as text for a terminal: what `search --explain` prints before the hits and of each."""

from __future__ import annotations

from collections.abc import Iterator

from index.describing import describe
from index.query import Query, Sort
from index.score_parts import ScoreParts
from index.trace import SoughtTerm, SoughtWord, Trace
from index.tree import And, Boosted, Fielded, Node, Not, Or
from portal.output import shown

_STEP = "  "


def trace_lines(trace: Trace) -> Iterator[str]:
    """Yield the query as it was parsed, what holds for it, and what its words are looked for as."""
    if trace.parsed is not None:
        yield "parsed:"
        yield from (f"{_STEP}{line}" for line in _node(trace.parsed))
    if trace.left_out:
        yield f"left out, without content: {shown(', '.join(trace.left_out))}"
    for field, values in trace.filters.items():
        yield f"only {field}: {shown(', '.join(values))}"
    yield from _wishes(trace.query)
    if trace.words:
        yield "looked for:"
    for word in trace.words:
        yield f"{_STEP}{shown(_heading(word))}"
        yield from (f"{_STEP * 2}{shown(_term(term))}" for term in word.terms)


def score_line(score: float, match: str, parts: ScoreParts | None) -> str:
    """Write a hit's score and what it is made of."""
    line = f"score {score}, {match} of the words"
    if parts is None or not parts.words:
        return line
    adds = [f"{word} {add:.4f}" for word, add in parts.words]
    if round(parts.passage, 4):
        adds.append(f"in one passage {parts.passage:.4f}")
    return f"{line}: {' + '.join(map(shown, adds))}"


def _node(node: Node) -> Iterator[str]:
    match node:
        case And(items) | Or(items):
            name = type(node).__name__.lower()
        case Not(item):
            name, items = "not", (item,)
        case Boosted(item, factor):
            name, items = f"times {factor:g}", (item,)
        case Fielded(field, item):
            name, items = f"in {field}", (item,)
        case _:
            name, items = f"{type(node).__name__.lower()} {shown(describe(node))}", ()
    yield name
    for item in items:
        yield from (f"{_STEP}{line}" for line in _node(item))


def _wishes(query: Query) -> Iterator[str]:
    wishes = query.wishes
    if query.sort is not Sort.RELEVANCE:
        yield f"sorted by: {query.sort.value}"
    if wishes.exact:
        yield "only words as typed"
    if not wishes.translate:
        yield "without translations"
    if not wishes.names:
        yield "without names in another script"
    if wishes.without:
        yield f"without: {shown(', '.join(wishes.without))}"


def _heading(word: SoughtWord) -> str:
    name = f"{word.field}:{word.word}" if word.field else word.word
    return f"{name}{', excluded' * word.is_excluded}{', cut' * word.cut}"


def _term(term: SoughtTerm) -> str:
    reason = f"{term.reason} {term.language}".strip()
    keys = " + ".join("|".join(slot) for slot in term.keys)
    told = [f"as {keys}"] if keys != term.form else []
    if term.sources:
        told.append(f"from {', '.join(term.sources)}")
    if term.via:
        told.append(f"via {term.via}")
    if not term.is_enough:
        told.append("not enough alone")
    return f"{term.weight:.2f}  {reason:<15}  {term.form}{''.join(f'; {each}' for each in told)}"
