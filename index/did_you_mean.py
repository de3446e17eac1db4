"""What a query may have meant: a word that no document has, put right by one that some document has.

Only where it helps: what is proposed has to find something, and what was typed finds nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import islice

from index import engine as ask
from index.clauses import relax, to_clause
from index.engine import Engine, Request
from index.expansion import words
from index.text import fold, is_cyrillic, tokens
from index.tree import AS_TYPED, Node, Phrase, Sought
from index.wording import Wording
from index.words import WHOLE, Words

MIN_LETTERS = 4
"""Nearly every shorter word is like another one."""

MOST_WORDS = 4
"""So many words of a query are put right; more are no slip."""

MOST_TRIED = 3
"""So many words are tried in the place of one."""

_LIKE = 8
"""So many words are looked at, of which some may not be read or may be looked for already."""


def corrections(
    text: str, node: Node | None, engine: Engine, known: Words, wording: Wording
) -> Iterator[str]:
    """Yield the query with what its unknown words may mean, the likeliest first.

    Args:
        text: the query as typed.
        node: what was understood of it, expanded.
    """
    unknown = list(islice(_unknown(node, engine), MOST_WORDS + 1))
    if not unknown or len(unknown) > MOST_WORDS:
        return
    meant = {word: _meant(word, known, wording) for word in unknown}
    if not all(meant.values()):
        return
    seen = {text}
    for turn in range(max(map(len, meant.values()))):
        corrected = _replaced(text, {word: found[min(turn, len(found) - 1)] for word, found in meant.items()})
        if corrected not in seen:
            seen.add(corrected)
            yield corrected


def first_that_finds(corrected: Iterator[str], request_of: Callable[[str], Request], engine: Engine) -> str:
    """Return the first of several queries that finds something, "" where none does."""
    for text in corrected:
        if engine.search(replace(request_of(text), facets=(), sort="", limit=0, offset=0)).total:
            return text
    return ""


def _unknown(node: Node | None, engine: Engine) -> Iterator[str]:
    """Yield the words of a query, folded, that no document has in any way."""
    for field, leaf in words(node):
        if isinstance(leaf, Phrase) or field in AS_TYPED or (isinstance(leaf, Sought) and leaf.is_unit):
            continue
        surface = leaf.surface if isinstance(leaf, Sought) else leaf.text
        folded = fold(surface)
        if len(folded) < MIN_LETTERS or not folded.isalpha():
            continue
        clause = relax(leaf) or to_clause(leaf)  # what only may mean it is a way, too
        if not engine.search(Request(ask.All((clause, WHOLE)), limit=0)).total:
            yield folded


def _meant(word: str, known: Words, wording: Wording) -> list[str]:
    found = wording.written(known.like(word, _LIKE)).values()
    return [*islice((each for each in found if fold(each) != word), MOST_TRIED)]


def _replaced(text: str, meant: Mapping[str, str]) -> str:
    parts, end = [], 0
    for token in tokens(text):
        if token.folded in meant:
            parts += [text[end : token.start], _as_typed(meant[token.folded], text[token.start])]
            end = token.end
    return "".join((*parts, text[end:]))


def _as_typed(surface: str, first: str) -> str:
    """Begin a Russian word with a small letter where it was typed so; it has a large one after every stop."""
    is_small = first.islower() and is_cyrillic(first) and surface[1:].islower()
    return surface[:1].lower() + surface[1:] if is_small else surface
