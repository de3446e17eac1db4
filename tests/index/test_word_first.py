"""The word itself comes first, also where another language says it in several words, which may be rarer."""

from __future__ import annotations

from typing import Any

import pytest

from index.indexer import Indexer
from index.query import Query
from index.search import Search

SAID = {
    "de": "Die Fernwärme kommt in das neue Viertel am Fluss.",
    "ru": "Централизованное теплоснабжение приходит в новый район.",
    "en": "The district heating comes to the new quarter.",
}
"""What the thesaurus knows as one thing, once in each language."""

ASKED = {"de": "Fernwärme", "ru": "централизованное теплоснабжение", "en": "district heating"}
OTHERS = {"de": "Eine Schule am Markt.", "ru": "Школа на площади.", "en": "A school on the square."}


@pytest.mark.parametrize("language", ASKED)
@pytest.mark.parametrize("rare", ASKED)
def test_a_word_comes_before_its_translation_however_rare_that_is(
    archive: Any, indexer: Indexer, search: Search, language: str, rare: str
) -> None:
    for other, text in OTHERS.items():
        archive.put(f"without-{other}", text, language=other)
    for number in range(5):
        for other in {*ASKED} - {rare} if number else ASKED:
            archive.put(f"{'b' if other == language else 'a'}-{other}-{number}", SAID[other], language=other)
    indexer.catch_up()
    found = [hit.document.id for hit in search.ask(Query(ASKED[language], limit=20)).hits]
    own = 1 if language == rare else 5
    assert {each[:4] for each in found[:own]} == {f"b-{language}"}
    assert {each[2:4] for each in found} == {*ASKED}


def test_what_a_document_is_about_is_found_before_what_others_mention_in_fewer_words(
    archive: Any, indexer: Indexer, search: Search
) -> None:
    about = "District heating. What does district heating cost? Who needs district heating?"
    archive.put("z-about", about, language="en", title="District heating")
    for number in range(5):
        archive.put(f"mention-{number}", SAID["de"], language="de")
    for language, text in OTHERS.items():
        archive.put(f"without-{language}", text, language=language)
    indexer.catch_up()
    hits = search.ask(Query(ASKED["ru"], limit=20)).hits
    assert [hit.document.id for hit in hits] == ["z-about", *(f"mention-{number}" for number in range(5))]
