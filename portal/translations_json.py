"""Translations of words as plain JSON values, the same for the command line and over HTTP."""

from __future__ import annotations

from index.explained import Explained
from index.lexicon import Example
from portal.results_json import Json


def explained_to_json(explained: Explained) -> Json:
    """Write a translation with why it is one and where it was seen."""
    found = explained.translation
    return {
        "word": explained.word,
        "language": explained.language,
        "translation": found.key,
        "translation_language": found.language,
        "probability": round(found.probability, 4),
        "via": found.via,
        "sources": [
            {"origin": source.origin.value, "count": round(source.count, 2), "part": source.part}
            for source in found.sources
        ],
        "examples": [_example_to_json(example) for example in explained.examples],
    }


def _example_to_json(example: Example) -> Json:
    return {
        side: {"document": passage.document, "page": passage.page_number, "text": passage.text}
        for side, passage in (("of", example.source), ("translation", example.target))
    }
