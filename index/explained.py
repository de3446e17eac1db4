"""What a word is in the other languages, why, and where the archive saw it: for whoever wants to know."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

from index.lexical import keys_of
from index.lexicon import Example, Lexicon
from index.lexicon_file import Mark
from index.query_language import languages_of, languages_of_word
from index.text import tokens
from index.translation import Origin, Translation, Translator


@dataclass(frozen=True, slots=True)
class Explained:
    """A translation of a word that is taken for one of a language, with where it was seen."""

    word: str
    language: str
    translation: Translation
    examples: tuple[Example, ...]


def explain(
    text: str,
    language: str | None,
    translator: Translator,
    lexicon: Lexicon | None,
    may_show: Callable[[Sequence[Mark]], Collection[str]],
    most: int | None = None,
) -> Iterator[Explained]:
    """Yield the translations of each word of a text, likeliest first in each language.

    Args:
        language: of the text; None for whichever it may be in, as a search would take it.
        may_show: as `Lexicon.examples` asks it.
        most: so many translations of a word are told, the likeliest of all languages; all where it is None.
    """
    words = [token.surface for token in tokens(text)]
    latin = languages_of(words)
    for word in words:
        for spoken in (language,) if language else languages_of_word(word, latin):
            for key in keys_of([word], spoken)[:1]:
                likely = translator.translations(key, spoken)
                if most is not None:
                    likely = tuple(sorted(likely, key=lambda each: -each.probability)[:most])
                for found in likely:
                    learned = any(source.origin is Origin.LEARNED for source in found.sources)
                    yield Explained(
                        word,
                        spoken,
                        found,
                        lexicon.examples(key, spoken, found.key, found.language, may_show)
                        if learned and lexicon is not None
                        else (),
                    )
