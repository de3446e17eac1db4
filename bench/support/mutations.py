"""Ways to damage a file's bytes, whatever its format. Each takes bytes, bytes of another file, and chance."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

Mutation = Callable[[bytes, bytes, random.Random], bytes]

_NUMBER = re.compile(rb"-?\d+")
_REFERENCE = re.compile(rb"\b(\d+) (\d+) R\b")
_NUMBERS = (b"0", b"-1", b"1", b"65536", b"2147483648", b"99999999999999999999", b"1e308", b"")


def flipped(content: bytes, _other: bytes, chance: random.Random) -> bytes:
    """Change some bytes."""
    damaged = bytearray(content)
    for _ in range(chance.choice((1, 3, 10, 100, 1000))):
        damaged[chance.randrange(len(damaged))] ^= chance.randrange(1, 256)
    return bytes(damaged)


def without_head(content: bytes, _other: bytes, chance: random.Random) -> bytes:
    """Cut the beginning off."""
    return content[chance.randrange(1, max(2, len(content) // chance.choice((1, 10, 100)))) :]


def without_tail(content: bytes, _other: bytes, chance: random.Random) -> bytes:
    """Cut the end off."""
    return content[: -chance.randrange(1, max(2, len(content) // chance.choice((1, 10, 100))))]


def without_middle(content: bytes, _other: bytes, chance: random.Random) -> bytes:
    """Cut a piece out."""
    first, last = sorted(chance.randrange(len(content) + 1) for _ in range(2))
    return content[:first] + content[last:]


def spliced(content: bytes, other: bytes, chance: random.Random) -> bytes:
    """Go on with another file."""
    return content[: chance.randrange(len(content) + 1)] + other[chance.randrange(len(other) + 1) :]


def doubled(content: bytes, _other: bytes, chance: random.Random) -> bytes:
    """Write a piece twice, or many times."""
    first = chance.randrange(len(content))
    piece = content[first : first + chance.choice((10, 1_000, 50_000))]
    return content[:first] + piece * chance.choice((2, 2, 50)) + content[first:]


def zeroed(content: bytes, _other: bytes, chance: random.Random) -> bytes:
    """Make a block zeros, as a disk that lost it does."""
    size = min(len(content), chance.choice((16, 512, 4096, 65536)))
    first = chance.randrange(len(content))
    return content[:first] + bytes(len(content[first : first + size])) + content[first + size :]


def renumbered(content: bytes, _other: bytes, chance: random.Random) -> bytes:
    """Write other numbers where digits stand."""
    return _replace(_NUMBER, content, lambda _: chance.choice(_NUMBERS), chance)


def referring_elsewhere(content: bytes, other: bytes, chance: random.Random) -> bytes:
    """Exchange references between objects of a PDF; without any, write other numbers."""
    known = [match[0] for match in _REFERENCE.finditer(content)]
    if not known:
        return renumbered(content, other, chance)
    return _replace(_REFERENCE, content, lambda _: chance.choice(known), chance)


MUTATIONS: tuple[Mutation, ...] = (
    flipped,
    without_head,
    without_tail,
    without_middle,
    spliced,
    doubled,
    zeroed,
    renumbered,
    referring_elsewhere,
)
"""All of them."""


def _replace(
    pattern: re.Pattern[bytes], content: bytes, new: Callable[[re.Match[bytes]], bytes], chance: random.Random
) -> bytes:
    """Replace some matches, up to all."""
    share = chance.choice((0.001, 0.01, 0.1, 1.0))
    return pattern.sub(lambda match: new(match) if chance.random() < share else match[0], content)
