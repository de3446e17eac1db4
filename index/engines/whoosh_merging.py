# mypy: disable-error-code="no-untyped-call"
"""Joining segments of a Whoosh index while others go on writing to it.

The joined segment is built in a folder beside the others, which takes long and needs no lock, since a segment
never changes but for the list of what was deleted from it. Then it takes their place in a commit of its own,
without what was deleted meanwhile. Whoever dies in between leaves a folder that the next one removes.

Source: whoosh3, whoosh.writing (SegmentWriter.add_reader) and whoosh.index (TOC, clean_files).
"""

from __future__ import annotations

import shutil
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from whoosh import writing
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC, FileIndex

from index.engine import Schema
from index.engines import stored
from index.engines.postings import Gathering, Lists, save
from index.engines.whoosh_reading import LISTS, STORED, read_lists, read_stored

MERGE_FACTOR = 8
"""So many segments of about one size become one: few to search, and every entry is copied only log₈ times."""

FOLDER = "merging"


@dataclass(frozen=True, slots=True)
class Merged:
    """Segments that became one; the files of the new one still lie beside the index.

    `places` tells where each entry went, by segment and number; `segment` is None where none was left.
    """

    sources: frozenset[str]
    places: Mapping[tuple[str, int], int]
    segment: Any
    folder: Path


def merge_segments(
    folder: Path, index: FileIndex, schema: Schema, gone: Collection[str] = ()
) -> Merged | None:
    """Join the segments that ask for it, or that hold deleted entries of documents that are gone.

    Returns:
        None where there are no such segments. One process at a time.
    """
    toc = index._read_toc()
    remains = [
        each for each in toc.segments if gone and each.has_deletions() and _holds(index, toc, each, gone)
    ]
    chosen = [*remains, *(each for each in _choose(toc.segments) if each not in remains)]
    if not chosen:
        return None
    beside = folder / FOLDER
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir()
    storage = FileStorage(str(beside))
    TOC.create(storage, toc.schema, index.indexname)
    new = FileIndex(storage, indexname=index.indexname)
    writer: Any = new.writer()
    places: dict[tuple[str, int], int] = {}
    try:
        for segment in chosen:
            reader = FileIndex._reader(index.storage, toc.schema, [segment], toc.generation)
            live = list(reader.all_doc_ids())
            for number in live:
                places[segment.segment_id(), number] = len(places)
            if live:
                writer.add_reader(reader)
            reader.close()
        if places:
            lists = _join_lists(folder, schema, chosen, places)
            save(beside / writer.newsegment.make_filename(LISTS), lists)
            stored.save(
                beside / writer.newsegment.make_filename(STORED), _join_stored(folder, chosen, places)
            )
        writer.commit(mergetype=keep_segments)
    except BaseException:
        if not writer.is_closed:
            writer.cancel()
        raise
    sources = frozenset(segment.segment_id() for segment in chosen)
    return Merged(sources, places, next(iter(new._segments()), None), beside)


def _join_lists(
    folder: Path, schema: Schema, segments: list[Any], places: Mapping[tuple[str, int], int]
) -> Iterator[Lists]:
    """Join the posting lists of segments, one field after the other to spare memory."""
    sources = []
    for segment in segments:
        numbers = range(segment.doc_count_all())
        new = [places.get((segment.segment_id(), number), -1) for number in numbers]
        sources.append((read_lists(folder, segment, schema), np.array(new, dtype=np.int64)))
    for name in (*schema.positions, *schema.bags):
        gathering = Gathering(places=name in schema.positions)
        for lists, renumbered in sources:
            gathering.add_lists(lists[name], renumbered)
        yield gathering.lists()


def _join_stored(folder: Path, segments: list[Any], places: Mapping[tuple[str, int], int]) -> Iterator[bytes]:
    """Yield what is stored with the entries that are left, in the order of their places."""
    for segment in segments:
        kept = read_stored(folder, segment)
        for number in range(len(kept)):
            if (segment.segment_id(), number) in places:
                yield kept[number]


def _holds(index: FileIndex, toc: TOC, segment: Any, gone: Collection[str]) -> bool:
    """Tell whether a segment has deleted entries of one of the documents."""
    reader = FileIndex._reader(index.storage, toc.schema, [segment], toc.generation)
    try:
        return any(
            reader.doc_frequency(*term)
            > sum(1 for _ in reader.postings(*term).all_ids())  # those not deleted
            for term in (("document", name.encode()) for name in gone)
            if term in reader
        )
    finally:
        reader.close()


def keep_segments(_writer: writing.SegmentWriter, segments: list[Any]) -> list[Any]:
    """Join nothing with a commit, which would then take as long as the largest of them."""
    return segments


def adopt(merged: Merged, writer: writing.SegmentWriter, folder: Path) -> list[Any] | None:
    """Move the joined segment into the index and say which segments it has from now on.

    Returns:
        None where the index no longer has all of those that were joined.
    """
    there = {segment.segment_id(): segment for segment in writer.segments}
    if not merged.sources <= there.keys():
        return None
    kept = [segment for name, segment in there.items() if name not in merged.sources]
    if merged.segment is None:
        return kept
    for (source, number), place in merged.places.items():
        if there[source].is_deleted(number):
            merged.segment.delete_document(place)
    for path in sorted(merged.folder.iterdir()):
        if merged.segment.segment_id() in path.name:
            path.rename(folder / path.name)
    return [*kept, merged.segment]


def _choose(segments: list[Any]) -> list[Any]:
    """Choose the sizes of which there are many, and segments that are mostly deleted."""
    tiers: defaultdict[int, list[Any]] = defaultdict(list)
    for segment in segments:
        live = segment.doc_count()
        sparse = live * 2 < segment.doc_count_all()
        tiers[-1 if sparse else len(f"{live:o}")].append(segment)
    return [
        segment
        for tier, members in tiers.items()
        if tier < 0 or len(members) >= MERGE_FACTOR
        for segment in members
    ]
