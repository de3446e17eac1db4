"""The language of a query, which is too short to be told by what tells that of a page.

Words without content decide, then letters that only one language has, then which words the dictionaries know.
A query may well be in several languages, or in none that can be told.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from index.function_words import FUNCTION_WORDS
from index.lemmas import lemma
from index.text import clean, fold, is_cyrillic

LATIN = ("de", "en")
CYRILLIC = ("ru",)

_FUNCTION_WORD, _LETTER, _KNOWN, _CAPITAL = 3.0, 2.0, 1.0, 0.5
"""What each sign counts: a function word, a letter of German, a word in the dictionary, and a noun's capital
where not every word has one."""

_LEAD = 1.0
"""A language that leads by so much is the only one."""


def languages_of(words: Sequence[str]) -> tuple[str, ...]:
    """Return the languages that the Latin words of a query may be in, the likeliest first."""
    latin = [word for word in words if not is_cyrillic(fold(word))]
    capitals = _CAPITAL if any(word[:1].islower() for word in latin) else 0.0
    votes = {language: sum(_votes(latin, language, capitals)) for language in LATIN}
    order = sorted(LATIN, key=lambda language: -votes[language])
    return tuple(code for code in order if votes[order[0]] - votes[code] < _LEAD)


def languages_of_word(word: str, latin: tuple[str, ...]) -> tuple[str, ...]:
    """Return the languages a word may be in, in a query whose Latin words are in `latin`."""
    return CYRILLIC if is_cyrillic(fold(word)) else latin


def content_words(words: Sequence[str], latin: tuple[str, ...]) -> list[str]:
    """Return the words of a query that have content, all where none has.

    What is written in capitals is a name, unless everything is.
    """
    shouted = all(word.isupper() for word in words)
    kept = [
        word
        for word in words
        if (word.isupper() and not shouted)
        or not any(fold(word) in FUNCTION_WORDS[code] for code in languages_of_word(word, latin))
    ]
    return kept or [*words]


def _votes(words: Iterable[str], language: str, capitals: float) -> Iterable[float]:
    for word in words:
        folded = fold(word)
        if folded in FUNCTION_WORDS[language]:
            yield _FUNCTION_WORD
        elif lemma(clean(word), language) is not None or lemma(word.lower(), language) is not None:
            yield _KNOWN
        if language == "de":
            yield _LETTER * any(letter in "äöüß" for letter in word.lower())
            yield capitals * (word[:1].isupper() and not word.isupper())
