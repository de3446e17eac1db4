"""Language of each page, and the languages of a document.

The script decides first: Cyrillic against Latin by the number of letters. Then langdetect chooses among the
archive's languages of that script and a few neighbours, so that Ukrainian is not called Russian, nor Italian
English. Pages too short to tell have the language of their document.

Figures behind the constants are in tests/corpus/test_reading.py.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from langdetect import detector_factory
from langdetect.detector_factory import DetectorFactory
from langdetect.lang_detect_exception import LangDetectException

OTHER = "other"
"""The language of a text in none that the archive is set up for."""

_PROFILES = {
    "Cyrillic": ("ru", "uk", "bg", "mk"),
    "Latin": tuple(re.findall(r"\w+", "de en fr it es pt ca nl sv da no fi pl cs hu ro tr")),
}
"""Profiles loaded for each script: the archive's languages and those most easily taken for them."""

_SCRIPTS = {"Cyrillic": re.compile(r"[\u0400-\u04ff]"), "Latin": re.compile(r"[A-Za-z\u00c0-\u024f]")}
_LETTERS = re.compile(r"[^\W\d_]")

_FOREIGN_LETTERS = {
    "Cyrillic": re.compile(r"[\u0400-\u04ff](?<![а-яёА-ЯЁ])"),
    "Latin": re.compile(r"[\u00c0-\u024f](?<![äöüÄÖÜ\u00df])"),
}
"""Letters that none of the archive's languages uses, besides names and loan words."""

_FOREIGN_SHARE = 0.03
"""A text with more of them is in none of the archive's languages."""

SHORT_LETTERS = 40
"""A page with fewer letters takes the language of its document."""

ENOUGH_LETTERS = 100
"""A text with fewer letters is not compared with the neighbours, which would win too often."""

LEAST_SHARE = 0.2
"""A language with less of a document's letters than this is not one of its languages."""

ASIDE_SHARE = 0.42
"""Lines in a second script count for themselves when a page has so much of them; less is code and names."""

_SAMPLE_CHARACTERS = 800
_NEIGHBOUR_PRIOR = 0.0005
"""How likely each neighbour is beforehand, when an archive language is 1."""

_SURE = 0.9
"""How sure the detector must be to say that a page is in none of the archive's languages."""

_RUSSIAN_LETTER = re.compile("[ыЫ]")
_RUSSIAN_SHARE = 0.005
"""Of the languages without foreign letters, Russian alone has ы: 2 letters in 100."""


def languages_of(
    pages: Sequence[str], known: Sequence[str]
) -> tuple[tuple[tuple[str, ...], ...], tuple[str, ...]]:
    """Tell the languages of each page, and those of the document, the one with most text first.

    Pages: a code of `known`, "other", or none without letters. Documents: those with at least `LEAST_SHARE`
    of the letters, none where there are no letters. Pages in two scripts count for both languages there.
    """
    texts = [_Text.of(page) for page in pages]
    found = [_tell(text, known) if text.letters >= ENOUGH_LETTERS else "" for text in texts]
    homes = _homes(texts, found)
    for number, text in enumerate(texts):
        if 0 < text.letters < ENOUGH_LETTERS:
            home = homes.get(text.script, "")
            if text.letters >= SHORT_LETTERS and home != OTHER:
                found[number] = _tell(text, known)
            elif home:
                found[number] = home
            else:
                same = (other.content for other in texts if other.script == text.script)
                found[number] = homes[text.script] = _tell(_Text.of("\n".join(same)), known)
    shares: Counter[str] = Counter()
    for text, language in zip(texts, found, strict=True):
        if language:
            aside = text.aside()
            shares[language] += text.letters - aside.letters
            shares[_tell(aside, known)] += aside.letters
    total = shares.total()
    return tuple((language,) if language else () for language in found), tuple(
        language for language, share in shares.most_common() if share and share >= total * LEAST_SHARE
    )


def language_of(text: str, known: Sequence[str]) -> str:
    """Tell the language of one text: a code of `known`, or "other"; "" without letters."""
    return _tell(_Text.of(text), known)


@dataclass(frozen=True, slots=True)
class _Text:
    """A text with the number of its letters, and the script that most of them are of ("" without letters)."""

    content: str
    letters: int
    script: str
    counts: Mapping[str, int]

    @classmethod
    def of(cls, content: str) -> _Text:
        letters = len(_LETTERS.findall(content))
        counts = {script: len(pattern.findall(content)) for script, pattern in _SCRIPTS.items()}
        counts[OTHER] = letters - sum(counts.values())
        return cls(content, letters, max(counts, key=counts.__getitem__) if letters else "", counts)

    def aside(self) -> _Text:
        """Return the lines in the other of the two scripts, where they are a good part of the text."""
        second = "Latin" if self.script == "Cyrillic" else "Cyrillic"
        if self.counts[second] < max(ENOUGH_LETTERS, self.letters * ASIDE_SHARE):
            return _Text.of("")
        lines = (_Text.of(line) for line in self.content.splitlines())
        aside = _Text.of("\n".join(line.content for line in lines if line.script == second))
        return aside if aside.letters >= ENOUGH_LETTERS else _Text.of("")


def _tell(text: _Text, known: Sequence[str]) -> str:
    if text.script not in _PROFILES:
        return OTHER if text.script else ""
    possible = [language for language in known if language in _PROFILES[text.script]]
    own_letters = text.counts[text.script]
    if len(_FOREIGN_LETTERS[text.script].findall(text.content)) > _FOREIGN_SHARE * own_letters:
        return OTHER
    if (
        text.script == "Cyrillic"
        and len(_RUSSIAN_LETTER.findall(text.content)) > _RUSSIAN_SHARE * own_letters
    ):
        return "ru" if "ru" in known else OTHER
    compare = text.letters >= ENOUGH_LETTERS or not possible
    probabilities = _probabilities(text.content, text.script, possible, _NEIGHBOUR_PRIOR if compare else 0.0)
    if not probabilities:
        return possible[0] if possible else OTHER
    best, probability = probabilities[0]
    if best in possible:
        return best
    if probability < _SURE and possible:
        return next((language for language, _ in probabilities if language in possible), possible[0])
    return OTHER


def _homes(texts: Sequence[_Text], found: Sequence[str]) -> dict[str, str]:
    """Return for each script the language that most of the document's text in it is in."""
    shares: dict[str, Counter[str]] = {}
    for text, language in zip(texts, found, strict=True):
        if language:
            shares.setdefault(text.script, Counter())[language] += text.letters
    return {script: counts.most_common(1)[0][0] for script, counts in shares.items()}


def _probabilities(
    text: str, script: str, possible: Sequence[str], neighbour_prior: float
) -> list[tuple[str, float]]:
    """Return languages and how likely they are, most likely first; empty where there is nothing to go by."""
    if len(possible) == 1 and neighbour_prior == 0:
        return [(possible[0], 1.0)]
    detector = _factory(script).create()
    detector.set_prior_map(
        {language: 1.0 if language in possible else neighbour_prior for language in _PROFILES[script]}
    )
    detector.append(text[:_SAMPLE_CHARACTERS])
    try:
        return [(found.lang, found.prob) for found in detector.get_probabilities()]
    except LangDetectException:
        return []


@lru_cache(maxsize=len(_PROFILES))
def _factory(script: str) -> DetectorFactory:
    folder = Path(detector_factory.PROFILES_DIRECTORY)
    factory = DetectorFactory()
    factory.set_seed(0)
    factory.load_json_profile(
        [(folder / language).read_text(encoding="utf-8") for language in _PROFILES[script]]
    )
    return factory
