"""Read a text by rules, line by line and word by word, only where it gains by it.

What tells nothing by itself, a single letter or a dash, is read as the words beside it; and by the rule of
the page where all of the page that can be read by it gains.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from ingest.layers.rereading import Word
from ingest.layers.rules import Kind, Rule

_BLANKS = re.compile(r"([ \t]+)")
_RULE_OF_PAGE_LETTERS = 20
_RULE_OF_PAGE_SHARE = 0.05
"""A rule is that of a page which gains so many letters by it, and loses at most this share of them."""

_ASCII = "".join(map(chr, range(32, 127)))


def read_by(rules: Sequence[Rule], text: str, foreign: frozenset[str] = frozenset()) -> tuple[str, set[Kind]]:
    """Read those lines of a text by rules that gain by them; say also which kinds of rules were of use.

    `foreign` are the letter triples of another language that the text is in besides.
    """
    if not rules:
        return text, set()
    used: set[Kind] = set()
    parts = [_BLANKS.split(line) for line in text.split("\n")]
    readings = [
        [{rule: Word.by(rule, word, foreign) for rule in rules} for word in line[::2]] for line in parts
    ]
    default = next((rule for rule in rules if _is_rule_of_page(rule, readings)), None)
    for line, line_readings in zip(parts, readings, strict=True):
        for place, rule in enumerate(_rules_of(line_readings, default)):
            if rule is not None:
                line[2 * place] = line_readings[place][rule].read
                used.add(rule.kind)
    return "\n".join(map("".join, parts)), used


def _is_rule_of_page(rule: Rule, readings: Sequence[Sequence[Mapping[Rule, Word]]]) -> bool:
    if rule.read(_ASCII) != _ASCII:
        return False
    words = [reading[rule] for line in readings for reading in line]
    gained = sum(len(word.text) for word in words if word.is_better)
    lost = sum(len(word.text) for word in words if word.is_worse)
    return gained >= _RULE_OF_PAGE_LETTERS and lost <= gained * _RULE_OF_PAGE_SHARE


def _rules_of(readings: Sequence[Mapping[Rule, Word]], default: Rule | None) -> list[Rule | None]:
    """Return for each word of a line the rule to read it by, None for what stays."""
    chosen = [_best_rule(reading) for reading in readings]
    for rule in dict.fromkeys(filter(None, chosen)):
        gained = sum(len(word[rule].text) for word, own in zip(readings, chosen, strict=True) if own is rule)
        lost = sum(len(word[rule].text) for word in readings if word[rule].is_worse)
        if gained < lost:
            chosen = [None if own is rule else own for own in chosen]
    chosen = _with_followers(readings, chosen)
    if default is None:
        return chosen
    return [
        default if own is None and _follows_page(reading[default], default) else own
        for own, reading in zip(chosen, readings, strict=True)
    ]


def _follows_page(word: Word, default: Rule) -> bool:
    return word.may_follow and (default.kind is Kind.CODE_PAGE or word.is_single)


def _best_rule(reading: Mapping[Rule, Word]) -> Rule | None:
    likelier = [rule for rule, word in reading.items() if word.is_likelier_by(rule)]
    return max(likelier, key=lambda rule: reading[rule].after.share, default=None)


def _with_followers(
    readings: Sequence[Mapping[Rule, Word]], chosen: Sequence[Rule | None]
) -> list[Rule | None]:
    """Let a word that tells nothing follow the next one, on either side, that was read by a rule."""
    all_chosen = list(chosen)
    for order in (range(len(chosen)), range(len(chosen) - 1, -1, -1)):
        leader: Rule | None = None
        for place in order:
            if chosen[place] is not None:
                leader = chosen[place]
            elif leader is not None:
                word = readings[place][leader]
                if all_chosen[place] is None and word.may_follow:
                    all_chosen[place] = leader
                elif word.is_worse or (not word.is_changed and word.before.total):
                    leader = None
    return all_chosen
