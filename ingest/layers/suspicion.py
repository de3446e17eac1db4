"""Which pages deserve a closer look: a test that costs healthy pages next to nothing.

It errs on the side of suspicion: what it lets pass is not looked at again, what it stops is judged by words.
"""

from __future__ import annotations

import re

from ingest.layers.plausibility import commonness

_LOW = 0.5
"""Share of common triples below which a sample is doubted; healthy text has 0.6 to 0.8."""

_SAMPLE_CHARACTERS = 120
_FEW_CHARACTERS = 400
"""A shorter text is its own sample."""

_STRANGE = re.compile(
    r"[\x01-\x08\x0e-\x1f\x80-\xaa\xac\xae-\xba\xbc-\xc3\xc5-\xd5\xd7-\xdb\xdd\xde\xe0-\xe3\xe5-\xf5\xf7-\xfb"
    r"\xfd-\u0250\u0250-\u02dc\u0370-\u040f\u0451-\u052f\u201a\u2020-\u2022\u2030-\u20bf\u2116\u2122\u2202-\u25ca"
    r"\ue000-\uf8ff\U000f0000-\U000ffffd]"
    r"(?:(?<=[\x01-\x08\x0e-\x1f\x80-\x9f\u0180-\u01ff\u0220-\u024f\U000f0000-\U000ffffd])"
    r"|(?<=[\ue000-\uf8ff])(?:[\ue000-\uf8ff]|(?<=[^\W\d_].))"
    r"|(?<=[\xa1-\xff\u0152-\u0192\u02c6-\u02dc][\xa1-\xff\u0152-\u0192\u02c6-\u02dc][\xa1-\xff\u0152-\u0192\u02c6-\u02dc])"
    r"|(?<=[\u0180-\u0217\u021c-\u02af\u0370-\u03ff\u0460-\u052f])[\u0180-\u0217\u021c-\u02af\u0370-\u03ff\u0460-\u052f]{2}"
    r"|(?<=[ЂЃЉЊЌЋЏђѓљњќћџ])"
    r"|(?<=[А-яЁё][\xa1-\xaa\xac-\xba\xbc-\xbf\u2219-\u25a0])[А-яЁё]"
    r"|(?<=[ÃÂÅÐÑâРСГ][\xa0-\xbf\u0401-\u040f\u0451-\u045f\u0490\u0491\u0152-\u0192\u02c6-\u02dc\u201a\u2020-\u2022\u2030\u20ac\u2116\u2122])"
    r"|(?<=[A-Za-z][\xa1-\xaa\xac\xae-\xba\xbc-\xbf\u0160\u0161\u0178\u0192\u02c6-\u02dd\u201a-\u2022\u2030\u2044-\u25ca])[a-z])"
)
"""Characters that no program writes there by itself."""

_TWIN_SHARE = 0.6
_UMLAUTS = re.compile(r"[дцьЯ„”¸Ÿ][a-z](?:(?<=[a-zA-Z]..)|(?<=[¸Ÿ].))")
"""German umlauts as what has their bytes in Cyrillic, DOS and Mac code pages."""

_APART = re.compile(r" [^\W\d_](?: {1,3}[^\W\d_]){4} ")
_REPEATED = re.compile(r" ([^\W\d_])\1+([^\W\d_])\2+([^\W\d_])\3")
_BACKWARDS = re.compile(r" [^\W\dA-ZА-Я_]{2,}[A-ZА-ЯÄÖÜ] ")


def is_suspicious(text: str) -> bool:
    """Say whether a text may be wrong in any of the ways that this package knows."""
    return has_strange_characters(text) or _has_too_many_letters(text) or reads_badly(text)


def has_strange_characters(text: str) -> bool:
    """Say whether a text has characters, one beside the other, that hardly stand there by themselves."""
    if "(cid:" in text:
        return True
    return not text.isascii() and bool(_UMLAUTS.search(text) or _STRANGE.search(text))


def reads_badly(text: str) -> bool:
    """Say whether a sample of a text is like no language, or like one backwards."""
    flat = f" {text} ".replace("\n", " ")
    third = len(text) // 3
    starts = (third, 2 * third) if len(text) > _FEW_CHARACTERS else (0,)
    length = _SAMPLE_CHARACTERS if len(text) > _FEW_CHARACTERS else _FEW_CHARACTERS
    samples = [flat[start : start + length] for start in starts]
    return any(commonness(sample) < _LOW or _BACKWARDS.search(sample) for sample in samples)


def _has_too_many_letters(text: str) -> bool:
    """Say whether letters stand apart, or letters or lines twice."""
    flat = f" {text} ".replace("\n", " ")
    return bool(_APART.search(flat) or _REPEATED.search(flat)) or has_twin_lines(text)


def has_twin_lines(text: str) -> bool:
    """Say whether most lines stand twice, one after the other."""
    lines = text.replace("\n\n", "\n").split("\n")
    if len(set(lines)) > len(lines) * _TWIN_SHARE:
        return False
    return sum(map(str.__eq__, lines, lines[1:])) >= len(lines) * (1 - _TWIN_SHARE)
