"""Find the rules by which a doubtful text becomes words.

One page may hold text that is right beside text of a font that lies, and of a second one that lies otherwise:
rules are sought, one after the other, among the words that are no language.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from ingest.layers.plausibility import pieces, weigh_word
from ingest.layers.readability import foreign_triples
from ingest.layers.recoding import recodings
from ingest.layers.rereading import BAD, GOOD, Word
from ingest.layers.rules import Kind, Rule
from ingest.layers.shifting import shifts
from ingest.layers.vocabulary import has_known_word

_BLANKS = re.compile(r"[ \t\n]+")

_KNOWN_LETTERS = 5
_PLAIN_KNOWN_LETTERS = 12
"""So many letters of frequent words a rule has to make; more where it turns plain letters into others."""

_IMPOSSIBLE_KNOWN_LETTERS = 3
"""So many are enough where what they are made of is no word of any language."""

_PRECISE = 0.2
"""So much of what a rule changes among these words has to gain."""

_ABROAD = 3.0
_DIFFERENT_GLYPHS = 6
"""A rule for glyphs has to read so many different ones: any two letters make a word of something."""

_BEYOND_PLAIN = re.compile(r"[^ -~]")
_PLAIN_CHARACTERS = 25
_SAMPLE_CHARACTERS = 800
_LONG_WORD = 200
_RULES_A_PAGE = 4


class Found(NamedTuple):
    """The rules of a text, best first, and whether all were tried without finding another one.

    `foreign` are the letter triples of another language that the text is in besides.
    """

    rules: list[Rule]
    is_exhausted: bool
    foreign: frozenset[str]


def find_rules(text: str, believed: Sequence[Rule] = (), may_search: bool = True) -> Found:
    """Find the rules that make words of what is none in this text; those believed already need less."""
    doubtful = list(_doubtful(text))
    foreign = foreign_triples(doubtful)
    words = [word for word in doubtful if weigh_word(word, foreign).share < BAD] if foreign else doubtful
    rules: list[Rule] = []
    while words and len(rules) < _RULES_A_PAGE:
        best = _best(words, [rule for rule in believed if rule not in rules], _is_enough_if_believed)
        if best is None and may_search:
            best = _best(words, _promising(words), _is_enough_abroad if foreign else _is_enough)
        if best is None:
            return Found(rules, may_search, foreign)
        rules.append(best)
        words = [word for word in words if not Word.by(best, word).is_better]
    return Found(rules, False, foreign)


def _doubtful(text: str) -> Iterator[str]:
    """Yield different words that are no language, as many as a search needs."""
    characters = 0
    seen: set[str] = set()
    for word in dict.fromkeys(_BLANKS.split(text)):
        weight = weigh_word(word[:_LONG_WORD])
        if weight.total > 1 and weight.share < BAD:
            bare = "".join(pieces(word))
            if bare in seen:
                continue
            seen.add(bare)
            yield word[:_LONG_WORD]
            characters += len(word)
            if characters > _SAMPLE_CHARACTERS:
                return


def _proposals(words: Sequence[str]) -> Iterator[Rule]:
    """Yield the rules that may apply to these words; few plain letters are formulas."""
    plain = sum(len(word) for word in words if not _BEYOND_PLAIN.search(word))
    if plain < sum(map(len, words)):
        yield from recodings()
    elif plain < _PLAIN_CHARACTERS:
        return
    yield from shifts(words)


def _promising(words: Sequence[str]) -> Iterator[Rule]:
    """Yield those of the rules that read at least one frequent word; other words prove nothing."""
    characters = frozenset("".join(words))
    for rule in _proposals(words):
        least = _DIFFERENT_GLYPHS if rule.kind is Kind.GLYPHS else 1
        if len(rule.takes & characters) < least:
            continue
        text = "\u2028".join(word for word in words if not rule.takes.isdisjoint(word))
        read = rule.read(text)
        if read != text and (rule.is_certain or has_known_word(read)):
            yield rule


def _best(
    texts: Sequence[str], rules: Iterable[Rule], is_enough: Callable[[Rule, Sequence[Word], float], bool]
) -> Rule | None:
    best: tuple[float, Rule | None] = (0.0, None)
    for rule in rules:
        words = [Word.by(rule, text) for text in texts if not rule.takes.isdisjoint(text)]
        gain = sum(word.gain for word in words if word.is_better)
        if gain > best[0] and is_enough(rule, words, gain):
            best = gain, rule
    return best[1]


def _is_enough(rule: Rule, words: Sequence[Word], gain: float) -> bool:
    """Say whether a rule nobody has believed yet makes enough of these words to be believed."""
    better = [word for word in words if word.is_better]
    known = sum(word.known_letters for word in better)
    if rule.is_certain:
        return gain >= rule.needed
    if rule.kind is Kind.CODE_PAGE:
        impossible = sum(word.known_letters for word in better if word.was_impossible)
        if impossible >= _IMPOSSIBLE_KNOWN_LETTERS:
            return True
    changed = sum(word.after.total for word in words if word.is_changed)
    if gain < max(rule.needed, changed * _PRECISE) or known < _KNOWN_LETTERS:
        return False
    if rule.kind is Kind.CODE_PAGE:
        return True
    changes = [old for word in better for old, new in zip(word.text, word.read, strict=False) if old != new]
    if len(set(changes)) < _DIFFERENT_GLYPHS:
        return False
    is_plain = sum(map(str.isascii, filter(str.isalpha, changes))) > len(changes) / 2
    return not is_plain or (gain > changed * GOOD and known >= _PLAIN_KNOWN_LETTERS)


def _is_enough_abroad(rule: Rule, words: Sequence[Word], gain: float) -> bool:
    """Say so on a page in another language, whose rare words look like none."""
    return _is_enough(rule, words, gain if rule.is_certain else gain / _ABROAD)


def _is_enough_if_believed(rule: Rule, words: Sequence[Word], gain: float) -> bool:
    return gain >= rule.needed / 3
