"""Asking: from a query to a page of hits with their best pages, facets and what to tell the reader.

Answers come from the index of an audience and from what the archive lets it read today; a document that was
withdrawn a moment ago is left out even before the index knows.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace

from archive.access import Audience
from archive.errors import NotFoundError
from archive.model import Document, Page
from archive.repository import Archive
from index import engine as ask
from index.audiences import index_of
from index.clauses import relax, split_languages, to_clause, together
from index.describing import describe
from index.did_you_mean import corrections, first_that_finds
from index.engine import Clause, Engine, Found, Request, Response
from index.errors import DamagedError
from index.expanded import expansions
from index.expansion import MOST_SPELT, Expander, words
from index.explained import Explained
from index.hits import HitMaker, Readable
from index.lacking import absent
from index.live_translator import LiveTranslator
from index.matching import Matcher
from index.occurrences import Occurrences
from index.pages import PAGES_PER_HIT, marked_pages
from index.query import FACETS, Query, Sort
from index.readership import Readership
from index.reasons import Explainer
from index.results import Bucket, Facet, Match, PageHit, ResultPage
from index.scopes import UNFILTERED, lets_through, scope
from index.score_parts import ScoreParts, score_parts
from index.similar import Similarity
from index.suggest import MOST, Suggester, Suggestion
from index.syntax import Notice, parse
from index.trace import trace
from index.tree import Node, Sought
from index.word_lists import LANGUAGES, word_list
from index.wording import Wording
from index.words import LiveWords

__all__ = ["FACETS", "PAGES_PER_HIT", "Search"]

MAX_LIMIT = 200
"""More hits than that are not given at once."""

NO_INDEX = Notice("no_index", "The search index is being built; please try again in a moment.")

CUT = Notice(
    "cut", f"More than {MOST_SPELT} words fit the wildcard; the most frequent {MOST_SPELT} were searched."
)

_SORTS = {Sort.RELEVANCE: "", Sort.NEWEST: "-date", Sort.OLDEST: "date", Sort.TITLE: "title"}


@dataclass(frozen=True, slots=True)
class _Answer:
    """What an engine says: the documents with all words and those with some, which words none has, and how
    far it followed the archive at least."""

    all: Response
    some: tuple[Found, ...]
    absent: tuple[str, ...]
    sequence: int


_NOTHING = _Answer(Response(0, (), {field: {} for field in FACETS}), (), (), 0)


class Search:
    """Searches what an audience may read. Opened once and shared by threads."""

    def __init__(
        self,
        archive: Archive,
        today: Callable[[], dt.date] = dt.date.today,
        audience: Audience = Audience.PUBLIC,
        translator: LiveTranslator | None = None,
    ) -> None:
        """`translator`: of another search, which closes it."""
        self._archive = archive
        self._readership = readership = Readership(archive, audience, today)
        self._live = index_of(archive, audience)
        self._owns_translator = translator is None
        self._translator = translator or LiveTranslator(archive)
        self.thesaurus = self._translator.thesaurus
        self._words = LiveWords(self._live)
        self._expander = Expander(
            self._translator.translator, lambda: Occurrences(self._live), self._words.words
        )
        self._wording = Wording(readership, self._live)
        self._similarity = Similarity(readership, self._live, self._words, self._expander)
        self._suggester = Suggester(readership, self._live, self._words, self._wording, self.thesaurus)

    def ask(self, query: Query, *, explain: bool = False) -> ResultPage:
        """Answer a query. No query fails: what is not understood or wrong is said in `message`.

        Args:
            explain: also tell what was done, in `trace`.
        """
        begun = time.perf_counter()
        query = _bounded(query)
        languages, node, notices = self._understand(query)
        try:
            answer = self._answer(query, languages, node)
            meant = "" if answer is None or answer.all.total else self._meant(query, node)
            scores = self._score_parts(query, languages, node, answer) if explain else {}
        except DamagedError as damage:
            self._live.condemn(damage)
            answer, meant, scores = None, "", {}
        if answer is None:
            answer, notices = _NOTHING, (*notices, NO_INDEX)
        matcher = Matcher(node)
        maker = HitMaker(self._archive, self._readership, languages, matcher)
        hits = maker.hits(self._readable(answer), Explainer(node, matcher), answer.sequence)
        return ResultPage(
            total=answer.all.total,
            took_ms=round((time.perf_counter() - begun) * 1000, 1),
            hits=hits,
            facets=_facets(answer.all.facets, query),
            expanded=expansions(node),
            absent=answer.absent,
            did_you_mean=meant,
            understood=describe(node),
            message=" ".join(notice.text for notice in notices),
            message_code=notices[0].code if notices else "",
            trace=trace(query, languages, node, notices, scores, self._expander) if explain else None,
        )

    def ranking(self, query: Query) -> tuple[str, ...]:
        """Return the documents of the hits that `ask` gives, without looking at what stands in them."""
        query = _bounded(query)
        languages, node, _ = self._understand(query)
        try:
            answer = self._answer(query, languages, node)
        except DamagedError as damage:
            self._live.condemn(damage)
            return ()
        return tuple(each.document.id for each in self._readable(answer or _NOTHING))

    def for_audience(self, audience: Audience) -> Search:
        """Return a search for another audience that shares what is known of languages."""
        return Search(self._archive, self._readership.today, audience, self._translator)

    def find_in(self, document: str, query: Query) -> tuple[PageHit, ...]:
        """Return the pages of a document that have words of the query, in order, their whole text marked.

        The text of a page is followed by its notes, after an empty line, where those are shown. None for a
        document that may not be read.
        """
        languages, node, _ = self._understand(query)
        try:
            found = self._archive.document(document)
        except NotFoundError:
            return ()
        if not self._readership.may_read(found):
            return ()
        shown = self._readership.shown(found, self._archive.pages(document))
        return marked_pages(_in_languages(shown, languages), Matcher(node))

    def similar(self, document: Document, without: Collection[str] = ()) -> tuple[Document, ...]:
        """Return documents that are about the same, the likest first.

        Args:
            without: documents that are not wanted.
        """
        return self._similarity.similar(document, without)

    def suggest(self, typed: str, limit: int = MOST) -> tuple[Suggestion, ...]:
        """Return what a reader who has typed so much may want to ask."""
        return self._suggester.suggest(typed, limit)

    def translations(
        self, text: str, language: str | None = None, most: int | None = None
    ) -> tuple[Explained, ...]:
        """Say what is taken for translations of words, as `LiveTranslator.explained` does."""
        return self._translator.explained(text, language, self._readership.today(), most)

    def warm_up(self) -> None:
        """Open the word lists and the index, which the first search would wait for."""
        for language in LANGUAGES:
            word_list(language)
        self._live.engine()

    def sequence(self) -> int:
        """Return how far the index follows the archive's changes; 0 where there is none."""
        engine = self._live.engine()
        return 0 if engine is None else engine.sequence()

    def close(self) -> None:
        """Let go of the index."""
        self._live.close()
        if self._owns_translator:
            self._translator.close()

    def _understand(self, query: Query) -> tuple[tuple[str, ...], Node | None, tuple[Notice, ...]]:
        """Return the languages asked for, what is looked for besides, and what to tell the reader."""
        parsed = parse(query.text)
        languages, node = _languages(query, parsed.node)
        expanded = self._expander.expand(node, query.wishes)
        cut = any(isinstance(leaf, Sought) and leaf.cut for _, leaf in words(expanded))
        return languages, expanded, (*parsed.notices, CUT) if cut else parsed.notices

    def _answer(self, query: Query, languages: tuple[str, ...], node: Node | None) -> _Answer | None:
        """Ask the engine for the documents with all words, for those with some if there is room, and for the
        words that none has."""
        opened = self._live.engine_since()
        if opened is None:
            return None
        engine, sequence = opened
        request = replace(_request(query, languages, to_clause(node)), together=together(node))
        answer = engine.search(request)
        some = _with_some(engine, request, relax(node), answer)
        return _Answer(answer, some, () if answer.total else absent(node, engine, request), sequence)

    def _score_parts(
        self,
        query: Query,
        languages: tuple[str, ...],
        node: Node | None,
        answer: _Answer | None,
    ) -> Mapping[str, ScoreParts]:
        engine = self._live.engine()
        if engine is None or answer is None:
            return {}
        request = _request(query, languages, to_clause(node))
        return score_parts(engine, request, node, answer.all.found, answer.some)

    def _meant(self, query: Query, node: Node | None) -> str:
        """Return what may have been meant by a query that finds nothing, "" if that is no better."""
        engine = self._live.engine()
        if engine is None or node is None:
            return ""

        def request_of(text: str) -> Request:
            languages, node, _ = self._understand(replace(query, text=text))
            return _request(query, languages, to_clause(node))

        corrected = corrections(query.text, node, engine, self._words.words(), self._wording)
        return first_that_finds(corrected, request_of, engine)

    def _readable(self, answer: _Answer) -> list[Readable]:
        """Return what was found, in order, as far as the audience may read it now."""
        answers: dict[Match, tuple[Found, ...]] = {"all": answer.all.found, "some": answer.some}
        documents = self._archive.documents_by_id(
            [each.document for some in answers.values() for each in some]
        )
        return [
            Readable(match, found, document)
            for match, some in answers.items()
            for found in some
            if (document := documents.get(found.document)) is not None and self._readership.may_read(document)
        ]


