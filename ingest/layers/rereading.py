"""One word as it stands and as a rule reads it, and what speaks for either."""

from __future__ import annotations

import re
from typing import NamedTuple

from ingest.layers.plausibility import Weight, pieces, weigh_word
from ingest.layers.rules import Kind, Rule
from ingest.layers.vocabulary import SINGLE, is_known

BAD = 0.5
"""A word with less is no language."""

GOOD = 0.5
"""A word has to have at least so much once it is read by a rule."""

_GAIN = 0.3
_LIKELIER = 0.2
"""What a word has to gain at least where its rule is believed already."""

_FEW_LETTERS = 0.25
_KNOWN_LETTERS = 3
_NO_WORD = re.compile(r"[\W\d_]*")
_MAY_STAND_ALONE = re.compile(r"[\d.,:;%()+=*/!?–—-]+|[…„“”«»№•]")
_IMPOSSIBLE = re.compile(
    r"[A-Za-z][дцьЯДЦЬГРСЎЉЊЋЏђѓљњћџ™„”]|[\xc0-\xff]{4}"
    r"|[A-Za-zäöüß][ŠŽŸŒ][a-zäöüß]|(?<!\w)[ŸÃ¸][a-z\xbc]"
    r"|[^\W\d_][\x80-\xa9\xab-\xae\xb1\xb6\xb8\xbb-\xbf‚„…†‡ˆ‰‹“”•˜›\u2202-\u25ca][^\W\d_]"
)
"""What no language has within a word: signs, letters of both scripts, some capitals, nothing but accents."""


class Word(NamedTuple):
    """A word as it stands, as a rule reads it, and what both weigh."""

    text: str
    read: str
    before: Weight
    after: Weight

    @classmethod
    def by(cls, rule: Rule, text: str, foreign: frozenset[str] = frozenset()) -> Word:
        """Read a word by a rule; `foreign` are the triples of another language that the page is in."""
        read = rule.read(text)
        before = weigh_word(text, foreign)
        return cls(text, read, before, before if read == text else weigh_word(read))

    @property
    def is_changed(self) -> bool:
        return self.read != self.text

    @property
    def gain(self) -> float:
        """Return how many more characters are like language."""
        return self.after.plausible - self.before.plausible

    @property
    def is_better(self) -> bool:
        """Say whether the rule makes a word of what is none."""
        return (
            self.is_changed
            and self.after.total > 1
            and self.after.share >= GOOD
            and self.after.share - self.before.share >= _GAIN
            and not self._breaks_a_word
        )

    @property
    def is_worse(self) -> bool:
        return self.is_changed and self.before.share > self.after.share

    @property
    def was_impossible(self) -> bool:
        """Say whether it is no word of any language as it stands."""
        return _IMPOSSIBLE.search(self.text) is not None

    @property
    def known_letters(self) -> int:
        """Return how many letters of frequent words the rule makes of it."""
        return sum(
            len(piece) for piece in pieces(self.read) if len(piece) >= _KNOWN_LETTERS and is_known(piece)
        )

    def is_likelier_by(self, rule: Rule) -> bool:
        """Say whether a rule that is believed already is to be trusted with this word, too.

        A code page often changes a letter or two of a long word.
        """
        if not self.is_changed:
            return False
        if rule.is_certain:
            return True
        if self.after.total < 2 or self._breaks_a_word:
            return False
        if rule.kind is Kind.CODE_PAGE and self.after.share > self.before.share and self._is_nearly_the_same:
            return True
        return self.before.share < BAD and self.after.share - self.before.share >= _LIKELIER

    @property
    def is_single(self) -> bool:
        """Say whether it becomes a word of one letter."""
        return self.is_changed and self.read.strip(".,:;!?()").lower() in SINGLE

    @property
    def _breaks_a_word(self) -> bool:
        """Say whether it makes a sign of a letter within a word: „EXPRESS«O“ of „EXPRESSÃO“."""
        return len(self.text) == len(self.read) and any(
            self.text[place].isalpha()
            and not self.read[place].isalpha()
            and self.read[place - 1].isalpha()
            and self.read[place + 1].isalpha()
            for place in range(1, len(self.read) - 1)
        )

    @property
    def _is_nearly_the_same(self) -> bool:
        if len(self.text) != len(self.read):
            return False
        changed = sum(map(str.__ne__, self.text, self.read))
        return changed <= max(1, len(self.text) * _FEW_LETTERS)

    @property
    def may_follow(self) -> bool:
        """Say whether it may be read as the words beside it are."""
        if not self.is_changed or self.is_worse:
            return False
        return not _NO_WORD.fullmatch(self.read) or _MAY_STAND_ALONE.fullmatch(self.read) is not None
