"""Ways to make markup hostile: what a person with an editor would do to a reader of XML, HTML or RTF."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from bench.support.mutations import Mutation, flipped, renumbered, without_middle, without_tail

CANARY = "Kanarienvogel7421"
"""What stands in the file that hostile markup wants to have read; it must never be in a reading."""

_START_TAG = re.compile(rb"<([A-Za-z][\w:.-]*)((?:\s[^<>]*?)?)(/?)>")
_TEXT = re.compile(rb">([^<>]{2,})<")
_ROOT = re.compile(rb"<[A-Za-z]")
_LEVELS = 10


def truncated(content: bytes, other: bytes, chance: random.Random) -> bytes:
    """End in the middle of the markup."""
    return without_tail(content, other, chance)


def with_giant_attribute(content: bytes, _other: bytes, chance: random.Random) -> bytes:
    """Give an element an attribute of megabytes."""
    giant = b' x="' + b"A" * chance.choice((100_000, 2_000_000, 20_000_000)) + b'"'
    return _at_tag(content, chance, lambda tag: b"<" + tag[1] + giant + tag[2] + tag[3] + b">")


def with_entities(content: bytes, _other: bytes, chance: random.Random) -> bytes:
    """Declare entities that swell a thousandfold at each level, and use them."""
    levels = [b'<!ENTITY e0 "Schwall ">']
    levels += [f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">'.encode() for n in range(1, _LEVELS)]
    return _declare(content, b"".join(levels), f"&e{_LEVELS - 1};".encode(), chance)


def with_file_entity(content: bytes, _other: bytes, chance: random.Random) -> bytes:
    """Declare an entity that is another file; `{canary}` stands for its address."""
    return _declare(content, b'<!ENTITY e SYSTEM "{canary}">', b"&e;", chance)


def nested(content: bytes, _other: bytes, chance: random.Random) -> bytes:
    """Put an element into itself, often."""
    times = chance.choice((100, 240, 1_000, 100_000))

    def deeper(tag: re.Match[bytes]) -> bytes:
        inside = (b"<" + tag[1] + tag[2] + b">") * times + b"Tiefe" + (b"</" + tag[1] + b">") * times
        return inside + tag[0]

    return _at_tag(content, chance, deeper)


def repeated(content: bytes, _other: bytes, chance: random.Random) -> bytes:
    """Repeat an element with what is in it, often."""
    times = chance.choice((100, 2_000, 20_000))

    def again(tag: re.Match[bytes]) -> bytes:
        if tag[3]:
            return tag[0] * times
        end = content.find(b"</" + tag[1] + b">", tag.end())
        if end < 0 or end - tag.start() > 5_000:
            return tag[0]
        whole = content[tag.start() : end] + b"</" + tag[1] + b">"
        return whole * times + tag[0]

    return _at_tag(content, chance, again)


def with_endless_word(content: bytes, _other: bytes, chance: random.Random) -> bytes:
    """Write a word of megabytes where text stands."""
    word = chance.choice((b"a", "ж".encode(), b" ", b"1", b"&#x202e;")) * chance.choice((50_000, 3_000_000))
    matches = list(_TEXT.finditer(content, 0, 200_000))
    if not matches:
        return content + word
    place = chance.choice(matches).start(1)
    return content[:place] + word + content[place:]


def with_braces(content: bytes, _other: bytes, chance: random.Random) -> bytes:
    """Open groups (of RTF, of scripts) that are never closed."""
    place = chance.randrange(len(content) + 1)
    return content[:place] + chance.choice((b"{", b"{\\b ", b"(", b"[")) * 50_000 + content[place:]


MARKUP_MUTATIONS: tuple[Mutation, ...] = (
    truncated,
    with_giant_attribute,
    with_entities,
    with_file_entity,
    nested,
    repeated,
    with_endless_word,
    with_braces,
    flipped,
    without_middle,
    renumbered,
)
"""All of them, and some for bytes that markup feels as well."""


def _at_tag(content: bytes, chance: random.Random, new: Callable[[re.Match[bytes]], bytes]) -> bytes:
    """Replace one start tag."""
    tags = list(_START_TAG.finditer(content, 0, 300_000))
    if not tags:
        return content
    tag = chance.choice(tags)
    return content[: tag.start()] + new(tag) + content[tag.end() :]


def _declare(content: bytes, declarations: bytes, use: bytes, chance: random.Random) -> bytes:
    root = _ROOT.search(content)
    if root is None:
        return content
    body = content[root.start() :]
    texts = list(_TEXT.finditer(body, 0, 200_000))
    if texts:
        place = chance.choice(texts).start(1)
        body = body[:place] + use * chance.choice((1, 1000)) + body[place:]
    return content[: root.start()] + b"<!DOCTYPE r [" + declarations + b"]>" + body
