"""Ways to make what is inside a zip container hostile, in a container that is whole, or lies about it."""

from __future__ import annotations

import io
import random
import re
import struct
import zipfile

from bench.support.markup_mutations import MARKUP_MUTATIONS
from bench.support.mutations import MUTATIONS

_TARGET = re.compile(rb'(Target|href|src|xlink:href)\s*=\s*"([^"]*)"')
_CENTRAL = b"PK\x01\x02"
_ELSEWHERE = (
    b"{canary}",
    b"../../../../../../etc/hostname",
    b"/etc/hostname",
    b"http://127.0.0.1:9/x",
    b"\\\\127.0.0.1\\x",
    b".",
    b"",
)
_SWELLING_BYTES = (60_000_000, 300_000_000)

Members = dict[str, bytes]


def members_of(content: bytes) -> Members:
    """Return the members of a zip; none where it is none."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as container:
            return {name: container.read(name) for name in container.namelist() if not name.endswith("/")}
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, zipfile.LargeZipFile):
        return {}


def with_hostile_member(members: Members, chance: random.Random) -> bytes:
    """Damage one to three members: their markup where they have any, else their bytes."""
    changed = dict(members)
    for _ in range(chance.choice((1, 1, 3))):
        name = chance.choice(_weighted(changed))
        content, other = changed[name] or b" ", members[chance.choice(list(members))]
        is_markup = name.lower().endswith((".xml", ".rels", ".xhtml", ".html", ".htm", ".opf", ".ncx"))
        changed[name] = chance.choice(MARKUP_MUTATIONS if is_markup else MUTATIONS)(content, other, chance)
    return _zipped(changed)


def with_relations_elsewhere(members: Members, chance: random.Random) -> bytes:
    """Let references lead to other parts, to the part itself, or out of the container."""
    names = [name.encode() for name in members]
    changed = {}
    for name, content in members.items():
        own = name.rpartition("/")[2].removesuffix(".rels").encode()
        share = chance.choice((0, 0.2, 1))
        choices = (*_ELSEWHERE, own, b"/" + chance.choice(names), own)
        changed[name] = _TARGET.sub(
            lambda match, choices=choices, share=share: (  # type: ignore[misc]
                match[1] + b'="' + chance.choice(choices) + b'"' if chance.random() < share else match[0]
            ),
            content,
        )
    return _zipped(changed)


def with_members_exchanged(members: Members, chance: random.Random) -> bytes:
    """Leave members out, empty them, exchange them, or name them otherwise."""
    changed = dict(members)
    for name in chance.sample(list(members), min(len(members), chance.choice((1, 2, 5)))):
        way = chance.randrange(5)
        if way == 0:
            del changed[name]
        elif way == 1:
            changed[name] = b""
        elif way == 2:
            changed[name] = members[chance.choice(list(members))]
        else:
            odd = name.upper() if way == 3 else name.replace("/", "\\")
            changed[odd] = changed.pop(name)
    return _zipped(changed)


def with_swelling_member(members: Members, chance: random.Random) -> bytes:
    """Let one member unpack to much more than it takes, outside or inside its root element."""
    changed = dict(members)
    name = chance.choice(_weighted(members))
    content, filling = members[name], chance.choice((b" ", b"<!---->", b"a"))
    place = chance.choice((len(content), content.rfind(b"</") if b"</" in content else 0))
    swelling = filling * (chance.choice(_SWELLING_BYTES) // len(filling))
    changed[name] = content[:place] + swelling + content[place:]
    return _zipped(changed)


def with_lying_directory(members: Members, chance: random.Random) -> bytes:
    """Write other sizes, checksums, methods and places into the directory of the container."""
    content = bytearray(_zipped(members))
    places = [match.start() for match in re.finditer(re.escape(_CENTRAL), bytes(content))]
    for place in chance.sample(places, min(len(places), chance.choice((1, 3, 1000)))):
        offset, size = chance.choice(((8, 2), (10, 2), (16, 4), (20, 4), (24, 4), (28, 2), (42, 4)))
        value = chance.choice((0, 1, 2**31, 2**32 - 1, len(content), chance.randrange(2**32)))
        if place + offset + size <= len(content):
            format_ = "<H" if size == 2 else "<I"
            struct.pack_into(format_, content, place + offset, value & (0xFFFF if size == 2 else 0xFFFFFFFF))
    return bytes(content)


def hostile_package(content: bytes, chance: random.Random) -> tuple[str, bytes] | None:
    """Return how a container was made hostile, and the bytes; None where it is no zip."""
    members = members_of(content)
    if not members:
        return None
    ways = (
        *(with_hostile_member,) * 40,
        *(with_relations_elsewhere,) * 6,
        *(with_members_exchanged,) * 8,
        *(with_lying_directory,) * 6,
        with_swelling_member,
    )
    way = chance.choice(ways)
    return way.__name__, way(members, chance)


def _weighted(members: Members) -> list[str]:
    """List the members, those that carry text most often."""
    carrying = [
        name for name in members if name.lower().endswith((".xml", ".rels", ".xhtml", ".html", ".opf"))
    ]
    main = [
        name
        for name in carrying
        if any(part in name for part in ("document.xml", "slide", "content.xml", "sheet", "shared", "chart"))
    ]
    return [*members, *carrying * 3, *main * 8]


def _zipped(members: Members) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as container:
        for name, content in members.items():
            method = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            container.writestr(name, content, method)
    return stream.getvalue()
