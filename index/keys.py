"""From a token to the keys it is found under: folded form, plain spellings, dictionary forms, compound parts.

Documents get all of them, a query word all but the parts: so a part finds the whole, and the whole does not
find each of its parts. Keys of parts are marked, so that a word can count more than a compound with it.

No key hangs on a guess of the page's language, only on the letters of the word; so a word in a mixed slide is
never lost. What a word's keys are depends on nothing but the word.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from index import compounds
from index.lemmas import lemma, lemmas, noun
from index.parts import Part, is_left_out
from index.stems import MIN_STEM_LETTERS, STEM, stem
from index.text import clean, fold, is_cyrillic, pieces, written

ANALYSIS = 10
"""Raised with every change here or in text.py, runs.py, filing.py, lemmas.py, stems.py, compounds.py.

The index is then built anew.
"""

PART = "+"
"""Begins the keys of what a word contains. No word is written so."""

_WRITTEN_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "œ": "oe", "æ": "ae"})
_NOT_COMPOSED = str.maketrans({"ø": "o", "œ": "oe", "æ": "ae", "ł": "l", "đ": "d", "ı": "i"})
_FEMININE = re.compile(r"(er|or|ent|ist|ant)(?:in|innen)$", re.IGNORECASE)
_MAY_BE_UMLAUT = re.compile(r"(?<![aeq])([aou])e")


@lru_cache(maxsize=1 << 18)
def document_keys(surface: str) -> tuple[str, ...]:
    """Return the keys under which a word of a document is found, the folded form first, each once."""
    keys, parts, ending = query_keys(surface), _parts(surface), _stems(surface)
    if not parts and not ending:
        return keys
    return tuple(dict.fromkeys((*keys, *(PART + fold(part) for part in parts), *ending)))


@lru_cache(maxsize=1 << 14)
def query_keys(surface: str) -> tuple[str, ...]:
    """Return the keys that a word of a query looks for, the folded form first, each once."""
    folded = fold(surface)
    if not folded:
        return ()
    return tuple(dict.fromkeys((folded, *spellings(folded), *map(fold, dictionary_forms(surface)))))


def joined_keys(pieces: tuple[str, ...]) -> tuple[str, ...]:
    """Return the keys of a word that stands in several pieces, as it is written in one.

    Where no dictionary has that, its last piece gives its dictionary form.
    """
    whole, begun = "".join(pieces), "".join(pieces[:-1])
    forms = dictionary_forms(pieces[-1]) if begun and not dictionary_forms(whole) else ()
    joined = (fold(begun + form) for form in forms)
    return tuple(dict.fromkeys((*query_keys(whole), *joined, *(() if forms else _stems(whole)))))


def stem_keys(surface: str) -> tuple[str, ...]:
    """Return the keys under which a word of a query is found as a form that no dictionary has."""
    folded = fold(surface)
    if not folded.isalpha():
        return ()
    forms = dictionary_forms(surface)
    words = (folded, *(map(fold, forms) if forms else (stem(folded),)))
    return tuple(dict.fromkeys(STEM + without_marks(word) for word in words if word))


def part_keys(surface: str) -> tuple[str, ...]:
    """Return the keys under which a word of a query is found inside another word."""
    return tuple(PART + key for key in query_keys(surface))


def spellings(folded: str) -> tuple[str, ...]:
    """Return a word without umlauts and accents, ä as ae and as a; Cyrillic й is a letter of its own.

    „Mueller“ gives „muller“ too, where no dictionary has a word with ae, oe or ue in it: so all three meet.
    """
    if folded.isascii():
        if "ae" not in folded and "oe" not in folded and "ue" not in folded:
            return ()
        plain = without_written_out(folded)
        return () if plain == folded or lemma(folded, "en") or _is_german(folded) else (plain,)
    if is_cyrillic(folded):
        return ()
    return (folded.translate(_WRITTEN_OUT), without_marks(folded))


def without_marks(folded: str) -> str:
    """Return a Latin word in plain letters, a Cyrillic one as it is."""
    if folded.isascii() or is_cyrillic(folded):
        return folded
    bare = folded.translate(_NOT_COMPOSED)
    return "".join(c for c in unicodedata.normalize("NFD", bare) if not unicodedata.combining(c))


def without_written_out(folded: str) -> str:
    """Return a word with a, o, u for an ae, oe, ue that may stand for an umlaut."""
    if "ae" not in folded and "oe" not in folded and "ue" not in folded:
        return folded
    return _MAY_BE_UMLAUT.sub(r"\1", folded)


def _stems(surface: str) -> tuple[str, ...]:
    """Return the key of the stem of a word that no dictionary has, where it is not the word itself."""
    folded = fold(surface)
    if len(folded) <= MIN_STEM_LETTERS or not folded.isalpha() or dictionary_forms(surface):
        return ()
    found = stem(folded)
    return (STEM + without_marks(found),) if found else ()


def _is_german(folded: str) -> bool:
    return lemma(folded, "de") is not None or noun(folded) is not None


@lru_cache(maxsize=1 << 15)
def dictionary_forms(surface: str) -> tuple[str, ...]:
    """Return every dictionary form of a word, as the dictionaries write it.

    Of a German compound that they do not have, the one that its last part gives it.
    """
    folded = fold(surface)
    if is_left_out(Part.LEMMAS):
        return ()
    if is_cyrillic(folded):
        return (*lemmas(folded, "ru"), *lemmas(written(surface), "ru"))
    if not folded.isalpha():
        return ()
    word = written(surface)
    found = (*lemmas(word, "de"), *lemmas(word, "en"))
    compound = compounds.base_form(word) if not found and word[:1].isupper() else None
    return found if compound is None else (compound,)


def _parts(surface: str) -> tuple[str, ...]:
    """Return what a word contains: compound parts, or the two words of a hyphen that fell on a line end."""
    if is_cyrillic(fold(surface)):
        return _joined_words(surface, "ru")
    word = written(surface)
    if (
        len(word) < compounds.MIN_LETTERS
        or not word[:1].isupper()
        or (lemma(word.lower(), "en") and not lemmas(word, "de"))
    ):
        return _joined_words(surface, "de")
    return compounds.parts(word) or _without_gender(word) or _joined_words(surface, "de")


def _without_gender(word: str) -> tuple[str, ...]:
    """Return „Teilnehmer“ of „Teilnehmerinnen“ and „TeilnehmerInnen“, where both are nouns."""
    if not _FEMININE.search(word):
        return ()
    form = noun(_FEMININE.sub(r"\1", word).lower())
    return () if form is None else (form,)


def _joined_words(surface: str, language: str) -> tuple[str, ...]:
    """Return „социально“ and „экономический“ of „социально-\\nэкономический“, which is no one word."""
    if surface.isalnum():
        return ()
    found = pieces(surface)
    if len(found) < 2 or lemmas(clean(surface), language):
        return ()
    forms = [form for piece in found for form in (piece, *lemmas(piece, language)[:1])]
    return tuple(forms) if all(lemmas(piece, language) for piece in found) else ()
