"""Find the rules by which a doubtful text becomes words, and read its lines by them.

One page may hold text that is right beside text of a font that lies, and of a second one that lies otherwise.
So rules are sought among the words that are no language, and a line is changed only where it gains by it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from ingest.layers.plausibility import Weight, pieces, weigh
from ingest.layers.recoding import recodings
from ingest.layers.rules import Kind, Rule
from ingest.layers.shifting import shifts
from ingest.layers.vocabulary import is_known

_BLANKS = re.compile(r"([ \t]+)")
_BAD = 0.5
"""A word with less is sought a rule for."""

_GOOD = 0.5
"""A word has to have at least so much once it is read by a rule."""

_GAIN = 0.3
_LIKELIER = 0.2
"""What a word has to gain at least where its rule is believed already."""

_DIFFERENT_GLYPHS = 6
"""A rule for glyphs has to read so many different ones: any two letters make a word of something."""

_KNOWN_LETTERS = 5
_PLAIN_KNOWN_LETTERS = 12
"""So many letters of frequent words a rule has to make; more where it turns plain letters into others."""

_SAMPLE_CHARACTERS = 800
_LONG_WORD = 200
_RULES_A_PAGE = 4

_NO_WORD = re.compile(r"[\W\d_]*")
_MAY_STAND_ALONE = re.compile(r"[\d.,:;%()+=*/!?–—-]+|[…„“”«»№•]")


class _Word(NamedTuple):
    """A word as it stands, as a rule reads it, and what both weigh."""

    text: str
    read: str
    before: Weight
    after: Weight

    @property
    def is_changed(self) -> bool:
        return self.read != self.text

    @property
    def is_better(self) -> bool:
        """Say whether the rule makes a word of what is none."""
        return (
            self.is_changed
            and self.after.total > 1
            and self.after.share >= _GOOD
            and self.after.share - self.before.share >= _GAIN
        )

    @property
    def is_likelier(self) -> bool:
        """Say the same where the rule is believed already."""
        return (
            self.is_changed
            and self.after.total > 1
            and self.before.share < _BAD
            and self.after.share - self.before.share >= _LIKELIER
        )

    def is_tidier_by(self, rule: Rule) -> bool:
        """Say the same of a long word in which a code page has changed a letter or two."""
        return rule.kind is Kind.CODE_PAGE and self.is_changed and self.after.share > self.before.share > 0

    @property
    def is_worse(self) -> bool:
        return self.is_changed and self.before.share > self.after.share

    @property
    def may_follow(self) -> bool:
        """Say whether it may be read as the words beside it are."""
        if not self.is_changed or self.is_worse:
            return False
        return not _NO_WORD.fullmatch(self.read) or _MAY_STAND_ALONE.fullmatch(self.read) is not None


def find_rules(text: str, believed: Sequence[Rule] = (), may_search: bool = True) -> list[Rule]:
    """Return the rules that make words of what is none in this text, best first; those believed need less."""
    words = list(_doubtful(text))
    found: list[Rule] = []
    while words and len(found) < _RULES_A_PAGE:
        best = _best(words, [rule for rule in believed if rule not in found], _is_enough_if_believed)
        if best is None and may_search:
            best = _best(words, _proposals(words), _is_enough)
        if best is None:
            break
        found.append(best)
        words = [word for word in words if not _word(word, best).is_better]
    return found


def read_by(rules: Sequence[Rule], text: str) -> tuple[str, set[Kind]]:
    """Read those lines of a text by rules that gain by them; say also which kinds of rules were of use."""
    used: set[Kind] = set()
    lines = [_read_line(rules, line, used) for line in text.split("\n")]
    return "\n".join(lines), used


def _doubtful(text: str) -> Iterator[str]:
    """Yield different words that are no language, as many as a search needs."""
    characters = 0
    seen: set[str] = set()
    for word in _BLANKS.sub("\n", text).split("\n"):
        bare = "".join(pieces(word))
        if bare in seen:
            continue
        seen.add(bare)
        weight = weigh(word[:_LONG_WORD])
        if weight.total > 1 and weight.share < _BAD:
            yield word[:_LONG_WORD]
            characters += len(word)
            if characters > _SAMPLE_CHARACTERS:
                return


def _proposals(words: Sequence[str]) -> Iterator[Rule]:
    yield from recodings()
    yield from shifts(words)


def _best(
    texts: Sequence[str], rules: Iterable[Rule], is_enough: Callable[[Rule, Sequence[_Word], float], bool]
) -> Rule | None:
    best: tuple[float, Rule | None] = (0.0, None)
    for rule in rules:
        words = [_word(text, rule) for text in texts]
        gain = sum(word.after.plausible - word.before.plausible for word in words if word.is_better)
        if gain > best[0] and is_enough(rule, words, gain):
            best = gain, rule
    return best[1]


def _is_enough(rule: Rule, words: Sequence[_Word], gain: float) -> bool:
    """Say whether a rule nobody has believed yet makes enough of these words to be believed."""
    better = [word for word in words if word.is_better]
    known = sum(
        len(piece) for word in better for piece in pieces(word.read) if len(piece) > 2 and is_known(piece)
    )
    if gain < rule.needed or known < _KNOWN_LETTERS:
        return False
    if rule.kind is not Kind.GLYPHS:
        return True
    changes = [old for word in better for old, new in zip(word.text, word.read, strict=False) if old != new]
    if len(set(changes)) < _DIFFERENT_GLYPHS:
        return False
    is_plain = sum(map(str.isascii, filter(str.isalpha, changes))) > len(changes) / 2
    changed = sum(word.after.total for word in words if word.is_changed)
    return not is_plain or (gain > changed * _GOOD and known >= _PLAIN_KNOWN_LETTERS)


def _is_enough_if_believed(rule: Rule, words: Sequence[_Word], gain: float) -> bool:
    return gain >= rule.needed / 3


def _read_line(rules: Sequence[Rule], line: str, used: set[Kind]) -> str:
    """Read the words of a line that gain each by its best rule, and those beside them that do not lose."""
    parts = _BLANKS.split(line)
    readings = [{rule: _word(part, rule) for rule in rules} for part in parts[::2]]
    chosen = [_best_rule(reading) for reading in readings]
    for rule in dict.fromkeys(filter(None, chosen)):
        gained = sum(len(word[rule].text) for word, own in zip(readings, chosen, strict=True) if own is rule)
        lost = sum(len(word[rule].text) for word in readings if word[rule].is_worse)
        if gained < lost:
            chosen = [None if own is rule else own for own in chosen]
    for place, chosen_rule in enumerate(_with_followers(readings, chosen)):
        if chosen_rule is not None:
            parts[2 * place] = readings[place][chosen_rule].read
            used.add(chosen_rule.kind)
    return "".join(parts)


def _best_rule(reading: Mapping[Rule, _Word]) -> Rule | None:
    likelier = [rule for rule, word in reading.items() if word.is_likelier or word.is_tidier_by(rule)]
    return max(likelier, key=lambda rule: reading[rule].after.share, default=None)


def _with_followers(
    readings: Sequence[Mapping[Rule, _Word]], chosen: Sequence[Rule | None]
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


def _word(text: str, rule: Rule) -> _Word:
    read = rule.read(text)
    return _Word(text, read, weigh(text), weigh(read))
