"""Languages by the letter sequences of a text: for what words and letters alone do not decide.

A thin layer over langdetect, with the profiles of few languages and a seed, so that the same text has always
the same answer, whatever was asked before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from langdetect import detector_factory
from langdetect.detector_factory import DetectorFactory
from langdetect.lang_detect_exception import LangDetectException

PROFILES = {
    "Cyrillic": ("ru", "uk", "bg", "mk"),
    "Latin": tuple(re.findall(r"\w+", "de en fr it es pt ca nl sv da no fi pl cs hu ro tr hr")),
}
"""Profiles loaded for each script: the archive's languages and those most easily taken for them."""

SAMPLE_CHARACTERS = 800
NEIGHBOUR_PRIOR = 0.0005
"""How likely each neighbour is beforehand, when a possible language is 1."""

SURE = 0.9
"""How sure the detector must be to say that a text is in none of the possible languages."""


def likeliest(
    text: str, script: str, possible: Sequence[str], *, compare: bool, is_foreign: bool = False
) -> str:
    """Return the likeliest language of a text in one script; "" where there is nothing to go by.

    Args:
        possible: the languages it may well be in.
        compare: whether it may be in one of their neighbours as well, which takes some text to tell.
        is_foreign: whether that is as likely, since its words say so.
    """
    among = [language for language in possible if language in PROFILES[script]]
    if not compare and len(among) < 2:
        return among[0] if among else ""
    detector = _factory(script).create()
    neighbours = 1.0 if is_foreign else NEIGHBOUR_PRIOR if compare else 0.0
    detector.set_prior_map({code: 1.0 if code in among else neighbours for code in PROFILES[script]})
    detector.append(text[:SAMPLE_CHARACTERS])
    try:
        found = detector.get_probabilities()
    except LangDetectException:
        return among[0] if among else ""
    if not found:
        return among[0] if among else ""
    best = found[0]
    if best.lang in among or best.prob >= SURE or not among:
        return str(best.lang)
    return next((each.lang for each in found if each.lang in among), among[0])


@lru_cache(maxsize=len(PROFILES))
def _factory(script: str) -> DetectorFactory:
    folder = Path(detector_factory.PROFILES_DIRECTORY)
    factory = DetectorFactory()
    factory.set_seed(0)
    factory.load_json_profile(
        [(folder / language).read_text(encoding="utf-8") for language in PROFILES[script]]
    )
    return factory
