"""Whether a word occurs: in the index that is live, and in no other."""

from __future__ import annotations

from typing import Any

from archive.access import Audience
from index.audiences import index_of
from index.indexer import Indexer
from index.occurrences import Occurrences
from index.query import Query
from index.search import Search


def test_a_key_occurs_where_a_text_or_title_has_it(archive: Any, indexer: Indexer) -> None:
    live = index_of(archive, Audience.PUBLIC)
    assert not Occurrences(live)(["краснодар"])
    archive.put("town", "Город Краснодар", title="Мюллер")
    indexer.catch_up()
    occurs = Occurrences(live)
    assert occurs(["краснодар"])
    assert occurs(["nowhere", "мюллер"])
    assert not occurs(["кразнодар"])
    assert not occurs([])
    live.close()


def test_the_index_is_looked_for_once_a_query(archive: Any, indexer: Indexer) -> None:
    archive.put("town", "Город Краснодар")
    indexer.catch_up()
    live = index_of(archive, Audience.PUBLIC)
    begun = Occurrences(live)
    assert begun(["краснодар"])
    indexer.rebuild()
    archive.put("river", "Кубань")
    indexer.catch_up()
    assert begun(["краснодар"])
    assert not begun(["кубань"])
    assert Occurrences(live)(["кубань"])
    live.close()


def test_a_reader_is_told_of_readings_that_occur_alone(
    archive: Any, indexer: Indexer, search: Search
) -> None:
    archive.put("minister", "Доклад: Мюллер")
    indexer.catch_up()
    (word,) = search.ask(Query("Müller")).expanded
    assert [other.form for other in word.alternatives if other.reason == "script"] == ["мюллер"]