def _bounded(query: Query) -> Query:
    return replace(query, limit=min(max(query.limit, 0), MAX_LIMIT), offset=max(query.offset, 0))


def _in_languages(pages: tuple[Page, ...], languages: tuple[str, ...]) -> tuple[Page, ...]:
    return tuple(page for page in pages if lets_through(languages, page))


def _languages(query: Query, node: Node | None) -> tuple[tuple[str, ...], Node | None]:
    """Return the languages asked for, by filter or in the text, and what is asked besides.

    Where both are given, those in both count; if there are none, a language that no page has.
    """
    typed, rest = split_languages(node)
    if query.language and typed:
        return tuple(code for code in query.language if code in typed) or ("none",), rest
    return query.language or typed, rest


def _request(query: Query, languages: tuple[str, ...], clause: Clause) -> Request:
    return Request(
        clause,
        filters={field: getattr(query, field) for field in FACETS} | {"language": (scope(languages),)},
        facets=FACETS,
        sort=_SORTS[query.sort],
        limit=query.limit,
        offset=query.offset,
    )


def _with_some(
    engine: Engine, request: Request, relaxed: Clause | None, answer: Response
) -> tuple[Found, ...]:
    """Fill the first page up with the best documents that have some of the words, if all are in too few."""
    places = min(request.limit - len(answer.found), request.limit - max(answer.total, request.offset))
    if relaxed is None or places <= 0:
        return ()
    clause = ask.All((relaxed, ask.Not(request.clause)))
    offset = max(0, request.offset - answer.total)
    return engine.search(
        replace(request, clause=clause, facets=(), sort="", limit=places, offset=offset)
    ).found


def _facets(counts: Mapping[str, Mapping[str, int]], query: Query) -> tuple[Facet, ...]:
    chosen = {field: getattr(query, field) for field in FACETS}
    return tuple(_facet(field, counts[field], chosen[field]) for field in FACETS)


def _facet(field: str, counts: Mapping[str, int], chosen: tuple[str, ...]) -> Facet:
    """Return a facet, most frequent values first; chosen values without documents are there with 0."""
    shown = {**dict.fromkeys(chosen, 0), **counts}
    if field == "language":
        shown = {value: count for value, count in shown.items() if value != UNFILTERED and "+" not in value}
    values = sorted(shown)
    values.sort(key=shown.__getitem__, reverse=True)
    return Facet(field, tuple(map(Bucket, values, map(shown.__getitem__, values))))
