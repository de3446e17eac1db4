"""The running text of one page, by script and language, as far as the page itself tells.

Each line speaks for the language that most of its words and letters speak for; lines that say nothing go with
the rest. What is left open, on short pages and lists of names, is for the document to decide.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, groupby

from ingest.language_lines import running_text
from ingest.language_signs import SMALL_WORD, has_votes, votes

CYRILLIC, LATIN, ELSE = "Cyrillic", "Latin", "other"

LEAST_SHARE = 0.2
"""A language with less of the running text than this is not one of its languages."""

LEAST_LETTERS = 20
"""With fewer letters, a second language is a name or a term."""

LEAST_VOTES = 3 * SMALL_WORD
"""With fewer, a second language is a term or a title."""

_PHRASE_WORDS = 4
"""So many words of the other script in a row, with a small one among them, are running text in their line."""

_PROSE_VOTES = 2 * SMALL_WORD
_DENSITY = 0.08
"""Running text has at least so many small words among its words; less are titles and names."""

_VARIETY = 40
"""It has one more different small word for each so many words, up to `_MUCH_VARIETY`."""

_MUCH_VARIETY = 6

_CYRILLIC_LETTER = re.compile("[\u0400-\u052f]")
_LATIN_LETTER = re.compile("[A-Za-z\u00aa\u00ba\u00c0-\u024f\u1e00-\u1eff\ufb00-\ufb06]")
_ONLY = {
    script: re.compile(f"{letter.pattern}+")
    for script, letter in ((LATIN, _LATIN_LETTER), (CYRILLIC, _CYRILLIC_LETTER))
}
_GREEK_WORD = re.compile("[\u0370-\u03ff]{3}")
_FORMULA_LETTER = re.compile("[\u02b0-\u03ff\u1d00-\u1dff\u2070-\u214f\U0001d400-\U0001d7ff]")


@dataclass(slots=True)
class Part:
    """The running text of a page in one script: its words, and what votes they have.

    `letters` are those of the lines that speak for a language, those of lines that say nothing under "";
    `spoken` are the votes for it in just those lines. `is_aside`: beside code, and Latin beside
    Cyrillic, a few words are headings, messages and terms.
    """

    script: str
    is_aside: bool = False
    words: list[str] = field(default_factory=list)
    letters: Counter[str] = field(default_factory=Counter)
    votes: Counter[str] = field(default_factory=Counter)
    spoken: Counter[str] = field(default_factory=Counter)

    @property
    def total(self) -> int:
        """All letters."""
        return self.letters.total()

    @property
    def said(self) -> int:
        """The letters of lines that say something."""
        return self.total - self.letters[""]

    @property
    def is_little(self) -> bool:
        """Tell whether there are few letters, without words of two, which formulas have."""
        letters = accumulate(len(word) for word in self.words if len(word) > 2)
        return not any(count >= LEAST_LETTERS for count in letters)

    def best(self, known: Sequence[str]) -> tuple[str, int]:
        """Return the language with most votes and how many those are; of equal ones one of `known`."""
        return best_of(self.votes, known)

    def lead(self, known: Sequence[str]) -> tuple[str, int]:
        """Return the language with most votes, and how many more than another one of `known`."""
        code, count = self.best(known)
        return code, count - max((self.votes[other] for other in known if other != code), default=0)

    def is_prose(self, known: Sequence[str]) -> bool:
        """Tell whether enough speaks for a language to need no more."""
        language, count = self.best(known)
        if self.script == CYRILLIC:
            return count >= SMALL_WORD
        enough = max(_PROSE_VOTES, _DENSITY * SMALL_WORD * len(self.words))
        if count < enough or self.is_little:
            return False
        few = 3 if self.is_aside or language not in known else 2
        variety = min(_MUCH_VARIETY, few + len(self.words) // _VARIETY) * SMALL_WORD
        return has_votes(self.words, language, variety)


def best_of(counted: Mapping[str, int], known: Sequence[str]) -> tuple[str, int]:
    """Return the language with the highest count, of equal ones one of `known`; ("", 0) if there is none."""
    most = max(counted.values(), default=0)
    tied = [code for code, count in counted.items() if count == most]
    if len(tied) > 1:
        return next((code for code in known if code in tied), max(tied)), most
    return (tied[0], most) if tied else ("", 0)


def parts_of(text: str, known: Sequence[str]) -> dict[str, Part]:
    """Take a page apart into what is running text in each script, without scripts that have none."""
    running = running_text(text)
    parts = {script: Part(script, running.is_beside_code) for script in (CYRILLIC, LATIN, ELSE)}
    speaking = []
    for line in running.lines:
        for script, words in _by_script(line):
            part, letters, found = parts[script], len("".join(words)), votes(words)
            part.words += words
            if not found:
                part.letters[""] += letters
                continue
            speaking.append((part, letters, found))
            for language, count in found.items():
                part.votes[language] += count
    for part, letters, found in speaking:
        language = _spoken(part, found, known)
        part.letters[language] += letters
        part.spoken[language] += found[language]
    parts[LATIN].is_aside |= bool(parts[CYRILLIC].words)
    return {script: part for script, part in parts.items() if part.words}


def _spoken(part: Part, found: Mapping[str, int], known: Sequence[str]) -> str:
    """Return the language that most of a line speaks for; of several, the one of most of the page."""
    most = max(found.values())
    return best_of({code: part.votes[code] for code, count in found.items() if count == most}, known)[0]


def part_of(words: list[str], script: str, known: Sequence[str]) -> Part:
    """Take words of one script as one line."""
    found = votes(words)
    return Part(
        script, False, words, Counter({best_of(found, known)[0]: sum(map(len, words))}), Counter(found)
    )


def script_of(text: str) -> str:
    """Return the script with most letters of any text."""
    counts = {
        CYRILLIC: len(_CYRILLIC_LETTER.findall(text)),
        LATIN: len(_LATIN_LETTER.findall(text)),
    }
    counts[ELSE] = sum(map(str.isalpha, text)) - sum(counts.values())
    return max(counts, key=counts.__getitem__)


def _by_script(words: Sequence[str]) -> list[tuple[str, Sequence[str]]]:
    """Split a line by script; terms and names of the smaller script of the line are no running text."""
    letters = "".join(words)
    for script, only in _ONLY.items():
        if only.fullmatch(letters):
            return [(script, words)]
    runs = [(script, list(run)) for script, run in groupby(words, _script) if script]
    sizes: Counter[str] = Counter()
    for script, run in runs:
        sizes[script] += sum(map(len, run))
    main = max(sizes, key=sizes.__getitem__, default="")
    taken = [word for script, run in runs if script == main for word in run]
    others = [
        (script, run) for script, run in runs if script != main and (script != LATIN or _is_phrase(run))
    ]
    return [(main, taken), *others] if taken else []


def _is_phrase(run: list[str]) -> bool:
    return len(run) >= _PHRASE_WORDS and any(count >= SMALL_WORD for count in votes(run).values())


def _script(word: str) -> str:
    """Return the script of a word; "" for signs of formulas that count as letters."""
    first = word[0]
    if _LATIN_LETTER.match(first):
        return LATIN
    if _CYRILLIC_LETTER.match(first):
        return CYRILLIC
    return "" if _FORMULA_LETTER.match(first) and not _GREEK_WORD.match(word) else ELSE
