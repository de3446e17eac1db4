"""Any string as a query gives a result, and never asks for more work than the limits leave."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from hypothesis import example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from archive.model import Kind, Page
from index import engine as ask
from index.clauses import relax, to_clause, together
from index.engine import Clause, Engine, Request, Response
from index.engines import ENGINES
from index.expansion import MOST_SPELT, Expander
from index.indexer import Indexer
from index.matching import Matcher
from index.query import FACETS, Query, Sort, Wishes
from index.results import ResultPage, Snippet
from index.search import MAX_LIMIT, Search
from index.syntax import MAX_PATTERNS, MAX_WORDS, parse
from index.tree import Node
from index.words import Words
from tests.hostile import queries
from tests.index.conftest import AACHEN, KRASNODAR, MemoryArchive

FIELDS = 8
"""A word is looked for in so many fields at most, with its exact form."""

WAYS = 200
"""More ways to say one word there are not, but for words with wildcards."""

MOST_TERMS = FIELDS * (MAX_PATTERNS * MOST_SPELT + MAX_WORDS * WAYS)
MOST_REQUESTS = 12 * MAX_WORDS
"""Whether what a word may be occurs; what has all words, or some; what is missing, what was meant."""

many_examples = hypothesis_settings(max_examples=60, deadline=None)

values = st.lists(
    st.one_of(
        st.sampled_from(["de", "ru", "c2017", "c2017/energy", "presentation", "2017", "pdf", "Anna Müller"]),
        st.text(max_size=5),
    ),
    max_size=3,
).map(tuple)
whole_numbers = st.one_of(st.integers(-5, 300), st.integers())
wishes = st.builds(
    Wishes, exact=st.booleans(), translate=st.booleans(), names=st.booleans(), without=st.just(("…wärme",))
)
asked = st.builds(
    Query,
    text=queries,
    sort=st.sampled_from(Sort),
    limit=whole_numbers,
    offset=whole_numbers,
    wishes=wishes,
    **{field: st.one_of(st.just(()), st.just(()), values) for field in FACETS},
)


@pytest.fixture(scope="module", params=[*ENGINES])
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def search(engine: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Search]:
    archive = MemoryArchive(tmp_path_factory.mktemp("any"), engine=engine)
    archive.put_conference(KRASNODAR)
    archive.put_conference(AACHEN)
    archive.put("a", "Fernwärme in Städten und in der Stadt", "Ost-West, § 24, C++", title="Wärme")
    archive.put(
        "b", Page(0, "Теплоснабжение города", languages=("ru",)), "heating of towns", panel="c2017/energy"
    )
    archive.put("c", "Wärme " * 300 + "Städte " * 300, creators=("Anna Müller",), kind=Kind.PAPER)
    archive.put("d", title="Die Städte \u202e שלום")
    indexer = Indexer(archive)  # type: ignore[arg-type]
    indexer.catch_up()
    indexer.close()
    made = Search(archive)  # type: ignore[arg-type]
    yield made
    made.close()


@many_examples
@given(asked, st.booleans())
@example(Query("a" * 2_000_000), True)
@example(Query('"' * 999), False)
@example(Query("(" * 10_000 + "Wärme" + ")" * 10_000), True)
@example(Query(" ".join(f"w{number}" for number in range(10_000))), False)
@example(Query(" OR ".join(f"NOT (Wärme {number})" for number in range(1_000))), True)
@example(Query("\ud800Wärme\udfff", offset=10**40, limit=10**40), True)
def test_any_query_gives_a_result(search: Search, query: Query, explain: bool) -> None:
    page = search.ask(query, explain=explain)
    assert 0 <= len(page.hits) <= MAX_LIMIT
    assert page.total >= sum(hit.match == "all" for hit in page.hits)
    assert [facet.field for facet in page.facets] == list(FACETS)
    assert bool(page.message) == bool(page.message_code)
    assert (page.trace is not None) == explain
    for snippet in _snippets(page):
        ends = [end for mark in snippet.marks for end in mark]
        assert ends == sorted(ends)
        assert all(0 <= end <= len(snippet.text) for end in ends)


@many_examples
@given(asked)
def test_what_was_understood_is_a_query_again(search: Search, query: Query) -> None:
    understood = search.ask(query).understood
    assert isinstance(search.ask(Query(understood)), ResultPage)
    assert len(understood) < 20 * MAX_WORDS + 20 * len(query.text)


@many_examples
@given(queries)
def test_everything_else_that_takes_a_query_gives_a_result(search: Search, text: str) -> None:
    assert [hit.number for hit in search.find_in("a", Query(text))] in ([], [1], [2], [1, 2])
    assert len({*search.ranking(Query(text))}) <= 4
    assert len(search.suggest(text)) <= 8
    assert all(each.word for each in search.translations(text))


@many_examples
@given(queries, wishes)
@example("*aa* " * 300, Wishes())
@example(" OR ".join(f"{letter}a*" for letter in "abcdefghijklmnopq"), Wishes())
@example("aaaaaa~2 " * 300, Wishes())
@example("-".join(f"Fernwärme{number}" for number in range(100)), Wishes())
def test_the_engine_is_asked_for_no_more_than_the_limits_leave(text: str, wishes: Wishes) -> None:
    node = _expanded(text, wishes)
    clauses = [to_clause(node), relax(node) or ask.Everything()]
    assert all(_terms(clause) <= MOST_TERMS for clause in clauses)
    words = together(node)
    assert words is None or len(words.words) <= 2 * MAX_WORDS
    assert Matcher(node).size <= 2 * MAX_WORDS


@many_examples
@given(text=queries)
@example(" ".join(f"Wärmex{number}" for number in range(100)))
@example(" ".join(f"Мюллерова{letter}" for letter in "абвгдежзиклмнопрстуф" * 2))
@example(" ".join(f"Wärme{letter}" for letter in "bcd"))
def test_no_query_makes_many_requests(engine: str, search: Search, text: str) -> None:
    requests = 0
    kind = ENGINES[engine]
    plain: Callable[[Engine, Request], Response] = kind.search  # type: ignore[attr-defined]

    def counting(engine: Engine, request: Request) -> Response:
        nonlocal requests
        requests += 1
        return plain(engine, request)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kind, "search", counting)
        search.ask(Query(text))
    assert requests <= MOST_REQUESTS


def test_a_hostile_query_is_cut_with_a_message(search: Search) -> None:
    for text, code in (
        (" ".join(f"w{number}" for number in range(10_000)), "too_long"),
        ("(" * 400 + "Wärme" + ")" * 400, "syntax"),
        ("*", ""),
        ("a* b* c*", "wildcard"),
        ("wa* wb* wc* wd* we* wf* wg* wh* wi* wj*", "patterns"),
        ('"a b"~9 ' * 20, "patterns"),
    ):
        assert search.ask(Query(text)).message_code == code, text[:40]


def _expanded(text: str, wishes: Wishes) -> Node | None:
    return Expander(words=lambda: VOCABULARY).expand(parse(text).node, wishes)


VOCABULARY = Words(
    {
        f"{first}a{second}a{third}": 1
        for first in "abcdefghij"
        for second in "abcdefghij"
        for third in "abcdefghij"
    }
)
"""Thousand words, of which most fit any pattern and are like each other."""


def _snippets(page: ResultPage) -> Iterator[Snippet]:
    for hit in page.hits:
        yield hit.title
        yield from (found.snippet for found in hit.pages)


def _terms(clause: Clause) -> int:
    match clause:
        case ask.Group(terms):
            return sum(map(_terms_of_way, terms))
        case ask.All(clauses) | ask.Any(clauses) | ask.Best(clauses):
            return sum(map(_terms, clauses))
        case ask.Boost(inner) | ask.Not(inner):
            return _terms(inner)
        case _:
            return 1


def _terms_of_way(way: ask.Term | ask.Phrase | ask.Apart) -> int:
    match way:
        case ask.Phrase(_, tokens):
            return len(tokens)
        case ask.Apart(slots):
            return sum(map(len, slots))
        case _:
            return 1
