"""Language of each page, and the languages of a document.

The script decides first: Cyrillic against Latin by the number of letters. Then langdetect chooses among the
archive's languages of that script and a few neighbours, so that Ukrainian is not called Russian, nor Italian
English. Pages too short to tell have the language of their document.

Figures behind the constants are in tests/corpus/test_reading.py.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from langdetect import detector_factory
from langdetect.detector_factory import DetectorFactory
from langdetect.lang_detect_exception import LangDetectException

OTHER = "other"
"""The language of a text in none that the archive is set up for."""

_PROFILES = {
    "Cyrillic": ("ru", "uk", "bg", "mk"),
    "Latin": (
        "de",
        "en",
        "fr",
        "it",
        "es",
        "pt",
        "ca",
        "nl",
        "sv",
        "da",
        "no",
        "fi",
        "pl",
        "cs",
        "hu",
        "ro",
        "tr",
    ),
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

_SAMPLE_CHARACTERS = 3000
_NEIGHBOUR_PRIOR = 0.0005
"""How likely each neighbour is beforehand, when an archive language is 1."""

_SURE = 0.9
"""How sure the detector must be to say that a page is in none of the archive's languages."""


def languages_of(pages: Sequence[str], known: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Tell the language of each page, and the languages of the document, the one with most text first.

    Pages: a code of `known`, "other", or "" without letters. Documents: those with at least `LEAST_SHARE`
    of the letters, none where there are no letters.
    """
    letters = [len(_LETTERS.findall(page)) for page in pages]
    found = [
        language_of(page, known) if count >= ENOUGH_LETTERS else ""
        for page, count in zip(pages, letters, strict=True)
    ]
    homes = _homes(pages, letters, found)
    for number, (page, count) in enumerate(zip(pages, letters, strict=True)):
        if 0 < count < ENOUGH_LETTERS:
            home = homes.get(script_of(page), "")
            if count >= SHORT_LETTERS and home != OTHER:
                found[number] = language_of(page, known)
            else:
                found[number] = home or language_of(" ".join(pages), known)
    shares = _shares(letters, found)
    total = shares.total()
    return tuple(found), tuple(
        language for language, share in shares.most_common() if share >= total * LEAST_SHARE
    )


def language_of(text: str, known: Sequence[str]) -> str:
    """Tell the language of one text: a code of `known`, or "other"; "" without letters."""
    script = script_of(text)
    if script not in _PROFILES:
        return OTHER if script else ""
    possible = [language for language in known if language in _PROFILES[script]]
    if len(_FOREIGN_LETTERS[script].findall(text)) > _FOREIGN_SHARE * len(_SCRIPTS[script].findall(text)):
        return OTHER
    compare = len(_LETTERS.findall(text)) >= ENOUGH_LETTERS or not possible
    probabilities = _probabilities(text, script, possible, _NEIGHBOUR_PRIOR if compare else 0.0)
    if not probabilities:
        return possible[0] if possible else OTHER
    best, probability = probabilities[0]
    if best in possible:
        return best
    if probability < _SURE and possible:
        return next((language for language, _ in probabilities if language in possible), possible[0])
    return OTHER


def script_of(text: str) -> str:
    """Return the script that most letters are of: "Cyrillic", "Latin", "other"; "" without letters."""
    counts = {script: len(pattern.findall(text)) for script, pattern in _SCRIPTS.items()}
    counts[OTHER] = len(_LETTERS.findall(text)) - sum(counts.values())
    script = max(counts, key=counts.__getitem__)
    return script if counts[script] > 0 else ""


def _homes(pages: Sequence[str], letters: Sequence[int], found: Sequence[str]) -> dict[str, str]:
    """Return for each script the language that most of the document's text in it is in."""
    homes = {}
    scripts = [script_of(page) for page in pages]
    for script in set(scripts):
        own = [letters[number] if scripts[number] == script else 0 for number in range(len(pages))]
        shares = +_shares(own, found)
        if shares:
            homes[script] = shares.most_common(1)[0][0]
    return homes


def _shares(letters: Sequence[int], languages: Sequence[str]) -> Counter[str]:
    shares: Counter[str] = Counter()
    for count, language in zip(letters, languages, strict=True):
        if language:
            shares[language] += count
    return shares


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
