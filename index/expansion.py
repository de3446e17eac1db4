"""From the words of a query to everything they are looked for under, each with its reason.

What is looked for is decided here alone: `clauses.py` asks the
engine for it, `matching.py` marks it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import sqrt

from index.compounds import main_parts
from index.keys import PART, dictionary_forms, query_keys, spellings
from index.lemmas import noun
from index.lexical import keys_of
from index.query import Wishes
from index.query_language import content_words, languages_of, languages_of_word
from index.runs import ORDINAL, are_initials, join, ordinal, pointed
from index.text import clean, fold, surfaces, tokens
from index.translation import Translator
from index.tree import And, Either, Fielded, Node, Not, Or, Phrase, Reason, Sought, Way, Word

FORM_WEIGHT = 0.9
"""What a dictionary form or another spelling counts against the word as typed."""

PART_WEIGHT = 0.5
"""What a compound with the word in it counts against the word itself."""

OPEN_WEIGHT = 0.3
"""What the parts of a compound count that stand apart: „Entwicklung der Stadt“ for „Stadtentwicklung“."""

AS_TYPED = frozenset(("kind", "language", "year"))
"""Fields whose values are no words."""


class Expander:
    """Expands queries. Threads may share it."""

    def __init__(self, translator: Callable[[], Translator] | None = None) -> None:
        """`translator`: asked with every query for what is known of other languages."""
        self._translator = translator

    def expand(self, node: Node | None, wishes: Wishes) -> Node | None:
        """Return the tree with a `Sought` in the place of each word; a word that is meant exactly stays.

        Beside words that have content, those that have none are left out.
        """
        if node is None or wishes.exact:
            return node
        translator = self._translator() if self._translator and wishes.translate else None
        return _Expansion(node, wishes, translator).of(node)


class _Expansion:
    """Expands one query."""

    def __init__(self, node: Node, wishes: Wishes, translator: Translator | None) -> None:
        typed = [
            token.surface
            for _, leaf in words(node)
            if not isinstance(leaf, Sought)
            for token in tokens(leaf.text)
        ]
        self._without = frozenset(map(str.casefold, wishes.without))
        self._translator = translator
        self._latin = languages_of(typed)
        self._content = frozenset(content_words(typed, self._latin))

    def of(self, node: Node) -> Node:
        """Expand a node."""
        match node:
            case And(items):
                found = tuple(map(self.of, filter(self._has_content, items)))
                return And(found) if len(found) != 1 else found[0]
            case Or(items):
                return Or(tuple(map(self.of, items)))
            case Not(item):
                return Not(self.of(item))
            case Fielded(field, item) if field not in AS_TYPED:
                return Fielded(field, self.of(item))
            case Word(text):
                return self._word(text)
            case _:
                return node

    def _has_content(self, node: Node) -> bool:
        return not isinstance(node, Word) or any(
            token.surface in self._content for token in tokens(node.text)
        )

    def _languages(self, surface: str) -> tuple[str, ...]:
        return languages_of_word(surface, self._latin)

    def _word(self, text: str) -> Node:
        """Expand a word, which may hold several: „Ost-West“ is looked for as „Ostwest“, too."""
        if number := ordinal(text):
            return self._sought(surfaces(text)[0], number)
        words = tuple(map(self._sought, surfaces(text)))
        if len(words) == 1:
            return words[0]
        if short := pointed(text):
            whole = self._sought(short)
            return Either((whole, And(words))) if are_initials(short) else whole
        joined = join(text)
        return Either((self._sought(joined), And(words))) if joined else And(words)

    def _sought(self, surface: str, number: int = 0) -> Sought:
        languages = languages_of_word(surface, self._latin)
        ways: dict[tuple[tuple[str, ...], ...], Way] = {}
        as_number = [_one(f"{ORDINAL}{number}", FORM_WEIGHT, Reason.SPELLING, f"{number}.")] if number else []
        for way in (*as_number, *_own_ways(surface, languages), *self._translations(surface, languages)):
            ways.setdefault(way.slots, way)
        exact = fold(surface)
        ways.pop(((exact,),), None)
        wanted = tuple(way for way in ways.values() if way.form.casefold() not in self._without)
        return Sought(surface, exact, wanted)

    def _translations(self, surface: str, languages: tuple[str, ...]) -> Iterator[Way]:
        """Yield what a word is in other languages, the likeliest first.

        Source: Darwish and Oard 2003, Probabilistic Structured Query Methods, for what a weight does.
        """
        found = sorted(
            (
                each
                for language in languages
                for key in keys_of([surface], language)[:1]
                for each in (self._translator.translations(key, language) if self._translator else ())
            ),
            key=lambda each: -each.probability,
        )
        for each in found:
            weight, form = sqrt(each.probability), shown(each.key, each.language)
            yield _one(each.key, weight, Reason.TRANSLATION, form, each.language)
            yield _one(PART + each.key, weight * PART_WEIGHT, Reason.TRANSLATION, form, each.language)


def _own_ways(surface: str, languages: tuple[str, ...]) -> Iterator[Way]:
    """Yield the ways to say a word in its own language."""
    for form in dictionary_forms(surface):
        yield _one(fold(form), FORM_WEIGHT, Reason.FORM, form)
    for spelling in spellings(fold(surface)):
        yield _one(spelling, FORM_WEIGHT, Reason.SPELLING, spelling)
    for key in query_keys(surface):
        yield _one(PART + key, PART_WEIGHT, Reason.COMPOUND, f"…{key}")
    parts = main_parts(clean(surface)) if "de" in languages else ()
    if len(parts) > 1:
        yield Way(tuple(map(query_keys, parts)), OPEN_WEIGHT, Reason.COMPOUND, " + ".join(parts))


def shown(key: str, language: str) -> str:
    """Return a key as a reader knows the word: German nouns with their capital."""
    return (noun(key) if language == "de" else None) or key


def words(node: Node | None, field: str = "") -> Iterator[tuple[str, Sought | Word | Phrase]]:
    """Yield the words and phrases that a text should have, with the field they are asked in ("" any)."""
    match node:
        case Sought() | Word() | Phrase():
            yield field, node
        case And(items) | Or(items) | Either(items):
            for item in items:
                yield from words(item, field)
        case Fielded(name, item):
            yield from words(item, name)


def _one(key: str, weight: float, reason: Reason, form: str, language: str = "") -> Way:
    return Way(((key,),), weight, reason, form, language)
