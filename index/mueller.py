"""What the articles of Mueller's English-Russian dictionary say: a head word and its translations.

An article numbers its homographs (_I), parts of speech (1.) and senses (1)); in each the translations come
first and examples with English words after them. What follows the first English word is left out, and so are
the lettered senses (а) of such an example.

Source: V. K. Mueller, English-Russian Dictionary, 7th edition, as packaged in mueller7-dict.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from index.dictionary_terms import Entry, bare, terms

_PRONUNCIATION = re.compile(r"\[[^\[\]]*\]")
_LABEL = re.compile(r"_[\w-]+\.?")
"""Usage and part of speech: _ам. (American), _перен. (figurative), _v. (verb)."""

_BOUNDARY = re.compile(r"(?:(?<=\s)|^)(?:_([IVX]+)\b|\d{1,2}\.(?=\s)|\d{1,2}\))")
_LETTERED = re.compile(r"(?<=\s)[а-я]\)")
_REFLEXIVE = re.compile(r"\b(\w{1,40})\(ся\)([^,;]*)")
_BRACKETS = re.compile(r"\([^()]*\)")
_LATIN = re.compile(r"[A-Za-z=]")
_REFERENCE = re.compile(r"\s*,?\s*(?:=|см\.)\s*([A-Za-z](?:[A-Za-z' -]*[a-z])?)(?:\s+([IVX]+)\b)?")
_MAX_REFERENCE_CHARS = 100
_DIVISIONS = ";:,"


def read_entries(articles: Iterable[str]) -> Iterator[Entry]:
    """Yield what the articles say; last those that say no more than where to look („color = colour“)."""
    known: dict[str, list[_Sense]] = {}
    references: list[tuple[tuple[str, ...], str, str]] = []
    for article in articles:
        head, _, body = bare(article).partition("\n")
        if head.startswith(("_", "00")):
            continue
        heads, text = terms(head), _PRONUNCIATION.sub(" ", " ".join(body.split()))
        senses = _senses(text)
        entry = Entry.of(heads, [sense.terms for sense in senses])
        reference = _REFERENCE.match(_LABEL.sub("", text)[:_MAX_REFERENCE_CHARS])
        if entry is not None:
            known[head] = senses
            yield entry
        elif reference is not None:
            references.append((heads, reference[1].strip(), reference[2] or ""))
    for heads, name, homograph in references:
        senses = known.get(name, [])
        meant = [sense for sense in senses if sense.homograph == homograph] if homograph else []
        entry = Entry.of(heads, [sense.terms for sense in meant or senses])
        if entry is not None:
            yield entry


@dataclass(frozen=True, slots=True)
class _Sense:
    homograph: str
    terms: tuple[str, ...]


def _senses(text: str) -> list[_Sense]:
    """Return the senses that have a translation, each with the Roman number of its homograph, if any."""
    homograph, start = "", 0
    senses = []
    for end, number in [*((match.start(), match) for match in _BOUNDARY.finditer(text)), (len(text), None)]:
        found = terms(_translations(text[start:end]))
        if found:
            senses.append(_Sense(homograph, found))
        if number is not None:
            homograph, start = number[1] or homograph, number.end()
    return senses


def _translations(sense: str) -> str:
    """Return a sense up to its first example."""
    text = _REFLEXIVE.sub(r"\1\2, \1ся\2", _LABEL.sub(" ", sense))
    latin = _LATIN.search(_BRACKETS.sub(lambda match: " " * len(match.group()), text))
    if latin is not None:
        text = text[: latin.start()]
        text = text[: max(map(text.rfind, _DIVISIONS)) + 1]
    return _LETTERED.sub(";", text)
