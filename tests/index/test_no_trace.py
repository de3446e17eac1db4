"""Answers, what was searched, reasons and messages are those of an archive of what this reader may read.

Half of the documents are restricted, in every way in which they can be; some were public once, some stand
beside a public translation, from which words would be learned.
"""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from archive.model import Access, Page, State
from index.indexer import Indexer
from index.learner import Learner
from index.query import Query
from index.results import ResultPage
from index.search import Search
from tests.index.conftest import KRASNODAR, MemoryArchive

TODAY = dt.date(2026, 1, 1)
WORDS = {
    "de": ["Stadt", "Städte", "Blubbernetz", "Wärmeverlust", "Müller", "Knortz", "Zwirbel", "Fernwärme"],
    "ru": ["город", "сеть", "бульбосеть", "потери", "Мюллер", "кнорц", "звирбель", "тепло"],
}
RESTRICTED: dict[str, dict[str, object]] = {
    "draft": {"state": State.DRAFT},
    "withdrawn": {"state": State.WITHDRAWN},
    "staff": {"access": Access.STAFF},
    "embargoed": {"access": Access.EMBARGOED, "embargoed_until": TODAY + dt.timedelta(1)},
}
QUERIES = (*WORDS["de"], *WORDS["ru"], "Knortz Zwirbel Stadt", "Netz кнорц", 'Stadt "Müller Knortz"', "ryjhw")


@dataclass(frozen=True)
class Work:
    """A work in two languages, of which each may be restricted; `was_public`: those were public before."""

    texts: tuple[str, str]
    restricted: tuple[str, str]
    was_public: bool


def texts(language: str) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(WORDS[language]), min_size=1, max_size=6).map(" ".join)


ways = st.sampled_from(["", "", *RESTRICTED])
works = st.builds(Work, st.tuples(texts("de"), texts("ru")), st.tuples(ways, ways), st.booleans())


def answers(held: Sequence[Work], *, whole: bool) -> list[ResultPage]:
    """Answer all queries from an archive of these works; without `whole`, from what is public of them."""
    with tempfile.TemporaryDirectory() as place:
        archive = MemoryArchive(Path(place))
        archive.put_conference(KRASNODAR)
        indexer, learner = Indexer(archive, lambda: TODAY), Learner(archive, today=lambda: TODAY)  # type: ignore[arg-type]
        search = Search(archive, lambda: TODAY)  # type: ignore[arg-type]
        for number, work in enumerate(held):
            for language, text, way in zip(("de", "ru"), work.texts, work.restricted, strict=True):
                if whole or not way:
                    _put(archive, number, language, text, {} if work.was_public else RESTRICTED.get(way, {}))
        if whole:
            indexer.catch_up()
            learner.learn()
            for number, work in enumerate(held):
                for language, way in zip(("de", "ru"), work.restricted, strict=True):
                    if way and work.was_public:
                        archive.change(f"{language}{number}", **RESTRICTED[way])
        indexer.catch_up()
        learner.learn()
        found = [replace(search.ask(Query(text)), took_ms=0) for text in QUERIES]
        for each in (search, learner, indexer):
            each.close()
    return found


def _put(archive: MemoryArchive, number: int, language: str, text: str, values: dict[str, object]) -> None:
    page = Page(0, f"{text}\n\n{text}", title=text, languages=(language,))
    other = "ru" if language == "de" else "de"
    archive.put(
        f"{language}{number}",
        page,
        title=text,
        languages=(language,),
        creators=(f"{text} {number}",),
        translation_of=(f"{other}{number}",),
        **values,
    )


@hypothesis_settings(max_examples=30, deadline=None)
@given(st.lists(works, min_size=2, max_size=4))
def test_restricted_documents_leave_no_trace_in_answers(held: list[Work]) -> None:
    assert answers(held, whole=True) == answers(held, whole=False)


@pytest.mark.parametrize("way", ["", *RESTRICTED])
def test_a_word_of_a_restricted_translation_is_not_told(way: str) -> None:
    translated = Work(("Knortz Stadt", "кнорц город"), ("", way), True)
    other = Work(("Müller Stadt", "Мюллер город"), ("", ""), False)
    page = answers([translated, other], whole=True)[QUERIES.index("Knortz")]
    told = {each.form.casefold() for word in page.expanded for each in word.alternatives}
    assert ("кнорц" in told) is (not way)
