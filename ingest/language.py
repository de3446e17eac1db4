"""Languages of each page, and their shares of the document.

The running text of a page decides, without code, addresses and formulas: first its script, then small words
and special letters line by line, so that a page in two languages has both. Where they say too little,
langdetect does; pages too short for it have the language of their document. Languages in which the archive is
not set up are told apart from its own and called "other".

Figures are in docs/benchmarks.md.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from ingest.language_page import (
    CYRILLIC,
    ELSE,
    LATIN,
    LEAST_LETTERS,
    LEAST_SHARE,
    LEAST_VOTES,
    Part,
    best_of,
    part_of,
    parts_of,
    script_of,
)
from ingest.language_profiles import PROFILES, likeliest
from ingest.language_signs import SMALL_WORD, SPECIAL_LETTER

OTHER = "other"
"""The language of a text in none that the archive is set up for."""

ENOUGH_LETTERS = 100
"""A text with fewer letters does not tell a language from its neighbours by letter sequences."""

SOME_LETTERS = 50
"""So many Cyrillic ones in Russian mostly have a letter that other languages lack."""

_FAR_MORE = 9
"""A page of which so much more is left open than told is as good as untold."""

_Told: TypeAlias = dict[str, Counter[str]]
"""Letters by script and language."""


@dataclass(frozen=True, slots=True)
class Languages:
    """The languages of a document.

    `pages`: those of each page, the main one first: codes of the archive's languages, "other", or none
    without letters. `shares`: of the letters of the running text, the largest first; they add up to 1.
    """

    pages: tuple[tuple[str, ...], ...]
    shares: Mapping[str, float]

    @property
    def document(self) -> tuple[str, ...]:
        """The languages that a good part of the document is in, that with most text first."""
        return tuple(language for language, share in self.shares.items() if share >= LEAST_SHARE)


def languages_of(pages: Sequence[str], known: Sequence[str]) -> Languages:
    """Tell the languages of the pages of a document, in an archive of these languages."""
    parts = [parts_of(page, known) for page in pages]
    told = [_tell(each, known) for each in parts]
    homes = _sum(told) or _guess(pages, parts, known)
    for number, (page, each) in enumerate(zip(pages, parts, strict=True)):
        if not told[number] and any(map(str.isalpha, page)):
            told[number] = _inherit(each, homes, known)
    found = [_by_language(page) for page in told]
    return Languages(tuple(_in_order(counts, known) for counts in found), _shares(found, known))


def language_of(text: str, known: Sequence[str]) -> str:
    """Tell the main language of one text: a code of `known`, or "other"; "" without letters."""
    (languages,) = languages_of([text], known).pages
    return languages[0] if languages else ""


def _tell(parts: Mapping[str, Part], known: Sequence[str]) -> _Told:
    """Count the letters of a page by language; nothing where the page itself says too little."""
    clear = {script: part for script, part in parts.items() if _is_clear(script, parts, known)}
    if clear and CYRILLIC in parts:  # no terms are in it
        clear[CYRILLIC] = parts[CYRILLIC]
    sizes = {
        script: part.said if script == LATIN and len(clear) > 1 else part.total
        for script, part in clear.items()
    }
    total = sum(sizes.values())
    left_open = sum(part.total for script, part in parts.items() if script not in clear)
    if not clear or left_open > total * _FAR_MORE:
        return {}
    main = max(sizes, key=sizes.__getitem__)
    return {
        script: _named(part, script, sizes[script], known)
        for script, part in clear.items()
        if script == main or _is_second(part, script, sizes[script], total, known)
    }


def _is_clear(script: str, parts: Mapping[str, Part], known: Sequence[str]) -> bool:
    if script != ELSE:
        return parts[script].is_prose(known)
    return parts[ELSE].total >= sum(part.total for other, part in parts.items() if other != ELSE) / 2


def _is_second(part: Part, script: str, letters: int, total: int, known: Sequence[str]) -> bool:
    is_prose = script != LATIN or part.best(known)[1] >= LEAST_VOTES
    return is_prose and letters >= max(LEAST_LETTERS, total * LEAST_SHARE)


def _named(part: Part, script: str, letters: int, known: Sequence[str]) -> Counter[str]:
    """Divide letters among languages as the archive names them; small rests go to the main one."""
    if script == ELSE:
        return Counter({OTHER: letters})
    if not part.is_prose(known):
        return Counter({_alone(part, script, known): letters})
    named: Counter[str] = Counter()
    spoken: Counter[str] = Counter()
    for code, count in part.letters.items():
        if code:
            name = _name(code, known)
            named[name] += count
            spoken[name] += part.spoken[code]
    main = best_of(named, known)[0]
    least = max(LEAST_LETTERS, part.total * LEAST_SHARE)
    seconds = {
        name: count
        for name, count in named.items()
        if name != main and count >= least and spoken[name] >= LEAST_VOTES
    }
    return Counter({main: letters - sum(seconds.values()), **seconds})


def _guess(pages: Sequence[str], parts: Sequence[Mapping[str, Part]], known: Sequence[str]) -> _Told:
    """Tell a document none of whose pages tells by itself, from its running text, else from all its words."""
    found: _Told = {}
    for script in (CYRILLIC, LATIN):
        words = [word for page in parts if script in page for word in page[script].words]
        if words:
            part = part_of(words, script, known)
            found[script] = Counter({_alone(part, script, known): part.total})
    if not found and (text := "\n".join(pages)):
        script = script_of(text)
        found[script] = Counter({_by_profile(text, script, known, compare=False): 1})
    return found


def _inherit(parts: Mapping[str, Part], homes: _Told, known: Sequence[str]) -> _Told:
    """Tell a page that says too little by what its document is in."""
    script = _script_of_open(parts)
    home = best_of(homes.get(script, Counter()), known)[0]
    part = parts.get(script)
    if part is not None and script == LATIN and (part.is_aside or part.is_little):
        part = None
    if part is not None and home:
        language = _near(part, script, home, known)
    elif part is not None and (script == CYRILLIC or not part.is_little):
        language = _alone(part, script, known)
    else:
        language = best_of(sum(homes.values(), Counter()), known)[0]
    return {script: Counter({language: parts[script].total if script in parts else 0})}


def _script_of_open(parts: Mapping[str, Part]) -> str:
    """Return the script of a page that says too little: beside Cyrillic, Latin is mostly terms and names."""
    if CYRILLIC not in parts:
        return LATIN
    latin = parts[LATIN].total if LATIN in parts else 0
    return CYRILLIC if parts[CYRILLIC].total * _FAR_MORE >= latin else LATIN


def _near(part: Part, script: str, home: str, known: Sequence[str]) -> str:
    """Tell a short text, or one of names and terms, in a document that is in `home`.

    One small word of German, or two of Cyrillic letters, are enough against it: names and terms are rarely
    in those.
    """
    code, lead = part.lead(known)
    if lead >= SMALL_WORD and (code == "de" or script == CYRILLIC):
        return _name(code, known)
    if part.total >= ENOUGH_LETTERS and home != OTHER:
        return _by_profile(" ".join(part.words), script, known, compare=False)
    return home


def _alone(part: Part, script: str, known: Sequence[str]) -> str:
    """Tell a text of which nothing else is known."""
    code, lead = part.lead(known)
    is_short = code in known and part.total < ENOUGH_LETTERS
    if lead >= SMALL_WORD and (is_short or part.is_prose(known)):
        return _name(code, known)
    is_foreign = lead >= SPECIAL_LETTER and code not in known
    is_sure = lead >= (SPECIAL_LETTER if script == CYRILLIC else SMALL_WORD + SPECIAL_LETTER)
    if is_foreign and is_sure and not any(part.votes[each] for each in known):
        return OTHER
    words = " ".join(part.words)
    says_nothing = script == CYRILLIC and not code and part.total >= SOME_LETTERS
    compare = is_foreign or says_nothing or part.total >= ENOUGH_LETTERS
    found = _by_profile(words, script, known, compare=compare, is_foreign=is_foreign)
    if found == OTHER and script == LATIN and part.best(()) == ("", 0):
        return _by_profile(words, script, known, compare=False)  # names and terms
    return found


def _by_profile(
    text: str, script: str, known: Sequence[str], *, compare: bool, is_foreign: bool = False
) -> str:
    if script not in PROFILES:
        return OTHER
    return _name(likeliest(text, script, known, compare=compare, is_foreign=is_foreign), known)


def _name(code: str, known: Sequence[str]) -> str:
    return code if code in known else OTHER


def _sum(told: Sequence[_Told]) -> _Told:
    found: _Told = {}
    for page in told:
        for script, counts in page.items():
            found.setdefault(script, Counter()).update(counts)
    return found


def _by_language(page: _Told) -> Counter[str]:
    found: Counter[str] = Counter()
    for counts in page.values():
        found.update(counts)
    return found


def _in_order(counts: Counter[str], known: Sequence[str]) -> tuple[str, ...]:
    """Return languages, that with most letters first, of equal ones as the archive has them."""
    order = [*known, OTHER]
    return tuple(sorted(counts, key=lambda code: (-counts[code], order.index(code))))


def _shares(pages: Sequence[Counter[str]], known: Sequence[str]) -> dict[str, float]:
    letters = sum(pages, Counter[str]())
    if not letters.total():  # nothing but code and the like: pages count
        letters = Counter(code for page in pages for code in page)
    total = letters.total()
    return {code: letters[code] / total for code in _in_order(letters, known)}
