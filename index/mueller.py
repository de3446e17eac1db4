"""What the articles of Mueller's English-Russian dictionary say: a head word and its translations.

An article numbers its homographs (_I), parts of speech (1.) and senses (1)); in each the translations come
first and examples with English words after them. What follows the first English word is left out, and so are
the lettered senses (а) of such an example.

Source: V. K. Mueller, English-Russian Dictionary, 7th edition, as packaged in mueller7-dict.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from index.dictionary_terms import Entry, bare, terms

_PRONUNCIATION = re.compile(r"\[[^\[\]]*\]")
_LABEL = re.compile(r"_[\w-]+\.?")
"""Usage and part of speech: _ам. (American), _перен. (figurative), _v. (verb)."""

_BOUNDARY = re.compile(r"(?:(?<=\s)|^)(?:_[IVX]+\b|\d{1,2}\.(?=\s)|\d{1,2}\))")
_LETTERED = re.compile(r"(?<=\s)[а-я]\)")
_REFLEXIVE = re.compile(r"(\w+)\(ся\)([^,;]*)")
_BRACKETS = re.compile(r"\([^()]*\)")
_LATIN = re.compile(r"[A-Za-z=]")
_REFERENCE = re.compile(r"\s*,?\s*(?:=|см\.)\s*([A-Za-z](?:[A-Za-z' -]*[a-z])?)")
_MAX_REFERENCE_CHARS = 100
_DIVISIONS = ";:,"


def read_entries(articles: Iterable[str]) -> Iterator[Entry]:
    """Yield what the articles say; last those that say no more than where to look („color = colour“)."""
    senses: dict[str, tuple[tuple[str, ...], ...]] = {}
    references: list[tuple[tuple[str, ...], str]] = []
    for article in articles:
        head, _, body = bare(article).partition("\n")
        if head.startswith(("_", "00")):
            continue
        heads, text = terms(head), _PRONUNCIATION.sub(" ", " ".join(body.split()))
        entry = Entry.of(heads, [terms(_translations(sense)) for sense in _BOUNDARY.split(text)])
        reference = _REFERENCE.match(_LABEL.sub("", text)[:_MAX_REFERENCE_CHARS])
        if entry is not None:
            senses[head] = entry.senses
            yield entry
        elif reference is not None:
            references.append((heads, reference[1]))
    for heads, name in references:
        entry = Entry.of(heads, senses.get(name, ()))
        if entry is not None:
            yield entry


def _translations(sense: str) -> str:
    """Return a sense up to its first example."""
    text = _REFLEXIVE.sub(r"\1\2, \1ся\2", _LABEL.sub(" ", sense))
    latin = _LATIN.search(_BRACKETS.sub(lambda match: " " * len(match.group()), text))
    if latin is not None:
        text = text[: latin.start()]
        text = text[: max(map(text.rfind, _DIVISIONS)) + 1]
    return _LETTERED.sub(";", text)
