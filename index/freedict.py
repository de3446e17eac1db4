"""What the articles of FreeDict's dictionaries say: a head word and its translations, sense by sense.

Understood as they come out of dictfmt: from Ding (German and English), where all translations stand in the
line below the head word; from WikDict and Ergane (into Russian), where each sense has a line of its own and
what is written in Latin letters below is a definition. Synonyms, references and examples are left out.

Source: freedict.org; the notation of Ding, dict.tu-chemnitz.de/doc/syntax.html.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from index.dictionary_terms import Entry, bare, is_russian, terms

_BEHIND_HEAD = re.compile(r"\s*(?:<([^<>]*)>|/[^/]*/|\([^()]*\))\s*$")
"""Pronunciation, part of speech and abbreviation: „Akut-Zeichen /ˈɑkuːt/ (´) <neut, n, sg>“."""

_MAX_BEHIND_HEAD = 30
_MAX_HEAD_CHARS = 2000
_NUMBERED = re.compile(r"\d+\.\s")
_SENSE_NUMBER = re.compile(r"^\d+\.(?:\s|$)|\s\d+\.$")
_BEHIND_TERM = re.compile(r"<[^<>]*>[^,;]*")
"""Part of speech, and what Ding has behind it: „Digital Versatile Disc <fem> [comp.] DVD“."""

_NOTE = "         Note: "
_PARTS_OF_WORDS = ("suffix", "prefix", "affix")


def read_entries(articles: Iterable[str], target: str) -> Iterator[Entry]:
    """Yield what the articles say, those that give no word of the target language left out."""
    for article in articles:
        entry = _entry(article, target)
        if entry is not None:
            yield entry


def _entry(article: str, target: str) -> Entry | None:
    head, *lines = bare(article).split("\n")
    head = " ".join(head.split())
    if len(head) > _MAX_HEAD_CHARS:
        return None
    for _ in range(_MAX_BEHIND_HEAD):
        found = _BEHIND_HEAD.search(head)
        if found is None:
            break
        if found[1] in _PARTS_OF_WORDS:
            return None
        head = head[: found.start()]
    senses = [terms(_BEHIND_TERM.sub("", _SENSE_NUMBER.sub("", line))) for line in _senses(lines, target)]
    return Entry.of(terms(head.replace(",", " ")), senses)


def _senses(lines: list[str], target: str) -> list[str]:
    if target == "ru":
        return [line for line in lines if is_russian(line)]
    first = ",".join([*lines[:1], *(more for line in lines[1:] for more in _behind_note(line))])
    return [first, *(line for line in lines[1:] if _NUMBERED.match(line))]


def _behind_note(line: str) -> list[str]:
    """Return the translations that stand behind a note, as they do where the note is not at the end.

    They have their part of speech: „Note: of people, shoal <n> [Br.] , crowd <n>“.
    """
    if not line.startswith(_NOTE) or "<" not in line:
        return []
    return [term for term in line.split(",")[1:] if "<" in term]
