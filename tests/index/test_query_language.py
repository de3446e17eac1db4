"""Which language a query is in, and which of its words have content."""

from __future__ import annotations

import pytest

from index.query_language import content_words, languages_of, languages_of_word


@pytest.mark.parametrize(
    ("query", "languages"),
    [
        ("Rat der Stadt", ("de",)),
        ("Gespräch", ("de",)),
        ("energy of the city", ("en",)),
        ("installing systems", ("en",)),
        ("energie", ("de", "en")),
        ("Information", ("de", "en")),
        ("xqzt", ("de", "en")),
        ("вода", ("de", "en")),
        ("", ("de", "en")),
    ],
)
def test_the_likeliest_language_comes_first_and_alone_where_it_is_clear(
    query: str, languages: tuple[str, ...]
) -> None:
    found = languages_of(query.split())
    assert set(found) == set(languages)
    assert found[0] == languages[0] or len(languages) > 1


def test_cyrillic_words_are_russian_in_any_query() -> None:
    assert languages_of_word("город", ("de",)) == ("ru",)
    assert languages_of_word("Stadt", ("de",)) == ("de",)


@pytest.mark.parametrize(
    ("query", "content"),
    [
        ("Die Entwicklung der Stadt", "Entwicklung Stadt"),
        ("о развитии города", "развитии города"),
        ("history of the city", "history city"),
        ("Die IT der Stadt", "IT Stadt"),
        ("wer wir sind", "wer wir sind"),
        ("DIE STADT", "STADT"),
        ("WHO", "WHO"),
        ("Haus am Fluss и город", "Haus Fluss город"),
    ],
)
def test_words_without_content_are_left_out_beside_others(query: str, content: str) -> None:
    words = query.split()
    assert content_words(words, languages_of(words)) == content.split()
