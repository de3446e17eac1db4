"""Words of a query that belong together, and what other languages say for them, as ways to look for.

„erneuerbare Energien“ is one thing to a thesaurus; beside its words, what that is called in other languages
is looked for as a whole. A word that another language says in several is looked for in those, too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import cache

from index.function_words import FUNCTION_WORDS
from index.keys import PART, dictionary_forms, query_keys, stem_keys
from index.lemmas import noun
from index.lexical import keys_of
from index.phrasing import MOST_WORDS, phrasings
from index.query_language import languages_of_word
from index.text import fold, surfaces
from index.translation import Translator
from index.tree import APART, Node, Reason, Sought, Way, Word
from index.ways import PART_WEIGHT

BY_ITSELF = 0.2
"""A word that is less likely, but for the phrases that have it, is a translation only within those."""

DOUBTED = 0.4
"""Of what the archive saw oftener, it knows better."""

NOT_ENOUGH = 0.19
"""What a word counts that is no translation by itself: „facial“ for „Gesichtserkennung“; and one that another
language has for what is in each of its texts: „war“ for „Krieg“.
"""


def ways_in_others(surface: str, languages: tuple[str, ...], translator: Translator) -> Iterator[Way]:
    """Yield what a word of some languages is in others, the likeliest first, then what takes several words.

    Source: Darwish and Oard 2003, Probabilistic Structured Query Methods, for what a weight does.
    """
    keys = [(key, language) for language in languages for key in keys_of([surface], language)[:1]]
    found = [(each, *word) for word in keys for each in translator.translations(*word)]
    in_words = [way for word in keys for way in ways_in_words((word[0],), word[1], translator)]
    as_parts: defaultdict[str, float] = defaultdict(float)
    for way in in_words:
        for slot in way.slots:
            as_parts[slot[0]] += way.weight / len(way.slots)
    for each, key, language in sorted(found, key=lambda item: -item[0].probability):
        of_phrase = (
            each.key in as_parts
            and each.probability - as_parts[each.key] < BY_ITSELF
            and translator.doubt_of_dictionaries((key,), language, each.language) < DOUBTED
        )
        is_sure = not of_phrase and each.key not in _without_content_elsewhere(each.language)
        weight = each.probability if is_sure else min(each.probability, NOT_ENOUGH)
        form = shown(each.key, each.language)
        sources = tuple(dict.fromkeys(source.origin.value for source in each.sources))
        for same, counts in ((each.key, weight), (PART + each.key, weight * PART_WEIGHT)):
            yield Way(((same,),), counts, Reason.TRANSLATION, form, each.language, sources, each.via)
    yield from in_words


def ways_in_words(keys: tuple[str, ...], language: str, translator: Translator) -> Iterator[Way]:
    """Yield how other languages say a word, or words that belong together, the likeliest first.

    Of a single word, only what takes several.
    """
    for found in phrasings(keys, language, translator):
        if len(found.places) > 1 or len(keys) > 1:
            heads = tuple(choices[0] for choices in found.places)
            label = translator.written(heads, found.language)
            words = [word for word in surfaces(label) if keys_of([word], found.language)]
            slots = tuple(
                tuple(dict.fromkeys(key for choice in choices for key in _keys_of_form(choice)))
                for choices in found.places
            )
            if len(words) == len(slots):
                slots = tuple(
                    tuple(dict.fromkeys((*slot, *query_keys(word))))
                    for slot, word in zip(slots, words, strict=True)
                )
            form = label or APART.join(shown(head, found.language) for head in heads)
            yield Way(
                slots,
                found.probability,
                Reason.TRANSLATION,
                form,
                found.language,
                (found.origin.value,),
                found.via,
            )


def units(
    nodes: Sequence[Node], latin: tuple[str, ...], translator: Translator, keep: Callable[[Way], bool]
) -> Iterator[tuple[int, int, Sought]]:
    """Yield which words of a query belong together, from where up to before where, and what they are.

    Args:
        latin: the languages that words in Latin letters may be in.
        keep: whether a way is wanted.
    """
    begin = 0
    while begin < len(nodes):
        found = None
        for end in range(min(len(nodes), begin + MOST_WORDS), begin + 1, -1):
            if (found := _unit(nodes[begin:end], latin, translator, keep)) is not None:
                yield begin, end, found
                begin = end
                break
        begin += found is None


def shown(key: str, language: str) -> str:
    """Return a key as a reader knows the word: German nouns with their capital."""
    return (noun(key) if language == "de" else None) or key


@cache
def _without_content_elsewhere(language: str) -> frozenset[str]:
    return frozenset[str]().union(*(words for other, words in FUNCTION_WORDS.items() if other != language))


def _keys_of_form(key: str) -> tuple[str, ...]:
    """Return a key, with that of its stem where no list has it as a word."""
    return (key,) if dictionary_forms(key) else (key, *stem_keys(key))


def _unit(
    nodes: Sequence[Node], latin: tuple[str, ...], translator: Translator, keep: Callable[[Way], bool]
) -> Sought | None:
    words = [found[0] for node in nodes if isinstance(node, Word) and len(found := surfaces(node.text)) == 1]
    if len(words) < len(nodes):
        return None
    for language in languages_of_word(words[0], latin):
        keys = tuple(key for word in words for key in keys_of([word], language)[:1])
        said = ways_in_words(keys, language, translator) if len(keys) == len(words) else ()
        typed = {*map(fold, words), *keys}
        ways = tuple(way for way in said if keep(way) and not all(map(typed.intersection, way.slots)))
        if ways:
            text = " ".join(words)
            return Sought(text, text, ways)
    return None
