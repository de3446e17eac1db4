"""A page of results as text for a terminal: what `search` prints."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from index.results import Hit, ResultPage, Saying
from index.trace import Trace
from portal.output import shown
from portal.trace_text import score_line, trace_lines


def as_text(page: ResultPage) -> str:
    """Write a page of results; one that has a trace with what was searched, and why each hit is one."""
    lines = [f"{page.total} documents, {page.took_ms:.0f} ms"]
    if page.message:
        lines.append(shown(page.message))
    if page.absent:
        lines.append(f"in no document: {shown(', '.join(page.absent))}")
    if page.did_you_mean:
        lines.append(f"did you mean: {shown(page.did_you_mean)}")
    trace = page.trace
    if trace is not None:
        lines += [f"asked: {shown(page.understood)}", *trace_lines(trace)]
    for match, hits in groupby(page.hits, key=lambda hit: hit.match):
        if match == "some":
            lines += ["", "with some of the words:"]
        for hit in hits:
            lines += ["", shown(hit.document.title), *_hit(hit), *(_why(hit, trace) if trace else ())]
    return "\n".join(lines) + "\n"


def _hit(hit: Hit) -> Iterator[str]:
    document = hit.document
    yield f"  {document.id}  {document.conference}  {' '.join(document.languages)}"
    for found in hit.pages:
        yield f"  {found.number}: {shown(found.snippet.text)}"
    if hit.why.missing:
        yield f"  missing: {shown(', '.join(hit.why.missing))}"
    if hit.why.uncertain:
        yield f"  only perhaps meant: {shown(', '.join(hit.why.uncertain))}"


def _why(hit: Hit, trace: Trace) -> Iterator[str]:
    yield f"  {score_line(hit.score, hit.match, trace.scores.get(hit.document.id))}"
    for word in hit.why.words:
        said = "; ".join(map(_saying, word.sayings)) or "does not occur"
        yield f"    {shown(word.word)}: {shown(said)}"


def _saying(saying: Saying) -> str:
    reason = f"{saying.reason} {saying.language}".strip()
    pages = f" {' '.join(map(str, saying.pages))}" if saying.pages else ""
    return f"{', '.join(saying.surfaces)} ({reason}, {saying.weight:.2f}, {' '.join(saying.fields)}{pages})"
