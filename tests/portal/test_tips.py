"""Where nothing was found, only what may help this query is said."""

from __future__ import annotations

import re

import pytest

from index.query import Query, Wishes
from portal.reader import Reader
from portal.tips import named, tips


def links(query: Query, reader: Reader) -> dict[str, str]:
    found = re.findall(r'href="([^"]*)" data-id="tip:([^"]*)"', tips(query, reader))
    return {name: url.replace("&amp;", "&") for url, name in found}


def test_plain_words_have_no_excuse(reader: Reader) -> None:
    assert links(Query("Stadt"), reader) == {"thesaurus": "/thesaurus?q=Stadt", "browse": "/conferences"}


def test_what_the_query_excludes_itself_is_a_click_away(reader: Reader) -> None:
    exact = Query("„grüne Stadt“", kind=("minutes",), wishes=Wishes(exact=True, translate=False))
    found = links(exact, reader)
    assert [*found] == ["unfiltered", "apart", "forms", "thesaurus", "browse"]
    assert "kind=" not in found["unfiltered"]
    assert found["apart"].startswith("/?q=gr%C3%BCne+Stadt&")
    assert "exact" not in found["forms"]


def test_translations_that_are_off_are_offered(reader: Reader) -> None:
    query = Query("Stadt", wishes=Wishes(translate=False))
    assert links(query, reader)["translations"] == "/?q=Stadt"


def test_without_words_only_filters_can_be_to_blame(reader: Reader) -> None:
    assert [*links(Query(kind=("minutes",)), reader)] == ["unfiltered", "browse"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('"a b"', "a b"),
        ("„a b“", "a b"),
        ('"a" b "c"', '"a" b "c"'),
        ('""', '""'),
        ('"', '"'),
        ("", ""),
        ("a", "a"),
    ],
)
def test_a_phrase_is_told_without_its_own_marks(text: str, told: str) -> None:
    assert named(text) == told
