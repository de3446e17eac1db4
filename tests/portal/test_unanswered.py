from __future__ import annotations

import threading

from archive.errors import CatalogueError
from archive.search_log import SearchLog
from index.query import Query, Wishes
from index.results import ResultPage
from portal.unanswered import API, UnansweredQueries

NOTHING = ResultPage(0, 1.0, (), ())


class Notes(SearchLog):
    """Keeps what is noted in memory; `trouble` is raised instead."""

    def __init__(self, trouble: Exception | None = None) -> None:
        self.noted: list[tuple[str, str]] = []
        self.trouble = trouble
        self.go_on = threading.Event()
        self.go_on.set()

    def note(self, query: str, language: str) -> None:
        assert self.go_on.wait(60)
        if self.trouble is not None:
            raise self.trouble
        self.noted.append((query, language))


def test_who_asks_the_same_again_or_pages_is_counted_once() -> None:
    notes = Notes()
    queries = UnansweredQueries(notes)
    for query, asker in (
        (Query("Fernwärme"), "one"),
        (Query(" fernwärme "), "one"),
        (Query("Fernwärme", offset=10), "two"),
        (Query("Fernwärme"), "two"),
        (Query("Fernwärme"), "two"),
    ):
        queries.note(query, NOTHING, "de", asker)
    queries.note(Query("Fernwärme"), NOTHING, API, "one")
    queries.flush()
    assert notes.noted == [("Fernwärme", "de"), ("Fernwärme", "de"), ("Fernwärme", "api")]


def test_only_queries_of_which_the_archive_has_nothing_count() -> None:
    notes = Notes()
    queries = UnansweredQueries(notes)
    queries.note(Query("Stadt"), ResultPage(3, 1.0, (), ()), "de", "one")
    queries.note(Query("Stadt", language=("ru",)), NOTHING, "de", "one")
    queries.note(Query("Stadt", wishes=Wishes(exact=True)), NOTHING, "de", "one")
    queries.note(Query(""), NOTHING, "de", "one")
    queries.note(Query("Stadt"), ResultPage(0, 1.0, (), (), message_code="no_index"), "de", "one")
    queries.flush()
    assert notes.noted == []


def test_the_answer_waits_for_no_note_and_fails_with_none() -> None:
    notes = Notes(CatalogueError("attempt to write a readonly database"))
    queries = UnansweredQueries(notes)
    notes.go_on.clear()
    for number in range(3000):
        queries.note(Query(f"wort{number}"), NOTHING, "de", "one")
    notes.go_on.set()
    queries.flush()
    notes.trouble = None
    queries.note(Query("danach"), NOTHING, "de", "one")
    queries.flush()
    assert notes.noted == [("danach", "de")]
