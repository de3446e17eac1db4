"""A page of results as JSON: what `search --json` prints and `/api/v1/search` answers."""

from __future__ import annotations

from collections.abc import Iterable

from archive.access import Audience, may_download
from archive.model import Document
from index.results import Expansion, Facet, Hit, PageHit, ResultPage, Saying, WordSaid
from index.suggest import Suggestion
from index.trace import Trace
from portal.trace_json import score_parts_to_json, trace_to_json
from portal.urls import file_url

Json = dict[str, object]


def result_page_to_json(page: ResultPage) -> Json:
    """Write a page of results; snippets are plain text beside `marks`, pairs of start and end.

    One that has a trace is written with it, under `explain`.
    """
    written: Json = {
        "total": page.total,
        "took_ms": round(page.took_ms, 3),
        "hits": [_hit(hit) | _score_parts(hit, page.trace) for hit in page.hits],
        "facets": {facet.field: _buckets(facet) for facet in page.facets},
        "expanded": [_expansion(word) for word in page.expanded],
        "absent": list(page.absent),
        "did_you_mean": page.did_you_mean or None,
        "understood": page.understood,
        "message": page.message,
    }
    return written if page.trace is None else written | {"explain": trace_to_json(page.trace)}


def suggestions_to_json(suggestions: Iterable[Suggestion]) -> Json:
    """Write what `suggest --json` prints and `/api/v1/suggest` answers."""
    return {"suggestions": [{"text": each.text, "kind": each.kind.value} for each in suggestions]}


def files_to_json(document: Document, audience: Audience) -> list[Json]:
    """Write the files of every version, those of the current one first; without address what is kept back."""
    return [
        {
            "name": file.name,
            "version": version.number,
            "media_type": file.media_type,
            "size_bytes": file.size_bytes,
            "sha512": file.sha512,
            "url": file_url(document.id, version.number, file.name)
            if may_download(document, file, audience)
            else None,
        }
        for version in reversed(document.versions)
        for file in version.files
    ]


def _hit(hit: Hit) -> Json:
    document = hit.document
    paths = [file.path for file in document.current.files]
    return {
        "document": document.id,
        "title": document.title,
        "score": hit.score,
        "match": hit.match,
        "language": next(iter(document.languages), ""),
        "languages": list(document.languages),
        "conference": document.conference,
        "panel": document.panel,
        "state": document.state.value,
        "access": document.access.value,
        "path": next(iter(paths), ""),
        "files": paths,
        "pages": [_page(page) for page in hit.pages],
        "reasons": [_word_said(word) for word in hit.why.words],
        "missing": list(hit.why.missing),
        "uncertain": list(hit.why.uncertain),
    }


def _score_parts(hit: Hit, trace: Trace | None) -> Json:
    parts = None if trace is None else trace.scores.get(hit.document.id)
    return {} if parts is None else {"score_parts": score_parts_to_json(parts)}


def _word_said(word: WordSaid) -> Json:
    return {"word": word.word, "said": [_saying(saying) for saying in word.sayings]}


def _saying(saying: Saying) -> Json:
    return {
        "surfaces": list(saying.surfaces),
        "reason": saying.reason,
        "form": saying.form,
        "language": saying.language,
        "weight": saying.weight,
        "fields": list(saying.fields),
        "pages": list(saying.pages),
        "count": saying.count,
    }


def _page(page: PageHit) -> Json:
    return {
        "number": page.number,
        "snippet": page.snippet.text,
        "marks": [list(mark) for mark in page.snippet.marks],
        "score": page.score,
        "language": page.language,
        "languages": list(page.languages),
    }


def _buckets(facet: Facet) -> list[Json]:
    return [{"value": bucket.value, "count": bucket.documents} for bucket in facet.buckets]


def _expansion(word: Expansion) -> Json:
    others = [
        {"form": other.form, "reason": other.reason, "language": other.language, "weight": other.weight}
        for other in word.alternatives
    ]
    return {"word": word.word, "alternatives": others}
