"""The words of a text that are held against those of its translation: paragraphs of keys.

A key is one that `keys.document_keys` files the word under, so that a translation found here can be looked up
in the index: the dictionary form in the language of the text, else the word as it is folded. German compounds
give their parts besides. Words without content are left out, as are numbers. Latin words in a Russian text
stay as they are: names and terms that their like on the other side answers to.

Not decided here: which paragraph answers to which (`alignment.py`), nor what words mean (`word_model.py`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from index import compounds
from index.function_words import FUNCTION_WORDS
from index.lemmas import lemma
from index.parts import Part, is_left_out
from index.text import clean, fold, is_cyrillic, surfaces

LEXICAL = 3
"""Raised with every change here, in function_words.py or compounds.py: all is then learned anew."""

MIN_KEY_CHARS = 2
"""A single letter is a bullet, a unit or a variable."""

_CLOSES = (".", "!", "?", ":", ";")
"""What ends a sentence at the end of a line."""

_SAYS_LANGUAGE = 2
"""So many more function words of another language make a paragraph one of that language."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph as it stands, on which page (from 1), with its keys in order, repeated as they are."""

    text: str
    page_number: int
    keys: tuple[str, ...]


def paragraphs(text: str, language: str, page_number: int = 1) -> Iterator[Paragraph]:
    """Yield the paragraphs of a page in order, those in another language without keys.

    Args:
        language: that of the document, `de`, `ru` or `en`.
    """
    for paragraph in split(text):
        words = surfaces(paragraph)
        keys = keys_of(words, language) if speaks(words, language) else ()
        yield Paragraph(paragraph, page_number, keys)


def split(text: str) -> list[str]:
    """Cut a page into paragraphs: at empty lines, and at line ends that do not run on in a sentence.

    A line runs on where nothing closes it and the next begins with a small letter.
    """
    found: list[list[str]] = []
    runs_on = False
    for line in map(str.strip, text.split("\n")):
        if runs_on and line[:1].islower():
            found[-1].append(line)
        elif line:
            found.append([line])
        runs_on = bool(line) and not line.endswith(_CLOSES)
    return ["\n".join(lines) for lines in found]


def keys_of(words: list[str], language: str) -> tuple[str, ...]:
    """Return the keys of words of a text in this language, in order."""
    return tuple(key for word in words for key in _keys(word, language))


def speaks(words: list[str], language: str) -> bool:
    """Tell whether a paragraph is in its document's language, as far as can be told."""
    signs = Counter(map(_sign, words))
    others = len(words) - signs[_NUMBER] - signs[_CYRILLIC]
    if language == "ru" or signs[_CYRILLIC] > others:
        return (signs[_CYRILLIC] >= others) == (language == "ru")
    other = "en" if language == "de" else "de"
    return signs[other] < signs[language] + _SAYS_LANGUAGE


_NUMBER, _CYRILLIC = "number", "cyrillic"


@lru_cache(maxsize=1 << 17)
def _sign(word: str) -> str:
    """Return what a word tells of the language of its paragraph: the one that it is a function word of."""
    folded = fold(word)
    if word.isdecimal():
        return _NUMBER
    if is_cyrillic(folded):
        return _CYRILLIC
    of = [code for code in ("de", "en") if folded in FUNCTION_WORDS[code]]
    return of[0] if len(of) == 1 else ""


@lru_cache(maxsize=1 << 17)
def _keys(surface: str, language: str) -> tuple[str, ...]:
    folded = fold(surface)
    if len(folded) < MIN_KEY_CHARS or not any(map(str.isalpha, folded)):
        return ()
    key = fold(_dictionary_form(surface, folded, language) or folded)
    if key in FUNCTION_WORDS[language] or folded in FUNCTION_WORDS[language]:
        return ()
    if language != "de" or not surface[:1].isupper():
        return (key,)
    return tuple(dict.fromkeys((key, *parts_of(clean(surface)))))


def parts_of(word: str) -> tuple[str, ...]:
    """Return the keys of a German compound's parts; none of a word that English has as well: „Software“."""
    return () if lemma(word.lower(), "en") else tuple(map(fold, compounds.parts(word)))


def _dictionary_form(surface: str, folded: str, language: str) -> str | None:
    """Return the form under which a dictionary has a word, whatever its case: German nouns before verbs.

    So „Netz“ and „netz“ are the same, and no form of „netzen“.
    """
    if is_left_out(Part.LEMMAS) or is_cyrillic(folded) != (language == "ru"):
        return None
    small = folded if language == "ru" else clean(surface).lower()
    readings = [small, small.capitalize()]
    for reading in reversed(readings) if language == "de" else readings:
        if (found := lemma(reading, language)) is not None:
            return found
    return None
