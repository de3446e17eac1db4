"""Take the pages of a file and give them back as they read, where their text layer lies.

Healthy pages come back as they are, after a look that costs nothing. What is no language even so is named, so
that its text can be taken from its picture.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ingest.extraction import PageText
from ingest.layers.readability import is_unreadable
from ingest.layers.remapping import read_by
from ingest.layers.repetition import undo_repetition
from ingest.layers.reversal import turn_back
from ingest.layers.rules import Kind, Rule
from ingest.layers.searching import find_rules
from ingest.layers.shifting import with_private_cids, with_told_cids
from ingest.layers.spacing import join_apart
from ingest.layers.suspicion import has_strange_characters, is_suspicious, reads_badly

_VAIN_SEARCHES = 30
"""So many pages of a file are searched in vain for rules (3 ms each); then only those found are tried."""


@dataclass(frozen=True, slots=True)
class Mended:
    """Pages as they read, and how many of them were mended in which way.

    `recoded` are the numbers of those whose letters had to be read as others, `guessed` of those whose words
    may end elsewhere, `unreadable` of those that are no language.
    """

    pages: tuple[PageText, ...]
    repairs: Mapping[Kind, int]
    recoded: frozenset[int]
    guessed: frozenset[int]
    unreadable: tuple[int, ...]


def mend(pages: Sequence[PageText]) -> Mended:
    """Mend the pages of one file; what is learned from one helps with the others."""
    mending = _Mending()
    doubtful = [number for number, page in enumerate(pages) if is_suspicious(page.text)]
    mended = {number: mending.mend(pages[number]) for number in doubtful}
    if mending.believed:
        mended = {
            number: page if page != pages[number] else mending.mend(page) for number, page in mended.items()
        }
    return Mended(
        tuple(mended.get(number, page) for number, page in enumerate(pages)),
        Counter(kind for kinds in mending.kinds.values() for kind in kinds),
        mending.numbers_of(Kind.CODE_PAGE, Kind.GLYPHS),
        mending.numbers_of(Kind.GUESSED),
        tuple(page.number for page in mended.values() if reads_badly(page.text) and is_unreadable(page.text)),
    )


def mend_line(line: str) -> str:
    """Mend a title or a name that stands by itself."""
    if line.isascii() or not is_suspicious(line):
        return line
    return _Mending().mend(PageText(1, line)).text


class _Mending:
    """Mends page after page and remembers the rules that held."""

    def __init__(self) -> None:
        self.believed: list[Rule] = []
        self.kinds: dict[int, set[Kind]] = {}
        self._vain = 0

    def numbers_of(self, *kinds: Kind) -> frozenset[int]:
        """Return the numbers of the pages that were mended in one of these ways."""
        return frozenset(number for number, own in self.kinds.items() if not own.isdisjoint(kinds))

    def mend(self, page: PageText) -> PageText:
        text, kinds = self._mended(page.text)
        if not kinds:
            return page
        self.kinds[page.number] = kinds
        title, _ = self._mended(page.title, may_search=False)
        return replace(page, text=text, title=title)

    def _mended(self, text: str, may_search: bool = True) -> tuple[str, set[Kind]]:
        """Return a text as it reads, and what was wrong with it."""
        kinds: set[Kind] = set()
        text = with_private_cids(text)
        once = undo_repetition(text)
        if once != text:
            kinds.add(Kind.REPEATED)
        joined, is_guessed = join_apart(once)
        if joined != once:
            kinds.add(Kind.APART)
        turned = turn_back(joined) if reads_badly(joined) else joined
        if turned != joined:
            kinds.add(Kind.REVERSED)
            once = joined = turned
        if has_strange_characters(joined) or reads_badly(joined):
            found = find_rules(joined, self.believed, may_search and self._vain < _VAIN_SEARCHES)
            self.believed += [rule for rule in found.rules if rule not in self.believed]
            self._vain += found.is_exhausted
            if found.rules:
                read, used = read_by(found.rules, joined, found.foreign)
                kinds |= used
                once, (joined, is_guessed_of_read) = read, join_apart(read)
                is_guessed |= is_guessed_of_read
        if joined != once:
            kinds.add(Kind.APART)
        if is_guessed:
            kinds.add(Kind.GUESSED)
        return with_told_cids(joined), kinds
