"""Ways to make what is inside a PDF hostile: its compressed streams, and the tree of its objects.

Places in the table of objects are not mended, so that readers have to find the objects by themselves as well.

Source: ISO 32000-2, 7.3.8 (streams), 7.4.4 (Flate), 7.7.3 (page tree).
"""

from __future__ import annotations

import random
import re
import zlib
from collections.abc import Callable

from bench.support.mutations import MUTATIONS, Mutation, renumbered

_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_KIDS = re.compile(
    rb"/(Kids|Contents|Parent|First|Next|Prev|Annots|ToUnicode|Resources|Fields)\s*\[?\s*(\d+ \d+ R)"
)
_MOST_STREAMS = 200


def with_hostile_stream(content: bytes, other: bytes, chance: random.Random) -> bytes:
    """Damage what one to five streams hold."""

    def damaged(unpacked: bytes) -> bytes:
        return chance.choice((*MUTATIONS, renumbered))(unpacked, other, chance)

    return _with_streams(content, chance.choice((1, 5)), damaged, chance)


def with_swelling_stream(content: bytes, _other: bytes, chance: random.Random) -> bytes:
    """Let a stream unpack to hundreds of megabytes."""
    filling = chance.choice((b" ", b"q ", b"(a) Tj "))
    return _with_streams(content, 1, lambda unpacked: unpacked + filling * 50_000_000, chance)


def _with_streams(
    content: bytes, most: int, change: Callable[[bytes], bytes], chance: random.Random
) -> bytes:
    streams = list(_STREAM.finditer(content))[:_MOST_STREAMS]
    chosen = chance.sample(streams, min(len(streams), most))
    for match in sorted(chosen, key=lambda match: -match.start()):
        try:
            unpacked = zlib.decompress(match[1])
        except zlib.error:
            continue
        if unpacked:
            packed = zlib.compress(change(unpacked), 1)
            content = content[: match.start(1)] + packed + content[match.end(1) :]
    return content


def with_circles(content: bytes, _other: bytes, chance: random.Random) -> bytes:
    """Let pages, bookmarks, forms and fonts lead to themselves or to one another."""
    known = [match[2] for match in _KIDS.finditer(content)]
    if not known:
        return renumbered(content, _other, chance)
    share = chance.choice((0.05, 0.5, 1.0))
    return _KIDS.sub(
        lambda match: (
            match[0].replace(match[2], chance.choice(known)) if chance.random() < share else match[0]
        ),
        content,
    )


PDF_MUTATIONS: tuple[Mutation, ...] = (
    *(with_hostile_stream,) * 20,
    *(with_circles,) * 10,
    with_swelling_stream,
)
"""All of them, as often as they are fruitful."""
