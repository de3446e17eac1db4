"""E-mail addresses and phone numbers in a text: how many there are, and the text without them.

A number counts as a phone number where it begins with + or 00, or follows a word that says so („Tel.“,
„тел.“, „Fax“, „mobil“, „phone“); a bare row of digits may be a year, a sum or a number of inhabitants.
"""

from __future__ import annotations

import re

MASK = "…"
"""Stands for what was taken out."""

_EMAIL = r"[\w.+-]{1,64}@(?:[\w-]{1,63}\.)+\w{2,24}"
_DIGITS = r"\(?\d(?:[ \u00a0()/.–-]{0,3}\d){5,15}"
_CALLED = r"(?:tel(?:efon|ephone)?|fax|telefax|phone|mobil(?:e|funk)?|handy|тел(?:ефон)?|факс|моб(?:ильный)?)"
_CONTACT = re.compile(
    rf"(?P<email>{_EMAIL})"
    rf"|(?<![\w+])(?P<international>(?:\+|00)[ \u00a0]?{_DIGITS})"
    rf"|\b{_CALLED}\b[.:/ \u00a0]{{0,4}}(?P<called>{_DIGITS})",
    re.IGNORECASE,
)
_POSSIBLE = re.compile(r"@|\d(?:[ \u00a0()/.–-]{0,3}\d){5}")
"""Part of every contact, and six times faster to look for: most pages have none."""


def count_contacts(text: str) -> int:
    """Count the e-mail addresses and phone numbers in a text."""
    return sum(1 for _ in _CONTACT.finditer(text)) if _POSSIBLE.search(text) else 0


def mask_contacts(text: str) -> str:
    """Take e-mail addresses and phone numbers out of a text."""
    return _CONTACT.sub(_masked, text) if _POSSIBLE.search(text) else text


def _masked(found: re.Match[str]) -> str:
    number = found["called"]
    return found[0].removesuffix(number) + MASK if number else MASK
